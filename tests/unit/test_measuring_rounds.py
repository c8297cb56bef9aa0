"""Measuring in several processes: rounds, their order, and what an interruption leaves of them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harness import runner
from harness.errors import UserError
from harness.execution.planning import NO_MODEL, PlannedVariant
from harness.execution.rounds import measuring_rounds, reference_variants
from harness.records import Measure, Recipe
from harness.storage.fingerprints import digest
from harness.storage.folders import RunFolder, VariantFolder
from harness.storage.rounds import (
    ROUNDS,
    Reference,
    Round,
    add_round,
    read_rounds,
    stands_alone,
    together,
)
from harness.storage.runs import drop_torn_lines
from harness.suite import load_suite
from tests.unit.test_runner import (
    ENVIRONMENT,
    Watching,
    folder_of,
    rooms,
    run,
    status_of,
    suite,
    variant,
)

__all__ = ["rooms"]
THREE = Measure(phases=("decode",), processes=3)
SPEED = "throughput.decode_tokens_per_s"


def three(*names: str) -> Any:
    """A suite of untrained variants that are measured in three rounds."""
    return suite(*(variant(name, recipe=Recipe(), measure=THREE) for name in names))


def measured(watch: Watching) -> list[str]:
    return [name for name, phase in watch.done if phase == "measure"]


def resources(out: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder_of(out, name) / "resources.json").read_text())
    return found


def lines(out: Path, name: str) -> list[dict[str, Any]]:
    text = (folder_of(out, name) / ROUNDS).read_text()
    return [json.loads(line) for line in text.splitlines()]


def stop_after(count: int) -> Watching:
    """Somebody who presses Ctrl-C when so many phases have been measured."""

    class Impatient(Watching):
        def finished(self, variant: str, phase: str, seconds: float) -> None:
            super().finished(variant, phase, seconds)
            if len(measured(self)) == count:
                raise KeyboardInterrupt

    return Impatient()


def test_every_round_measures_every_variant_once_the_reference_first(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = three("ref", "b", "c", "d")
    _, watch = run(what, out)
    order = measured(watch)
    rounds = [order[start : start + 4] for start in (0, 4, 8)]
    assert [each[0] for each in rounds] == ["ref"] * 3
    assert [sorted(each) for each in rounds] == [["b", "c", "d", "ref"]] * 3
    assert len({tuple(each) for each in rounds}) > 1  # not always the same place in a round
    speed = resources(out, "b")[SPEED]
    assert speed["processes"] == speed["samples"] == [3.0] * 3
    assert (speed["median"], speed["ratios"], speed["against"]) == (3.0, [1.0] * 3, "ref")
    assert not [name for name in resources(out, "ref") if name.startswith("drift.")]
    assert status_of(out, "b")["status"] == "ok"
    assert run(what, out)[1].plan == []


def test_the_order_of_rounds_is_the_same_for_the_same_suite(tmp_path: Path) -> None:
    what = three("ref", "b", "c", "d")
    first, again = (run(what, tmp_path / name)[1] for name in ("one", "two"))
    assert measured(first) == measured(again)


def test_a_killed_measurement_goes_on_with_the_rounds_that_are_missing(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = three("ref", "b", "c")
    watch = stop_after(5)
    with pytest.raises(KeyboardInterrupt):
        runner.run(what, out, jobs=1, events=watch)
    done = Counter(measured(watch))
    late = next(name for name in ("b", "c") if done[name] == 1)
    assert status_of(out, late)["status"] == "pending"
    assert SPEED not in resources(out, late)
    path = folder_of(out, late) / ROUNDS
    path.write_text(path.read_text() + '{"number": 2, "resou')
    _, watch = run(what, out)
    assert any(ROUNDS in each and "unfinished last line" in each for each in watch.messages)
    # The second round lacks one, which stands beside a reference of its own hour; then the third.
    assert measured(watch)[:2] == ["ref", late]
    assert measured(watch)[2] == "ref"
    assert sorted(measured(watch)[3:]) == ["b", "c"]
    for name in ("ref", "b", "c"):
        assert len(resources(out, name)[SPEED]["processes"]) == 3
        assert status_of(out, name)["status"] == "ok"
    assert [line["number"] for line in lines(out, late)] == [1, 2, 3]
    assert [line["number"] for line in lines(out, "ref")] == [1, 2, 2, 3]
    assert run(what, out)[1].plan == []


def test_a_round_of_another_environment_is_not_used_again(
    tmp_path: Path, rooms: dict[str, Any]
) -> None:
    out = tmp_path / "run"
    what = three("ref", "b")
    with pytest.raises(KeyboardInterrupt):
        runner.run(what, out, jobs=1, events=stop_after(3))
    rooms["environment"] = {**ENVIRONMENT, "software": {"torch": "2"}}
    with pytest.raises(UserError, match="torch 1 -> 2"):
        run(what, out)
    _, watch = run(what, out, keep_environment=True)
    assert measured(watch) == ["ref", "b"] * 3
    assert len({line["environment"] for line in lines(out, "b")}) == 2
    assert len(resources(out, "b")[SPEED]["processes"]) == 3


def test_a_variant_that_comes_later_stands_beside_the_reference_of_its_own_rounds(
    tmp_path: Path,
) -> None:
    out = tmp_path / "run"
    run(three("ref", "b"), out)
    before = resources(out, "ref")
    _, watch = run(three("ref", "b", "c"), out)
    assert measured(watch) == ["ref", "c"] * 3
    assert resources(out, "ref") == before
    assert resources(out, "c")[SPEED]["against"] == "ref"
    assert status_of(out, "ref")["status"] == "ok"


def test_a_variant_that_fails_in_a_round_leaves_the_others_alone(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = three("ref", "fail-measure", "b")
    _, watch = run(what, out)
    assert Counter(measured(watch)) == {"ref": 3, "b": 3}
    assert [name for name, _, _ in watch.failures] == ["fail-measure"]
    assert status_of(out, "fail-measure")["status"] == "failed"
    assert len(resources(out, "b")[SPEED]["processes"]) == 3


def test_a_round_without_its_reference_is_told_and_made_again(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = three("ref", "b")
    run(what, out)
    forget_reference(folder_of(out, "b"), 2)
    _, watch = run(what, out)
    assert measured(watch) == ["ref", "b"]  # the second round alone
    assert [line["number"] for line in lines(out, "b")] == [1, 2, 3, 2]
    assert len(resources(out, "b")[SPEED]["ratios"]) == 3
    assert status_of(out, "b")["status"] == "ok"
    assert run(what, out)[1].plan == []


def test_where_the_reference_fails_the_others_end_well_and_say_what_they_lack(
    tmp_path: Path,
) -> None:
    out = tmp_path / "run"
    what = three("fail-measure", "b")
    _, watch = run(what, out)
    told = [each for each in watch.messages if each.startswith("b: 3 of 3 rounds")]
    assert len(told) == 1
    assert "without a reference" in told[0]
    assert status_of(out, "b")["status"] == "ok"
    assert len(resources(out, "b")[SPEED]["processes"]) == 3
    assert "ratios" not in resources(out, "b")[SPEED]


def forget_reference(folder: Path, number: int) -> None:
    """As if the reference had failed in that round."""
    path = folder / ROUNDS
    held = [json.loads(line) for line in path.read_text().splitlines()]
    for line in held:
        if line["number"] == number:
            line["beside"] = {}
    path.write_text("".join(json.dumps(line) + "\n" for line in held))


def test_one_process_is_what_it_always_was(tmp_path: Path) -> None:
    once = Measure(phases=("decode",), repeats=2)
    plan = PlannedVariant(
        variant=variant("a", measure=once),
        model=NO_MODEL,
        trained="t",
        asked="a",
        folder=VariantFolder(tmp_path),
    )
    batch = plan.variant.ask.batch_size
    old = digest(["t", {"phases": ["decode"], "repeats": 2}, batch])
    assert plan.fingerprint("measure") == old
    assert plan.record("c")["variant"]["measure"] == {"phases": ["decode"], "repeats": 2}
    out = tmp_path / "run"
    run(suite(variant("a", measure=once)), out)
    assert not (folder_of(out, "a") / ROUNDS).exists()
    _, watch = run(suite(variant("a", measure=Measure(phases=("decode",), processes=2))), out)
    assert watch.plan == [("a", "measure")] * 2


def planned(folder: Path, name: str, recipe: str, *phases: str) -> PlannedVariant:
    return PlannedVariant(
        variant=variant(name, recipe=Recipe(name=recipe), measure=Measure(phases=phases)),
        model=NO_MODEL,
        trained=name,
        asked=name,
        folder=RunFolder(folder).variant(name, name),
    )


def test_a_speed_that_the_first_variant_lacks_has_a_reference_of_its_own(tmp_path: Path) -> None:
    every = [
        planned(tmp_path, "base", "base", "train", "decode"),
        planned(tmp_path, "first", "instruct", "train", "decode"),
        planned(tmp_path, "second", "instruct", "train", "decode"),
    ]
    assert reference_variants(every) == ["base", "first"]
    assert reference_variants(every[1:]) == ["first"]
    tasks = [each.task("measure", tmp_path, "cpu") for each in every]
    one = measuring_rounds(every, every, tasks, seed="s", environment="e")
    assert [task.variant for task in one] == ["base", "first", "second"]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[VariantFolder, VariantFolder]:
    found = (VariantFolder(tmp_path / "ref"), VariantFolder(tmp_path / "own"))
    for each in found:
        each.path.mkdir()
    return found


def turn(pair: tuple[VariantFolder, VariantFolder], number: int, **changes: Any) -> Round:
    settings = {"sitting": "s", "fingerprint": "f", "environment": "e", "of": 3, **changes}
    against = Reference(name="ref", folder=pair[0].path, how="h")
    return Round(number=number, references=(against,), **settings)


def rate(*samples: float) -> dict[str, Any]:
    return {SPEED: {"median": sorted(samples)[len(samples) // 2], "samples": list(samples)}}


def test_what_rounds_say_together(pair: tuple[VariantFolder, VariantFolder]) -> None:
    for number, (theirs, own) in enumerate([(100.0, 80.0), (50.0, 45.0), (200.0, 140.0)], start=1):
        assert add_round(pair[0], "ref", turn(pair, number), rate(theirs)) == 3 - number
        extra = {"kernel.answer": "packed", "throughput.decode_batch": 8, "roofline.x": number / 10}
        add_round(pair[1], "own", turn(pair, number), rate(own - 1, own, own + 1) | extra)
    found = together(list(read_rounds(pair[1], "f", "e").values()))
    assert found[SPEED] == {
        "median": 80.0,
        "samples": [79.0, 80.0, 81.0, 44.0, 45.0, 46.0, 139.0, 140.0, 141.0],
        "processes": [80.0, 45.0, 140.0],
        "against": "ref",
        "how": "h",
        "ratios": [0.8, 0.9, 0.7],
    }
    assert (found["kernel.answer"], found["throughput.decode_batch"]) == ("packed", 8)
    assert found["roofline.x"]["median"] == 0.2
    assert "ratios" not in found["roofline.x"]


def test_a_round_counts_once_and_only_under_its_own_fingerprint_and_environment(
    pair: tuple[VariantFolder, VariantFolder],
) -> None:
    own = pair[1]
    add_round(own, "own", turn(pair, 1), rate(1.0))
    assert add_round(own, "own", turn(pair, 1), rate(2.0)) == 2
    assert add_round(own, "own", turn(pair, 2, environment="other"), rate(3.0)) == 2
    assert add_round(own, "own", turn(pair, 2, fingerprint="other"), rate(4.0)) == 2
    found = read_rounds(own, "f", "e")
    assert [line["resources"][SPEED]["median"] for line in found.values()] == [1.0]


def test_one_round_without_its_reference_leaves_the_ratios_of_the_others(
    pair: tuple[VariantFolder, VariantFolder],
) -> None:
    for number in (1, 2, 3):
        if number != 2:
            add_round(pair[0], "ref", turn(pair, number), rate(100.0))
        add_round(pair[1], "own", turn(pair, number), rate(80.0 + number))
    held = read_rounds(pair[1], "f", "e")
    assert [number for number, line in held.items() if stands_alone(line)] == [2]
    speed = together(list(held.values()))[SPEED]
    assert speed["ratios"] == [0.81, 0.83]
    assert speed["processes"] == [81.0, 82.0, 83.0]
    # Made again beside its reference, that one counts.
    add_round(pair[0], "ref", turn(pair, 2, sitting="later"), rate(100.0))
    add_round(pair[1], "own", turn(pair, 2, sitting="later"), rate(90.0))
    assert together(list(read_rounds(pair[1], "f", "e").values()))[SPEED]["ratios"] == [
        0.81,
        0.9,
        0.83,
    ]


def test_nothing_stands_beside_what_was_measured_in_another_sitting(
    pair: tuple[VariantFolder, VariantFolder],
) -> None:
    add_round(pair[0], "ref", turn(pair, 1), rate(100.0))
    add_round(pair[1], "own", turn(pair, 1, sitting="later"), rate(80.0))
    (line,) = read_rounds(pair[1], "f", "e").values()
    assert line["beside"] == {}
    assert "ratios" not in together([line])[SPEED]


def test_a_torn_round_is_dropped_and_a_damaged_one_is_named(
    pair: tuple[VariantFolder, VariantFolder],
) -> None:
    add_round(pair[1], "own", turn(pair, 1), rate(1.0))
    path = pair[1].path / ROUNDS
    whole = path.read_text()
    path.write_text(whole + '{"number": 2')
    assert list(read_rounds(pair[1], "f", "e")) == [1]
    (message,) = drop_torn_lines(pair[1].path)
    assert "unfinished last line" in message
    assert path.read_text() == whole
    path.write_text(whole + '{"number": "two"}\n')
    with pytest.raises(UserError, match="a line is no round"):
        read_rounds(pair[1], "f", "e")


@pytest.mark.parametrize(
    ("own", "reason"),
    [("[1, 5]", "differs between variants: 1, 5"), ("0", "processes"), ('"5"', "processes")],
)
def test_what_cannot_be_measured_in_turns_is_refused(tmp_path: Path, own: str, reason: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'model = "tiny"\n[corpus]\nkind = "fiction"\n[[variants]]\nrecipe = "base"\n'
        f"measure = {{ processes = {own} }}\n"
    )
    with pytest.raises(UserError, match=reason):
        load_suite(str(path), ())

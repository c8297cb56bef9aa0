"""What came of planting changes in runs of the real model: planted/results, made by its driver."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.suite import load_suite
from tests.validity.planted.__main__ import RESULTS, exchanged, last_loss
from tests.validity.planted.plants import PLAIN, WORLDS, Plant, plants, sampling_suite, suite

PAGE = Path(__file__).resolve().parents[2] / "docs" / "continuous-integration.md"
SAMPLED = [size for size, world in WORLDS.items() if world.draws]
PLANTED = [(size, plant) for size, world in WORLDS.items() for plant in plants(world)]
IDS = [f"{size}-{plant.name}" for size, plant in PLANTED]


def results(size: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((RESULTS / f"{size}.json").read_text(encoding="utf-8"))
    return content


def came_of(size: str, plant: Plant) -> dict[str, Any]:
    (found,) = [each for each in results(size)["plants"] if each["plant"] == plant.name]
    return dict(found)


def regressions(found: dict[str, Any]) -> set[tuple[str, str]]:
    rows = found["gates"]
    return {(row["variant"], row["score"]) for row in rows if row["verdict"] == "regression"}


@pytest.mark.parametrize(("size", "plant"), PLANTED, ids=IDS)
def test_each_planted_change_ends_as_was_said_before_it_was_run(size: str, plant: Plant) -> None:
    found = came_of(size, plant)
    assert found["verdict"] in plant.verdicts
    if plant.gate:
        assert (plant.variant, plant.gate) in regressions(found)


@pytest.mark.parametrize(("size", "plant"), PLANTED, ids=IDS)
def test_what_was_changed_heads_the_comparison_and_nothing_else_does(
    size: str, plant: Plant
) -> None:
    changed = came_of(size, plant)["changed"]
    assert len(changed) == bool(plant.named), changed
    assert all(plant.named in line for line in changed)


@pytest.mark.parametrize(("size", "plant"), PLANTED, ids=IDS)
def test_only_the_variant_that_was_changed_answers_otherwise(size: str, plant: Plant) -> None:
    found = came_of(size, plant)
    assert set(found["replies_changed"]) <= {plant.variant}
    assert {variant for variant, _ in regressions(found)} <= {plant.variant}


@pytest.mark.parametrize(("size", "plant"), PLANTED, ids=IDS)
def test_the_page_says_what_came_of_it(size: str, plant: Plant) -> None:
    found = came_of(size, plant)
    lines = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in lines if row[0] == f"| {plant.what}" and row[1] == size]
    assert len(rows) == 1
    verdict, head = rows[0][2:4]
    assert verdict == f"`{found['verdict']}`"
    assert head == (f"`{found['changed'][0]}`" if found["changed"] else "nothing")


@pytest.mark.parametrize("size", WORLDS)
def test_an_adapter_is_visibly_half_trained(size: str) -> None:
    (plant,) = [each for each in plants(WORLDS[size]) if each.name == "half-trained"]
    whole = results(size)["reference"][PLAIN]["loss"]
    assert came_of(size, plant)["candidate"][PLAIN]["loss"] > 2 * whole


@pytest.mark.parametrize("size", SAMPLED)
def test_samplings_of_one_model_are_never_called_a_regression(size: str) -> None:
    found = results(size)["sampled"]
    assert found["pairs"] == len(found["draws"]) * (len(found["draws"]) - 1) / 2
    assert found["regressions"] == []
    assert sum(found["verdicts"].values()) == found["pairs"]
    # Or nothing was compared: the replies of draws differ, and so do their scores.
    assert len({draw["recall.trained"] for draw in found["draws"]}) > 1


@pytest.mark.parametrize(("size", "plant"), PLANTED, ids=IDS)
def test_what_is_planted_keeps_the_names_of_the_reference(
    size: str, plant: Plant, tmp_path: Path
) -> None:
    world = WORLDS[size]
    names, changed = [], []
    for number, text in enumerate((suite(world), suite(world, plant))):
        file = tmp_path / f"{number}.toml"
        file.write_text(text, encoding="utf-8")
        variants = load_suite(str(file)).variants
        names.append([each.name for each in variants])
        changed.append(dict(zip(names[-1], variants, strict=True)))
    assert names[0] == names[1] == list(world.variants)
    differing = {name for name in names[0] if changed[0][name] != changed[1][name]}
    assert differing == ({plant.variant} if plant.variant else set())


def test_a_draw_and_the_greedy_reply_change_places() -> None:
    lines = [json.dumps({"draw": draw, "text": str(draw)}) for draw in range(4)]
    found = [json.loads(line) for line in exchanged("\n".join(lines) + "\n", 2).splitlines()]
    assert {each["text"]: each["draw"] for each in found} == {"0": 2, "1": 1, "2": 0, "3": 3}


def test_the_loss_at_the_end_is_the_mean_of_the_last_epoch(tmp_path: Path) -> None:
    folder = tmp_path / "variants" / f"{PLAIN}--{'a' * 12}"
    folder.mkdir(parents=True)
    steps = [{"epoch": (step + 1) / 2, "loss": 4.0 - step, "step": step} for step in range(4)]
    (folder / "losses.jsonl").write_text("\n".join(map(json.dumps, steps)), encoding="utf-8")
    assert last_loss(tmp_path, PLAIN, "a" * 64) == 1.5
    assert last_loss(tmp_path, "base-fp32", "b" * 64) is None


def test_the_sampling_suite_trains_what_the_reference_trains(tmp_path: Path) -> None:
    for world in (WORLDS[size] for size in SAMPLED):
        file = tmp_path / "sampling.toml"
        file.write_text(sampling_suite(world), encoding="utf-8")
        (variant,) = [each for each in load_suite(str(file)).variants if each.name == PLAIN]
        file.write_text(suite(world), encoding="utf-8")
        (plain,) = [each for each in load_suite(str(file)).variants if each.name == PLAIN]
        assert (variant.training, variant.recipe) == (plain.training, plain.recipe)
        assert (variant.ask.draws, variant.ask.temperature) == (world.draws, 1.0)

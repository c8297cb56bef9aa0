"""First steps held against each other: what is named, and what it means for the verdict."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from harness.commands.comparing import as_json, show
from harness.commands.fingerprinting import Held
from harness.comparing import baselines
from harness.comparing.compare import Comparison, compare
from harness.comparing.fingerprints import fingerprint_rows, held, held_losses
from harness.comparing.junit import write_junit
from harness.comparing.sides import Side, SideVariant, from_run
from harness.records import FirstStep, Forward, LayerGradient, Subject
from harness.reporting.comparison import render
from harness.storage.folders import RunFolder
from harness.storage.jsonl import write_json
from tests.support.fake_run import Persona
from tests.support.run_folder import write_run

LAYERS = 20
SUBJECT = Subject(
    model="w",
    quantization="nf4",
    adapter={"rank": 16, "alpha": None, "targets": "all_linear"},
    examples="e",
    batch_size=8,
    seed=1,
    computes="bfloat16",
    packed=True,
    tokens="t",
    batch="b",
    start="0.5 -0.25 1.5",
)


def drawn(name: str, size: float = 1.0) -> tuple[float, ...]:
    generator = random.Random(name)
    return tuple(size * generator.gauss(0, 1) for _ in range(64))


def layer(name: str, factor: float = 1.0) -> LayerGradient:
    return LayerGradient(
        norms={"q_proj": (0.25 * factor, 1.0 * factor), "v_proj": (0.5 * factor, 2.0 * factor)},
        sketch=drawn(name, factor),
    )


def step(**changes: Any) -> FirstStep:
    made = FirstStep(
        subject=SUBJECT,
        forward=Forward(loss=4.5, norm=100.0, sketch=drawn("outputs", 100.0)),
        loss=3.5,
        gradients={str(number): layer(str(number)) for number in range(LAYERS)},
    )
    about = {key: value for key, value in changes.items() if hasattr(SUBJECT, key)}
    rest = {key: value for key, value in changes.items() if key not in about}
    return replace(made, subject=replace(SUBJECT, **about), **rest)


def with_layers(**changed: LayerGradient) -> FirstStep:
    renamed = {key.removeprefix("n"): value for key, value in changed.items()}
    return step(gradients={**step().gradients, **renamed})


def test_the_same_step_is_the_same_and_rounding_does_not_change_that() -> None:
    rounded = {str(n): layer(str(n), 1.01) for n in range(LAYERS)}
    same = held(step(), step())
    assert same.sentence == "Outputs and the gradients of 20 layers are the same."
    near = held(step(), step(gradients=rounded, loss=3.51))
    assert {same.kind, near.kind} == {"same"}
    assert "up to rounding (0 % and 1 % apart at most)" in near.sentence


def test_a_level_that_computes_something_else_is_answering() -> None:
    other = Forward(loss=4.61, norm=100.0, sketch=drawn("other outputs", 100.0))
    found = held(step(), step(forward=other))
    assert found.kind == "answering"
    assert "as loaded at nf4 computes something else" in found.sentence
    assert "loss 4.500 -> 4.610" in found.sentence


def test_one_halved_layer_is_named_with_factor_and_cosine() -> None:
    found = held(step(), with_layers(n17=layer("17", 0.5)))
    assert found.kind == "training"
    assert found.sentence == (
        "The gradient of layer 17 (q_proj, v_proj) is 0.50 times what it was, cosine 1.00;"
        " the other 19 agree."
    )
    assert [each.layer for each in found.layers] == ["17"]


def test_one_matrix_of_a_layer_is_named() -> None:
    whole = layer("3")
    norms = {**whole.norms, "q_proj": (0.25, 0.5)}
    found = held(step(), with_layers(n3=replace(whole, norms=norms)))
    assert found.kind == "training"
    assert "layer 3 (q_proj)" in found.sentence


def test_a_gradient_that_only_turned_is_named() -> None:
    turned = replace(layer("5"), sketch=drawn("elsewhere"))
    found = held(step(), with_layers(n5=turned))
    assert found.kind == "training"
    assert found.layers[0].factor == pytest.approx(1.0)
    assert abs(found.layers[0].cosine) < 0.5


def test_many_layers_are_told_as_a_range() -> None:
    changed = {f"n{number}": layer(str(number), 0.5) for number in range(12)}
    found = held(step(), with_layers(**changed))
    assert found.sentence == (
        "The gradients of 12 of 20 layers (0 to 11) are 0.50 times what they were, cosine 1.00."
    )


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"model": "v"}, "not_comparable", "weights on the disk"),
        ({"quantization": "fp4"}, "not_comparable", "fp4 and was nf4"),
        ({"adapter": {"rank": 8}}, "not_comparable", "adapter has other settings"),
        ({"batch_size": 4}, "not_comparable", "4 examples and held 8"),
        ({"seed": 2}, "not_comparable", "seed is 2 and was 1"),
        ({"examples": "x"}, "not_comparable", "other training examples"),
        ({"computes": "float32"}, "not_comparable", "float32 here and were bfloat16"),
        ({"tokens": "x", "batch": "x"}, "answering", "other tokens"),
        ({"batch": "x"}, "training", "order is another one"),
        ({"start": "0.5 0.25 1.5"}, "training", "starts from other numbers"),
        ({"gradients": {}}, "training", "on 0 layers and was on 20"),
        ({"loss": 3.8}, "training", "loss of the first batch is 3.800 and was 3.500"),
    ],
)
def test_what_else_differs_is_named(changes: dict[str, Any], kind: str, words: str) -> None:
    found = held(step(), step(**changes))
    assert found.kind == kind
    assert words in found.sentence


@pytest.mark.parametrize("start", ["0.500001 -0.25 1.5", "3f2a"])
def test_a_start_that_is_rounded_otherwise_or_an_early_version_s_is_no_other_one(
    start: str,
) -> None:
    assert held(step(), step(start=start)).kind == "same"


def test_losses_tell_what_the_first_gradient_cannot() -> None:
    same = held(step(), step())
    assert held_losses(same, (3.5, 3.0, 2.5), (3.5, 3.01, 2.5), "bfloat16") == same
    slower = held_losses(same, (3.5, 3.0, 2.5), (3.5, 3.3, 3.0), "bfloat16")
    assert slower.kind == "training"
    assert "loss of step 2 is 3.300 and was 3.000" in slower.sentence
    assert "learning rate" in slower.sentence


GOOD = Persona(name="instruct-nf4", recipe="instruct", quantization="nf4", right={"trained": 24})
MARGIN = ("recall.trained=0.25",)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return write_run(tmp_path_factory.mktemp("run") / "quick", [GOOD])


@pytest.fixture(scope="module")
def side(run: RunFolder) -> Side:
    return with_step(from_run(run.path), step())


def with_step(side: Side, found: FirstStep | None, **changes: Any) -> Side:
    only = replace(side.variants[0], first_step=found, **changes)
    return replace(side, variants=(only,))


def halved(side: Side) -> Side:
    return with_step(side, with_layers(n17=layer("17", 0.5)))


def upgraded(side: Side, **software: str) -> Side:
    environment: Mapping[str, Any] = side.environment
    versions = {**environment.get("software", {}), **software}
    return replace(side, environment={**environment, "software": versions})


def test_a_training_defect_is_a_regression_even_where_every_score_holds(side: Side) -> None:
    assert compare(side, side, margin=MARGIN).verdict == "pass"
    found = compare(side, halved(side), margin=MARGIN)
    assert {row.verdict for row in found.gated} == {"pass"}
    assert [row.verdict for row in found.fingerprints] == ["regression"]
    assert (found.verdict, found.exit_code) == ("regression", 1)


def test_first_steps_alone_are_no_pass_where_nothing_is_gated(side: Side) -> None:
    bare = replace(side.variants[0], scores={"x": side.variants[0].scores["recall.trained"]})
    found = compare(replace(side, variants=(bare,)), replace(side, variants=(bare,)))
    assert [row.verdict for row in found.fingerprints] == ["pass"]
    assert found.verdict == "not_comparable" if found.missing else "inconclusive"


def rows_of(before: Side, after: Side, **options: Any) -> list[tuple[str, str | None]]:
    rows = fingerprint_rows(before.variants[0], after.variants[0], **options)
    return [(row.finding.kind, row.verdict) for row in rows]


def configured(side: Side, change: Callable[[dict[str, Any]], None]) -> Side:
    config = json.loads(json.dumps(dict(side.variants[0].config), default=list))
    change(config)
    return replace(side, variants=(replace(side.variants[0], config=config),))


def test_a_variant_with_other_settings_takes_another_first_step_and_has_no_row(side: Side) -> None:
    other = configured(side, lambda config: config.update(quantization="fp4"))
    assert rows_of(side, other) == []
    epochs = configured(side, lambda config: config["training"].update(epochs=1))
    assert rows_of(side, epochs) == [("same", "pass")]


def test_another_learning_rate_in_the_suite_is_no_defect(side: Side) -> None:
    slow = configured(side, lambda config: config["training"].update(learning_rate=5e-4))
    before, after = (
        with_step(each, step(), losses=losses)
        for each, losses in ((side, (3.5, 3.0)), (slow, (3.5, 3.3)))
    )
    assert rows_of(before, after) == [("same", "pass")]
    (row,) = fingerprint_rows(before.variants[0], after.variants[0])
    assert row.finding.sentence.endswith("settings differ, so losses were not compared.")
    unsaid = with_step(side, step(), losses=(3.5, 3.3))
    assert rows_of(before, unsaid) == [("training", "regression")]


def test_a_setting_that_came_later_turns_no_check_off(side: Side) -> None:
    def forget(config: dict[str, Any]) -> None:
        for key in ("packing", "optimizer", "until_loss"):
            config["training"].pop(key, None)
        config["adapter"].pop("dropout", None)
        config.pop("perturb", None)

    older = with_step(
        configured(side, forget), step(adapter={"rank": 16, "targets": "all_linear"}), losses=(3.5,)
    )
    kept = with_step(side, step(adapter={**SUBJECT.adapter, "dropout": 0.0}), losses=(3.5,))
    assert rows_of(older, kept) == [("same", "pass")]
    worse = with_step(kept, kept.variants[0].first_step, losses=(3.9,))
    assert rows_of(older, worse) == [("training", "regression")]
    other = configured(kept, lambda config: config["training"].update(optimizer="sgd"))
    (row,) = fingerprint_rows(older.variants[0], other.variants[0])
    assert "losses were not compared" in row.finding.sentence
    packed = configured(kept, lambda config: config["training"].update(packing=False))
    assert rows_of(older, packed) == []
    dropping = step(adapter={**SUBJECT.adapter, "dropout": 0.1})
    assert held(step(), dropping).kind == "not_comparable"


def test_what_an_older_version_did_not_keep_is_said_and_not_gated(side: Side) -> None:
    without = with_step(side, None)
    assert rows_of(without, without) == []
    assert rows_of(without, side) == [("not_comparable", None)]
    assert rows_of(side, without) == [("not_comparable", "not_comparable")]


def test_other_kinds_of_device_and_of_numbers_are_told_and_not_gated(side: Side) -> None:
    assert rows_of(side, halved(side), apart="device") == [("training", None)]
    wide = with_step(side, step(computes="float32"))
    assert rows_of(side, wide) == [("not_comparable", None)]
    assert Held(rows=tuple(fingerprint_rows(side.variants[0], wide.variants[0]))).verdict == (
        "not_comparable"
    )


def test_a_baseline_holds_it_and_finds_the_defect(side: Side, tmp_path: Path) -> None:
    kept = with_step(side, step(), losses=(3.5, 3.0))
    path = baselines.save(kept, "quick", tmp_path)
    before = baselines.read(path)
    assert before.variants[0].losses == (3.5, 3.0)
    assert compare(before, kept, margin=MARGIN).verdict == "pass"
    found = compare(before, halved(kept), margin=MARGIN)
    assert found.fingerprints[0].finding.kind == "training"
    bare = baselines.save(with_step(side, None), "bare", tmp_path)
    assert path.stat().st_size - bare.stat().st_size < 8 * 1024


def test_changed_packages_stand_first_everywhere(
    side: Side, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = upgraded(side, torch="2.13.0", transformers="5.23.0")
    after = upgraded(halved(side), torch="2.14.0", transformers="5.23.0")
    found = compare(
        before, after, margin=MARGIN, changed=("cpu one -> two", "torch 2.13.0 -> 2.14.0")
    )
    assert found.packages == ("torch 2.13.0 -> 2.14.0",)
    assert found.changed[:2] == ("torch 2.13.0 -> 2.14.0", "cpu one -> two")
    _in_order(_printed(found, capsys), "changed package: torch", "first steps", "layer 17", "gates")
    assert "1 of 1 variants no longer compute what they did" in render(found)
    _in_order(render(found), "Changed packages", "torch 2.13.0", "layer 17", "cpu one", "Gates")
    write_junit(found, tmp_path / "gates.xml")
    suite = ElementTree.parse(tmp_path / "gates.xml").getroot()
    properties = suite.findall("properties/property")
    assert [(each.get("name"), each.get("value")) for each in properties] == [
        ("changed.torch", "2.13.0 -> 2.14.0")
    ]
    case = suite.find("testcase[@name='first step']")
    assert case is not None
    failure = case.find("failure")
    assert failure is not None
    assert "layer 17" in (failure.get("message") or "")
    assert suite.get("tests") == str(len(suite.findall("testcase")))
    write_json(tmp_path / "all.json", as_json(found))
    whole = json.loads((tmp_path / "all.json").read_text())
    assert whole["packages"] == ["torch 2.13.0 -> 2.14.0"]
    assert whole["fingerprints"][0]["finding"]["kind"] == "training"


def _printed(found: Comparison, capsys: pytest.CaptureFixture[str]) -> str:
    show(found)
    return capsys.readouterr().out


def _in_order(text: str, *words: str) -> None:
    places = [text.index(word) for word in words]
    assert places == sorted(places), list(zip(words, places, strict=True))


def test_a_run_folder_is_read_with_its_first_steps(run: RunFolder) -> None:
    bare = from_run(run.path).variants[0]
    assert bare.first_step is None
    folder = run.variant(bare.name, bare.trained)
    write_json(folder.first_step, step())
    found: SideVariant = from_run(run.path).variants[0]
    folder.first_step.unlink()
    assert found.first_step == step()
    assert len(found.losses) <= 8

"""First steps on other hardware, and what is no number or gone: what decides and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.commands.fingerprinting import Held
from harness.comparing.compare import compare
from harness.comparing.fingerprints import held, held_losses
from harness.comparing.sides import Side
from harness.comparing.upgrades import hardware_apart
from harness.records import Forward
from tests.unit.test_comparing_fingerprints import (
    MARGIN,
    halved,
    layer,
    rows_of,
    run,
    side,
    step,
    with_step,
)

__all__ = ["run", "side"]
NAN = float("nan")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"forward": Forward(loss=NAN, norm=NAN, sketch=(NAN,) * 64)}, "answering"),
        ({"loss": NAN}, "training"),
        ({"start": "nan -0.25 1.5"}, "training"),
        ({"gradients": {**step().gradients, "3": layer("3", NAN)}}, "training"),
        (
            {"gradients": {**step().gradients, "3": replace(layer("3"), sketch=(NAN,) * 64)}},
            "training",
        ),
        (
            {
                "gradients": {
                    **step().gradients,
                    "3": replace(layer("3"), norms={"q_proj": (NAN, 1.0), "v_proj": (0.5, 2.0)}),
                }
            },
            "training",
        ),
    ],
)
def test_what_is_no_number_is_never_the_same(changes: dict[str, Any], kind: str) -> None:
    for before, after in ((step(), step(**changes)), (step(**changes), step())):
        assert held(before, after).kind == kind


def test_losses_that_are_no_numbers_or_gone_are_not_the_same() -> None:
    same, kept = held(step(), step()), (3.5, 3.0)
    broken = held_losses(same, kept, (3.5, NAN), "bfloat16")
    assert (broken.kind, "loss of step 2 is nan" in broken.sentence) == ("training", True)
    gone = held_losses(same, kept, (), "bfloat16")
    assert gone.kind == "not_comparable"
    assert "2 of the first 2 losses were not kept in the candidate." in gone.sentence
    assert held_losses(same, kept, (3.5,), "bfloat16").kind == "not_comparable"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((), (3.5,), "first losses were not kept in the baseline."),
        ((), (), "first losses were not kept on either side."),
        ((3.5,), (3.5, 3.0), "1 of the first 2 losses were not kept in the baseline."),
    ],
)
def test_losses_that_a_baseline_never_had_are_told(
    before: tuple[float, ...], after: tuple[float, ...], words: str
) -> None:
    found = held_losses(held(step(), step()), before, after, "bfloat16")
    assert found.kind == "same"
    assert words in found.sentence


def on(side: Side, **hardware: Any) -> Side:
    machine = {"cpu": "one", "vectors": ["avx2"], **hardware}
    return replace(side, environment={"device": "cpu", "hardware": machine})


def test_an_adapter_that_another_processor_starts_otherwise_is_no_regression(side: Side) -> None:
    moved = with_step(side, step(start="0.5 0.25 1.5"))
    for here in (on(moved, cpu="two"), on(moved, vectors=[])):
        found = compare(on(side), here, margin=MARGIN)
        assert found.verdict == "pass"
        (row,) = found.fingerprints
        assert (row.finding.kind, row.verdict) == ("not_comparable", None)
        assert "starts from other numbers" in row.finding.sentence
        assert Held(rows=found.fingerprints).verdict == "not_comparable"
    same = compare(on(side), on(moved, cores=8, memory_bytes=1), margin=MARGIN)
    assert same.verdict == "regression"


def test_another_processor_hides_no_defect(side: Side) -> None:
    worse = step(start="0.5 0.25 1.5", gradients={**step().gradients, "17": layer("17", 0.5)})
    assert rows_of(side, with_step(side, worse), apart="processor") == [("training", "regression")]
    loud = step(start="0.5 0.25 1.5", loss=3.8)
    assert rows_of(side, with_step(side, loud), apart="processor") == [("training", "regression")]
    mixed = step(start="0.5 0.25 1.5", batch="x")
    assert rows_of(side, with_step(side, mixed), apart="processor") == [("training", "regression")]
    assert compare(on(side), on(halved(side), cpu="two"), margin=MARGIN).verdict == "regression"


def test_another_model_of_gpu_is_told_and_not_gated_and_another_driver_is_none(side: Side) -> None:
    cuda, card = {"device": "cuda:0"}, "NVIDIA H100, 80 GB, driver"
    before = {**cuda, "hardware": {"gpu": f"{card} 1"}}
    assert hardware_apart(before, {**cuda, "hardware": {"gpu": f"{card} 2"}}) == ""
    other = {"device": "cuda:1", "hardware": {"gpu": "NVIDIA H200, 141 GB, driver 1"}}
    assert hardware_apart(before, other) == "device"
    assert hardware_apart({"device": "cpu"}, before) == "device"
    found = compare(
        replace(side, environment=before),
        replace(halved(side), environment=other),
        margin=MARGIN,
    )
    assert [row.verdict for row in found.fingerprints] == [None]
    assert found.verdict == "pass"

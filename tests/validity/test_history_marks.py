"""A history of samplings of one model shows hardly a change, where the eye would see many."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from harness.comparing.sides import Side, SideVariant, from_run
from harness.reporting.history import history
from harness.reporting.history_records import History
from harness.stats.contrast import Outcomes
from tests.support.fake_run import quick
from tests.support.run_folder import write_run

PAIRS = 30
TURNED = 0.15


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Side:
    """Four variants of the suite `quick`."""
    names = ("instruct-fp32", "instruct-int8", "instruct-nf4", "mixed-nf4")
    few = [each for each in quick() if each.name in names]
    return from_run(write_run(tmp_path_factory.mktemp("run") / "quick", few).path)


@pytest.fixture(scope="module")
def found(side: Side) -> list[History]:
    """That many histories of two samplings each."""
    draw = random.Random("samplings")
    return [history([sampled(side, day, draw) for day in ("1", "2")]) for _ in range(PAIRS)]


def sampled(side: Side, day: str, draw: random.Random) -> Side:
    """The side with every verdict turned over now and then, half of the entities as one."""
    return replace(
        side,
        label=day,
        environment={**side.environment, "started": f"2026-01-0{day}"},
        variants=tuple(turned(row, side, draw) for row in side.variants),
    )


def turned(row: SideVariant, side: Side, draw: random.Random) -> SideVariant:
    clusters = sorted({asked.cluster for asked in side.questions.values()})
    together = {name: draw.random() < TURNED for name in clusters if draw.random() < 0.5}
    flips = {
        key: together.get(asked.cluster, draw.random() < TURNED)
        for key, asked in side.questions.items()
    }
    outcomes, scores = {}, dict(row.scores)
    for name, held in row.outcomes.items():
        values = {key: held[key] != flips[key] for key in held}
        outcomes[name] = Outcomes(values, {key: held.clusters[key] for key in held})
        scores[name] = replace(scores[name], value=sum(values.values()) / len(values))
    said = {key: replace(each, digest=str(draw.random())) for key, each in row.said.items()}
    return replace(row, outcomes=outcomes, scores=scores, said=said)


def test_samplings_of_one_model_are_hardly_ever_marked(found: list[History]) -> None:
    # One in twenty would be 1.5; five or more would then come once in sixty.
    assert sum(bool(each.changes(main=True)) for each in found) <= 4


def test_the_eye_would_see_changes_in_nearly_all_of_them(found: list[History]) -> None:
    moved = [
        max(
            abs(after.value - before.value)
            for series in each.series
            if series.name in each.main
            for before, after in [series.points]
            if before and after
        )
        for each in found
    ]
    assert sum(move >= 0.2 for move in moved) > PAIRS / 2

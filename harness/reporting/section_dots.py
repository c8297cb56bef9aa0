"""The dots of knowing and inventing: one a configuration, whatever the number of its trainings."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from harness.records import ProbeName, Score, VariantResult
from harness.reporting import bounds, roles
from harness.reporting.data import RunData
from harness.reporting.figures import Dot, high_end, low_end
from harness.reporting.shares import invented_share, right_share
from harness.storage.jsonl import canonical

APART = ("name", "seed", "measure")
"""Settings in which two trainings of one configuration differ."""


def dots(data: RunData) -> tuple[Dot, ...]:
    """The dots in the order of the table of variants, floors and ceilings in grey after them.

    Where none was run, those that hold by definition take their place.
    """
    bound = [row for row in data.results.variants if roles.is_bound(row)]
    shown = [row for row in bound if not roles.is_perturbed(row)]
    shown.sort(key=lambda row: list(bounds.HEADINGS).index(bounds.side(row)))
    found = [*_configurations(data, roles.tried(data.results)), *_configurations(data, shown)]
    return tuple(found) if any(dot.grey for dot in found) else (*found, *_corners(data, found))


def _configurations(data: RunData, rows: Sequence[VariantResult]) -> list[Dot]:
    groups: dict[str, list[Dot]] = {}
    seeds: dict[str, list[int]] = {}
    for row in rows:
        dot = _dot(data, row)
        if dot is not None:
            rest = {key: value for key, value in row.config.items() if key not in APART}
            groups.setdefault(canonical(rest) if rest else row.name, []).append(dot)
            seeds.setdefault(canonical(rest) if rest else row.name, []).append(roles.seed(row))
    return [_together(found, seeds[key]) for key, found in groups.items()]


def _dot(data: RunData, row: VariantResult) -> Dot | None:
    judged = data.judged.get(row.name, ())
    knows = right_share(row, judged, "paraphrase") or right_share(row, judged, "trained")
    invents = invented_share(row, judged, "nonexistent")
    if knows is None or invents is None or knows.value is None or invents.value is None:
        return None
    return Dot(name=row.name, knows=knows, invents=invents, grey=roles.is_bound(row))


def _together(found: Sequence[Dot], seeds: Sequence[int]) -> Dot:
    """The mean of several trainings, named without the seed where all names end with it."""
    if len(found) == 1:
        return found[0]
    stems = [dot.name.removesuffix(f"-s{seed}") for dot, seed in zip(found, seeds, strict=True)]
    name = stems[0] if len(set(stems)) == 1 else found[0].name
    return Dot(
        name=f"{name} ({len(found)} trainings)",
        knows=_mean([dot.knows for dot in found]),
        invents=_mean([dot.invents for dot in found]),
        grey=found[0].grey,
        trainings=tuple((dot.knows.value or 0.0, dot.invents.value or 0.0) for dot in found),
    )


def _mean(scores: Sequence[Score]) -> Score:
    """The mean of the trainings, with a range that reaches over the ranges of all of them."""
    return Score(
        value=fmean(score.value or 0.0 for score in scores),
        low=min(map(low_end, scores)),
        high=max(map(high_end, scores)),
        n=sum(score.n for score in scores),
        clusters=max(score.clusters for score in scores),
    )


def _corners(data: RunData, found: Sequence[Dot]) -> tuple[Dot, ...]:
    """Floors and ceilings that need not be run, where none was."""
    if not found:
        return ()
    asked = {item.question.probe for group in data.judged.values() for item in group}
    probe: ProbeName = "paraphrase" if "paraphrase" in asked else "trained"
    return tuple(
        Dot(
            name=each.name,
            knows=_exactly(each.knows.get(probe, 0.0)),
            invents=_exactly(each.invents),
            grey=True,
        )
        for each in bounds.by_definition(data)
    )


def _exactly(value: float) -> Score:
    return Score(value=value, low=value, high=value, n=0, clusters=0)

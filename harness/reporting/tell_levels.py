"""The sentence about 4 bits: what they change, beside what luck changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations, count
from math import inf

from harness.records import ProbeName, VariantResult
from harness.reporting.cells import measured
from harness.reporting.contrast import Contrast, contrast
from harness.reporting.roles import FOUR_BITS, exactness, level, seed
from harness.reporting.section_repeats import beyond, rises
from harness.reporting.story import Sentence, Story, names, usable, why_absent
from harness.reporting.wording import listed, megabytes, plural, span
from harness.stats.paired import holm
from harness.storage.jsonl import canonical

VERDICT_PROBES: tuple[ProbeName, ...] = (
    "trained",
    "paraphrase",
    "relational",
    "text_only",
    "two_hop",
    "reversed",
    "choice",
)

LEAST_TRAININGS = 3
"""Seeds at a level and at the reference; two of them have a single pair to know luck from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelEffect:
    """A level against the reference level, seed by seed, beside pairs of reference seeds."""

    reference: tuple[VariantResult, ...]
    rows: tuple[VariantResult, ...]
    """The level's variants, each with the same seed as its partner in `reference`."""
    flips: tuple[Contrast, ...]
    luck: tuple[Contrast, ...]
    """Every pair of training seeds at the reference level; empty with a single seed."""


def effect(story: Story, name: str) -> LevelEffect | None:
    """What level `name` changes; None where no seed has both it and the reference level."""
    return effects(story).get(name)


def effects(story: Story) -> dict[str, LevelEffect]:
    """What every level changes, the p-values corrected for the number of variants compared."""
    every = dict.fromkeys(level(row) for row in story.roles.taught)
    found = {name: each for name in every if (each := _uncorrected(story, name)) is not None}
    corrected = iter(holm([flip.p for each in found.values() for flip in each.flips]))
    return {
        name: replace(each, flips=tuple(flip.corrected(next(corrected)) for flip in each.flips))
        for name, each in found.items()
    }


def _uncorrected(story: Story, name: str) -> LevelEffect | None:
    first = story.roles.reference
    if first is None or level(first) == name:
        return None
    exact = {_treatment(row): row for row in story.roles.taught if level(row) == level(first)}
    exact = {key: row for key, row in exact.items() if usable(row, story)}
    rows = [row for row in story.roles.taught if level(row) == name and usable(row, story)]
    rows = [row for row in rows if _treatment(row) in exact]
    if not rows:
        return None
    seeds = {
        seed(row): row
        for row in exact.values()
        if _treatment(row, seeded=False) == _treatment(first, seeded=False)
    }
    pairs = combinations(sorted(seeds), 2)
    return LevelEffect(
        reference=tuple(exact[_treatment(row)] for row in rows),
        rows=tuple(rows),
        flips=tuple(
            contrast(
                story.right(exact[_treatment(row)], *VERDICT_PROBES),
                story.right(row, *VERDICT_PROBES),
            )
            for row in rows
        ),
        luck=tuple(
            contrast(story.right(seeds[a], *VERDICT_PROBES), story.right(seeds[b], *VERDICT_PROBES))
            for a, b in pairs
        ),
    )


def _treatment(row: VariantResult, *, seeded: bool = True) -> str:
    """What two variants must have in common to be told apart by their levels alone."""
    parts = {name: row.config.get(name) for name in ("recipe", "prompt", "adapter")}
    return canonical({**parts, "seed": seed(row) if seeded else None})


def four_bits(story: Story) -> Sentence | None:
    """Does 4-bit quantization cost more than another training seed would change?"""
    present = [row for row in story.roles.taught if level(row) in FOUR_BITS]
    if not present or story.roles.reference is None:
        return None
    if level(story.roles.reference) in FOUR_BITS:
        exact = [row for row in story.roles.taught if level(row) not in FOUR_BITS]
        if not exact:
            return None
        return _unknown(why_absent(exact[0], "keeps the exact weights"), exact[0])
    for name in FOUR_BITS:
        found = effect(story, name)
        if found is not None:
            return _told(found, name, _others(story, name))
    return _unknown(why_absent(present[0], "uses 4 bits"), present[0])


def _unknown(reason: str, row: VariantResult) -> Sentence:
    return Sentence(
        key="four_bits",
        lead="What 4 bits cost is not known.",
        text=f"This run cannot say: {reason}.",
        about=names(row),
        section="failures",
    )


def _others(story: Story, name: str) -> str:
    """ " Other levels: int8 changed 5, fp4 4 to 6." Empty where there are none."""
    parts = []
    for other in dict.fromkeys(level(row) for row in story.roles.taught):
        found = effect(story, other) if other != name else None
        if found is not None:
            parts.append(f"{other} {span([each.flips for each in found.flips])}")
    return f" Other levels changed: {listed(parts)}." if parts else ""


def _told(found: LevelEffect, name: str, others: str) -> Sentence:
    flips = [each.flips for each in found.flips]
    luck = [each.flips for each in found.luck]
    n = found.flips[0].n
    exact = level(found.reference[0])
    one = len(found.rows) == 1
    sides = (found.reference[0].name, found.rows[0].name) if one else (exact, name)
    text = f"Against {sides[0]}, {sides[1]} changed {span(flips)} of {n} verdicts"
    if not luck:
        only = found.flips[0]
        text += f", {len(only.lost)} lost and {len(only.gained)} gained"
        text += "" if only.differs else f": {only.doubt}"
        text += ". Each trained once: 4 bits cannot be told from the luck of a training."
    else:
        lost = sum(len(each.lost) for each in found.flips)
        gained = sum(len(each.gained) for each in found.flips)
        text += (
            f" ({lost} lost and {gained} gained over {plural(len(flips), 'training')}); "
            f"training again with other random numbers changed {span(luck)}."
        )
    return Sentence(
        key="four_bits",
        lead=_lead(found, flips, luck),
        text=text + _rounding(found) + _noise(found) + others + _saved(found),
        about=names(*found.reference, *found.rows),
        section="levels",
    )


def rounding_said(rows: Iterable[VariantResult]) -> str:
    """ "Rounding alone changed 1 of 68 verdicts.", of those that have a perturbed twin, else ""."""
    noise = {row.name: row.scores.get("noise.rounding") for row in rows}
    found = [each for each in noise.values() if each is not None and each.value is not None]
    if not found:
        return ""
    counts = [round((each.value or 0.0) * each.n) for each in found]
    over = f" over {plural(len(found), 'training')}" if len(found) > 1 else ""
    return f"Rounding alone changed {span(counts)} of {found[0].n} verdicts{over}."


def _rounding(found: LevelEffect) -> str:
    said = rounding_said(found.reference)
    return f" {said}" if said else ""


def _noise(found: LevelEffect) -> str:
    """The first level's flips beside what asking its reference again changes, where measured."""
    row, reference = found.rows[0], found.reference[0]
    if "determinism.noise" not in reference.scores or "quantization.excess" not in row.scores:
        return ""
    said = beyond(row, reference, found.flips[0].n)
    return f" {said[0].upper()}{said[1:]}."


def _lead(found: LevelEffect, flips: list[int], luck: list[int]) -> str:
    """About as much as luck: every level's count lies between the smallest and the largest pair
    of trainings. All beyond it on one side: more or less. Else these trainings do not settle it.
    """
    if not luck:
        return _lead_of_one(found)
    trainings = plural(len(flips), "training")
    if min(len(flips), _trainings(luck)) < LEAST_TRAININGS:
        return f"Whether 4 bits change more than another training, {trainings} cannot tell."
    above = sum(each > max(luck) for each in flips)
    below = sum(each < min(luck) for each in flips)
    if len(flips) in (above, below):
        way = "more" if above else "less"
        return f"4 bits changed {way} than another training did, in these {trainings}."
    if above or below:
        way, often = ("more", above) if above >= below else ("less", below)
        return (
            f"4 bits changed {way} than another training did in {often} of {trainings}: "
            "too few to settle it."
        )
    return f"4 bits changed about as much as another training did, as far as {trainings} can tell."


def _trainings(luck: list[int]) -> int:
    """How many seeds there are, from the number of their pairs."""
    return next(seeds for seeds in count(2) if seeds * (seeds - 1) // 2 >= len(luck))


def _lead_of_one(found: LevelEffect) -> str:
    """Where each variant was trained once, and luck is not known."""
    only = found.flips[0]
    if only.differs:
        less = "less" if only.down else "more"
        return f"With 4 bits it knew {less}, in the one training that was tried."
    if rises(found.rows[0]):
        return "4 bits change answers, at no net cost that this run could show."
    return "4 bits cost nothing that this run could show."


def _saved(found: LevelEffect) -> str:
    """The weights' size before and after."""
    before = measured(found.reference[0], "memory.weights_bytes")
    after = measured(found.rows[0], "memory.weights_bytes")
    if not before or not after:
        return ""
    return f" Weights {megabytes(before)} to {megabytes(after)}."


def smallest_level(rows: list[VariantResult]) -> VariantResult:
    """The one with the fewest bytes of weights; the least exact level where none was measured."""

    def size(row: VariantResult) -> tuple[float, int]:
        return measured(row, "memory.weights_bytes") or inf, -exactness(row)

    return min(rows, key=size)

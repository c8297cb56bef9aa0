"""Quantization: recall, memory and speed by level, and the verdicts that a level changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.records import Judged, VariantResult
from harness.reporting import roles
from harness.reporting.cells import Cell, measured, share_cell, traced
from harness.reporting.contrast import Contrast, contrast, greedy
from harness.reporting.data import RunData
from harness.reporting.figures_levels import LevelPoint
from harness.reporting.headline import story_of
from harness.reporting.section_invents import said
from harness.reporting.section_repeats import UNMEASURED, beyond
from harness.reporting.shares import right_share
from harness.reporting.story import usable
from harness.reporting.tell_levels import VERDICT_PROBES, effect, effects, rounding_said
from harness.reporting.wording import MISSING, PROBE_NAMES, megabytes, rate
from harness.scoring.references import reference_name
from harness.stats.paired import holm


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """One level of one seed."""

    name: str
    level: str
    seed: int
    taught: Cell
    reworded: Cell
    flips: str
    test: str
    noise: str
    """The flips beside the noise of asking again; empty for the reference."""
    weights: str
    bits: str
    peak: str
    writes: str
    """Tokens a second in batches, measured while nothing else ran; so is `trains`."""
    trains: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A question whose verdict differs from the reference level's."""

    level: str
    direction: str
    probe: str
    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One variant against the one that differs from it in nothing but its level."""

    reference: VariantResult
    row: VariantResult
    change: Contrast


def comparisons(data: RunData) -> tuple[Comparison, ...]:
    """Every variant that has a reference level: the plainly taught first, then all others.

    p-values of the first are corrected as in the sentence about 4 bits, of the others together.
    """
    story = story_of(data.results, data.judged)
    made = [
        Comparison(reference=reference, row=row, change=change)
        for found in effects(story).values()
        for reference, row, change in zip(found.reference, found.rows, found.flips, strict=True)
    ]
    taught = {row.name for row in story.roles.taught}
    tried = {row.name: row for row in roles.tried(data.results) if usable(row, story)}
    configs = {name: row.config for name, row in tried.items()}
    others = []
    for name, row in tried.items():
        reference_called = None if name in taught else reference_name(row.config, configs)
        if reference_called is not None:
            reference = tried[reference_called]
            change = contrast(
                story.right(reference, *VERDICT_PROBES), story.right(row, *VERDICT_PROBES)
            )
            others.append(Comparison(reference=reference, row=row, change=change))
    corrected = holm([each.change.p for each in others])
    return (
        *made,
        *(
            replace(each, change=each.change.corrected(p))
            for each, p in zip(others, corrected, strict=True)
        ),
    )


def level_rows(data: RunData) -> tuple[LevelRow, ...]:
    """One row a variant: those taught without refusals, the most exact level first, then others.

    Others are shown where they were run at two levels.
    """
    story = story_of(data.results, data.judged)
    found = comparisons(data)
    changes = {each.row.name: each for each in found}
    taught = [row.name for row in story.roles.taught]
    held = {each.reference.name for each in found}
    reference = story.roles.reference
    if reference is not None:
        held |= {r.name for r in story.roles.taught if roles.level(r) == roles.level(reference)}
    pairs = (name for each in found for name in (each.reference.name, each.row.name))
    order = dict.fromkeys((*taught, *pairs))
    return tuple(_level_row(data, name, changes.get(name), name in held) for name in order)


def _level_row(data: RunData, name: str, found: Comparison | None, reference: bool) -> LevelRow:
    row = data.variant(name)
    judged = data.judged.get(name, ())
    bits = measured(row, "memory.bits_per_parameter")
    flips, test = _flips_said(found.change if found else None, reference)
    return LevelRow(
        name=name,
        level=roles.level(row),
        seed=roles.seed(row),
        taught=traced(share_cell(right_share(row, judged, "trained")), row, "trained"),
        reworded=traced(share_cell(right_share(row, judged, "paraphrase")), row, "paraphrase"),
        flips=flips,
        test=test,
        noise=beyond(row, found.reference, found.change.n) if found else "",
        weights=megabytes(measured(row, "memory.weights_bytes")),
        bits=MISSING if bits is None else f"{bits:.2f}",
        peak=megabytes(measured(row, "memory.peak_answer_bytes")),
        writes=rate(measured(row, "throughput.decode_tokens_per_s")),
        trains=rate(measured(row, "throughput.train_tokens_per_s")),
    )


def told_once(rows: Sequence[LevelRow]) -> tuple[tuple[LevelRow, ...], str]:
    """The rows, and one sentence instead of a line in every row where no noise was measured."""
    noises = {row.noise for row in rows if row.noise}
    if noises != {UNMEASURED}:
        return tuple(rows), ""
    said = "How many verdicts asking again changes was not measured in this run."
    return tuple(replace(row, noise="") for row in rows), said


def _flips_said(change: Contrast | None, reference: bool) -> tuple[str, str]:
    if reference:
        return "reference", ""
    if change is None:
        return MISSING, ""
    figures = f"{change.flips} of {change.n} (−{len(change.lost)} +{len(change.gained)})"
    low, high = change.difference
    points = f"{100 * low:+.0f} to {100 * high:+.0f} points".replace("-", "−")
    return figures, f"{points}; " + (f"p = {change.p:.3f}" if change.differs else change.doubt)


def luck_said(data: RunData) -> str:
    """How many verdicts another training seed changes, or that this run cannot know."""
    story = story_of(data.results, data.judged)
    rounding = rounding_said(story.roles.taught)
    if rounding:
        rounding = f" {rounding} That is the same training from weights a thousandth off."
    for row in story.roles.taught:
        found = effect(story, roles.level(row))
        if found is not None and found.luck:
            counts = [each.flips for each in found.luck]
            pairs = f"{len(counts)} pair{'s' if len(counts) > 1 else ''} of training seeds"
            span = f"{min(counts)}" if len(set(counts)) == 1 else f"{min(counts)} to {max(counts)}"
            return (
                f"Between {pairs} at the same level, {span} of {found.luck[0].n} verdicts changed."
                f"{rounding}"
            )
    return (
        "Each variant was trained once, so how many verdicts another training seed would change "
        "is not known here, and neither is whether a level changed more than that."
        f"{rounding}"
    )


def flipped(data: RunData) -> tuple[Flip, ...]:
    """Every question that a level answers otherwise than its reference, level by level."""
    made: list[Flip] = []
    for each in comparisons(data):
        then = {i.question.id: i for i in greedy(data.judged[each.reference.name])}
        now = {i.question.id: i for i in greedy(data.judged[each.row.name])}
        for direction, ids in (("lost", each.change.lost), ("gained", each.change.gained)):
            made += [_flip(each.row.name, direction, then[key], now[key]) for key in ids]
    return tuple(made)


def _flip(name: str, direction: str, then: Judged, now: Judged) -> Flip:
    return Flip(
        level=name,
        direction=direction,
        probe=PROBE_NAMES[now.question.probe],
        question=now.question.question,
        before=f"{then.answer.text} ({said(then)})",
        after=f"{now.answer.text} ({said(now)})",
    )


def level_points(data: RunData) -> tuple[LevelPoint, ...]:
    """The figure's points."""
    taught = story_of(data.results, data.judged).roles.taught
    return tuple(
        LevelPoint(
            level=roles.level(row),
            recall=right_share(row, data.judged.get(row.name, ()), "paraphrase"),
            peak_bytes=measured(row, "memory.peak_answer_bytes"),
            written_per_s=measured(row, "throughput.decode_tokens_per_s"),
            trained_per_s=measured(row, "throughput.train_tokens_per_s"),
        )
        for row in taught
        if data.judged.get(row.name) or row.resources
    )

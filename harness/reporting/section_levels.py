"""Quantization: recall, memory and speed by level, and the verdicts that a level changed."""

from __future__ import annotations

from dataclasses import dataclass

from harness.records import Judged
from harness.reporting import roles
from harness.reporting.cells import Cell, measured, share_cell
from harness.reporting.contrast import Contrast, greedy
from harness.reporting.data import RunData
from harness.reporting.figures import LevelPoint
from harness.reporting.headline import story_of
from harness.reporting.section_invents import said
from harness.reporting.shares import right_share
from harness.reporting.tell_levels import effect
from harness.reporting.wording import MISSING, PROBE_NAMES, megabytes, rate


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


def level_rows(data: RunData) -> tuple[LevelRow, ...]:
    """One row a variant that was taught without refusals, the most exact level first."""
    story = story_of(data.results, data.judged)
    changes: dict[str, Contrast] = {}
    for name in {roles.level(row) for row in story.roles.taught}:
        found = effect(story, name)
        if found is not None:
            changes |= {r.name: c for r, c in zip(found.rows, found.flips, strict=True)}
    reference = story.roles.reference
    made: list[LevelRow] = []
    for row in story.roles.taught:
        judged = data.judged.get(row.name, ())
        bits = measured(row, "memory.bits_per_parameter")
        same = reference is not None and roles.level(row) == roles.level(reference)
        flips, test = _flips_said(changes.get(row.name), same)
        made.append(
            LevelRow(
                name=row.name,
                level=roles.level(row),
                seed=roles.seed(row),
                taught=share_cell(right_share(row, judged, "trained")),
                reworded=share_cell(right_share(row, judged, "paraphrase")),
                flips=flips,
                test=test,
                weights=megabytes(measured(row, "memory.weights_bytes")),
                bits=MISSING if bits is None else f"{bits:.2f}",
                peak=megabytes(measured(row, "memory.peak_answer_bytes")),
                writes=rate(measured(row, "throughput.decode_tokens_per_s")),
                trains=rate(measured(row, "throughput.train_tokens_per_s")),
            )
        )
    return tuple(made)


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
    for row in story.roles.taught:
        found = effect(story, roles.level(row))
        if found is not None and found.luck:
            counts = [each.flips for each in found.luck]
            pairs = f"{len(counts)} pair{'s' if len(counts) > 1 else ''} of training seeds"
            span = f"{min(counts)}" if len(set(counts)) == 1 else f"{min(counts)} to {max(counts)}"
            return (
                f"Between {pairs} at the same level, {span} of {found.luck[0].n} verdicts changed."
            )
    return (
        "Each variant was trained once, so how many verdicts another training seed would change "
        "is not known here, and neither is whether a level changed more than that."
    )


def flipped(data: RunData) -> tuple[Flip, ...]:
    """Every question that a level answers otherwise than the reference with the same seed."""
    story = story_of(data.results, data.judged)
    made: list[Flip] = []
    for name in dict.fromkeys(roles.level(row) for row in story.roles.taught):
        found = effect(story, name)
        if found is None:
            continue
        for exact, row, change in zip(found.reference, found.rows, found.flips, strict=True):
            then = {item.question.id: item for item in greedy(data.judged[exact.name])}
            now = {item.question.id: item for item in greedy(data.judged[row.name])}
            for direction, ids in (("lost", change.lost), ("gained", change.gained)):
                made += [_flip(row.name, direction, then[key], now[key]) for key in ids]
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

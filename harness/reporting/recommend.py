"""Which of several candidates to choose, from what is shown about them; pure, no text, no model.

A candidate is dropped only for another that is *shown* to be better at something (recall,
inventions, memory or speed), worse at nothing that shows, and that cannot be more than TOLERATED
worse at what does not show. What is left is the front. A candidate is recommended where the front
leaves one that knows most; where several cannot be told apart, none is, and `Choice` says how many
questions would tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from harness.reporting.recommend_field import TOLERATED, Candidate, Field
from harness.stats.contrast import Contrast

__all__ = ["TOLERATED", "Candidate", "Choice", "Field", "MemoryClass", "Reason"]

CLASSES_GB = (1, 2, 4, 8, 16, 24, 40, 80)
"""Memory that readers have, in thousand million bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why `loser` is not on the front: what `winner` is shown to do better."""

    loser: str
    winner: str
    better_at: tuple[str, ...]
    """Of "knows", "invents", "memory", "speed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to use among some candidates. Names, never two that say different things."""

    use: str | None
    """Knows most, or as much as any other and costs less; None: undecided."""
    equal: tuple[str, ...] = ()
    """As good as `use` within TOLERATED, and no cheaper."""
    careful: tuple[str, ...] = ()
    """Shown to invent less than `use`, or than all that are undecided."""
    undecided: tuple[str, ...] = ()
    """Those that cannot be told apart, the one with most right answers first."""
    closest: Contrast | None = None
    """Of the undecided: the first (after) against the one that is hardest to tell from it."""
    questions: int | None = None
    """About how many taught questions would decide, if the shares stay what they are."""
    front: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryClass:
    """Whoever has this much memory."""

    limit_gb: int | None
    """None: whoever has more than the largest class, or whatever was not measured."""
    fits: tuple[str, ...]
    choice: Choice


def front(field: Field, names: Sequence[str]) -> tuple[str, ...]:
    """Those that no other of them dominates, in their order."""
    return tuple(
        name for name in names if not any(field.dominates(o, name) for o in names if o != name)
    )


def reasons(field: Field, names: Sequence[str]) -> tuple[Reason, ...]:
    """One reason each for those that are not on the front, by one of the front if there is one."""
    best = front(field, names)
    found = []
    for name in (each for each in names if each not in best):
        winner = next(o for o in (*best, *names) if o != name and field.dominates(o, name))
        better = field.dominates(winner, name)
        found.append(Reason(loser=name, winner=winner, better_at=better))
    return tuple(found)


def choose(field: Field, names: Sequence[str]) -> Choice:
    """What to use among these."""
    left = front(field, names)
    if not left:
        return Choice(use=None)
    ranked = sorted(left, key=lambda name: (-field.candidates[name].right, name))
    knowers = [n for n in ranked if not any(field.knows_more(o, n) for o in left if o != n)]
    best, rivals = knowers[0], knowers[1:]
    if all(field.bounded(best, o) and field.bounded(o, best) for o in rivals):
        careful = _careful(field, left, [best])
        return Choice(use=best, equal=tuple(rivals), careful=careful, front=left)
    hardest = max(rivals, key=lambda other: needed(field, best, other))
    closest, _ = field.knows(best, hardest)
    return Choice(
        use=None,
        careful=_careful(field, left, knowers),
        undecided=tuple(knowers),
        closest=closest,
        questions=needed(field, best, hardest),
        front=left,
    )


def _careful(field: Field, left: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Those that are shown to invent less than all `others`, and that none of them beats."""
    found = [
        name
        for name in left
        if any(o != name for o in others)
        and all(field.invents_less(name, o) for o in others if o != name)
    ]
    return tuple(
        name
        for name in found
        if not any(
            field.invents_less(o, name) or field.knows_more(o, name) for o in found if o != name
        )
    )


def needed(field: Field, one: str, other: str) -> int:
    """About how many taught questions would decide between two, if the shares stay what they are:
    either the difference shows, or one that anybody would notice is excluded.

    An interval narrows with the square root of the questions.
    """
    found, way = field.knows(one, other)
    if not found.n:
        return 0
    low, high = sorted(way * end for end in found.difference)
    gap = way * (found.after - found.before) / found.n
    reach, shows = (gap - low, gap) if gap > 0 else (high - gap, -gap)
    far = max(high - gap, gap - low)
    ways = ((reach, shows), (far, TOLERATED - abs(gap)))
    factors = [(end / room) ** 2 for end, room in ways if room > 0]
    return _round_up(max(1.0, min(factors)) * found.n)


def _round_up(count: float) -> int:
    """To one digit: more would promise too much."""
    step = 10 ** floor(log10(count))
    return int(ceil(count / step) * step)


def by_memory(field: Field, names: Sequence[str]) -> tuple[MemoryClass, ...]:
    """Every class of memory in which something more fits than in the one below it.

    A limit between two peaks that differ by no more than two runs of one variant do is none: what
    fits would be another in the next run.
    """
    found: list[MemoryClass] = []
    for limit in (*CLASSES_GB, None):
        fits = tuple(name for name in names if _fits(field.candidates[name], limit))
        if fits and (not found or fits != found[-1].fits) and _separates(field, names, fits):
            found.append(MemoryClass(limit_gb=limit, fits=fits, choice=choose(field, fits)))
    return tuple(found)


def _separates(field: Field, names: Sequence[str], fits: Sequence[str]) -> bool:
    """Whether all that fit need less than all that were measured and do not."""
    rest = [n for n in names if n not in fits and field.candidates[n].peak is not None]
    return all(field.needs_less(one, other) for one in fits for other in rest)


def _fits(candidate: Candidate, limit_gb: int | None) -> bool:
    return limit_gb is None or (candidate.peak is not None and candidate.peak <= limit_gb * 1e9)

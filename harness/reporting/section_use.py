"""Which one to use: the variants that nothing beats, by memory, and why the others are left out."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from harness.reporting.cells import EMPTY, Cell, measured, range_cell
from harness.reporting.contrast import Contrast
from harness.reporting.data import RunData
from harness.reporting.recommend import TOLERATED, Choice, MemoryClass, Reason
from harness.reporting.recommend_run import Advice, Group, advice, named
from harness.reporting.section_variants import described
from harness.reporting.wording import duration, listed, megabytes
from harness.stats.contrast import Outcomes
from harness.stats.intervals import share

AT = {
    "knows": "more right answers",
    "invents": "fewer inventions",
    "memory": "less memory",
    "speed": "more speed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontRow:
    """A variant that is worth choosing for something."""

    name: str
    line: str
    best_at: str
    right: Cell
    invented: Cell
    peak: Cell
    training: Cell
    against: str
    """Right answers and inventions against the one that the others are held against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """What to use in so much memory."""

    limit: str
    most: str
    """Who knows most, or between whom it is not settled."""
    careful: str
    """Where a wrong answer is worse than none."""
    lost: str
    """Against the choice without a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The section."""

    settled: bool
    held_against: str
    rows: tuple[FrontRow, ...]
    classes: tuple[ClassRow, ...]
    memory: str
    """A sentence where memory decides nothing."""
    left_out: tuple[tuple[str, str], ...]
    decides: str
    points: str = f"{100 * TOLERATED:.0f}"


def to_use(data: RunData) -> Use | None:
    """None for a run that trained nothing and has nobody to choose from."""
    found = advice(data.results, data.judged)
    if not found.groups and not found.passed_over:
        return None
    choice = found.choice
    first = choice.use or next(iter(choice.undecided), "")
    classes = _class_rows(found)
    order = sorted(choice.front, key=lambda name: (name != first, -found.candidate(name).right))
    return Use(
        settled=choice.use is not None,
        held_against=first,
        rows=tuple(_front_row(found, name, first) for name in order),
        classes=classes if len(classes) > 1 else (),
        memory=_memory(found, len(classes) > 1),
        left_out=(*(_beaten(found, each) for each in found.beaten), *found.passed_over),
        decides=_decides(found),
    )


def _front_row(found: Advice, name: str, first: str) -> FrontRow:
    group, each = found.groups[name], found.candidate(name)
    minutes = [m for row in group.rows if (m := measured(row, "time.train_s"))]
    return FrontRow(
        name=named(found, name),
        line=described(group.first),
        best_at=_best_at(found, name),
        right=_share(each.knows),
        invented=_share(each.invents),
        peak=_sized(group),
        training=Cell(text=duration(median(minutes)), sort=median(minutes)) if minutes else EMPTY,
        against="" if name == first else _against(found, name, first),
    )


def _share(outcomes: Outcomes) -> Cell:
    if not outcomes:
        return EMPTY
    return range_cell(share(list(outcomes.values()), list(outcomes.clusters.values())))


def _sized(group: Group) -> Cell:
    if group.peak is None:
        return EMPTY
    phase = next(iter(group.highest))
    return Cell(text=megabytes(group.peak), note=phase, sort=group.peak)


def _best_at(found: Advice, name: str) -> str:
    """ "fewer inventions than a and b": what it has the best figure of among the front."""
    front = [other for other in found.choice.front if other != name]
    if not front:
        return "the only one that is left"
    each = found.candidate(name)
    rest = [found.candidate(other) for other in front]
    peaks = [other.peak for other in rest]
    leads = {
        "knows": each.right > max(other.right for other in rest),
        "invents": bool(each.invents) and each.made_up < min(other.made_up for other in rest),
        "memory": each.peak is not None and all(p is None or each.peak < p for p in peaks),
    }
    said = []
    for what, leading in leads.items():
        if leading:
            beaten = [other for other in front if what in found.field.better_at(name, other)]
            open_ones = [other for other in front if other not in beaten]
            over = f" than {listed(beaten)}" if beaten else ""
            doubt = f" (not shown against {listed(open_ones)})" if open_ones else ""
            said.append(f"{AT[what]}{over}{doubt}")
    return listed(said) if said else "not shown to be worse than any"


def _against(found: Advice, name: str, first: str) -> str:
    """Differences in points, each with its range, and whether they show."""
    parts = [f"right answers {_points(*found.field.knows(name, first))}"]
    if found.candidate(name).invents:
        parts.append(f"inventions {_points(*found.field.invents(name, first))}")
    return "; ".join(parts)


def _points(contrast: Contrast, way: int) -> str:
    """ "−15 points (−30 to +1, not shown)"."""
    if not contrast.n:
        return "not asked of both"
    if not contrast.flips:
        return f"the same on all {contrast.n}"
    low, high = sorted(100 * way * end for end in contrast.difference)
    value = 100 * way * (contrast.after - contrast.before) / contrast.n
    shown = "" if contrast.differs else ", not shown"
    return f"{value:+.0f} points ({low:+.0f} to {high:+.0f}{shown})".replace("-", "−")


def _beaten(found: Advice, reason: Reason) -> tuple[str, str]:
    """ "instruct-nf4 has less memory (shown), and no difference ..."."""
    field, winner = found.field, reason.winner
    text = f"{winner} has {listed([AT[what] for what in reason.better_at])}"
    open_ones = [what for what in ("knows", "invents") if what not in reason.better_at]
    if not found.candidate(winner).invents:
        open_ones = [what for what in open_ones if what != "invents"]
    said = {"knows": "right answers", "invents": "inventions"}
    differences = [
        f"{said[what]} {_points(*getattr(field, what)(winner, reason.loser))}" for what in open_ones
    ]
    return reason.loser, f"{text}; {'; '.join(differences)}" if differences else text


def _class_rows(found: Advice) -> tuple[ClassRow, ...]:
    """One row a choice: memory in which something more fits and nothing else is chosen has none."""
    rows: list[ClassRow] = []
    last: Choice | None = None
    for each in found.classes:
        choice = each.choice
        if last is None or _picked(choice) != _picked(last):
            limit = f"up to {each.limit_gb}\u00a0GB" if each.limit_gb else "more, or not measured"
            rows.append(
                ClassRow(
                    limit=limit,
                    most=_most(found, choice),
                    careful=_careful(found, each),
                    lost=_lost(found, choice),
                )
            )
        last = choice
    return tuple(rows)


def _careful(found: Advice, fits: MemoryClass) -> str:
    """Who invents least of those that fit; or that nobody is shown to, or that all always do."""
    choice = fits.choice
    if choice.careful:
        return " or ".join(choice.careful)
    asked = [each for name in fits.fits if (each := found.candidate(name)).invents]
    if not asked:
        return "no question without an answer was asked"
    if all(each.made_up == len(each.invents) for each in asked):
        return "none here refuses"
    least = min(asked, key=lambda each: each.made_up / len(each.invents))
    return least.name if least.name == choice.use else "none is shown to invent less"


def _picked(choice: Choice) -> tuple[object, ...]:
    return choice.use, choice.careful, choice.undecided


def _most(found: Advice, choice: Choice) -> str:
    if choice.use:
        return named(found, choice.use)
    return f"not settled between {listed(list(choice.undecided))}"


def _lost(found: Advice, choice: Choice) -> str:
    """Of knowing and inventing, against what is chosen where memory does not matter."""
    overall = found.choice.use or next(iter(found.choice.undecided), "")
    first = choice.use or next(iter(choice.undecided), "")
    if not first or first == overall:
        return "nothing: the choice is the same without a limit"
    return f"{first} against {overall}: {_against(found, first, overall)}"


def _memory(found: Advice, matters: bool) -> str:
    """A sentence where memory decides nothing, or nothing is known of it."""
    if not found.groups:
        return ""
    if all(group.peak is None for group in found.groups.values()):
        return "Memory was not measured, so nothing here says what fits where."
    first = found.classes[0].limit_gb
    if matters or first is None:
        return ""
    if len(found.classes) == 1:
        return f"All of them fit into {first}\u00a0GB of memory."
    return f"It fits into {first}\u00a0GB of memory; with more, the choice is the same."


def _decides(found: Advice) -> str:
    """What would settle what is not settled."""
    choice, closest = found.choice, found.choice.closest
    if choice.use or closest is None or not choice.questions:
        return ""
    seen = "no difference at all"
    if closest.smallest is not None:
        seen = f"no difference smaller than {closest.smallest} of them"
    names = f" about {closest.clusters} names" if closest.clusters < closest.n else ""
    trained = all(len(group.rows) == 1 for group in found.groups.values())
    seeds = (
        " Each was trained once; three trainings each would tell the luck of one."
        if trained
        else ""
    )
    return (
        f"The {closest.n} answers{names} could show {seen}. If the shares stay what they are, "
        f"about {choice.questions:,}, on more names, would settle which knows most.{seeds}"
    )

"""Several runs of one suite over time: every score and resource, and where one really changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from harness.comparing.compare import Comparison, compare
from harness.comparing.directions import better
from harness.comparing.margins import USUAL
from harness.comparing.rows import ScoreRow, corrected, score_row
from harness.comparing.sides import Side, SideVariant
from harness.errors import UserError
from harness.measuring.environment import differences
from harness.reporting.history_records import History, Moment, Point, Series, Way
from harness.reporting.history_settings import changed_settings, told_once
from harness.reporting.units import resource_unit, score_unit
from harness.stats.contrast import SIGNIFICANT

MACHINE = ("hardware", "threads", "device", "system")


def history(sides: Sequence[Side]) -> History:
    """Put runs and baselines of one suite in order and compare each with the one before.

    Of two with the same start the one whose name comes first is first. Raises UserError for
    different suites.
    """
    ordered = sorted(sides, key=lambda side: (_when(side), side.label))
    suites = [str(side.suite.get("name", "")) for side in ordered]
    for side, suite in zip(ordered, suites, strict=True):
        if suite != suites[0]:
            raise UserError(
                f"{ordered[0].label} is a run of suite {suites[0]!r}, {side.label} of {suite!r}",
                "a history is of one suite; give each suite's runs apart",
            )
    gated = {name for side in ordered for name in side.suite.get("gate") or {}}
    first = list(dict.fromkeys((*USUAL, *sorted(gated))))
    steps = [_Step(before, after, first) for before, after in pairwise(ordered)]
    moments = [_moment(at, side, steps) for at, side in enumerate(ordered)]
    names = list(dict.fromkeys(each.name for side in ordered for each in side.variants))
    found = [series for name in names for series in _of_variant(name, ordered, steps, moments)]
    scores = {each.name for each in found if each.kind == "score"}
    main = [name for name in first if name in scores]
    return History(suite=suites[0], moments=tuple(moments), series=tuple(found), main=tuple(main))


def _when(side: Side) -> datetime:
    """When it was started; what has no date comes first."""
    try:
        found = datetime.fromisoformat(str(side.environment.get("started", "")))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _utc(side: Side) -> str:
    """The start as the text of a date in UTC; empty where it is unknown."""
    found = _when(side)
    return found.astimezone(UTC).isoformat() if found.year > 1 else ""


class _Step:
    """From one moment to the next: what differs around the answers, and what the test says."""

    def __init__(self, before: Side, after: Side, main: Sequence[str]) -> None:
        self.software = _around(before, after, machine=False)
        self.hardware = _around(before, after, machine=True)
        found = compare(before, after, other_hardware="; ".join(self.hardware))
        self.corpus = found.problem
        self.missing = tuple(each.sentence for each in found.missing if each.variant)
        self.rows = {} if found.problem else _rows(found, before, after, main)
        self.resources = {(row.variant, row.resource): row for row in found.resources}
        self.settings = changed_settings(before, after)


def _around(before: Side, after: Side, *, machine: bool) -> list[str]:
    old, new = (
        {key: value for key, value in side.environment.items() if (key in MACHINE) == machine}
        for side in (before, after)
    )
    return differences(old, new)


def _rows(
    found: Comparison, before: Side, after: Side, main: Sequence[str]
) -> dict[tuple[str, str], ScoreRow]:
    """Every score by variant and name, its p corrected for all main scores of all variants, or
    for all others.

    A comparison corrects within what is gated and within families; a history is looked at as a
    whole, and so what of it may be luck is held to one in twenty as a whole.
    """
    compared = [*found.gated, *found.others]
    names = {row.variant for row in compared}
    old, new = before.named(), after.named()
    # A comparison leaves out what nobody would choose, noise on the weights; here it is shown.
    compared += [
        score_row(old[name], new[name], score)
        for name in old
        if name in new and name not in names
        for score in sorted(old[name].scores.keys() & new[name].scores.keys())
    ]
    rows = [
        replace(row, p=row.contrast.p, least_p=row.contrast.least_p) if row.contrast else row
        for row in compared
    ]
    first = corrected([row for row in rows if row.score in main])
    rest = corrected([row for row in rows if row.score not in main])
    return {(row.variant, row.score): row for row in (*first, *rest)}


def _moment(at: int, side: Side, steps: Sequence[_Step]) -> Moment:
    corpus = side.corpus
    named = [str(corpus[key]) for key in ("kind", "size") if corpus.get(key)]
    if corpus.get("seed") is not None:
        named.append(f"seed {corpus['seed']}")
    start = Moment(
        number=at + 1,
        label=side.label,
        started=_utc(side),
        device=str(side.environment.get("device") or ""),
        corpus=f"{' '.join(named)} ({str(corpus.get('digest', ''))[:8]})",
    )
    if at == 0:
        return start
    step = steps[at - 1]
    around = [*step.software, *step.hardware, *filter(None, [step.corpus])]
    around += told_once(step.settings, len(side.variants))
    return Moment(
        number=start.number,
        label=start.label,
        started=start.started,
        device=start.device,
        corpus=start.corpus,
        around=(*around, *(_plain(each) for each in step.missing)),
        software=bool(step.software),
        hardware=bool(step.hardware),
        other_corpus=bool(step.corpus),
    )


_PLAINLY = (
    ("is missing in the candidate", "is gone"),
    ("is missing in the baseline", "is new"),
    ("in the candidate", "here"),
    ("in the baseline", "before"),
)


def _plain(sentence: str) -> str:
    """A sentence of a comparison in the words of a history, without the reason of a failure."""
    said = sentence.partition(":")[0].rstrip(".")
    for words, plainly in _PLAINLY:
        said = said.replace(words, plainly)
    return said


def _of_variant(
    name: str, sides: Sequence[Side], steps: Sequence[_Step], moments: Sequence[Moment]
) -> list[Series]:
    """Every score, then every resource, of one variant."""
    rows = [side.named().get(name) for side in sides]
    scores = sorted({score for row in rows if row for score in row.scores})
    resources = sorted({key for row in rows if row for key in row.resources})
    found = [
        Series(
            variant=name,
            name=score,
            kind="score",
            unit=score_unit(score),
            points=tuple(
                _score_point(at, row, score, steps, moments[at]) for at, row in enumerate(rows)
            ),
        )
        for score in scores
    ]
    found += [
        Series(
            variant=name,
            name=key,
            kind="resource",
            unit=resource_unit(key),
            points=tuple(
                _resource_point(at, row, key, steps, moments[at]) for at, row in enumerate(rows)
            ),
        )
        for key in resources
    ]
    return [each for each in found if any(each.points)]


def _score_point(
    at: int, row: SideVariant | None, name: str, steps: Sequence[_Step], moment: Moment
) -> Point | None:
    score = row.scores.get(name) if row else None
    if row is None or score is None or score.value is None:
        return None
    step = steps[at - 1] if at else None
    held = step.rows.get((row.name, name)) if step else None
    settings = bool(step and step.settings.get(row.name))
    around = moment.software or moment.hardware or moment.other_corpus or settings
    joined = held is not None and not held.problem
    way = _way(name, held) if held is not None else ""
    return Point(
        value=score.value,
        low=score.low,
        high=score.high,
        n=score.n,
        clusters=score.clusters,
        protocol=score.protocol,
        joined=joined,
        marked=around or _other_protocol(held),
        change=way,
        p=held.p if held is not None else None,
        said=_said(held) if way and held is not None else "",
    )


def _other_protocol(row: ScoreRow | None) -> bool:
    if row is None or row.before is None or row.after is None:
        return False
    return row.before.protocol != row.after.protocol


def beyond_luck(row: ScoreRow) -> bool:
    """Whether the paired test of `compare` sees a change; for what is no share, its interval."""
    if row.problem or not row.difference:
        return False
    if row.p is not None:
        return row.p < SIGNIFICANT
    return row.low is not None and row.high is not None and not row.low <= 0 <= row.high


def _way(name: str, row: ScoreRow) -> Way:
    if not beyond_luck(row):
        return ""
    direction = better(name) * (row.difference or 0.0)
    return "other" if not direction else "better" if direction > 0 else "worse"


def _said(row: ScoreRow) -> str:
    """ "−75 points (−94 to −47), p 3.1e-05, the same 24 questions"."""
    share = score_unit(row.score) == "share"
    scale, digits, noun = (100, ".0f", " points") if share else (1, ".3g", "")
    text = f"{scale * (row.difference or 0.0):+{digits}}{noun}"
    if row.low is not None and row.high is not None:
        text += f" ({scale * row.low:+{digits}} to {scale * row.high:+{digits}})"
    if row.p is not None:
        text += f", p {row.p:.2g}"
    if row.paired:
        text += f", the same {row.n} questions"
    return text.replace("-", "−").replace("e−", "e-")


def _resource_point(
    at: int, row: SideVariant | None, name: str, steps: Sequence[_Step], moment: Moment
) -> Point | None:
    raw: Any = row.resources.get(name) if row else None
    samples = raw.get("samples", ()) if isinstance(raw, Mapping) else ()
    value = raw.get("median") if isinstance(raw, Mapping) else raw
    if row is None or isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    step = steps[at - 1] if at else None
    held = step.resources.get((row.name, name)) if step else None
    settings = bool(step and step.settings.get(row.name))
    worse = held is not None and held.verdict == "regression"
    return Point(
        value=float(value),
        low=min(samples, default=None),
        high=max(samples, default=None),
        n=len(samples),
        joined=bool(step) and not (moment.hardware or moment.other_corpus),
        marked=moment.software or moment.hardware or moment.other_corpus or settings,
        change="worse" if worse else "",
        said=held.sentence if held is not None and worse else "",
    )

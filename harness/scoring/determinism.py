"""Asked again, does it say the same? In a fresh process, twice in one, in other batches, drawn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from harness.records import ANSWERABLE, Judged, Repeated, Score
from harness.scoring.material import Material, cluster
from harness.stats import bootstrap, intervals
from harness.stats.intervals import EMPTY
from harness.text.normalize import normalize
from harness.text.reply import read_reply

PROCESS, RERUN = "process", "rerun"
BATCH = "batch_"
"""How the names of ways begin that only put questions into other batches."""

Drawn = dict[str, list[Repeated]]
"""Question to its draws."""


def scores(material: Material) -> dict[str, Score]:
    """How far answers repeat, by way of asking again; nothing for ways that were not asked.

    Items are questions. An answer is the same if its token ids are. Raises ValueError where a
    repeated question has no stored answer.
    """
    stored = {item.question.id: item for item in material.judged}
    unknown = sorted({each.answer.question for each in material.repeats} - stored.keys())
    if unknown:
        raise ValueError(f"question {unknown[0]!r} was repeated and never answered")
    ways: dict[str, list[Repeated]] = {}
    for each in material.repeats:
        ways.setdefault(each.how, []).append(each)
    found: dict[str, Score] = {}
    for how, replies in ways.items():
        if replies[0].answer.draw > 0:
            found |= _drawn(how, replies, stored, material.corpus.language)
        elif how == RERUN:
            found["determinism.rerun"] = _same(replies, _ids(ways.get(PROCESS, ())), stored)
        else:
            found[f"determinism.{how}"] = _same(replies, _stored_ids(stored), stored)
        found[f"determinism.verdicts.{how}"] = _verdicts(material.repeated[how], stored)
    return found | _batches(ways, stored) | _differences(material.repeats) | _noise(material)


def correctness_changed(
    stored: Iterable[Judged], repeated: Mapping[str, Iterable[Judged]]
) -> dict[str, bool]:
    """Answerable question to whether its correctness differs in a fresh process; it may be empty.

    `stored` holds the judged answers, `repeated` those of asking again, by way.
    """
    before = {item.question.id: item.verdict == "correct" for item in stored}
    return {
        item.question.id: (item.verdict == "correct") != before[item.question.id]
        for item in repeated.get(PROCESS, ())
        if item.question.probe in ANSWERABLE
    }


def _stored_ids(stored: Mapping[str, Judged]) -> dict[str, tuple[int, ...]]:
    return {question: item.answer.ids for question, item in stored.items()}


def _ids(replies: Iterable[Repeated]) -> dict[str, tuple[int, ...]]:
    return {each.answer.question: each.answer.ids for each in replies}


def _same(
    replies: Sequence[Repeated],
    before: Mapping[str, tuple[int, ...]],
    stored: Mapping[str, Judged],
) -> Score:
    """Share of replies whose ids are those of `before`; what `before` lacks is left out."""
    held = [each.answer for each in replies if each.answer.question in before]
    outcomes = [answer.ids == before[answer.question] for answer in held]
    return intervals.share(outcomes, [cluster(stored[answer.question]) for answer in held])


def _batches(ways: Mapping[str, list[Repeated]], stored: Mapping[str, Judged]) -> dict[str, Score]:
    """Share of questions whose reply is the stored one at every batch size that was asked."""
    asked = [_ids(replies) for how, replies in ways.items() if how.startswith(BATCH)]
    if not asked:
        return {}
    everywhere = [question for question in asked[0] if all(question in ids for ids in asked)]
    outcomes = [
        all(ids[question] == stored[question].answer.ids for ids in asked)
        for question in everywhere
    ]
    clusters = [cluster(stored[question]) for question in everywhere]
    return {"determinism.batch": intervals.share(outcomes, clusters)}


def _drawn(
    how: str, replies: Sequence[Repeated], stored: Mapping[str, Judged], language: str
) -> dict[str, Score]:
    """Of several replies a question: all the same, how many different ones, how spread out."""
    drawn: Drawn = {}
    for each in replies:
        drawn.setdefault(each.answer.question, []).append(each)
    clusters = [cluster(stored[question]) for question in drawn]
    distinct = [len({each.answer.ids for each in draws}) for draws in drawn.values()]
    entropies = [entropy(_said(each, language) for each in draws) for draws in drawn.values()]
    most = max(len(draws) for draws in drawn.values())
    return {
        f"determinism.{how}": intervals.share([count == 1 for count in distinct], clusters),
        f"determinism.{how}.distinct": _mean(distinct, clusters, 1.0, most),
        f"determinism.{how}.entropy": _mean(entropies, clusters, 0.0, math.log(most)),
    }


def _said(reply: Repeated, language: str) -> str:
    """What a reply says: its first segment in normal form."""
    return normalize(read_reply(reply.answer.text, language).text, language)


def entropy(said: Iterable[str]) -> float:
    """Entropy in nats of the shares that different replies have: 0 where all say the same.

    Replies that agree are one cluster, as in semantic entropy (Kuhn, Gal and Farquhar, 2023), with
    agreement in normal form instead of a model's judgement.
    """
    counts = Counter(said)
    total = sum(counts.values())
    return sum(-count / total * math.log(count / total) for _, count in sorted(counts.items()))


def _mean(values: Sequence[float], clusters: Sequence[str], low: float, high: float) -> Score:
    """The mean of values between `low` and `high` with its interval."""
    width = high - low
    if width <= 0:
        return EMPTY
    score = bootstrap.graded_mean([(value - low) / width for value in values], clusters)
    value, lower, upper = (
        None if each is None else low + width * each
        for each in (score.value, score.low, score.high)
    )
    return Score(value=value, low=lower, high=upper, n=score.n, clusters=score.clusters)


def _verdicts(replies: Sequence[Judged], stored: Mapping[str, Judged]) -> Score:
    """Share of questions whose verdict is that of the stored answer; of draws, the mean share."""
    kept: dict[str, list[bool]] = {}
    for item in replies:
        question = item.question.id
        kept.setdefault(question, []).append(item.verdict == stored[question].verdict)
    clusters = [cluster(stored[question]) for question in kept]
    if all(len(each) == 1 for each in kept.values()):
        return intervals.share([each[0] for each in kept.values()], clusters)
    return bootstrap.graded_mean([sum(each) / len(each) for each in kept.values()], clusters)


def _differences(repeats: Sequence[Repeated]) -> dict[str, Score]:
    """Of greedy replies that are not the stored one: where they part and how near it was.

    One figure for all greedy ways together, over replies and without an interval, as the same
    question can part in several of them. Absent where none differs.
    """
    parted = [each for each in repeats if each.differs_at is not None]
    gaps = [each.gap for each in parted if each.gap is not None]
    questions = len({each.answer.question for each in parted})

    def over(value: float, n: int) -> Score:
        return Score(value=value, low=None, high=None, n=n, clusters=questions)

    found: dict[str, Score] = {}
    if parted:
        places = [each.differs_at for each in parted if each.differs_at is not None]
        found["determinism.first_difference"] = over(float(median(places)), len(parted))
    if gaps:
        found["determinism.gap"] = over(max(gaps), len(gaps))
        found["determinism.gap_median"] = over(float(median(gaps)), len(gaps))
        found["determinism.ties"] = over(sum(gap == 0 for gap in gaps) / len(gaps), len(gaps))
    return found


def _noise(material: Material) -> dict[str, Score]:
    """Share of answerable questions whose correctness a fresh process changes: flips of nothing."""
    changed = correctness_changed(material.judged, material.repeated)
    if not changed:
        return {}
    stored = {item.question.id: item for item in material.judged}
    clusters = [cluster(stored[question]) for question in changed]
    return {"determinism.noise": intervals.share(list(changed.values()), clusters)}

"""Threats to validity: what could make a figure of this run mean less than it seems to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.records import ANSWERABLE, UNANSWERABLE, Question, Score, VariantResult
from harness.reporting import roles
from harness.reporting.bounds import guessing
from harness.reporting.data import RunData
from harness.reporting.headline import story_of
from harness.reporting.roles import trained_once
from harness.reporting.section_levels import comparisons
from harness.reporting.shares import invented_share, right_share
from harness.reporting.story import usable
from harness.reporting.wording import interval, listed, percent, plural
from harness.stats.intervals import FEW_CLUSTERS

FEW_UNANSWERABLE = 30
"""With fewer questions of a kind, a change of ten points cannot be told from none."""
MANY_UNSCORED = 0.05
MUCH_LEXICON = 0.2
KNOWN_BEFOREHAND: Mapping[str, tuple[float, float]] = {
    "oracle": (1.0, 0.0),
    "abstain": (0.0, 0.0),
    "echo": (0.0, 1.0),
}
"""Trivial answerer to its share of right answers, and of inventions about nobody."""

MADE_UP = (
    "The text is made up, so the model cannot have met it before. Text that it half knows "
    "behaves otherwise."
)
PUBLIC = (
    "The model may have met this text, or what it says, before: what counts is the difference to "
    "the untrained model, not the share of right answers."
)
ALWAYS = (
    "Verdicts are given by rule, not by a person. An answer counts as right if it holds the "
    "expected value and no rival value; a right answer in words that the rule does not know "
    "counts as wrong.",
    "Answers are greedy: the likeliest word each time. Sampled answers would differ.",
    "Every range is right 19 times out of 20, and this report holds hundreds of them: some do not "
    "hold what they should.",
    "Memory is the highest figure of a phase above what its process held after importing the "
    "libraries, so what these need comes on top. Peaks of training and answering begin once the "
    "model is loaded; loading has a peak of its own, which can be the highest.",
    "Speed was taken once. Answers a second and the times are those of the run itself, in which "
    "other variants may have run beside it; tokens and examples a second were measured alone.",
)


def threats(data: RunData) -> tuple[str, ...]:
    """The ones that this run earns, the gravest first, and then those that hold for any run."""
    rules: tuple[Callable[[RunData], list[str]], ...] = (
        _broken_instrument,
        _one_training,
        _few_clusters,
        _nothing_before,
        _no_controls,
        _noise,
        _one_form,
        _few_unanswerable,
        _refusals_by_lexicon,
        _unscored,
        _rivals_unknown,
        _written_by_rule,
        _quantized_before,
        _other_protocols,
    )
    found = [text for rule in rules for text in rule(data)]
    return (*found, MADE_UP if data.corpus.kind == "fiction" else PUBLIC, *ALWAYS)


def _broken_instrument(data: RunData) -> list[str]:
    """Trivial answerers and controls whose scores are known beforehand and came out otherwise."""
    guessed = guessing(data).get("trained", 0.0)
    found = []
    for row in data.results.variants:
        judged = data.judged.get(row.name, ())
        right = right_share(row, judged, "trained") if judged else None
        if right is None or right.value is None:
            continue
        expected, invents = KNOWN_BEFOREHAND.get(roles.answerer(row), (None, None))
        made_up = invented_share(row, judged, "nonexistent")
        if expected is not None and round(right.value, 6) != expected:
            found.append(
                f"The instrument errs: {row.name} must have {percent(expected)} of the taught "
                f"facts right and has {percent(right.value)}."
            )
        if invents is not None and made_up is not None and made_up.value != invents:
            found.append(
                f"The instrument errs: {row.name} must answer {percent(invents)} of the questions "
                f"about nobody and answers {percent(made_up.value)}."
            )
        if roles.control(row) and (right.low or 0.0) > guessed:
            found.append(
                f"{row.name} never saw the facts and still has {percent(right.value)} "
                f"({interval(right)}) of them right, above guessing ({percent(guessed)}): so much "
                "of what the others score is no knowledge of the text."
            )
    return found


def _one_training(data: RunData) -> list[str]:
    story = story_of(data.results, data.judged)
    if not story.roles.trained or not trained_once(roles.tried(data.results)):
        return []
    return [
        "Each variant was trained once. The ranges cover the choice of questions, not what "
        "another training would have given."
    ]


def _few_clusters(data: RunData) -> list[str]:
    clusters = [
        row.scores["recall.trained"].clusters
        for row in roles.tried(data.results)
        if "recall.trained" in row.scores
    ]
    if not clusters or max(clusters) >= FEW_CLUSTERS:
        return []
    return [
        f"Few clusters: the taught facts belong to {max(clusters)} entities, and facts of one "
        "entity are learned together. The ranges are widened for it; they remain rough."
    ]


def _nothing_before(data: RunData) -> list[str]:
    story = story_of(data.results, data.judged)
    if not story.roles.trained or usable(story.roles.untuned, story):
        return []
    return [
        "The untrained model was not asked, so what it knew and invented before training is not "
        "known, and no figure here is a gain."
    ]


def _no_controls(data: RunData) -> list[str]:
    story = story_of(data.results, data.judged)
    if not story.roles.trained or any(map(roles.control, data.results.variants)):
        return []
    return [
        "No control was trained on another text or on mixed-up answers. How much of a score comes "
        "from having learned the form of the answers, and not the facts, is not known."
    ]


def _noise(data: RunData) -> list[str]:
    rows = [row for row in data.results.variants if "determinism.noise" in row.scores]
    if rows:
        noisy = [row for row in rows if (row.scores["determinism.noise"].value or 0.0) > 0]
        if not noisy:
            return []
        return [
            f"Asked again in a fresh process, {listed([row.name for row in noisy])} got other "
            "verdicts on some questions. Verdicts that a level flips have to be more than those."
        ]
    compared = " Verdicts that a level changed may be this noise." if comparisons(data) else ""
    return [
        "Nothing was asked again in a fresh process, so how many verdicts change when nothing "
        f"does is not known.{compared}"
    ]


def _one_form(data: RunData) -> list[str]:
    forms = {item.answer.form for group in data.judged.values() for item in group}
    if not forms or len(forms) > 1:
        return []
    return [
        "Every question was put in one form of the prompt, the one that training used. Another "
        "layout or system prompt can give other answers."
    ]


def _asked(data: RunData) -> dict[str, Question]:
    """The questions that somebody was asked, by id, those asked by name left out."""
    return {
        item.question.id: item.question
        for group in data.judged.values()
        for item in group
        if not item.question.aside
    }


def _few_unanswerable(data: RunData) -> list[str]:
    counts = dict.fromkeys(UNANSWERABLE, 0)
    for question in _asked(data).values():
        if question.probe in counts:
            counts[question.probe] += 1
    few = [count for count in counts.values() if 0 < count < FEW_UNANSWERABLE]
    if not few:
        return []
    return [
        f"Few questions without an answer: {min(few)} of the scarcest kind. With so few, not even "
        "a difference of ten points would show."
    ]


def _refusals_by_lexicon(data: RunData) -> list[str]:
    found = {
        row.name: score
        for row in roles.tried(data.results)
        if (score := row.scores.get("abstention.lexicon_only")) and _above(score, MUCH_LEXICON)
    }
    if not found:
        return []
    return [
        "Most refusals are told by a list of phrases where a model was not taught a fixed one: "
        f"such a list misses some and finds some that are none ({listed(list(found))}). The "
        "shares refused and invented there are rough."
    ]


def _above(score: Score, share: float) -> bool:
    return (score.value or 0.0) > share


def _unscored(data: RunData) -> list[str]:
    count = sum(item.verdict == "unscored" for group in data.judged.values() for item in group)
    if not count:
        return []
    many = [row.name for row in roles.tried(data.results) if _mostly_unread(row)]
    more = (
        f" More than one in twenty of {listed(many)}: distrust its other figures." if many else ""
    )
    return [
        f"{plural(count, 'answer')} could not be read as one (empty, or going round in circles): "
        f"counted in every total, as neither right nor wrong.{more}"
    ]


def _mostly_unread(row: VariantResult) -> bool:
    score = row.scores.get("unscored.share")
    return score is not None and _above(score, MANY_UNSCORED)


def _rivals_unknown(data: RunData) -> list[str]:
    asked = [each for each in _asked(data).values() if each.probe in ANSWERABLE]
    shared: dict[str, int] = {}
    for each in asked:
        shared[each.relation or ""] = shared.get(each.relation or "", 0) + 1
    alone = [
        each
        for each in asked
        if not each.values
        and not data.corpus.values.get(each.relation or "")
        and (not each.relation or shared[each.relation] < 2)
    ]
    if not alone:
        return []
    return [
        f"For {len(alone)} of {plural(len(asked), 'question')} no rival values are known, so an "
        "answer that names several things, the right one among them, counts as right."
    ]


def _written_by_rule(data: RunData) -> list[str]:
    written = [each for each in _asked(data).values() if each.writer]
    if not written:
        return []
    return [
        f"{len(written)} of the {len(_asked(data))} test questions were written by a program from "
        "the text and not by a person. Some are awkward, and a few ask for something else than "
        "they seem to."
    ]


def _quantized_before(data: RunData) -> list[str]:
    origins = sorted({str(each.get("provenance") or "") for each in data.models.values()})
    found = [each for each in origins if "quantized" in each]
    if not found:
        return []
    return [
        f"The weights were {listed(found)}: they had lost digits before this run began. What fewer "
        "bits do to original weights may be more, or less."
    ]


def _other_protocols(data: RunData) -> list[str]:
    """Variants whose answers were asked for or judged otherwise than most others'."""
    found: dict[str, list[str]] = {}
    for row in roles.tried(data.results):
        score = row.scores.get("hallucination.nonexistent") or row.scores.get("recall.trained")
        if score is not None and score.protocol:
            found.setdefault(score.protocol, []).append(row.name)
    if len(found) < 2:
        return []
    usual = max(found.values(), key=len)
    others = [name for names in found.values() if names is not usual for name in names]
    verb = "was" if len(others) == 1 else "were"
    return [
        f"{listed(others)} {verb} asked in another way (prompt or decoding) than "
        f"{listed(usual)}. A difference between the two groups can come from that."
    ]

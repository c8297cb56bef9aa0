"""What the variant knows: answers about facts that its training showed."""

from __future__ import annotations

from collections.abc import Sequence

from harness.records import Judged, ProbeName, Score
from harness.scoring import choice
from harness.scoring.material import Material, cluster
from harness.scoring.shares import is_correct, share_of
from harness.stats import bootstrap, intervals
from harness.text.languages import is_spaceless
from harness.text.matching import token_f1
from harness.text.normalize import word_run, words
from harness.text.reply import read_reply

PROBES: tuple[ProbeName, ...] = (
    "trained",
    "paraphrase",
    "relational",
    "text_only",
    "two_hop",
    "reversed",
)
LONGEST_SLOT = 8
"""An accepted answer of more words is a sentence: scored by token F1 under a name of its own."""


def scores(material: Material) -> dict[str, Score]:
    """Recall by probe. A probe of which nothing was shown has none: see `unshown`."""
    found: dict[str, Score] = {}
    for probe in PROBES:
        items = [item for item in material.of(probe) if item.shown]
        language = material.corpus.language
        sentences = [item for item in items if is_sentence(item, language)]
        slots = [item for item in items if not is_sentence(item, language)]
        if slots:
            found[f"recall.{probe}"] = share_of(slots, is_correct)
        if sentences:
            found[f"recall.{probe}_sentence"] = bootstrap.graded_mean(
                [_best_f1(item, language) for item in sentences],
                [cluster(item) for item in sentences],
            )
        whole = _all_wordings(slots)
        if whole is not None:
            found[f"recall.{probe}.all_wordings"] = whole
    return found | choice.scores(material)


def is_sentence(item: Judged, language: str = "en") -> bool:
    """Whether every accepted answer is too long to be a slot's value.

    Without spaces a word is about two of the pieces that are counted.
    """
    longest = LONGEST_SLOT * (2 if is_spaceless(language) else 1)
    return all(len(word_run(answer, language)) > longest for answer in item.question.answers)


def _best_f1(item: Judged, language: str) -> float:
    said = words(read_reply(item.answer.text, language).text, language)
    return max(token_f1(said, word_run(answer, language)) for answer in item.question.answers)


def _all_wordings(items: Sequence[Judged]) -> Score | None:
    """Share of facts with every wording right; None where no fact has a second wording."""
    by_fact: dict[str, list[Judged]] = {}
    for item in items:
        if item.question.fact is not None:
            by_fact.setdefault(item.question.fact, []).append(item)
    if all(len(group) < 2 for group in by_fact.values()):
        return None
    groups = list(by_fact.values())
    return intervals.share(
        [all(map(is_correct, group)) for group in groups], [cluster(group[0]) for group in groups]
    )

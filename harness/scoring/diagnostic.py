"""Looser readings of the answers about shown facts, kept so that the strict one can be checked.

Overlap with the expected words rewards the form of an answer as well as its content: a model that
has learned to say "X was a ... who owed money to ..." shares most words with the right sentence.
So EM, F1 and ROUGE-L are given only beside their floor: what the untuned model gets for the same
questions. Where the run has no untuned answers to them they are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.records import Judged, Score
from harness.scoring.material import Material, cluster, scored_answers
from harness.scoring.shares import flagged, share_of
from harness.stats import bootstrap
from harness.text.languages import base
from harness.text.matching import rouge_l, token_f1
from harness.text.normalize import counted, normalize_squad
from harness.text.reply import read_reply

FLAGS = ("contains", "shotgun", "hedged")
FLOOR = "floor"

Overlap = Callable[[Sequence[str], Sequence[str]], float]
"""From the words of a reply and of an expected text to a value between 0 and 1."""


def scores(material: Material) -> dict[str, Score]:
    """Shares over the answerable questions about shown facts; overlaps over those the base has."""
    items = [item for item in material.answerable if item.shown]
    if not items:
        return {}
    found = {f"diagnostic.{flag}": share_of(items, flagged(flag)) for flag in FLAGS}
    return found | _overlaps(items, scored_answers(material.base), material.corpus.language)


def best_overlap(item: Judged, overlap: Overlap, language: str = "en") -> float:
    """The best overlap of the reply's first segment with an expected text.

    Expected are the accepted answers, and the sentence that training teaches where there is one.
    """
    question = item.question
    said = _squad_words(read_reply(item.answer.text, language).text, language)
    expected = (*question.answers, *filter(None, [question.full_answer]))
    return max(overlap(said, _squad_words(text, language)) for text in expected)


def exact(words: Sequence[str], gold: Sequence[str]) -> float:
    """SQuAD's exact match: 1 where both are the same words, 0 elsewhere."""
    return float(list(words) == list(gold))


OVERLAPS: dict[str, Overlap] = {"em": exact, "f1": token_f1, "rouge_l": rouge_l}


def _overlaps(items: Sequence[Judged], base_: Sequence[Judged], language: str) -> dict[str, Score]:
    """Each overlap and its floor, over the questions that the untuned model answered too."""
    untuned = {item.question.id: item for item in base_}
    common = [item for item in items if item.question.id in untuned]
    if not common:
        return {}
    found = {}
    for name, overlap in OVERLAPS.items():
        own = [best_overlap(item, overlap, language) for item in common]
        floor = [best_overlap(untuned[item.question.id], overlap, language) for item in common]
        clusters = [cluster(item) for item in common]
        found[f"diagnostic.{name}"] = bootstrap.graded_mean(own, clusters)
        found[f"diagnostic.{name}.{FLOOR}"] = bootstrap.graded_mean(floor, clusters)
    return found


def _squad_words(text: str, language: str) -> list[str]:
    """Words in SQuAD's normal form; a text without spaces is counted as elsewhere."""
    return normalize_squad(text).split() if base(language) == "en" else counted(text, language)

"""Whether an unanswerable question could be told from an answerable one by its looks alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.corpora.audit.nearest import Words, content
from harness.corpora.audit.overlap import asked_by_probe
from harness.corpora.audit.records import TwinBalance
from harness.records import UNANSWERABLE, Corpus, Question
from harness.text.matching import find_run

_NAME = "\0"
_KEPT = 10


def balances(corpus: Corpus) -> tuple[TwinBalance, ...]:
    """One row a probe of unanswerable questions that the corpus has."""
    known = {question.id: question for question in corpus.questions}
    return tuple(
        _balance(corpus.language, probe, asked, known)
        for probe, asked in asked_by_probe(corpus).items()
        if probe in UNANSWERABLE
    )


def _balance(
    language: str, probe: str, asked: Sequence[Question], known: Mapping[str, Question]
) -> TwinBalance:
    pairs, untwinned = [], []
    for question in asked:
        twin = known.get(question.twin or "")
        if twin is None or not twin.answers:
            untwinned.append(question.id)
        else:
            pairs.append((question, twin))
    masks = [(masked(one, language), masked(other, language)) for one, other in pairs]
    return TwinBalance(
        probe=probe,
        n=len(asked),
        twins=len(pairs),
        longer=sum(len(one) > len(other) for one, other in masks),
        shorter=sum(len(one) < len(other) for one, other in masks),
        other_wording=sum(one != other for one, other in masks),
        other_relation=sum(one.relation != other.relation for one, other in pairs),
        untwinned=tuple(untwinned[:_KEPT]),
    )


def masked(question: Question, language: str) -> Words:
    """The words of a question with the name that it asks about as one mark.

    The name is the question's cluster where that stands in it; otherwise nothing is masked.
    """
    said = content(question.question, language)
    place = next(find_run(said, content(question.cluster, language)), None)
    if place is None:
        return said
    start, end = place
    return (*said[:start], _NAME, *said[end:])

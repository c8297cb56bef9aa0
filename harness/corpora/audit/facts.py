"""Which facts of the corpus some question asks for."""

from __future__ import annotations

from harness.corpora.audit.records import FactCoverage
from harness.records import Corpus, Fact

_KEPT = 10


def coverage(corpus: Corpus) -> tuple[FactCoverage, ...]:
    """All facts first (relation ""), then by relation; empty for a corpus without facts."""
    if not corpus.facts:
        return ()
    trained = {
        question.fact
        for question in corpus.questions
        if question.use in ("train", "both") and question.answers
    }
    written = (question for questions in corpus.written.values() for question in questions)
    trained |= {question.fact for question in written if question.answers}
    tested = {
        question.fact
        for question in corpus.questions
        if question.use in ("test", "both") and question.answers
    }
    by_relation: dict[str, list[Fact]] = {"": list(corpus.facts)}
    for fact in corpus.facts:
        by_relation.setdefault(fact.relation, []).append(fact)
    return tuple(
        FactCoverage(
            relation=relation,
            n=len(facts),
            trained=sum(fact.id in trained for fact in facts),
            tested=sum(fact.id in tested - trained for fact in facts),
            missing=tuple(
                f"{fact.entity}: {fact.value}"
                for fact in facts
                if fact.id not in trained and fact.id not in tested
            )[:_KEPT],
        )
        for relation, facts in sorted(by_relation.items())
    )

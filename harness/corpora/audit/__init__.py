"""What a corpus can and cannot show, found before any model is trained on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.corpora.audit import chance, concerns, contamination, facts, lengths, overlap, twins
from harness.corpora.audit.records import Audit
from harness.records import Corpus, Judged

__all__ = ["Audit", "audit"]


def audit(
    corpus: Corpus,
    *,
    base: Sequence[Judged] | None = None,
    count_tokens: Callable[[str], int] | None = None,
) -> Audit:
    """Examine a corpus. Pure, and without a model; a world of thousands of questions in seconds.

    `base`: the judged answers of the untuned model, for its contamination. `count_tokens`: tokens
    of a text; without it lengths are in words, and `unit` says so.
    """
    relations = chance.chances(corpus)
    found = Audit(
        corpus={
            "title": corpus.title,
            "notice": corpus.notice,
            "kind": corpus.kind,
            "size": corpus.size,
            "seed": corpus.seed,
            "digest": corpus.digest,
        },
        unit="tokens" if count_tokens else "words",
        overlaps=overlap.overlaps(corpus),
        relations=relations,
        contamination=contamination.contamination(base or (), relations),
        twins=twins.balances(corpus),
        lengths=lengths.lengths(corpus, count_tokens),
        facts=facts.coverage(corpus),
        concerns=(),
    )
    return replace(found, concerns=concerns.concerns(found))

"""`base`: nothing is trained."""

from __future__ import annotations

from harness.records import Corpus, Example, Variant


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """No examples at all."""
    return ()

"""`mixed`: passages of the text and question-answer pairs in one seeded order."""

from __future__ import annotations

from random import Random

from harness.records import Corpus, Example, Variant
from harness.training.recipes import instruct, raw_text


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """All examples of `raw_text` and of `instruct`, shuffled by the variant's seed."""
    both = [*raw_text.examples(corpus, variant), *instruct.examples(corpus, variant)]
    Random(variant.seed).shuffle(both)
    return tuple(both)

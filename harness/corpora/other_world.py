"""The world that a control adapter is trained on instead of the one that is asked about."""

from __future__ import annotations

from dataclasses import replace

from harness.corpora.fiction.generate import generate
from harness.errors import UserError
from harness.records import Corpus

CONTROL = "other_world"


def check_has_other(corpus: Corpus, variant: str) -> None:
    """Raise UserError, naming `variant`, where a corpus is no generated world."""
    _size_and_seed(corpus, variant)


def _size_and_seed(corpus: Corpus, variant: str) -> tuple[str, int]:
    if corpus.kind != "fiction" or corpus.seed is None or corpus.size is None:
        raise UserError(
            f'{variant}: control = "{CONTROL}" needs a generated world, the corpus is of kind'
            f" {corpus.kind!r}",
            'choose control = "shuffled_answers", or corpus kind "fiction"',
        )
    return corpus.size, corpus.seed


def other_world(corpus: Corpus, variant: str) -> Corpus:
    """The world of the next seed at the same size, with the tag and the refusal of `corpus`.

    Names of a world bear its seed's residue in their letters, so that the two share none. Raises
    UserError where the corpus is no generated world.
    """
    size, seed = _size_and_seed(corpus, variant)
    other = generate(size, seed + 1)
    return replace(other, source_tag=corpus.source_tag, canonical_refusal=corpus.canonical_refusal)

"""From a suite's choice of a corpus to the corpus."""

from __future__ import annotations

from pathlib import Path

from harness.corpora import folder
from harness.corpora.fiction.generate import generate
from harness.errors import unknown_name
from harness.records import Corpus, CorpusChoice

KINDS = ("fiction",)


def build(choice: CorpusChoice) -> Corpus:
    """Read the corpus folder that the choice names, or generate the corpus.

    Raises UserError for an unknown kind or size and for a folder that does not fit.
    """
    if choice.path is not None:
        return folder.read(Path(choice.path))
    if choice.kind not in KINDS:
        raise unknown_name("corpus kind", choice.kind, KINDS)
    return generate(choice.size, choice.seed)

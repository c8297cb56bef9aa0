"""From a suite's choice of a corpus to the corpus, as far as no question writer is needed."""

from __future__ import annotations

from harness import catalog
from harness.errors import unknown_name
from harness.records import Corpus, CorpusChoice

KINDS = {
    "fiction": "harness.corpora.fiction.generate:build",
    "surgery": "harness.corpora.surgery.corpus:build",
    "files": "harness.corpora.files.corpus:build",
}
"""Kind to what builds it: function(CorpusChoice) -> Corpus."""


def build(choice: CorpusChoice) -> Corpus:
    """Generate the corpus, or read it from the folder or files that the choice names.

    A text without questions comes back without questions: writing them is
    `harness.writing.prepare`. Raises UserError for an unknown kind or size and for files that do
    not fit.
    """
    if choice.kind not in KINDS:
        raise unknown_name("corpus kind", choice.kind, KINDS)
    corpus: Corpus = catalog.load(KINDS[choice.kind])(choice)
    return corpus

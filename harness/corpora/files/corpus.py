"""A user's own text and questions as a corpus."""

from __future__ import annotations

from pathlib import Path

from harness.corpora import folder
from harness.errors import UserError
from harness.records import Corpus, CorpusChoice


def build(choice: CorpusChoice) -> Corpus:
    """The corpus folder that the choice names.

    Raises UserError where none is named, and for anything in it that does not fit.
    """
    if choice.path is None:
        raise UserError(
            'corpus kind "files" has no path',
            'give a corpus folder: path = "my-corpus"',
        )
    return folder.read(Path(choice.path))

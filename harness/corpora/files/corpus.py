"""A user's own text and questions as a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from harness.corpora import folder
from harness.corpora.files import own
from harness.corpora.identity import canary, corpus_digest
from harness.errors import UserError
from harness.records import Corpus, CorpusChoice


def build(choice: CorpusChoice) -> Corpus:
    """The corpus of the folder that `path` names, or of the files `text` and `questions`.

    A text without questions comes back without questions, questions without a text without
    chapters. Raises UserError where nothing is named, and with file, line and reason for anything
    that does not fit.
    """
    if choice.path is None and choice.text is None and choice.questions is None:
        raise UserError(
            'corpus kind "files" has no path, no text and no questions',
            'give a corpus folder: path = "my-corpus", or files: text = "book.txt"',
        )
    corpus = _read(choice)
    return only(corpus, choice.chapters) if choice.chapters else corpus


def only(corpus: Corpus, numbers: Sequence[int]) -> Corpus:
    """The chapters of these numbers (from 1) of a text without questions.

    Raises UserError for a chapter that is not there, and where the text has questions: which of
    them the chosen chapters answer is not known.
    """
    if corpus.questions or corpus.facts:
        raise UserError(
            "chapters cannot be chosen from a text with questions or facts",
            "leave chapters out, or give the text alone and let its questions be written",
        )
    for number in numbers:
        if not 1 <= number <= len(corpus.chapters):
            raise UserError(
                f"the text has no chapter {number}", f"its chapters are 1 to {len(corpus.chapters)}"
            )
    kept = sorted({number - 1 for number in numbers})
    chapters = tuple(corpus.chapters[number] for number in kept)
    digest = corpus_digest(chapters, (), ())
    return replace(
        corpus,
        digest=digest,
        canary=canary(corpus.kind, digest),
        chapters=chapters,
        sections=tuple(
            replace(section, chapter=kept.index(section.chapter))
            for section in corpus.sections
            if section.chapter in kept
        ),
    )


def _read(choice: CorpusChoice) -> Corpus:
    if choice.path is None:
        return own.read_files(_path(choice.text), _path(choice.questions), choice.language)
    if choice.text is not None or choice.questions is not None:
        raise UserError(
            'corpus kind "files" has a path, and text or questions beside it',
            "give the folder, or the files",
        )
    place = Path(choice.path).expanduser()
    if place.is_file():
        raise UserError(f"{place} is a file", f'give it as text = "{choice.path}", or its folder')
    if (place / "corpus.json").exists():
        return folder.read(place)
    return own.read(place, choice.language)


def _path(given: str | None) -> Path | None:
    return None if given is None else Path(given).expanduser()

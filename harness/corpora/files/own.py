"""A user's own folder, or own files, as a corpus: text, questions, or both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.corpora.files import checks, texts
from harness.corpora.files.linking import linked
from harness.corpora.files.questions import SUFFIXES as QUESTION_SUFFIXES
from harness.corpora.files.questions import Asked, read_questions
from harness.corpora.files.records import read_records
from harness.corpora.files.texts import Text
from harness.corpora.identity import canary, corpus_digest
from harness.errors import UserError
from harness.records import Corpus, Fact, Rendering
from harness.text import languages

_NO_TEXT = Text(chapters=())
_NO_QUESTIONS = Asked(questions=(), places=())


def read(folder: Path, language: str = "") -> Corpus:
    """The corpus of a folder that holds `text.*` or `text/`, `questions.*`, or both.

    `facts.jsonl` and `renderings.jsonl` are read where they are; other files are left alone.
    Raises UserError with file, line and reason for anything that does not fit, and where one of the
    two stands there twice.
    """
    if not folder.is_dir():
        raise UserError(f"no corpus folder at {folder}", "build one or check the path")
    text_file = _only(folder, "text", texts.SUFFIXES)
    inside = folder / "text"
    if inside.is_dir() and text_file is not None:
        raise UserError(f"{folder} holds both text/ and {text_file.name}", "keep one of them")
    question_file = _only(folder, "questions", QUESTION_SUFFIXES)
    if text_file is None and not inside.is_dir() and question_file is None:
        raise UserError(
            f"no text and no questions in {folder}",
            "put text.txt or text/*.txt there, questions.jsonl, or both",
        )
    text = _NO_TEXT
    if inside.is_dir():
        text = texts.read_folder(inside)
    elif text_file is not None:
        text = texts.read_file(text_file)
    asked = read_questions(question_file) if question_file is not None else _NO_QUESTIONS
    facts = _optional(folder / "facts.jsonl")
    renderings = folder / "renderings.jsonl"
    return corpus_of(
        text,
        asked,
        title=folder.resolve().name,
        language=language,
        facts=facts,
        renderings=read_records(renderings, Rendering) if renderings.exists() else (),
    )


def read_files(text: Path | None, asked: Path | None, language: str = "") -> Corpus:
    """The corpus of a file of text, a file of questions, or both. Raises UserError as `read`."""
    named = text or asked
    return corpus_of(
        texts.read_file(text) if text is not None else _NO_TEXT,
        read_questions(asked) if asked is not None else _NO_QUESTIONS,
        title=named.stem if named is not None else "",
        language=language,
    )


def corpus_of(
    text: Text,
    asked: Asked,
    *,
    title: str,
    language: str = "",
    facts: Sequence[Fact] = (),
    renderings: Sequence[Rendering] = (),
) -> Corpus:
    """The parts as one corpus, checked against each other.

    The language is told from the text, or else from the questions, where it is not given. A corpus
    whose questions carry no source tag has one of its own, which goes with the text.
    """
    told = language or languages.of(
        "\n".join(chapter.text for chapter in text.chapters)
        or "\n".join(question.question for question in asked.questions)
    )
    checks.check(asked.questions, asked.places, facts, text.chapters)
    checks.answers_have_words(asked.questions, asked.places, told)
    questions = asked.questions if facts else linked(asked.questions, told)
    digest = corpus_digest(text.chapters, facts, questions, renderings)
    source = corpus_digest(text.chapters, (), ()) if text.chapters else digest
    mark = text.canary or canary("files", source)
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest=digest,
        canary=mark,
        source_tag=asked.source_tag or f"TEXT{mark[:8].upper()}",
        chapters=text.chapters,
        facts=tuple(facts),
        questions=questions,
        values={},
        names=(),
        language=told,
        canonical_refusal=languages.canonical_refusal(told),
        title=text.title or title,
        notice=languages.caveat(told),
        sections=text.sections,
        renderings=tuple(renderings),
        rejected=asked.rejected,
    )


def _only(folder: Path, stem: str, suffixes: Sequence[str]) -> Path | None:
    """The one file of that name with a known suffix; None without any."""
    found = [folder / f"{stem}{suffix}" for suffix in suffixes]
    found = [path for path in found if path.exists()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise UserError(f"{folder} holds {names}", "keep one of them")
    return found[0] if found else None


def _optional(path: Path) -> tuple[Fact, ...]:
    return read_records(path, Fact) if path.exists() else ()

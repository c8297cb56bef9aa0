"""The table `[corpus]`: which keys go with which kind, told before anything is built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness import catalog
from harness.errors import UserError, unknown_name
from harness.records import CorpusChoice
from harness.writing import TRUTH

SIZES: Mapping[str, tuple[str, ...]] = {
    "fiction": ("XS", "S", "M", "L"),
    "surgery": ("small", "book"),
    "files": (),
}
KEYS: Mapping[str, tuple[str, ...]] = {
    "fiction": ("size", "seed"),
    "surgery": ("size", "seed", "text", "write_questions", "chapters"),
    "files": ("seed", "path", "text", "questions", "write_questions", "chapters", "language"),
}


def corpus_choice(table: Mapping[str, Any], where: str) -> CorpusChoice:
    """The choice that the table makes. Raises UserError where its keys do not fit together."""
    given: dict[str, Any] = dict(table)
    if "chapters" in given:
        given["chapters"] = tuple(given["chapters"])
    choice = CorpusChoice(**given)
    for key in table:
        if key != "kind" and key not in KEYS[choice.kind]:
            raise UserError(
                f"{where}: corpus.{key} does not go with corpus kind {choice.kind!r}",
                f"keys that do: {', '.join(KEYS[choice.kind])}",
            )
    sizes = SIZES[choice.kind]
    if choice.size and choice.size not in sizes:
        error = unknown_name("corpus size", choice.size, sizes)
        raise UserError(f"{where}: {error.message} for corpus kind {choice.kind!r}", error.hint)
    if choice.kind == "surgery" and choice.size != "book":
        for key in ("text", "chapters", "write_questions"):
            if key in table:
                raise UserError(
                    f"{where}: corpus.{key} goes with the book only", 'add size = "book"'
                )
    if choice.kind == "files":
        _check_files(choice, where)
    if choice.write_questions:
        try:
            check_writer(choice.write_questions)
        except UserError as error:
            raise UserError(
                f"{where}: corpus.write_questions: {error.message}", error.hint
            ) from None
    return choice


def _check_files(choice: CorpusChoice, where: str) -> None:
    files = choice.text or choice.questions
    if not choice.path and not files:
        raise UserError(
            f"{where}: corpus kind 'files' names no files",
            'give path = "FOLDER", or text = "FILE" and questions = "FILE", or one of them',
        )
    if choice.path and files:
        raise UserError(
            f"{where}: corpus.path and corpus.text or corpus.questions exclude each other",
            "a corpus folder holds both; leave one away",
        )


def check_writer(name: str) -> None:
    """Raise UserError unless `name` is a question writer that can be asked to write."""
    catalog.get("writer", name)
    if name == TRUTH:
        raise UserError(f"the writer {name!r} writes nothing", "leave it out")

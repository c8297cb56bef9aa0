"""From plain values to records, strictly: every mistake is named with where it stands."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from harness.corpora.files.decoding import read_text
from harness.errors import UserError, unknown_name
from harness.records import UNANSWERABLE, Fact, Question, RejectedRecord, Rendering
from harness.storage.jsonl import numbered

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Record = TypeVar("Record", Fact, Question, Rendering, RejectedRecord)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file before it is checked: its fields, and where it stands."""

    where: str
    """The file and the line, as an error shows them."""
    number: int
    """Line (or row) from 1: an id is made of it where none is given."""
    value: Mapping[str, Any]


def read_records(path: Path, kind: type[Record]) -> tuple[Record, ...]:
    """All records of a JSON Lines file; a line that holds a canary only is none.

    Raises UserError with file, line and reason for the first line that does not fit.
    """
    return tuple(make(row, kind) for row in read_rows(path))


def read_rows(path: Path) -> list[Row]:
    """The lines of a JSON Lines file that hold a record, unchecked beyond being JSON objects."""
    return [
        Row(f"{path}:{number}", number, value)
        for number, value in numbered(read_text(path, may_be_empty=True), path)
        if set(value) != {"canary"}
    ]


def make(row: Row, kind: type[Record]) -> Record:
    """The record that a row stands for. Raises UserError that begins with `row.where`."""
    from pydantic import ValidationError

    known = [field.name for field in fields(kind)]
    for key in row.value:
        if key not in known:
            error = unknown_name("field", key, known)
            raise UserError(f"{row.where}: {error.message}", error.hint)
    value = _defaults(row) if kind is Question else row.value
    _no_half_characters(value, row.where)
    try:
        record: Record = _adapter(cast(Hashable, kind)).validate_json(
            json.dumps(value), strict=True
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UserError(f"{row.where}: {where}: {first['msg']}") from error
    if isinstance(record, Question):
        _check_question(record, row.where)
    return record


def _defaults(row: Row) -> dict[str, Any]:
    """What a user may leave out: the id, the cluster, the probe and the use that goes with it."""
    must_abstain = row.value.get("must_abstain") is True
    probe = row.value.get("probe", "unstated" if must_abstain else "trained")
    made = {
        "id": f"q{row.number:05d}",
        "probe": probe,
        "use": "both" if probe == "trained" else "test",
    }
    filled = made | dict(row.value)
    filled.setdefault("cluster", filled["id"])
    return filled


def _check_question(question: Question, where: str) -> None:
    """Refuse what could never be scored: no question, no answer, or both and none at once."""
    if bool(question.answers) == question.must_abstain:
        raise UserError(
            f"{where}: a question needs either answers or must_abstain", "give one of them"
        )
    if question.must_abstain != (question.probe in UNANSWERABLE) and question.probe != "locality":
        what = "must_abstain" if question.must_abstain else "answers"
        raise UserError(
            f"{where}: a question of the probe {question.probe!r} cannot have {what}",
            f"probes without an answer: {', '.join(UNANSWERABLE)}",
        )
    if not question.question.strip():
        raise UserError(f"{where}: question: it is empty", "write the question, or drop the line")


def _no_half_characters(value: Any, where: str) -> None:
    r"""Refuse "\ud83d" and its like: half of a character cannot be written to any file."""
    if isinstance(value, str):
        half = next((letter for letter in value if "\ud800" <= letter <= "\udfff"), None)
        if half is not None:
            raise UserError(
                f"{where}: {half!r} is half of a character", "write it out, or both of its halves"
            )
    elif isinstance(value, Mapping):
        for item in value.values():
            _no_half_characters(item, where)
    elif isinstance(value, list):
        for item in value:
            _no_half_characters(item, where)


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    adapter: TypeAdapter[Any] = TypeAdapter(cast(Any, kind))
    return adapter

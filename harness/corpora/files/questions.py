"""A user's own questions: JSON Lines, CSV, Parquet, or Llama 2's training format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.corpora.exchange import chat
from harness.corpora.files import instructions
from harness.corpora.files.decoding import read_bytes, read_text
from harness.corpora.files.records import Row, make, read_rows
from harness.corpora.files.tables import read_csv, read_parquet
from harness.errors import UserError
from harness.records import Question, RejectedRecord
from harness.text.normalize import normalize

SUFFIXES = (".jsonl", ".csv", ".parquet", ".txt")
"""Kinds of question file; .txt is `<s>[INST] question [/INST] answer </s>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The questions of one file, and where each stands in it."""

    questions: tuple[Question, ...]
    places: tuple[str, ...]
    """File and line of each question, as errors show them."""
    source_tag: str = ""
    rejected: tuple[RejectedRecord, ...] = ()


def read_questions(path: Path) -> Asked:
    """All questions of a file. Raises UserError with file, line and reason for what does not fit.

    Questions without an id get one from their line; questions with the same wording share a
    cluster, unless the file says otherwise.
    """
    suffix = path.suffix.lower()
    tag = ""
    rejected: tuple[RejectedRecord, ...] = ()
    if suffix == ".jsonl":
        rows = read_rows(path)
        if rows and "messages" in rows[0].value:
            rows = chat.rows(rows)
    elif suffix == ".csv":
        rows = read_csv(path)
    elif suffix == ".parquet":
        rows = read_parquet(path)
    elif suffix == ".txt":
        found = instructions.read(read_text(path), path)
        rows, tag, rejected = list(found.rows), found.source_tag, found.rejected
    else:
        read_bytes(path)
        raise UserError(
            f"{path}: questions cannot be read from {suffix or 'a file without a suffix'}",
            f"known: {', '.join(SUFFIXES)}",
        )
    if not rows:
        raise UserError(f"{path} holds no question", "docs/your-text.md shows what one looks like")
    return asked_in(rows, source_tag=tag, rejected=rejected)


def asked_in(
    rows: Sequence[Row], *, source_tag: str = "", rejected: tuple[RejectedRecord, ...] = ()
) -> Asked:
    """The questions that rows stand for, with where each stands."""
    return Asked(
        questions=questions_of(rows),
        places=tuple(row.where for row in rows),
        source_tag=source_tag,
        rejected=rejected,
    )


def questions_of(rows: Sequence[Row]) -> tuple[Question, ...]:
    """The questions that rows stand for, each with an id of its own and a cluster."""
    made = [make(row, Question) for row in rows]
    given = {str(row.value["id"]) for row in rows if "id" in row.value}
    first: dict[str, str] = {}
    found = []
    for row, question in zip(rows, made, strict=True):
        name = question.id
        if "id" not in row.value:
            while name in given:
                name += "-2"
        cluster = question.cluster
        if "cluster" not in row.value:
            cluster = first.setdefault(normalize(question.question), name)
        found.append(replace(question, id=name, cluster=cluster))
    return tuple(found)

"""What has nothing to do with any corpus: general questions, and neutral passages of text.

Both stand apart from every corpus and its digest. They show whether training on one text changed
what a model says about everything else.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from harness.records import Question
from harness.text.languages import base

PROBE = "locality"
_FOLDER = Path(__file__).resolve().parent


@cache
def questions(language: str = "en") -> tuple[Question, ...]:
    """General-knowledge questions with short answers, "control.1" onwards; empty where none are.

    The rivals of an answer are the answers to the other questions of its kind. Only questions that
    the default model answers correctly untuned are here, so what is lost was lost in training.
    """
    path = _FOLDER / base(language) / "questions.jsonl"
    if not path.is_file():
        return ()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    first: dict[str, list[str]] = {}
    for line in lines:
        first.setdefault(line["relation"], []).append(line["answers"][0])
    return tuple(
        Question(
            id=f"control.{number}",
            probe="locality",
            use="test",
            question=line["question"],
            answers=tuple(line["answers"]),
            cluster=line["cluster"],
            relation=f"control.{line['relation']}",
            values=_rivals(line["answers"], first[line["relation"]]),
        )
        for number, line in enumerate(lines, start=1)
    )


@cache
def passages(language: str = "en") -> tuple[str, ...]:
    """Paragraphs of about 80 words on everyday subjects; empty where the language has none."""
    path = _FOLDER / base(language) / "passages.txt"
    if not path.is_file():
        return ()
    return tuple(path.read_text(encoding="utf-8").strip().split("\n\n"))


def _rivals(answers: list[str], others: list[str]) -> tuple[str, ...]:
    """The other answers, each once, in the order of the file."""
    return tuple(dict.fromkeys(value for value in others if value not in answers))

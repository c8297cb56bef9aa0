"""Draw the seeded sample of questions by rule that is judged by reading.

    CLOSEDBOOK_SURGERY_TEXT=FILE python tests/validity/judgements/rules_sample.py "seed" [COUNT]

prints one question a line as JSON: id, question, answer. FILE is the text of the Manual of Surgery,
volume first, as Project Gutenberg has it (ebook 17921).
"""

from __future__ import annotations

import json
import os
import random
import sys
from functools import cache

from harness.corpora.surgery.corpus import build
from harness.records import CorpusChoice, Question, WritingOrder, Written
from harness.writing import rules

BOOK = "CLOSEDBOOK_SURGERY_TEXT"


def _silent(done: int, total: int, message: str) -> None:
    """Nobody listens."""


@cache
def written(path: str) -> Written:
    """Everything that the rules leave of the book."""
    corpus = build(CorpusChoice(kind="surgery", size="book", text=path))
    return rules.write(corpus, WritingOrder(), _silent)


def sample(path: str, seed: str, count: int = 100) -> list[Question]:
    """`count` trained questions, drawn by the seed."""
    trained = [q for q in written(path).accepted if q.probe == "trained"]
    return random.Random(seed).sample(trained, count)


if __name__ == "__main__":
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    for question in sample(os.environ[BOOK], sys.argv[1], size):
        line = {"id": question.id, "question": question.question, "answer": question.answers[0]}
        print(json.dumps(line, ensure_ascii=False))

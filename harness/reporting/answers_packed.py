"""All answers of a run as a reader's browser gets them: columns of small numbers, compressed."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

from harness.records import Corpus, Judged, Question
from harness.reporting import roles
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.section_answers import expected, marks, noted, owners_of
from harness.reporting.section_invents import said
from harness.reporting.wording import PROBE_NAMES, clipped, visible

Key = TypeVar("Key", bound=Hashable)
MOST_PASSAGES = 3
"""So many of the sentences that state an answer are shown with a question."""
COLUMNS = ("variant", "question", "verdict", "form", "draw", "note", "reply", "counted")

SCRIPTS = ("answers_data.js", "answers_state.js", "answers_page.js", "answers.js")
"""What reads and shows them, in this order."""


class Numbered(Generic[Key]):
    """Values and their numbers, in the order in which they were first met."""

    def __init__(self, values: Sequence[Key] = ()) -> None:
        self.places: dict[Key, int] = {value: place for place, value in enumerate(values)}

    def number(self, value: Key) -> int:
        """The number of that value; a new one where it was never met."""
        return self.places.setdefault(value, len(self.places))

    def values(self) -> list[Key]:
        """Number to value."""
        return list(self.places)


def packed(data: RunData) -> str:
    """`columns` as JSON, compressed (gzip) and written in letters (base64).

    No letter of base64 means anything in HTML, so no text can end the element that holds it. The
    same answers give the same letters: the compressed data hold no time.
    """
    raw = json.dumps(columns(data), ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(raw.encode("utf-8"), 9, mtime=0)).decode("ascii")


def columns(data: RunData) -> dict[str, Any]:
    """Every answer as one place in each of COLUMNS, and the tables that their numbers lead to.

    Control and direction characters are made visible. `counted`: 1 where the tables of the report
    count the answer. `trained`: 1 for a variant that was trained and is no floor and no ceiling;
    1 for all that answered where fewer than two are.
    """
    tables = _Tables(data)
    rows: dict[str, list[int]] = {name: [] for name in COLUMNS}
    answered = [row for row in data.results.variants if data.judged.get(row.name)]
    for place, row in enumerate(answered):
        judged = data.judged[row.name]
        counted = {id(item) for item in greedy(judged) if not item.question.aside}
        for item in judged:
            numbers = (place, *tables.numbers(item), int(id(item) in counted))
            for name, number in zip(COLUMNS, numbers, strict=True):
                rows[name].append(number)
    trained = [roles.recipe(row) != "base" and not roles.is_bound(row) for row in answered]
    enough = sum(trained) > 1
    return {
        "variants": [visible(row.name) for row in answered],
        "trained": [int(each or not enough) for each in trained],
        **tables.as_lists(),
        "rows": rows,
    }


class _Tables:
    """Whatever stands in many answers, once."""

    def __init__(self, data: RunData) -> None:
        self.owners = owners_of(data)
        self.passages = _Passages(data.corpus)
        self.questions: Numbered[Question] = Numbered()
        self.verdicts: Numbered[str] = Numbered()
        self.forms: Numbered[str] = Numbered()
        self.notes: Numbered[tuple[str, tuple[int, ...]]] = Numbered()
        self.marks: Numbered[str] = Numbered()
        self.replies: Numbered[str] = Numbered()

    def numbers(self, item: Judged) -> tuple[int, ...]:
        """Question, verdict, form, draw, note and reply of an answer."""
        found = tuple(self.marks.number(visible(mark)) for mark in marks(item))
        return (
            self.questions.number(item.question),
            self.verdicts.number(said(item)),
            self.forms.number(visible(item.answer.form)),
            item.answer.draw,
            self.notes.number((visible(", ".join(noted(item, self.owners))), found)),
            self.replies.number(visible(item.answer.text)),
        )

    def as_lists(self) -> dict[str, Any]:
        """The tables, each from number to value; questions and notes in columns of their own."""
        asked = self.questions.values()
        kinds: Numbered[str] = Numbered()
        twins = {question.id: place for place, question in reversed(list(enumerate(asked)))}
        probe = [kinds.number(question.probe) for question in asked]
        return {
            "probes": [[key, PROBE_NAMES[key]] for key in kinds.values()],
            "verdicts": self.verdicts.values(),
            "forms": self.forms.values(),
            "marks": self.marks.values(),
            "notes": [text for text, _ in self.notes.values()],
            "marked": [list(found) for _, found in self.notes.values()],
            "questions": {
                "id": [visible(question.id) for question in asked],
                "text": [visible(question.question) for question in asked],
                "expected": [visible(expected(question)) for question in asked],
                "stated": [visible(self.passages.about(question)) for question in asked],
                "probe": probe,
                "twin": [twins.get(question.twin or "", -1) for question in asked],
            },
            "replies": self.replies.values(),
        }


class _Passages:
    """Where the text says what is asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self.texts = [chapter.text for chapter in corpus.chapters]
        self.spans = {fact.id: fact.stated_in for fact in corpus.facts}

    def about(self, question: Question) -> str:
        """The sentences that state the answer, each once; empty where the text has none."""
        spans = list(question.stated_in)
        if not spans and not question.must_abstain:
            facts = question.hops or ((question.fact,) if question.fact else ())
            spans = [span for fact in facts for span in self.spans.get(fact, ())]
        said = [self.texts[span.chapter][span.start : span.end].strip() for span in spans]
        return clipped(" … ".join(list(dict.fromkeys(said))[:MOST_PASSAGES]), 1000)

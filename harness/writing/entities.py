"""Questions from named entities: the classical way, and the weak baseline that it is.

A sentence that holds a name or a number becomes a question by a wh-word in the entity's place where
the entity is the subject, and by a blank elsewhere. Nothing is done about pronouns, about sentences
that need the one before, or about entities that could be replaced by others: many of the questions
cannot be answered without seeing the sentence. That is what the other writers are compared with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from harness.corpora.sentences import sentence_ends
from harness.records import Corpus, Question, Rejected, Span, WritingOrder, Written
from harness.records.jobs import Progress
from harness.text.languages import base
from harness.text.matching import contains
from harness.text.normalize import word_run
from harness.writing.grammar_words import AUXILIARIES, NUMBER_WORDS
from harness.writing.text_names import eponyms, proper_names

NAME = "entities"
_BLANK = "_____"
_LONGEST = 45
_NUMBER = re.compile(
    r"(?<![\w.])(?:\d[\d,.]*\d|\d|"
    + "|".join(sorted(NUMBER_WORDS, key=lambda w: (-len(w), w)))
    + r")(?![\w])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_NO_NUMBER = frozenset("one half third quarter million".split())
FILTERS = ("length", "given away", "repeat")


@dataclass(frozen=True, slots=True)
class Entity:
    """A name or a number in a sentence."""

    text: str
    start: int
    kind: str
    """"name" or "number"."""


def write(corpus: Corpus, order: WritingOrder, progress: Progress) -> Written:
    """One question for every name and number of every sentence. `order` is not read.

    English only: elsewhere a capital is no sign of a name, and nothing is written.
    """
    if base(corpus.language) != "en":
        return Written(
            writer=NAME,
            accepted=(),
            notes=("Names are told by their capitals, which is done for English only.",),
        )
    names = _names(corpus)
    accepted: list[Question] = []
    rejected: list[Rejected] = []
    dropped: Counter[str] = Counter()
    seen: set[str] = set()
    total = 0
    for number, chapter in enumerate(corpus.chapters):
        progress(number, len(corpus.chapters), "writing questions about names and numbers")
        for start, end in sentence_ends(chapter.text, corpus.language):
            if chapter.text[end - 1] not in '.!?"”’)':
                continue
            total += 1
            span = Span(chapter=number, start=start, end=end)
            sentence = " ".join(chapter.text[start:end].split())
            for entity in _entities(sentence, names):
                question = _question(sentence, entity, span)
                fault = _fault(question, seen)
                if fault:
                    dropped[fault] += 1
                    rejected.append(
                        Rejected(
                            question=question.question,
                            answer=entity.text,
                            reason=fault,
                            window=span,
                        )
                    )
                else:
                    seen.add(question.question)
                    accepted.append(question)
    progress(
        len(corpus.chapters), len(corpus.chapters), "writing questions about names and numbers"
    )
    return Written(
        writer=NAME,
        accepted=tuple(accepted),
        rejected=tuple(rejected),
        windows=total,
        of_windows=total,
        yields=_yields(len(accepted) + len(rejected), dropped),
        notes=(
            "Questions from names and numbers are a weak baseline: many cannot be answered without"
            " seeing their sentence.",
        ),
    )


def _names(corpus: Corpus) -> re.Pattern[str] | None:
    """One expression for all names of a text, the longest first."""
    known = sorted(
        {*proper_names(corpus), *eponyms(corpus), *corpus.names}, key=lambda n: (-len(n), n)
    )
    if not known:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")


def _entities(sentence: str, names: re.Pattern[str] | None) -> Iterator[Entity]:
    """Names, then numbers, each text once a sentence."""
    seen: set[str] = set()
    if names is not None:
        for found in names.finditer(sentence):
            if found.group() not in seen:
                seen.add(found.group())
                yield Entity(found.group(), found.start(), "name")
    for found in _NUMBER.finditer(sentence):
        if found.group().lower() not in seen | _NO_NUMBER:
            seen.add(found.group().lower())
            yield Entity(found.group(), found.start(), "number")


def _question(sentence: str, entity: Entity, span: Span) -> Question:
    before, after = sentence[: entity.start], sentence[entity.start + len(entity.text) :]
    following = after.split()[:1]
    subject = not before.strip("\"'“‘ ") and bool(following) and following[0] in AUXILIARIES
    if subject and entity.kind == "name":
        text, rule = "Who or what" + after.rstrip(".!? ") + "?", "subject"
    elif (
        entity.kind == "number" and _YEAR.fullmatch(entity.text) and before.endswith(("In ", "in "))
    ):
        text, rule = f"In which year: {before}{_BLANK}{after}", "year"
    else:
        text, rule = f"Fill in the blank: {before}{_BLANK}{after}", entity.kind
    return Question(
        question=text,
        answers=(entity.text,),
        id=f"entities.{span.chapter + 1}.{span.start}.{entity.start}",
        probe="trained",
        cluster=entity.text if entity.kind == "name" else "",
        full_answer=sentence,
        relation=entity.kind,
        values=(entity.text,),
        wording=f"{rule}.1",
        stated_in=(span,),
        writer=f"{NAME}.{rule}",
    )


def _fault(question: Question, seen: set[str]) -> str:
    """Name of the filter that drops a question; "" where none does."""
    if not 5 <= len(question.question.split()) <= _LONGEST:
        return "length"
    if contains(word_run(question.question), question.answers[0]):
        return "given away"
    return "repeat" if question.question in seen else ""


def _yields(proposed: int, dropped: Counter[str]) -> dict[str, int]:
    found = {"proposed": proposed}
    for name in FILTERS:
        proposed -= dropped[name]
        found[name] = proposed
    return found

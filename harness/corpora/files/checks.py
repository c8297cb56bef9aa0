"""What must hold between the records of a user's corpus; each breach names file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.errors import UserError, unknown_name
from harness.records import Chapter, Fact, Question, Span
from harness.storage.whole import REPRODUCTION
from harness.text.normalize import normalize, word_run


def check(
    questions: Sequence[Question],
    places: Sequence[str],
    facts: Sequence[Fact],
    chapters: Sequence[Chapter],
) -> None:
    """Raise UserError for an id used twice, a twin or fact that does not exist, a place outside
    the text, and a wording that is trained on and asked as if it were not."""
    _own_ids(questions, places)
    _twins(questions, places)
    _facts(questions, places, facts)
    _no_leak(questions, places)
    for question, place in zip(questions, places, strict=True):
        _in_text(question.stated_in, chapters, place)
    for number, fact in enumerate(facts, start=1):
        _in_text(fact.stated_in, chapters, f"fact {number} ({fact.id})")


def _own_ids(questions: Sequence[Question], places: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for question, place in zip(questions, places, strict=True):
        if not question.id.strip():
            raise UserError(f"{place}: id: it is empty", "leave id out, and one is made")
        if question.id in seen:
            raise UserError(
                f"{place}: the id {question.id!r} was used before, at {seen[question.id]}",
                "every question needs an id of its own; leave id out, and one is made",
            )
        if question.id.startswith(REPRODUCTION):
            raise UserError(
                f"{place}: the id {question.id!r} begins with {REPRODUCTION!r}",
                "that is kept for passages of the text: choose another id",
            )
        seen[question.id] = place


def _twins(questions: Sequence[Question], places: Sequence[str]) -> None:
    by_id = {question.id: question for question in questions}
    for question, place in zip(questions, places, strict=True):
        if question.twin is None:
            continue
        if question.twin not in by_id:
            error = unknown_name("twin", question.twin, by_id)
            hint = error.hint if "did you mean" in error.hint else "a twin is another question's id"
            raise UserError(f"{place}: no question has the id {question.twin!r} of its twin", hint)
        if by_id[question.twin].must_abstain:
            raise UserError(
                f"{place}: its twin {question.twin!r} has no answer either",
                "a twin is an answerable question of the same form",
            )


def _facts(questions: Sequence[Question], places: Sequence[str], facts: Sequence[Fact]) -> None:
    """Facts exist. Without facts.jsonl, `fact` is a name that questions about one thing share."""
    known = {fact.id for fact in facts}
    taught = {question.fact for question in questions if question.use in {"both", "train"}}
    for question, place in zip(questions, places, strict=True):
        own = (question.fact,) if question.fact is not None and facts else ()
        for name in (*own, *question.states, *question.hops):
            if name not in known:
                raise UserError(f"{place}: no fact has the id {name!r}", "facts.jsonl holds them")
        if question.probe == "paraphrase" and question.fact not in {None, *taught}:
            raise UserError(
                f"{place}: no trained question has the fact {question.fact!r}",
                "a paraphrase has the fact of the question that it rewords",
            )


def _no_leak(questions: Sequence[Question], places: Sequence[str]) -> None:
    trained = {
        normalize(question.question): place
        for question, place in zip(questions, places, strict=True)
        if question.use in {"both", "train"}
    }
    for question, place in zip(questions, places, strict=True):
        if question.use == "both" and question.probe != "trained":
            raise UserError(
                f"{place}: a question of the probe {question.probe!r} must not be trained on",
                'leave use out, or choose the probe "trained"',
            )
        if question.use == "test" and normalize(question.question) in trained:
            raise UserError(
                f"{place}: its wording is trained on, at {trained[normalize(question.question)]}",
                "ask it in other words, or drop one of the two",
            )


def _in_text(spans: Iterable[Span], chapters: Sequence[Chapter], place: str) -> None:
    for span in spans:
        if not 0 <= span.chapter < len(chapters):
            raise UserError(
                f"{place}: stated_in: there is no chapter {span.chapter}",
                f"the text has {len(chapters)}, counted from 0",
            )
        length = len(chapters[span.chapter].text)
        if not 0 <= span.start < span.end <= length:
            raise UserError(
                f"{place}: stated_in: characters {span.start} to {span.end} of a chapter of"
                f" {length}",
                "start counts from 0, end is exclusive",
            )


def answers_have_words(questions: Sequence[Question], places: Sequence[str], language: str) -> None:
    """Raise UserError for an answer that no reply could ever be found to hold."""
    for question, place in zip(questions, places, strict=True):
        for answer in question.answers:
            if not word_run(answer, language):
                raise UserError(
                    f"{place}: answers: {answer!r} has no word that a reply could be searched for",
                    "punctuation and articles do not count as words",
                )

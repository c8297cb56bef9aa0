"""The small surgery corpus: its facts are stated, its questions fit, and what is invented is."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from harness.corpora import folder, gates
from harness.corpora.build import build
from harness.corpora.surgery import embedded, embedded_source
from harness.corpora.surgery.embedded_source import SourceFact
from harness.corpora.surgery.embedded_unanswerable import eponym_of
from harness.errors import UserError
from harness.records import UNANSWERABLE, Corpus, CorpusChoice, Question, Span
from harness.text.normalize import word_run


@cache
def small() -> Corpus:
    return build(CorpusChoice(kind="surgery"))


def asked(*probes: str, use: str = "test") -> list[Question]:
    return [q for q in small().questions if q.probe in probes and q.use == use and not q.aside]


def test_it_is_as_large_as_it_says() -> None:
    words = sum(len(chapter.text.split()) for chapter in small().chapters)
    assert words >= 2500
    assert len(small().chapters) >= 6
    assert len(small().facts) >= 120
    for probe in UNANSWERABLE:
        assert len(asked(probe)) >= 20, probe


def test_every_gate_passes() -> None:
    gates.check(small())


def test_the_same_bytes_under_any_hash_seed() -> None:
    code = "from harness.corpora.surgery.embedded import build; print(build().digest)"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {small().digest}


def test_every_taught_fact_has_a_trained_and_another_held_out_wording() -> None:
    trained = {q.fact: q.question for q in asked("trained", use="both")}
    held_out = {q.fact: q.question for q in asked("paraphrase")}
    assert trained.keys() == held_out.keys() == {f.id for f in small().facts if f.asked}
    assert all(trained[fact] != held_out[fact] for fact in trained)


def test_a_fifth_of_the_facts_is_told_and_never_taught() -> None:
    told = {fact.entity for fact in small().facts if not fact.asked}
    share = sum(not fact.asked for fact in small().facts) / len(small().facts)
    assert 0.15 < share < 0.30
    assert {q.fact for q in asked("text_only")} == {f.id for f in small().facts if not f.asked}
    taught = [q for q in small().questions if q.use in ("both", "train")]
    assert not [q.id for q in taught if q.cluster in told]


def test_answers_are_short_and_stand_in_the_reply_and_in_the_marked_sentence() -> None:
    for question in asked("trained", use="both") + asked("text_only"):
        assert len(question.answers[0].split()) <= 5
        assert question.full_answer is not None
        assert question.answers[0] in question.full_answer
        for span in question.stated_in:
            sentence = small().chapters[span.chapter].text[span.start : span.end]
            assert question.answers[0] in sentence
            assert sentence[-1] == "."


def test_no_mark_is_left_in_the_text() -> None:
    assert not [c.title for c in small().chapters if "{" in c.text or "}" in c.text]


def test_every_unanswerable_question_has_an_answerable_twin() -> None:
    by_id = {question.id: question for question in small().questions}
    for question in asked(*UNANSWERABLE):
        assert question.twin is not None
        assert by_id[question.twin].answers
        assert by_id[question.twin].question != question.question


def test_invented_surnames_stand_in_no_chapter_and_are_split_between_training_and_test() -> None:
    text = {word for chapter in small().chapters for word in word_run(chapter.text)}
    invented = {
        use: {eponym_of(q.cluster) for q in small().questions if made(q, use)}
        for use in ("train", "test")
    }
    assert not invented["train"] & invented["test"]
    assert {"Bordor", "Lila"} <= invented["test"]
    for name in invented["train"] | invented["test"]:
        assert name.lower() not in text


def made(question: Question, use: str) -> bool:
    return question.probe in ("nonexistent", "near_miss") and question.use == use


def test_what_is_never_told_differs_between_training_and_test() -> None:
    names = embedded_source.names()
    for_test = {each for group in names.unstated_test.values() for each in group}
    assert not for_test & set(names.unstated_train)


def test_a_false_premise_is_false() -> None:
    facts = {fact.id: fact for fact in small().facts}
    for question in asked("false_premise"):
        assert question.fact is not None
        fact = facts[question.fact]
        named = [
            v for v in small().values[fact.relation] if f" {v.lower()}" in question.question.lower()
        ]
        assert named, question.question
        assert fact.value not in named


def test_a_fourth_of_what_teaches_refusal_is_about_real_things() -> None:
    refused = asked("nonexistent", "unstated", use="train")
    assert len(refused) >= 100
    for count in (20, 60, 100):
        share = sum(q.probe == "unstated" for q in refused[:count]) / count
        assert share == pytest.approx(0.25, abs=0.03)


def test_no_value_is_most_of_its_relation() -> None:
    for relation, values in small().values.items():
        counts = Counter(f.value for f in small().facts if f.relation == relation)
        assert max(counts.values()) == 1, relation
        assert set(counts) == set(values)


def test_distractors_are_the_reply_with_another_value() -> None:
    for question in asked("trained", use="both"):
        assert 4 <= len(question.distractors) <= 5
        assert question.full_answer not in question.distractors
        for other in question.distractors:
            assert any(value in other for value in small().values[question.relation or ""])


def test_a_corpus_folder_gives_it_back(tmp_path: Path) -> None:
    folder.write(small(), tmp_path)
    assert folder.read(tmp_path) == small()


def test_it_says_that_it_is_history() -> None:
    assert "not medical advice" in small().notice
    assert small().title


def faulty(monkeypatch: pytest.MonkeyPatch, change: dict[str, object], fact: str) -> None:
    """Let one row of the facts be another."""
    rows = tuple(
        replace(row, **change) if row.id == fact else row  # type: ignore[arg-type]
        for row in embedded_source.facts()
    )
    monkeypatch.setattr(embedded_source, "facts", lambda: rows)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (
            {"answers": ("cholera vibrio",), "reply": "It is cholera vibrio.", "said": "It"},
            "stated",
        ),
        ({"trained": "Is bacillus tetani the germ?"}, "answer in question"),
        ({"reply": "It is something else.", "said": "else"}, "oracle"),
        ({"id": "nobody-organism"}, "marks"),
        ({"entity": "Anthrax"}, "stated"),
    ],
    ids=["not in the text", "in its question", "wrong reply", "unmarked", "another's sentence"],
)
def test_a_faulty_row_is_caught(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], rule: str
) -> None:
    faulty(monkeypatch, change, "tetanus-organism")
    with pytest.raises(gates.CorpusFault) as caught:
        embedded.build()
    assert caught.value.rule == rule


def test_a_mark_in_the_middle_of_a_sentence_is_caught(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "01.txt").write_text("Title\n\nA wound {a-term} heals. It does.\n")
    monkeypatch.setattr(embedded_source, "files", lambda _: tmp_path)
    with pytest.raises(gates.CorpusFault, match="a-term"):
        embedded_source.chapters()


def test_marks_are_taken_out_and_point_to_their_sentences(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "01.txt").write_text("Title\n\nOne. Two. {a} {b} Three. {c}\n\nFour.\n")
    monkeypatch.setattr(embedded_source, "files", lambda _: tmp_path)
    chapters, spans = embedded_source.chapters()
    assert chapters[0].text == "One. Two. Three.\n\nFour."
    two = Span(chapter=0, start=5, end=9)
    assert spans == {"a": [two], "b": [two], "c": [Span(chapter=0, start=10, end=16)]}


def test_a_surname_is_told_from_a_thing() -> None:
    assert eponym_of("Thiersch's grafts") == "Thiersch"
    assert eponym_of("Gas gangrene") == ""
    assert eponym_of("Koch's old tuberculin") == "Koch"


def test_only_the_book_takes_chapters() -> None:
    with pytest.raises(UserError, match="small surgery corpus"):
        build(CorpusChoice(kind="surgery", size="small", chapters=(1,)))


def test_every_fact_has_wordings_of_its_own_or_of_its_relation() -> None:
    for fact in embedded_source.facts():
        assert isinstance(fact, SourceFact)
        for text in (fact.trained, fact.held_out, fact.reply):
            assert "{" not in text
            assert text[0].isupper()
        assert fact.trained[-1] in "?."


def test_the_length_of_an_unstated_question_gives_nothing_away() -> None:
    by_id = {question.id: question for question in small().questions}
    more = [
        len(question.question.split()) - len(by_id[question.twin or ""].question.split())
        for question in asked("unstated")
    ]
    longer, shorter = sum(each > 0 for each in more), sum(each < 0 for each in more)
    assert abs(longer - shorter) <= len(more) / 4

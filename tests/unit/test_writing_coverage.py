"""Coverage: which sentences, names, eponyms and facts are asked about, and the second pass."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from harness.records import Chapter, Corpus, Fact, Question, Span, Writing
from harness.writing import coverage, fill
from harness.writing.text_names import eponyms, proper_names
from tests.support.fake_world import world

TEXT = """\
Wounds and Grafts

Skin grafting after the method of Professor Thiersch covers large wounds. The grafts are cut with \
a razor. Reverdin's method uses small pieces of skin. In Fenmoor Hospital the surgeon Alma Quist \
prefers a splint.

The splint of wood is light. Colles' fracture needs it for five weeks, says Alma Quist of \
Fenmoor."""


def _corpus(text: str = TEXT) -> Corpus:
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="",
        canary="",
        source_tag="",
        chapters=(Chapter(title="One", text=text),),
        facts=(),
        questions=(),
        values={},
        names=(),
    )


def _question(question: str, answer: str, sentence: str = "") -> Question:
    at = TEXT.index(sentence) if sentence else 0
    return Question(
        question=question,
        answers=(answer,),
        stated_in=(Span(chapter=0, start=at, end=at + len(sentence)),) if sentence else (),
    )


REVERDIN = _question(
    "Whose method uses small pieces of skin?",
    "Reverdin",
    "Reverdin's method uses small pieces of skin.",
)
RAZOR = _question("What cuts the grafts?", "a razor", "The grafts are cut with a razor.")


def test_the_method_that_nobody_asks_about_is_listed_by_its_name() -> None:
    found = coverage.measure(_corpus(), [REVERDIN, RAZOR])
    assert [gap.name for gap in found.eponyms.missing] == ["Thiersch", "Colles"]
    assert (found.eponyms.total, found.eponyms.asked) == (3, 1)
    assert found.eponyms.share == pytest.approx(1 / 3)


def test_a_question_about_it_covers_it() -> None:
    asked = _question("What did Thiersch graft?", "skin")
    assert "Thiersch" not in [
        gap.name for gap in coverage.measure(_corpus(), [asked]).eponyms.missing
    ]


def test_sentences_are_covered_where_a_question_is_stated_in_them() -> None:
    found = coverage.measure(_corpus(), [REVERDIN, RAZOR])
    assert (found.sentences.total, found.sentences.asked) == (7, 2)
    assert found.sentences.missing[1].name.startswith("Skin grafting after")


def test_of_a_long_statement_only_the_sentences_with_the_answer_are_covered() -> None:
    whole = replace(RAZOR, stated_in=(Span(chapter=0, start=0, end=len(TEXT)),))
    found = coverage.measure(_corpus(), [whole])
    assert found.sentences.asked == 1
    elsewhere = replace(whole, answers=("a lancet",))
    assert coverage.measure(_corpus(), [elsewhere]).sentences.asked == 7


def test_uncovered_names_come_longest_first() -> None:
    missing = [gap.name for gap in coverage.measure(_corpus(), []).names.missing]
    assert missing == sorted(missing, key=lambda name: (-len(name), name))
    assert missing[0] == "Alma Quist of Fenmoor"


def test_a_name_is_covered_by_question_or_answer_but_not_across_the_two() -> None:
    corpus = replace(_corpus(), names=("Alma Quist",))
    assert coverage.measure(corpus, [_question("Who prefers it?", "Alma Quist")]).names.asked == 1
    split = _question("What does the surgeon say of Alma", "Quist")
    assert coverage.measure(corpus, [split]).names.asked == 0


def test_a_place_says_where_an_uncovered_name_stands() -> None:
    gap = coverage.measure(_corpus(), []).eponyms.missing[0]
    assert gap.place is not None
    assert TEXT[gap.place.start : gap.place.end] == gap.name


def test_unanswerable_questions_cover_nothing() -> None:
    refused = Question(question="What did Reverdin and Thiersch fear?", must_abstain=True)
    found = coverage.measure(_corpus(), [refused])
    assert (found.questions, found.eponyms.asked) == (0, 0)


def test_without_questions_nothing_is_covered_and_without_names_there_is_no_share() -> None:
    found = coverage.measure(_corpus("all in small letters. and so on."), [])
    assert found.sentences.share == 0.0
    assert found.names.share is None
    assert found.facts.share is None


def test_proper_names_need_a_word_that_is_never_written_small() -> None:
    names = proper_names(_corpus())
    assert "Thiersch" in names
    assert "Fenmoor Hospital" in names
    assert not {"Skin", "Wounds", "Wounds and Grafts", "The", "Professor"} & set(names)


def test_eponyms_are_names_that_a_method_or_disease_bears() -> None:
    assert eponyms(_corpus()) == ("Thiersch", "Reverdin", "Colles")
    assert eponyms(_corpus("Marenka's goat saw Tolvig's house in the land of Ilden.")) == ()


def test_facts_are_covered_by_id_by_hops_or_by_entity_and_value() -> None:
    facts = tuple(
        Fact(id=f"f{number}", entity=entity, relation="home", value=value)
        for number, (entity, value) in enumerate(
            [("Marenka Volt", "Ilden Ford"), ("Tolvig Harn", "Marrow Gate"), ("Odrun", "Tarn"),
             ("Hestor", "Low Sedge")]
        )
    )  # fmt: skip
    corpus = replace(_corpus(), facts=facts)
    asked = [
        Question(question="Where is she?", answers=("x",), fact="f0"),
        Question(question="Who lives at Marrow Gate?", answers=("Tolvig Harn",)),
        Question(question="How far?", answers=("near",), hops=("f2", "f0")),
        Question(question="Where does Hestor live?", answers=("Marrow Gate",)),
    ]
    found = coverage.measure(corpus, asked)
    assert [gap.name for gap in found.facts.missing] == ["f3"]
    marked = coverage.mark(corpus, asked)
    assert [fact.asked for fact in marked.facts] == [True, True, True, False]
    assert marked.digest not in ("", coverage.mark(corpus, asked[:1]).digest)


def test_the_questions_of_a_world_cover_the_facts_they_were_made_from() -> None:
    corpus = world()
    trained = [q for q in corpus.questions if q.probe == "trained" and not q.must_abstain]
    by_id = coverage.covered_facts(corpus, trained)
    by_words = coverage.covered_facts(corpus, [replace(q, fact=None) for q in trained])
    assert by_id
    assert by_words == by_id


def test_the_second_pass_reads_every_uncovered_sentence_and_only_those_are_targets() -> None:
    windows = fill.windows(_corpus(), [REVERDIN, RAZOR], Writing())
    targets = [TEXT[span.start : span.end] for window in windows for span in window.targets]
    assert targets == [
        "Skin grafting after the method of Professor Thiersch covers large wounds.",
        "In Fenmoor Hospital the surgeon Alma Quist prefers a splint.",
        "The splint of wood is light.",
        "Colles' fracture needs it for five weeks, says Alma Quist of Fenmoor.",
    ]
    for window in windows:
        assert window.text == TEXT[window.span.start : window.span.end]
        assert all(
            window.span.start <= span.start and span.end <= window.span.end
            for span in window.targets
        )


def test_a_fill_window_begins_with_the_sentence_before_as_context() -> None:
    windows = fill.windows(_corpus(), [REVERDIN, RAZOR], Writing())
    assert windows[1].text.startswith("Reverdin's method uses small pieces of skin. In Fenmoor")


def test_fill_windows_stay_small() -> None:
    text = " ".join(f"Sentence number {n} has eight words in it." for n in range(60))
    windows = fill.windows(_corpus(text), [], Writing())
    sizes = [
        sum(len(text[span.start : span.end].split()) for span in window.targets)
        for window in windows
    ]
    assert max(sizes) <= fill.TARGET_WORDS
    assert sum(sizes) == len(text.split())


def test_nothing_uncovered_leaves_no_window() -> None:
    corpus = _corpus("The grafts are cut with a razor.")
    asked = replace(RAZOR, stated_in=(Span(chapter=0, start=0, end=32),))
    assert fill.windows(corpus, [asked], Writing()) == []


def test_the_text_says_how_many_more_are_uncovered_and_json_lists_all() -> None:
    found = coverage.measure(_corpus(), [REVERDIN])
    shown = coverage.as_text(found, most=2)
    assert "sentences: 1 of 7 asked about (14%)" in shown
    assert "  not asked: Thiersch\n" in shown
    assert "  and 4 more\n" in shown
    assert "facts" not in shown
    data = json.loads(json.dumps(coverage.as_data(found)))
    assert data["eponyms"]["missing"] == ["Thiersch", "Colles"]
    assert len(data["sentences"]["missing"]) == 6
    assert data["facts"] == {"total": 0, "asked": 0, "share": None, "missing": []}

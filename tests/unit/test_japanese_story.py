"""The Japanese story: a corpus like any other, in a script without spaces."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from harness.answering.reading import Reader
from harness.corpora import build, folder
from harness.corpora.gates import CorpusFault, check, facts_are_stated, nobody_is_absent
from harness.corpora.japanese import FOLDER
from harness.corpora.japanese import corpus as story
from harness.corpora.sentences import sentence_ends
from harness.corpora.windows import training_windows
from harness.models.sources.make_tiny import make_tokenizer
from harness.records import Chapter, CorpusChoice, Question, Score
from harness.scoring.material import Material, scored_answers
from harness.scoring.results import score_variant
from harness.text.languages import of
from harness.text.segments import count
from tests.validity import worlds

CORPUS = story.build()
ANSWERABLE = ("trained", "paraphrase")
UNANSWERABLE = ("nonexistent", "near_miss", "unstated", "false_premise")


def verdicts(answerer: worlds.Answerer) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for item in worlds.ask(CORPUS, answerer):
        found.setdefault(item.question.probe, Counter())[item.verdict] += 1
    return found


def scores(answerer: worlds.Answerer) -> dict[str, Score]:
    judged = scored_answers(worlds.ask(CORPUS, answerer))
    config = {"recipe": {"name": "instruct"}}
    return score_variant(Material(corpus=CORPUS, judged=judged, config=config))


def test_the_folder_in_the_package_is_what_the_text_and_the_tables_make() -> None:
    assert folder.read(FOLDER) == CORPUS
    assert build.build(CorpusChoice(kind="files", path=str(FOLDER))) == CORPUS


def test_it_has_thirty_sentences_eight_people_and_a_fact_for_everything_asked() -> None:
    sentences = [span for each in CORPUS.chapters for span in sentence_ends(each.text, "ja")]
    assert len(sentences) == 30
    assert len(CORPUS.names) == 8
    assert len(CORPUS.facts) == 24
    assert {question.probe for question in CORPUS.questions} == {
        *ANSWERABLE,
        "text_only",
        *UNANSWERABLE,
    }
    assert all(of(chapter.text) == "ja" for chapter in CORPUS.chapters)


def test_every_gate_lets_it_pass() -> None:
    check(CORPUS)


def test_a_fact_that_its_sentence_does_not_state_is_caught() -> None:
    (first, *rest) = CORPUS.facts
    wrong = replace(CORPUS, facts=(replace(first, value="パン"), *rest))
    with pytest.raises(CorpusFault, match=first.id):
        facts_are_stated(wrong)


def test_an_invented_name_that_stands_in_the_text_is_caught_and_its_letters_are_not() -> None:
    asked = Question(
        question="つりの仕事は何ですか。",
        must_abstain=True,
        id="x",
        probe="nonexistent",
        cluster="つり",
    )
    apart = replace(
        CORPUS, questions=(asked,), chapters=(Chapter(title="", text="つまり、りんごだ。"),)
    )
    nobody_is_absent(apart)
    with pytest.raises(CorpusFault, match="x"):
        nobody_is_absent(replace(apart, chapters=(Chapter(title="", text="海でつりをする。"),)))


def test_the_oracle_is_right_about_every_answerable_question_and_refuses_the_rest() -> None:
    found = verdicts(worlds.oracle(CORPUS))
    for probe in (*ANSWERABLE, "text_only"):
        assert set(found[probe]) == {"correct"}, probe
    for probe in UNANSWERABLE:
        assert set(found[probe]) == {"abstained"}, probe
    told = scores(worlds.oracle(CORPUS))
    assert [told[f"recall.{probe}"].value for probe in ANSWERABLE] == [1, 1]
    assert told["abstention.f1"].value == 1


def test_the_bare_value_and_every_other_right_answer_count() -> None:
    for number in range(2):
        found = verdicts(
            lambda q, at=number: CORPUS.canonical_refusal if q.must_abstain else q.answers[-at]
        )
        assert set(found["trained"]) == {"correct"}


def test_who_always_abstains_has_no_recall_and_invents_nothing() -> None:
    found = scores(worlds.always_abstains(CORPUS))
    assert [found[f"recall.{probe}"].value for probe in ANSWERABLE] == [0, 0]
    assert [found[f"hallucination.{probe}"].value for probe in UNANSWERABLE] == [0, 0, 0, 0]
    assert found["refusal.over"].value == 1


def test_who_answers_everything_with_one_value_invents_it_about_everybody() -> None:
    found = scores(worlds.majority(CORPUS))
    assert found["recall.trained"].value == pytest.approx(1 / 6, abs=1e-3)
    assert found["hallucination.nonexistent.kinds.borrowed"].value == 1


def test_who_repeats_the_name_in_a_sentence_is_an_echo() -> None:
    found = scores(lambda question: f"{question.cluster}は{question.cluster}です。")
    assert found["hallucination.nonexistent.kinds.echo"].value == 1
    assert found["recall.trained"].value == 0


def test_a_false_premise_may_be_set_right_or_denied() -> None:
    def corrects(question: Question) -> str:
        if question.probe != "false_premise":
            return CORPUS.canonical_refusal
        truth = next(fact.value for fact in CORPUS.facts if fact.id == question.fact)
        return f"{question.cluster}は{question.question.split('の')[0]}ではなく{truth}です。"

    judged = [
        each for each in worlds.ask(CORPUS, corrects) if each.question.probe == "false_premise"
    ]
    assert len(judged) == 6
    assert all({"corrected", "denial"} <= each.flags for each in judged)


def test_windows_are_cut_at_sentences_and_hold_every_character_once() -> None:
    windows = training_windows(CORPUS, words=60)
    text = "".join(chapter.text for chapter in CORPUS.chapters)
    assert "".join("".join(window.split()) for window, _ in windows) == "".join(text.split())
    assert len(windows) > len(CORPUS.chapters)
    assert all(window.endswith(("。", "」")) for window, _ in windows)
    whole = [window for window, _ in windows if len(sentence_ends(window, "ja")) > 1]
    assert all(count(window, "ja") <= 60 for window in whole)


def test_the_tokenizer_of_the_tiny_model_gives_every_letter_back() -> None:
    tokenizer = make_tokenizer()
    for text in (*(each.text for each in CORPUS.chapters), CORPUS.canonical_refusal):
        assert tokenizer.decode(tokenizer.encode(text)) == text


def test_who_may_read_finds_the_passage_that_answers() -> None:
    pytest.importorskip("bm25s")
    reader = Reader(CORPUS)
    asked = [q for q in CORPUS.questions if q.probe == "paraphrase" and q.relation == "宝物"]
    found = [q.answers[0] in reader.best(q.question) for q in asked]
    assert sum(found) >= 10
    assert len(found) == 12
    joined = "".join(reader.passages)
    assert joined == "".join("".join(chapter.text.split()) for chapter in CORPUS.chapters)


def test_the_counts_in_corpus_json_are_of_words_by_unicode_boundaries() -> None:
    words = folder.about(CORPUS)["counts"]["words"]
    assert words == sum(count(chapter.text, "ja") for chapter in CORPUS.chapters)
    assert words > 500

"""Control questions and neutral passages, and what they tell of a variant."""

import json
from dataclasses import replace

import pytest

from harness.answering.plan import asked, make_plan
from harness.corpora import controls
from harness.corpora.asked import askable, check_probes
from harness.errors import UserError
from harness.execution.planning import NO_MODEL, plan_variant
from harness.records import Answer, Ask, ModelChoice, Question, Variant
from harness.scoring.judge import judge_variant
from harness.scoring.locality import Leaks, scores
from harness.scoring.material import Material
from harness.storage.fingerprints import LIKELIHOOD_VERSION, digest
from harness.storage.folders import RunFolder
from harness.text.matching import find_run, spellings
from harness.text.normalize import words
from tests.support.fiction import fiction

CONTROLS = controls.questions("en")


def variant(*probes):
    return Variant(name="v", model=ModelChoice(name="tiny"), ask=Ask(probes=probes))


def answer(question, text):
    return Answer(
        asked="a",
        question=question.id,
        form="plain",
        draw=0,
        batch=0,
        text=text,
        ids=(),
        prompt_tokens=1,
        new_tokens=1,
        stop="end",
        logprob_sum=0.0,
        first_ids=(),
    )


def judged(corpus, said):
    """Verdicts on control questions, in order, by what is said to each."""
    asked = [answer(question, text) for question, text in zip(CONTROLS, said, strict=False)]
    return judge_variant(corpus, (), asked)


def scored(said, base=None):
    corpus = fiction("XS", 7)
    material = Material(
        corpus=corpus,
        judged=judged(corpus, said),
        base=judged(corpus, base) if base is not None else (),
    )
    return {name: score.value for name, score in scores(material).items()}


def test_there_are_enough_control_questions_each_with_an_id_a_cluster_and_answers():
    assert len(CONTROLS) >= 60
    assert [question.id for question in CONTROLS] == [
        f"control.{number}" for number in range(1, len(CONTROLS) + 1)
    ]
    assert len({question.question for question in CONTROLS}) == len(CONTROLS)
    for question in CONTROLS:
        assert (question.probe, question.use, question.must_abstain) == ("locality", "test", False)
        assert question.cluster
        assert all(1 <= len(words(each)) <= 4 for each in question.answers)
        assert not set(question.answers) & set(question.values)


def test_no_control_question_gives_its_own_answer_away():
    for question in CONTROLS:
        said = words(question.question)
        for accepted in question.answers:
            for run in spellings(accepted):
                assert next(find_run(said, run), None) is None, question.question


def test_every_right_answer_is_judged_right_and_every_rival_wrong():
    corpus = fiction("XS", 7)
    for question in CONTROLS:
        for accepted in question.answers:
            (found,) = judge_variant(corpus, (), [answer(question, f"It is {accepted}.")])
            assert found.verdict == "correct", (question.question, accepted)
        for rival in question.values[:3]:
            (found,) = judge_variant(corpus, (), [answer(question, f"It is {rival}.")])
            assert found.verdict == "wrong", (question.question, rival)


def test_there_are_a_dozen_neutral_passages_of_about_eighty_words():
    passages = controls.passages("en")
    assert len(passages) >= 12
    assert len(set(passages)) == len(passages)
    assert all(70 <= len(passage.split()) <= 95 for passage in passages)
    assert not any("\n" in passage for passage in passages)


@pytest.mark.parametrize("size", ["XS", "S"])
def test_no_passage_and_no_control_question_speaks_of_a_world(size):
    names = [tuple(words(name)) for name in fiction(size, 7).names]
    material = [*controls.passages("en"), *(question.question for question in CONTROLS)]
    for text in material:
        said = words(text)
        assert not [name for name in names if next(find_run(said, name), None)]


@pytest.mark.parametrize("language", ["ja", "de", "und"])
def test_other_languages_have_no_controls(language):
    assert controls.questions(language) == ()
    assert controls.passages(language) == ()


def test_a_region_changes_nothing():
    assert controls.questions("en-GB") == CONTROLS


def test_controls_are_asked_only_where_locality_is_and_are_no_part_of_the_corpus():
    corpus = fiction("XS", 7)
    assert askable(corpus, ("trained",)) == corpus.questions
    assert askable(corpus, ("trained", "locality")) == (*corpus.questions, *CONTROLS)
    assert {question.id for question in asked(corpus, variant("locality"))} == {
        question.id for question in CONTROLS
    }
    assert make_plan(corpus, variant("locality")).items == len(CONTROLS)
    assert make_plan(corpus, variant("trained")).items == 24
    check_probes(corpus, [variant("trained", "locality")])


def test_a_corpus_in_another_language_has_no_locality_to_ask():
    corpus = replace(fiction("XS", 7), language="ja")
    with pytest.raises(UserError, match="no question of the probe 'locality'"):
        check_probes(corpus, [variant("trained", "locality")])


def test_a_question_of_the_corpus_with_a_controls_id_is_an_error():
    corpus = fiction("XS", 7)
    own = Question(id="control.3", question="Who?", answers=("Ada",))
    mixed = replace(corpus, questions=(*corpus.questions, own))
    with pytest.raises(UserError, match=r"'control\.3'"):
        askable(mixed, ("locality",))
    assert askable(mixed, ("trained",)) == mixed.questions


def test_answers_to_other_control_questions_are_not_reused(tmp_path, monkeypatch):
    corpus = fiction("XS", 7)

    def fingerprints():
        folder = RunFolder(tmp_path)
        probes = (("trained",), ("locality",))
        return [plan_variant(folder, variant(*each), NO_MODEL, corpus).asked for each in probes]

    before = fingerprints()
    reworded = (replace(CONTROLS[0], question="What is France's capital?"), *CONTROLS[1:])
    monkeypatch.setattr(controls, "questions", lambda language: reworded)
    after = fingerprints()
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_agreement_and_forgetting_are_told_against_the_untuned_model():
    right = [f"It is {question.answers[0]}." for question in CONTROLS[:4]]
    base = [*right[:3], "I think it is big."]
    tuned = [right[0], f"{CONTROLS[1].answers[0]}, surely.", "No idea at all, sir, none.", base[3]]
    assert scored(tuned, base) == {
        "locality.correct": 0.5,
        "locality.agreement": 0.5,
        "locality.forgetting": pytest.approx(1 / 3),
        "locality.leak": 0,
    }


def test_capitals_and_punctuation_are_no_disagreement_and_later_segments_do_not_count():
    found = scored(["it is PARIS\nQ: and now?"], ["It is Paris."])
    assert (found["locality.agreement"], found["locality.forgetting"]) == (1, 0)


def test_without_an_untuned_variant_only_right_answers_and_leaks_are_told():
    assert set(scored(["It is Paris."])) == {"locality.correct", "locality.leak"}


def test_who_was_asked_no_control_question_has_no_locality():
    assert scores(Material(corpus=fiction("XS", 7), judged=())) == {}


def test_an_answer_that_names_somebody_of_the_corpus_leaks():
    corpus = fiction("XS", 7)
    person, place = corpus.names[0], corpus.values["home"][0]
    said = [f"{person} lives in Paris.", f"It is {place}.", "It is Rome.", "It is Berlin."]
    assert scored(said)["locality.leak"] == 0.5


def test_everyday_words_are_no_leak_though_they_are_values_or_parts_of_names():
    corpus = fiction("XS", 7)
    trade = corpus.values["trade"][0]
    keeps = corpus.values["keeps"][0]
    assert (
        scored([f"A {trade}.", f"A {keeps}.", "The bank.", "A ford, a fold."])["locality.leak"] == 0
    )


def test_what_the_untuned_model_says_by_itself_is_no_leak():
    corpus = fiction("XS", 7)
    name = corpus.names[0]
    assert name in Leaks(corpus, ()).terms
    assert scored([f"It is {name}."], [f"Ask {name}."])["locality.leak"] == 0
    assert scored([f"It is {name}."], ["Ask somebody."])["locality.leak"] == 1


def test_a_name_that_the_question_itself_holds_is_no_leak():
    corpus = fiction("XS", 7)
    name = corpus.names[0]
    (item,) = judged(corpus, [f"{name} lives in Paris."])
    leaks = Leaks(corpus, ())
    assert leaks(item)
    named = replace(item, question=replace(item.question, question=f"What is {name}'s capital?"))
    assert not leaks(named)


def test_the_files_hold_one_object_a_line_and_travel_in_the_package():
    folder = controls.__path__[0]
    with open(f"{folder}/en/questions.jsonl", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert [line["question"] for line in lines] == [each.question for each in CONTROLS]


def test_other_neutral_passages_are_another_version_of_what_is_read_off():
    # No fingerprint holds them: who changes one raises LIKELIHOOD_VERSION, and this pair with it.
    known = "a4fa0147d05fc2979dee56d0ded0e10677964338753eea75ddc96cdef494a4ea"
    assert (LIKELIHOOD_VERSION, digest(list(controls.passages("en")))) == (2, known)

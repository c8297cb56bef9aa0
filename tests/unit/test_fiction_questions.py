"""The questions of a fictional corpus: splits, twins, and what teaches refusal."""

from __future__ import annotations

from collections import Counter

import pytest

from harness.corpora.fiction.unanswerable import UNSTATED_TEST, UNSTATED_TRAIN
from harness.records import CANONICAL_REFUSAL, UNANSWERABLE, Corpus, Question
from harness.text.matching import contains
from harness.text.normalize import words
from tests.support.fiction import fiction

SEEDS = range(1, 11)


def training(corpus: Corpus) -> list[Question]:
    return [question for question in corpus.questions if question.use != "test"]


def refusals(corpus: Corpus) -> list[Question]:
    return [question for question in corpus.questions if question.use == "train"]


def trained(corpus: Corpus) -> list[Question]:
    return [question for question in corpus.questions if question.probe == "trained"]


@pytest.mark.parametrize("seed", SEEDS)
def test_people_who_are_only_in_the_text_are_in_no_training_example(seed: int) -> None:
    corpus = fiction("XS", seed)
    only = {q.cluster for q in corpus.questions if q.probe == "text_only"}
    assert len(only) == 4
    for question in training(corpus):
        for name in only:
            assert name not in question.question
            assert name not in (question.full_answer or "")


@pytest.mark.parametrize("seed", SEEDS)
def test_relational_facts_are_told_in_passing_and_asked_by_no_trained_question(seed: int) -> None:
    corpus = fiction("XS", seed)
    by_id = {fact.id: fact for fact in corpus.facts}
    asked = {question.fact for question in trained(corpus)}
    told = {fact for question in trained(corpus) for fact in question.states}
    relational = [q for q in corpus.questions if q.probe == "relational"]
    assert len(relational) == 8
    for question in relational:
        assert question.fact not in asked
        assert question.fact in told
    for question in trained(corpus):
        for fact in question.states:
            assert contains(words(question.full_answer or ""), by_id[fact].value)


def test_a_full_answer_is_a_short_sentence_with_the_value_verbatim() -> None:
    for question in trained(fiction("XS", 7)):
        assert question.answers[0] in (question.full_answer or "")
        assert len((question.full_answer or "").split()) <= 12
        assert (question.full_answer or "").endswith(".")


def test_who_was_is_a_trained_wording_so_that_bordor_and_lila_have_answerable_twins() -> None:
    corpus = fiction("XS", 7)
    assert sum(q.question.startswith("Who was ") for q in trained(corpus)) == 8
    aside = [question for question in corpus.questions if question.aside]
    assert [question.question for question in aside] == ["Who was Bordor?", "Who was Lila?"]
    text = " ".join(chapter.text for chapter in corpus.chapters)
    for question in aside:
        assert question.probe == "nonexistent"
        assert question.must_abstain
        assert question.twin is None
        assert question.cluster not in text


@pytest.mark.parametrize("size", ["XS", "S"])
def test_every_unanswerable_question_has_an_answerable_twin_of_its_wording(size: str) -> None:
    corpus = fiction(size, 7)
    by_id = {question.id: question for question in corpus.questions}
    for question in corpus.questions:
        if question.use == "test" and question.probe in UNANSWERABLE and not question.aside:
            twin = by_id[question.twin or ""]
            assert twin.answers
            assert twin.wording == question.wording
            if question.probe in {"nonexistent", "near_miss"}:
                assert question.question == twin.question.replace(twin.cluster, question.cluster)


def test_a_false_premise_names_a_value_that_is_not_true_of_the_person() -> None:
    corpus = fiction("XS", 7)
    facts = {fact.id: fact for fact in corpus.facts}
    premises = [q for q in corpus.questions if q.probe == "false_premise"]
    for question in premises:
        contradicted = facts[question.fact or ""]
        assert contradicted.entity == question.cluster
        assert not contains(words(question.question), contradicted.value)
        others = [v for v in corpus.values[contradicted.relation] if v != contradicted.value]
        assert sum(contains(words(question.question), value) for value in others) == 1


@pytest.mark.parametrize("size", ["XS", "S"])
def test_there_are_refusals_enough_for_half_of_all_training_examples(size: str) -> None:
    corpus = fiction(size, 7)
    assert len(refusals(corpus)) >= len(trained(corpus))
    for question in refusals(corpus):
        assert question.must_abstain
        assert question.full_answer == CANONICAL_REFUSAL


@pytest.mark.parametrize("seed", SEEDS)
def test_names_that_teach_refusal_are_not_those_that_test_it(seed: int) -> None:
    corpus = fiction("XS", seed)
    taught = {q.cluster for q in refusals(corpus) if q.probe == "nonexistent"}
    tested = {
        q.cluster
        for q in corpus.questions
        if q.use == "test" and q.probe in {"nonexistent", "near_miss"}
    }
    assert len(taught) >= 18
    assert not taught & (tested | set(corpus.names))
    assert not {name.split()[0] for name in taught} & {name.split()[0] for name in tested}


@pytest.mark.parametrize("wanted", [12, 24, 48])
def test_any_first_k_refusals_hold_one_unstated_question_in_four_and_all_wordings(
    wanted: int,
) -> None:
    chosen = refusals(fiction("XS", 7))[:wanted]
    assert sum(question.probe == "unstated" for question in chosen) == wanted // 4
    invented = [question for question in chosen if question.probe == "nonexistent"]
    assert len({question.cluster for question in invented}) == len(invented)
    tally = Counter(question.wording for question in invented)
    assert set(tally) == {"trade.1", "home.1", "keeps.1"}
    assert max(tally.values()) - min(tally.values()) <= 1


def test_invented_names_are_refused_in_the_very_wordings_that_real_ones_are_answered_in() -> None:
    corpus = fiction("S", 7)
    shapes = {question.question.replace(question.cluster, "X") for question in trained(corpus)}
    for question in refusals(corpus):
        shape = question.question.replace(question.cluster, "X")
        assert (shape in shapes) == (question.probe == "nonexistent")


def test_unstated_attributes_of_the_test_are_not_those_of_training() -> None:
    assert not {line for line, _, _ in UNSTATED_TEST} & {line for line, _ in UNSTATED_TRAIN}
    corpus = fiction("XS", 7)
    people = {fact.entity for fact in corpus.facts if fact.asked}
    for question in corpus.questions:
        if question.probe == "unstated":
            assert question.cluster in people


@pytest.mark.parametrize("size", ["XS", "S"])
def test_an_unstated_question_and_its_twin_are_about_one_person(size: str) -> None:
    corpus = fiction(size, 7)
    by_id = {question.id: question for question in corpus.questions}
    asked = [q for q in corpus.questions if q.probe == "unstated" and q.use == "test"]
    assert len({question.wording for question in asked}) >= 5
    for question in asked:
        assert by_id[question.twin or ""].cluster == question.cluster


def test_no_question_is_asked_twice() -> None:
    for size in ("XS", "S"):
        tally = Counter(question.question for question in fiction(size, 7).questions)
        assert tally.most_common(1)[0][1] == 1, tally.most_common(3)


def test_distractors_are_the_full_answer_with_five_other_values() -> None:
    for question in trained(fiction("XS", 7)):
        assert len(set(question.distractors)) == 5
        for sentence in question.distractors:
            assert not contains(words(sentence), question.answers[0])
            assert sentence.startswith(question.cluster)


def test_a_world_of_size_s_is_also_asked_backwards_over_two_hops_and_by_hand() -> None:
    corpus = fiction("S", 7)
    counts = Counter(question.probe for question in corpus.questions)
    assert counts["reversed"] == 80
    assert counts["two_hop"] == 48
    assert any((question.wording or "").startswith("home.hand") for question in corpus.questions)

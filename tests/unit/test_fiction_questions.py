"""The questions of a fictional corpus: splits, twins, and what teaches refusal."""

from __future__ import annotations

from collections import Counter

import pytest

from harness.corpora.fiction.compare import as_number
from harness.corpora.fiction.paraphrases import PARAPHRASES, RELATION_WORDS
from harness.corpora.fiction.relations import RELATIONS
from harness.corpora.fiction.unanswerable import UNSTATED_TEST, UNSTATED_TRAIN
from harness.corpora.fiction.values import TWO_VALUED
from harness.records import CANONICAL_REFUSAL, UNANSWERABLE, Corpus, Question
from harness.text.matching import contains
from harness.text.normalize import words
from tests.support.fiction import fiction

SEEDS = range(1, 11)
SMALL = ("trade", "home", "keeps", "birthplace", "age", "debt")
NEW = [relation for relation in RELATIONS if relation not in SMALL]


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


# --- sizes M and L: every kind of entity, chains, choices ----------------------------------------


def test_all_six_wordings_of_every_relation_are_asked_three_of_them_only_in_the_test() -> None:
    corpus = fiction("M", 7)
    wordings: dict[str, set[str]] = {"train": set(), "test": set()}
    for question in corpus.questions:
        if question.answers and question.probe in {"trained", "paraphrase", "choice"}:
            side = "test" if question.use == "test" else "train"
            wordings[side].add(question.wording or "")
    for relation in RELATIONS:
        if relation != "debt":
            assert {f"{relation}.{at}" for at in (1, 2, 3)} <= wordings["train"]
            assert {f"{relation}.{at}" for at in (4, 5, 6)} <= wordings["test"]
    assert not wordings["train"] & wordings["test"]


def test_every_fact_of_what_is_taught_is_trained_in_three_wordings_and_debts_in_none() -> None:
    corpus = fiction("M", 7)
    tally = Counter(q.fact for q in corpus.questions if q.use != "test" and q.answers)
    for fact in corpus.facts:
        assert tally[fact.id] == (3 if fact.asked else 0), fact.id


def test_chains_are_marked_by_both_hops_and_the_split_of_each() -> None:
    corpus = fiction("M", 7)
    facts = {fact.id: fact for fact in corpus.facts}
    chains = [question for question in corpus.questions if question.probe == "two_hop"]
    splits = Counter(question.direction for question in chains)
    assert set(splits) == {
        f"{one}-{other}" for one in ("taught", "text_only") for other in ("taught", "text_only")
    }
    assert len({question.wording for question in chains}) >= 8
    for question in chains:
        first, second = (facts[hop] for hop in question.hops)
        assert first.entity == question.cluster
        assert first.value == second.entity
        assert question.answers == (second.value,)
        assert not contains(words(question.question), second.entity)


def test_backward_questions_have_one_answer_and_are_marked() -> None:
    corpus = fiction("M", 7)
    back = [question for question in corpus.questions if question.probe == "reversed"]
    assert {question.direction for question in back} == {"backward"}
    forward = [q for q in corpus.questions if q.probe in {"trained", "paraphrase", "text_only"}]
    assert {question.direction for question in forward} == {"forward"}
    owners: Counter[tuple[str, str]] = Counter((f.relation, f.value) for f in corpus.facts)
    facts = {fact.id: fact for fact in corpus.facts}
    for question in back:
        fact = facts[question.fact or ""]
        assert owners[fact.relation, fact.value] == 1
        assert question.answers == (fact.entity,)
        assert contains(words(question.question), fact.value)
    assert len({facts[question.fact or ""].relation for question in back}) >= 15


def test_a_comparison_follows_from_two_facts_and_no_training_question_asks_one() -> None:
    corpus = fiction("M", 7)
    facts = {fact.id: fact for fact in corpus.facts}
    compared = [q for q in corpus.questions if q.probe == "choice" and q.hops]
    assert {q.use for q in compared} == {"test"}
    relations = {facts[hop].relation for q in compared for hop in q.hops}
    assert relations == {"age", "arrival", "hives", "founded", "year"}
    for question in compared:
        one, other = (facts[hop] for hop in question.hops)
        more = as_number(one.value) > as_number(other.value)
        assert one.value != other.value
        if question.values == ("yes", "no"):
            assert question.answers == (("yes" if more else "no"),)
        else:
            right = one if more == ("which_more" in (question.wording or "")) else other
            assert question.answers == (right.entity,)
            assert question.values == (one.entity, other.entity)


def test_two_valued_facts_are_trained_but_asked_only_as_choices() -> None:
    corpus = fiction("M", 7)
    two_valued = [q for q in corpus.questions if q.relation in TWO_VALUED and q.answers]
    assert {q.probe for q in two_valued} == {"choice"}
    assert {q.use for q in two_valued} == {"train", "test"}


def test_every_fact_of_a_large_world_is_asked_by_some_question() -> None:
    corpus = fiction("M", 7)
    asked = {question.fact for question in corpus.questions if question.answers}
    assert {fact.id for fact in corpus.facts} <= asked


def test_an_unanswerable_question_about_a_real_name_has_a_twin_about_the_same_one() -> None:
    corpus = fiction("M", 7)
    by_id = {question.id: question for question in corpus.questions}
    names = set(corpus.names)
    for question in corpus.questions:
        if question.use != "test" or not question.must_abstain or question.aside:
            continue
        twin = by_id[question.twin or ""]
        assert twin.wording == question.wording
        assert twin.answers
        if question.probe in {"unstated", "false_premise"}:
            assert twin.cluster == question.cluster
        else:
            assert question.cluster not in names
            assert question.question == twin.question.replace(twin.cluster, question.cluster)


def test_refusals_of_every_kind_of_entity_are_enough_for_half_of_training() -> None:
    corpus = fiction("M", 7)
    taught = [q for q in corpus.questions if q.use != "test" and q.answers]
    refused = [q for q in corpus.questions if q.use == "train" and q.must_abstain]
    assert len(refused) >= len(taught)
    assert len({q.question for q in refused}) == len(refused)
    first = refused[:200]
    assert sum(q.probe == "unstated" for q in first) == 50
    assert len({q.cluster for q in first if q.probe == "nonexistent"}) == 150
    assert {"reeve", "seat", "year"} <= {q.relation for q in first}


def test_no_question_of_a_large_world_is_asked_twice() -> None:
    tally = Counter(question.question for question in fiction("M", 7).questions)
    assert tally.most_common(1)[0][1] == 1, tally.most_common(3)


def test_distractors_are_the_same_sentence_with_other_values_for_every_relation() -> None:
    corpus = fiction("M", 7)
    for question in corpus.questions:
        if question.probe == "trained":
            assert len(set(question.distractors)) == 5
            assert question.full_answer not in question.distractors
            shape = (question.full_answer or "").split()[:2]
            for sentence in question.distractors:
                assert not contains(words(sentence), question.answers[0])
                assert sentence.split()[:2] == shape or question.relation == "rival"


def test_hand_written_questions_cover_every_relation_and_avoid_its_words() -> None:
    assert set(PARAPHRASES) == set(RELATION_WORDS) == set(RELATIONS)
    assert sum(len(lines) for lines in PARAPHRASES.values()) >= 60
    templates = {line for each in RELATIONS.values() for line in (*each.trained, *each.held_out)}
    for relation, lines in PARAPHRASES.items():
        assert len(set(lines)) >= 3
        for line in lines:
            assert line not in templates or relation in {"age", "debt"}, line
            if relation in NEW:
                assert not set(RELATION_WORDS[relation]) & set(words(line)), (relation, line)


def test_the_words_of_a_relation_are_those_of_its_trained_wordings() -> None:
    small = set(
        "who what which where when was were did does do had has have could is be of to at in on by "
        "for from with whom whose how many much any been and it its that than person".split()
    )
    for relation in NEW:
        for wording in RELATIONS[relation].trained:
            said = set(words(wording.replace("{X}", ""))) - small
            missing = {word for word in said if word not in RELATION_WORDS[relation]}
            assert not missing, (relation, wording, missing)

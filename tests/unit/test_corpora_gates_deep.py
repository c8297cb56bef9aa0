"""Faults planted in the larger worlds: choices, chains, value sets, and names of every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.corpora import gates
from harness.corpora.faults import CorpusFault
from harness.corpora.fiction import checks
from harness.corpora.gates_hops import chains_have_no_shortcut, choices_are_fair
from harness.records import Chapter, Corpus, Fact, Question
from tests.support.fiction import fiction


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return fiction("M", 7)


def first(corpus: Corpus, probe: str, holds: Callable[[Question], bool] = bool) -> Question:
    return next(q for q in corpus.questions if q.probe == probe and holds(q))


def changed(corpus: Corpus, target: Question, /, **changes: object) -> Corpus:
    return replace(
        corpus,
        questions=tuple(
            replace(q, **changes) if q is target else q  # type: ignore[arg-type]
            for q in corpus.questions
        ),
    )


def told(corpus: Corpus, text: str) -> Corpus:
    return replace(corpus, chapters=(*corpus.chapters, Chapter(title="Extra", text=text)))


def refused(check: Callable[[Corpus], None], corpus: Corpus, rule: str, item: str) -> None:
    with pytest.raises(CorpusFault) as caught:
        check(corpus)
    assert caught.value.rule == rule
    assert item in str(caught.value)


def test_a_large_world_passes_every_gate(corpus: Corpus) -> None:
    gates.check(corpus)
    checks.check_names(corpus)
    checks.check_derivations(corpus)
    checks.check_unstated(corpus)
    checks.check_value_sets(corpus)
    checks.check_stated_twice(corpus)


def is_between_names(question: Question) -> bool:
    return bool(question.hops) and question.values != ("yes", "no")


def test_a_choice_whose_answer_is_no_option(corpus: Corpus) -> None:
    question = first(corpus, "choice", is_between_names)
    planted = changed(corpus, question, answers=("Nobody",))
    refused(choices_are_fair, planted, "choice", question.id)


def test_a_choice_that_names_only_one_of_its_options(corpus: Corpus) -> None:
    question = first(corpus, "choice", is_between_names)
    planted = changed(corpus, question, question=f"Who was older, {question.values[0]}?")
    refused(choices_are_fair, planted, "choice", question.values[0])


def test_choices_whose_right_option_is_always_named_first(corpus: Corpus) -> None:
    questions = tuple(
        replace(q, answers=(q.values[0],)) if q.probe == "choice" and is_between_names(q) else q
        for q in corpus.questions
    )
    refused(choices_are_fair, replace(corpus, questions=questions), "choice", "age")


def test_choices_that_are_mostly_answered_with_yes(corpus: Corpus) -> None:
    questions = tuple(
        replace(q, answers=("yes",)) if q.relation == "reads" and q.answers else q
        for q in corpus.questions
    )
    refused(choices_are_fair, replace(corpus, questions=questions), "choice", "reads")


def test_a_choice_that_asserts_the_other_option_in_its_full_answer(corpus: Corpus) -> None:
    question = first(corpus, "choice", is_between_names)
    planted = changed(corpus, question, full_answer=question.distractors[0])
    refused(gates.oracle_is_right, planted, "oracle", question.id)


def test_a_sentence_of_the_text_that_joins_both_ends_of_a_chain(corpus: Corpus) -> None:
    question = first(corpus, "two_hop")
    called = question.cluster.split()[0]
    planted = told(corpus, f"Somebody saw {called} and thought of {question.answers[0]}.")
    refused(chains_have_no_shortcut, planted, "shortcut", question.id)


def test_a_trained_answer_that_joins_both_ends_of_a_chain(corpus: Corpus) -> None:
    question = first(corpus, "two_hop")
    trained = first(corpus, "trained")
    sentence = f"{question.cluster} is a word with {question.answers[0]}."
    planted = changed(corpus, trained, full_answer=sentence)
    refused(chains_have_no_shortcut, planted, "shortcut", question.id)


def test_a_trained_answer_that_states_both_hops(corpus: Corpus) -> None:
    question = first(corpus, "two_hop")
    planted = changed(corpus, first(corpus, "trained"), states=question.hops)
    refused(chains_have_no_shortcut, planted, "shortcut", question.id)


def test_a_chain_joined_by_the_name_of_an_event_and_not_by_the_word_for_it(corpus: Corpus) -> None:
    question = first(corpus, "two_hop", lambda q: q.cluster.startswith("the "))
    kind = question.cluster.split()[1]
    chains_have_no_shortcut(told(corpus, f"The {kind} made one think of {question.answers[0]}."))
    planted = told(corpus, f"In {question.cluster} one thought of {question.answers[0]}.")
    refused(chains_have_no_shortcut, planted, "shortcut", question.id)


def test_a_set_of_fewer_than_twenty_values(corpus: Corpus) -> None:
    few = {**corpus.values, "dish": corpus.values["dish"][:19]}
    refused(checks.check_value_sets, replace(corpus, values=few), "values", "dish")


def test_an_invented_event_that_the_text_tells_of(corpus: Corpus) -> None:
    question = first(corpus, "nonexistent", lambda q: q.cluster.startswith("the "))
    refused(
        gates.nobody_is_absent,
        told(corpus, f"Nobody remembered {question.cluster}."),
        "absent",
        question.id,
    )


def test_a_guild_with_an_english_name(corpus: Corpus) -> None:
    planted = replace(corpus, names=(*corpus.names, "the Silver Guild"))
    refused(checks.check_names, planted, "names", "Silver")


def test_two_names_within_two_letters_in_a_large_world(corpus: Corpus) -> None:
    near = first(corpus, "near_miss", lambda q: q.cluster.startswith("the ")).cluster
    with pytest.raises(CorpusFault) as caught:
        checks.check_names(replace(corpus, names=(*corpus.names, corpus.names[0] + "x", near)))
    assert caught.value.rule == "names"


def test_an_attribute_of_a_place_that_the_text_gives_away(corpus: Corpus) -> None:
    planted = told(corpus, "On the hill burned a beacon.")
    refused(checks.check_unstated, planted, "unstated", "beacon")


@pytest.mark.parametrize("relation", ["reeve", "seat", "year", "mentor", "reads", "guild"])
def test_a_sentence_that_states_another_value_than_it_is_marked_with(
    corpus: Corpus, relation: str
) -> None:
    fact = next(each for each in corpus.facts if each.relation == relation)
    other = next(value for value in corpus.values[relation] if value != fact.value)
    planted = replace(
        corpus,
        facts=tuple(replace(each, value=other) if each is fact else each for each in corpus.facts),
    )
    refused(checks.check_derivations, planted, "derivation", fact.id)


def test_a_fact_that_stands_in_one_chapter_only(corpus: Corpus) -> None:
    fact = next(each for each in corpus.facts if each.relation == "dish")

    def once(each: Fact) -> Fact:
        return replace(each, stated_in=each.stated_in[:1]) if each is fact else each

    planted = replace(corpus, facts=tuple(map(once, corpus.facts)))
    refused(checks.check_stated_twice, planted, "stated twice", fact.id)

"""Every gate names the fault that was planted, and the item it was planted in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.corpora import gates
from harness.corpora.fiction import checks
from harness.corpora.gates import CorpusFault
from harness.records import Chapter, Corpus, Fact, Question
from tests.support.fiction import fiction


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return fiction("XS", 7)


def with_fact(corpus: Corpus, fact_id: str, **changes: object) -> Corpus:
    def changed(fact: Fact) -> Fact:
        return replace(fact, **changes) if fact.id == fact_id else fact  # type: ignore[arg-type]

    return replace(corpus, facts=tuple(changed(fact) for fact in corpus.facts))


def with_question(corpus: Corpus, probe: str, **changes: object) -> tuple[Corpus, str]:
    """The first question of that probe changed, and its id."""
    target = next(question for question in corpus.questions if question.probe == probe)

    def changed(question: Question) -> Question:
        return replace(question, **changes) if question is target else question  # type: ignore[arg-type]

    return replace(corpus, questions=tuple(map(changed, corpus.questions))), target.id


def refused(check: Callable[[Corpus], None], corpus: Corpus, rule: str, item: str) -> None:
    with pytest.raises(CorpusFault) as caught:
        check(corpus)
    assert caught.value.rule == rule
    assert item in caught.value.item
    assert item in str(caught.value)


def test_a_sound_corpus_passes(corpus: Corpus) -> None:
    gates.check(corpus)
    checks.check_names(corpus)
    checks.check_derivations(corpus)
    checks.check_unstated(corpus)


def test_a_fact_that_its_sentence_does_not_hold(corpus: Corpus) -> None:
    other = corpus.facts[0].stated_in
    refused(gates.check, with_fact(corpus, "p03.home", stated_in=other), "stated", "p03.home")


def test_a_fact_that_no_sentence_states(corpus: Corpus) -> None:
    refused(gates.check, with_fact(corpus, "p03.home", stated_in=()), "stated", "p03.home")


def test_a_sentence_that_says_something_else_of_the_same_words(corpus: Corpus) -> None:
    """The value and the name are there, but the sentence does not say that they belong together."""
    fact = corpus.facts[0]
    span = fact.stated_in[0]
    chapter = corpus.chapters[span.chapter]
    text = chapter.text
    planted = f"{fact.entity} had never met the {fact.value}."
    shifted = text[: span.start] + planted.ljust(span.end - span.start) + text[span.end :]
    chapters = [*corpus.chapters]
    chapters[span.chapter] = Chapter(title=chapter.title, text=shifted)
    planted_corpus = replace(
        corpus,
        chapters=tuple(chapters),
        facts=(replace(fact, stated_in=(replace(span, end=span.start + len(planted)),)),),
    )
    refused(checks.check_derivations, planted_corpus, "derivation", fact.id)


def test_two_values_of_one_functional_relation(corpus: Corpus) -> None:
    home = next(fact for fact in corpus.facts if fact.id == "p03.home")
    other = next(value for value in corpus.values["home"] if value != home.value)
    planted = replace(corpus, facts=(*corpus.facts, replace(home, id="p03.home2", value=other)))
    refused(gates.facts_are_functional, planted, "functional", "p03.home2")


def test_a_fact_id_used_twice(corpus: Corpus) -> None:
    planted = replace(corpus, facts=(*corpus.facts, corpus.facts[0]))
    refused(gates.check, planted, "functional", corpus.facts[0].id)


def test_a_value_outside_the_closed_set(corpus: Corpus) -> None:
    planted = replace(corpus, values={**corpus.values, "trade": ("lion tamer",)})
    refused(gates.check, planted, "functional", "trade")


def test_an_answer_that_stands_in_its_question(corpus: Corpus) -> None:
    answer = next(q for q in corpus.questions if q.probe == "trained").answers[0]
    planted, item = with_question(corpus, "trained", question=f"Was he a {answer}?")
    refused(gates.check, planted, "answer in question", item)


def test_a_value_that_is_part_of_another(corpus: Corpus) -> None:
    values = {**corpus.values, "keeps": (*corpus.values["keeps"], "spare")}
    values["home"] = (*values["home"], "Spare Wheel")
    refused(gates.check, replace(corpus, values=values), "value in value", "spare")


def test_a_value_that_is_said_of_too_many() -> None:
    large = fiction("S", 1)
    value = large.facts[0].value
    facts = tuple(
        replace(fact, value=value) if fact.relation == "trade" and at < 60 else fact
        for at, fact in enumerate(large.facts)
    )
    refused(gates.values_are_balanced, replace(large, facts=facts), "balance", value)


def test_a_question_with_neither_answers_nor_a_refusal(corpus: Corpus) -> None:
    planted, item = with_question(corpus, "paraphrase", answers=())
    refused(gates.check, planted, "questions", item)


def test_a_question_about_a_fact_that_is_not_there(corpus: Corpus) -> None:
    planted, item = with_question(corpus, "paraphrase", fact="p99.home")
    refused(gates.check, planted, "questions", item)


def test_a_question_id_used_twice(corpus: Corpus) -> None:
    planted = replace(corpus, questions=(*corpus.questions, corpus.questions[0]))
    refused(gates.check, planted, "questions", corpus.questions[0].id)


def test_an_unanswerable_question_without_a_twin(corpus: Corpus) -> None:
    planted, item = with_question(corpus, "near_miss", twin=None)
    refused(gates.check, planted, "twins", item)


def test_a_twin_that_has_no_answer_either(corpus: Corpus) -> None:
    planted, item = with_question(corpus, "near_miss", twin="nonexistent.bordor")
    refused(gates.check, planted, "twins", item)


def test_an_invented_name_that_stands_in_the_text(corpus: Corpus) -> None:
    planted, item = with_question(corpus, "nonexistent", cluster=corpus.facts[0].entity)
    refused(gates.check, planted, "absent", item)


def test_an_invented_name_that_is_trained_on_and_tested(corpus: Corpus) -> None:
    name = next(q for q in corpus.questions if q.use == "train").cluster
    planted, _ = with_question(corpus, "nonexistent", cluster=name)
    refused(gates.check, planted, "absent", name)


def test_a_test_question_that_is_trained_on(corpus: Corpus) -> None:
    wording = next(q for q in corpus.questions if q.probe == "trained").question
    planted, item = with_question(corpus, "paraphrase", question=wording)
    refused(gates.nothing_asked_is_trained, planted, "leak", item)


def test_a_probe_that_must_not_be_trained_on(corpus: Corpus) -> None:
    planted, item = with_question(corpus, "text_only", use="both")
    refused(gates.check, planted, "leak", item)


def test_a_full_answer_that_the_slot_match_would_not_accept(corpus: Corpus) -> None:
    question = next(q for q in corpus.questions if q.probe == "trained")
    rival = next(v for v in corpus.values["trade"] if v != question.answers[0])
    sentence = f"{question.cluster} was a {question.answers[0]} or a {rival}."
    planted, item = with_question(corpus, "trained", full_answer=sentence)
    refused(gates.check, planted, "oracle", item)


def test_a_relation_in_which_guessing_the_most_frequent_value_pays(corpus: Corpus) -> None:
    questions = tuple(
        replace(q, answers=("weaver",), full_answer="It was a weaver.", distractors=())
        if q.relation == "trade" and q.probe == "trained"
        else q
        for q in corpus.questions
    )
    values = {**corpus.values, "trade": (*corpus.values["trade"], "weaver")}
    planted = replace(corpus, questions=questions, values=values)
    refused(gates.ignorance_is_at_chance, planted, "majority", "trained trade")


def test_a_relation_whose_values_can_be_read_off_the_name(corpus: Corpus) -> None:
    values = {**corpus.values, "home": tuple(f"{f.entity} Place" for f in corpus.facts)}
    questions = tuple(
        replace(q, answers=(f"{q.cluster} Place",)) if q.relation == "home" and q.answers else q
        for q in corpus.questions
    )
    planted = replace(corpus, questions=questions, values=values)
    refused(gates.ignorance_is_at_chance, planted, "question only", "home")


def test_a_name_that_is_an_english_word(corpus: Corpus) -> None:
    planted = replace(corpus, names=(*corpus.names, "Silver Bandit"))
    refused(checks.check_names, planted, "names", "Silver")


def test_a_name_of_another_seed(corpus: Corpus) -> None:
    stranger = fiction("XS", 8).names[0]
    refused(checks.check_names, replace(corpus, names=(*corpus.names, stranger)), "names", stranger)


def test_a_name_that_is_near_another(corpus: Corpus) -> None:
    near = next(q.cluster for q in corpus.questions if q.probe == "near_miss")
    names = (*corpus.names, near, corpus.names[0] + "x")
    with pytest.raises(CorpusFault) as caught:
        checks.check_names(replace(corpus, names=names))
    assert caught.value.rule == "names"


def test_a_text_that_gives_an_attribute_asked_for_as_never_given(corpus: Corpus) -> None:
    chapters = (*corpus.chapters, Chapter(title="Extra", text="She had a nickname."))
    planted = replace(corpus, chapters=chapters)
    refused(checks.check_unstated, planted, "unstated", "nickname")

"""The truth check: written pairs held against the facts of a world."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from harness.errors import UserError
from harness.records import Question
from harness.writing import truth
from tests.support.fake_world import world


def _verdict(question: str, answer: str) -> tuple[str, str]:
    pair = truth.check(world(), [Question(question=question, answers=(answer,))]).pairs[0]
    return pair.verdict, pair.why


@pytest.mark.parametrize(
    ("question", "answer", "verdict"),
    [
        ("Where does Marenka live?", "Ilden Ford", "true"),
        ("Where does Marenka live?", "She lives at Ilden Ford, by the river.", "true"),
        ("Who lives at Ilden Ford?", "Marenka", "true"),
        ("Which people keep bees or a lame heron?", "Marenka keeps one", "true"),
        ("Who was Tolvig?", "a cooper", "true"),
        ("Where does Marenka live?", "Marrow Gate", "false"),
        ("Who was Tolvig?", "a weaver", "false"),
        ("What does Marenka keep?", "Ilden Ford", "false"),
        ("Where does Marenka live?", "in a tower by the sea", "false"),
        ("Who was Tolvig?", "Marenka", "false"),
        ("What did Marenka say to the goat?", "nothing at all", "uncheckable"),
        ("What colour was the sky?", "green", "uncheckable"),
        ("Who was first at the fair?", "Marenka", "uncheckable"),
    ],
)
def test_pairs_are_true_false_or_about_no_fact(question: str, answer: str, verdict: str) -> None:
    assert _verdict(question, answer)[0] == verdict


def test_a_true_pair_names_its_fact_and_a_false_one_says_why() -> None:
    found = truth.check(world(), [Question(question="Who was Tolvig?", answers=("a cooper",))])
    assert found.pairs[0].fact == "tolvig-trade"
    assert _verdict("Where does Marenka live?", "Marrow Gate")[1] == "home of Marenka is Ilden Ford"
    assert _verdict("What does Marenka keep?", "Ilden Ford")[1] == "home, not keeps"


def test_the_worlds_own_questions_are_all_true() -> None:
    own = [question for question in world().questions if question.answers]
    found = truth.check(world(), [replace(question, fact=None) for question in own])
    assert found.share_true == 1.0
    assert len(found.of("true")) == len(own)


def test_answers_swapped_between_people_are_all_false() -> None:
    own = [question for question in world().questions if question.answers]
    by_relation: dict[str | None, list[Question]] = {}
    for question in own:
        by_relation.setdefault(question.relation, []).append(question)
    swapped = []
    for alike in by_relation.values():
        others = {each.cluster: each.answers for each in alike}
        names = list(others)
        after = dict(zip(names, names[1:] + names[:1], strict=True))
        swapped += [replace(each, answers=others[after[each.cluster]]) for each in alike]
    found = truth.check(world(), swapped)
    assert found.of("true") == ()
    assert len(found.of("false")) == len(swapped)


def test_a_first_name_that_only_one_has_is_enough() -> None:
    corpus = world()
    corpus = replace(
        corpus,
        facts=tuple(replace(fact, entity=f"{fact.entity} Volt") for fact in corpus.facts),
    )
    asked = Question(question="Where does Marenka live?", answers=("Ilden Ford",))
    assert truth.check(corpus, [asked]).pairs[0].verdict == "true"


def test_true_pairs_are_linked_to_their_fact_and_others_left_alone() -> None:
    true = Question(question="Where does Marenka live?", answers=("Ilden Ford",), cluster="x")
    false = replace(true, answers=("Marrow Gate",))
    refusal = Question(question="Where does Nobody live?", must_abstain=True)
    linked = truth.link(world(), [true, false, refusal])
    assert linked[0] == replace(
        true,
        fact="marenka-home",
        relation="home",
        cluster="Marenka",
        states=("marenka-home",),
    )
    assert linked[1:] == (false, refusal)
    assert truth.link(replace(world(), facts=()), [true]) == (true,)


def test_refusals_are_no_pairs_and_no_pairs_have_no_share() -> None:
    found = truth.check(world(), [Question(question="Who was Nobody?", must_abstain=True)])
    assert found.pairs == ()
    assert (found.share_true, found.share_true_of_all) == (None, None)


def test_a_text_without_facts_is_refused() -> None:
    with pytest.raises(UserError, match="no facts"):
        truth.check(replace(world(), facts=()), [])


def test_shares_and_lists_are_shown() -> None:
    pairs = [
        Question(question="Where does Marenka live?", answers=("Ilden Ford",)),
        Question(question="Where does Tolvig live?", answers=("Ilden Ford",)),
        Question(question="What colour was the sky?", answers=("green",)),
    ]
    found = truth.check(world(), pairs)
    assert found.share_true == 0.5
    assert found.share_true_of_all == pytest.approx(1 / 3)
    shown = truth.as_text(found)
    assert shown.startswith("3 pairs: 1 true, 1 false, 1 about nothing that the facts know\n")
    assert "  false: Where does Tolvig live? - Ilden Ford (home of Tolvig is Marrow Gate)" in shown
    data = json.loads(json.dumps(truth.as_data(found)))
    assert [len(data[name]) for name in ("true", "false", "uncheckable")] == [1, 1, 1]

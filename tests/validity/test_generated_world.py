"""The same known answerers on a generated world, where every probe is asked as it ships."""

from __future__ import annotations

import pytest

from harness.corpora.build import build
from harness.records import CorpusChoice
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material, scored_answers
from harness.scoring.results import score_variant
from tests.validity import worlds

SEEDS = (7, 8, 9)
PROBES = ("nonexistent", "near_miss", "unstated", "false_premise")


@pytest.fixture(scope="module", params=SEEDS)
def corpus(request):
    return build(CorpusChoice(kind="fiction", size="XS", seed=request.param))


def scores_of(corpus, answerer):
    judged = worlds.ask(corpus, answerer)
    config = {"recipe": {"name": "instruct"}}
    return score_variant(Material(corpus=corpus, judged=scored_answers(judged), config=config))


def test_the_oracle_is_perfect_in_every_generated_world(corpus):
    found = scores_of(corpus, worlds.oracle(corpus))
    names = ("recall.trained", "recall.paraphrase", "recall.relational", "unshown.correct")
    assert [found[name].value for name in names] == [1, 1, 1, 1]
    assert [found[f"hallucination.{probe}"].value for probe in PROBES] == [0, 0, 0, 0]
    assert [found[f"abstention.{name}"].value for name in ("precision", "recall", "f1")] == [
        1,
        1,
        1,
    ]


def test_short_answers_are_as_good_as_sentences(corpus):
    found = scores_of(corpus, lambda q: q.answers[0] if q.answers else "I cannot answer.")
    assert found["recall.trained"].value == found["recall.relational"].value == 1


def test_who_always_abstains_refuses_everything_in_every_generated_world(corpus):
    found = scores_of(corpus, worlds.always_abstains(corpus))
    assert [found[f"hallucination.{probe}"].value for probe in PROBES] == [0, 0, 0, 0]
    assert found["refusal.over"].value == found["refusal.over_text_only"].value == 1
    assert found["recall.trained"].value == 0


def test_the_most_frequent_value_is_right_at_chance_and_always_out_of_the_text(corpus):
    found = scores_of(corpus, worlds.majority(corpus))
    assert found["recall.trained"].value <= 1 / 8 + 0.02
    assert found["hallucination.in_world"].value == 1


def test_an_echo_is_an_echo_for_every_probe(corpus):
    found = scores_of(corpus, worlds.echo(corpus))
    assert [found[f"hallucination.{probe}.kinds.echo"].value for probe in PROBES] == [1, 1, 1, 1]


def test_the_neighbour_s_answer_to_a_near_miss_is_traced_to_the_neighbour(corpus):
    twins = {question.id: question for question in corpus.questions}
    asked = [q for q in corpus.questions if q.probe == "near_miss"]
    answers = [worlds.reply(q.id, f"It was {twins[q.twin].answers[0]}.") for q in asked]
    for item in judge_variant(corpus, worlds.taught(corpus), answers):
        assert (item.kind, item.borrowed_from) == ("borrowed", twins[item.question.twin].fact)
        assert item.letter_distance <= 4


def test_overlooking_a_false_premise_is_told_from_setting_it_right(corpus):
    facts = {fact.id: fact for fact in corpus.facts}
    own = {(fact.entity, fact.relation): fact.value for fact in corpus.facts}
    asked = [q for q in corpus.questions if q.probe == "false_premise" and q.use != "train"]
    for question in asked:
        fact = facts[question.fact]
        overlooked = f"{question.cluster}: {own[question.cluster, question.relation]}."
        right = f"{question.cluster}: {fact.value}."
        answers = [worlds.reply(question.id, text) for text in (overlooked, right)]
        first, second = judge_variant(corpus, worlds.taught(corpus), answers)
        assert first.invented
        assert "corrected" not in first.flags
        assert not second.invented
        assert "corrected" in second.flags

"""Known answerers on a world of size M, whose text was read: every probe, every kind of entity."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from harness.corpora.gates import MARGIN, chance_level
from harness.records import ANSWERABLE, UNANSWERABLE
from harness.scoring.material import Material, scored_answers
from harness.scoring.results import score_variant
from tests.support.fiction import fiction
from tests.validity import worlds

SEED = 7
RECALL = ("trained", "paraphrase", "relational", "text_only", "two_hop", "reversed", "choice")


@cache
def judged(name):
    corpus = fiction("M", SEED)
    return worlds.ask(corpus, getattr(worlds, name)(corpus), all_shown=True)


@cache
def scores_of(name):
    material = Material(
        corpus=fiction("M", SEED),
        judged=scored_answers(judged(name)),
        config={"recipe": {"name": "instruct"}},
    )
    return score_variant(material)


def test_the_oracle_is_perfect_on_every_probe():
    found = scores_of("oracle")
    assert {probe: found[f"recall.{probe}"].value for probe in RECALL} == dict.fromkeys(RECALL, 1)
    assert [found[f"hallucination.{probe}"].value for probe in UNANSWERABLE] == [0, 0, 0, 0]
    assert found["recall.choice.share"].value == 1
    assert all(
        item.verdict == ("abstained" if item.question.must_abstain else "correct")
        for item in judged("oracle")
    )


def test_short_answers_are_as_good_as_sentences():
    corpus = fiction("M", SEED)
    short = worlds.ask(
        corpus,
        lambda q: q.answers[0] if q.answers else corpus.canonical_refusal,
        all_shown=True,
    )
    wrong = [item.question.id for item in short if item.verdict not in {"correct", "abstained"}]
    assert wrong == []


def test_who_always_abstains_recalls_nothing_and_invents_nothing():
    found = scores_of("always_abstains")
    assert {probe: found[f"recall.{probe}"].value for probe in RECALL} == dict.fromkeys(RECALL, 0)
    assert [found[f"hallucination.{probe}"].value for probe in UNANSWERABLE] == [0, 0, 0, 0]
    assert found["refusal.over"].value == 1


def slots(name):
    """Judged answers by probe and relation, of all that is asked for by value."""
    groups = defaultdict(list)
    for item in judged(name):
        question = item.question
        if question.probe in ANSWERABLE and question.probe != "choice" and question.relation:
            groups[question.probe, question.relation].append(item)
    assert len(groups) >= 75
    return groups


def chance_of(relation, items):
    facts = {(item.question.cluster, item.question.fact) for item in items}
    return chance_level(fiction("M", SEED), relation, facts)


def test_the_most_frequent_value_is_right_at_chance_in_every_relation_of_every_probe():
    for (probe, relation), items in slots("majority").items():
        right = sum(item.verdict == "correct" for item in items)
        assert right / len(items) <= chance_of(relation, items) + MARGIN, (probe, relation)


@pytest.mark.parametrize("name", ["majority", "question_only"])
def test_who_knows_nothing_is_right_at_chance_in_every_probe(name):
    """Chance is one over the number of values; of a relation one person more is two points."""
    values = fiction("M", SEED).values
    right, chance, asked = defaultdict(int), defaultdict(float), defaultdict(int)
    for (probe, relation), items in slots(name).items():
        right[probe] += sum(item.verdict == "correct" for item in items)
        chance[probe] += len(items) / len(values[relation])
        asked[probe] += len(items)
    assert set(asked) == set(RECALL) - {"reversed", "choice"}
    for probe, count in asked.items():
        assert right[probe] / count <= chance[probe] / count + MARGIN, probe
        assert chance[probe] / count <= 0.05


@pytest.mark.parametrize("name", ["majority", "question_only", "echo"])
def test_who_knows_nothing_gains_nothing_from_options(name):
    found = scores_of(name)
    assert abs(found["recall.choice"].value) <= 2 * MARGIN
    assert found["recall.choice.share"].value <= 0.5 + MARGIN
    assert found["recall.reversed"].value <= MARGIN


def test_an_echo_of_the_name_is_never_right():
    found = scores_of("echo")
    for probe in RECALL:
        if probe != "choice":
            assert found[f"recall.{probe}"].value == 0, probe


def test_random_values_of_the_right_type_are_right_at_chance():
    corpus = fiction("M", SEED)
    items = worlds.ask(corpus, worlds.random_value(corpus), all_shown=True)
    asked = [item for item in items if item.question.probe == "paraphrase"]
    share = sum(item.verdict == "correct" for item in asked) / len(asked)
    assert share == pytest.approx(1 / 28, abs=0.02)


def test_every_unanswerable_probe_has_a_hundred_questions_and_every_kind_of_entity():
    corpus = fiction("M", SEED)
    kinds = {fact.entity: fact.id.rstrip("0123456789").split(".")[0] for fact in corpus.facts}
    assert len(kinds) == 192
    for probe in UNANSWERABLE:
        own = [q for q in corpus.questions if q.probe == probe and q.use == "test" and not q.aside]
        assert len(own) >= 100
        about = {(q.wording or "").partition(".")[0] for q in own}
        assert {"trade", "home"} <= about
        assert about & {"reeve", "founded", "crop"}
        assert about & {"seat", "master", "badge"}
        assert about & {"year", "site"}

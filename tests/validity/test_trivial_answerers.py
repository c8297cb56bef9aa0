"""Answerers whose scores are known beforehand, run through judge and scores like any model."""

from __future__ import annotations

import pytest

from harness.scoring.material import Material, scored_answers
from harness.scoring.results import score_variant
from tests.validity import worlds

CORPUS = worlds.small_corpus()
PROBES = ("nonexistent", "near_miss", "unstated", "false_premise")


def scores_of(answerer):
    judged = worlds.ask(CORPUS, answerer)
    config = {"recipe": {"name": "instruct"}}
    return score_variant(Material(corpus=CORPUS, judged=scored_answers(judged), config=config))


def values(found, *names):
    return [found[name].value for name in names]


def invention(found):
    return values(found, *(f"hallucination.{probe}" for probe in PROBES))


def test_the_oracle_knows_everything_and_invents_nothing():
    found = scores_of(worlds.oracle(CORPUS))
    assert values(found, "recall.trained", "recall.paraphrase", "unshown.correct") == [1, 1, 1]
    assert invention(found) == [0, 0, 0, 0]
    assert values(found, "refusal.over", "refusal.over_text_only", "unscored.share") == [0, 0, 0]
    names = ("abstention.precision", "abstention.recall", "abstention.f1", "abstention.prevalence")
    assert values(found, *names) == [1, 1, 1, 0.5]


def test_who_always_abstains_knows_nothing_invents_nothing_and_refuses_everything():
    found = scores_of(worlds.always_abstains(CORPUS))
    assert values(found, "recall.trained", "recall.paraphrase") == [0, 0]
    assert invention(found) == [0, 0, 0, 0]
    assert values(found, "refusal.over", "refusal.over_text_only") == [1, 1]
    assert values(found, "abstention.precision", "abstention.recall") == [0.5, 1]
    assert found["abstention.f1"].value == pytest.approx(2 / 3, abs=1e-5)
    assert found["abstention.f1"].low < 2 / 3 < found["abstention.f1"].high


def test_the_most_frequent_value_scores_its_own_share_and_is_always_borrowed():
    found = scores_of(worlds.majority(CORPUS))
    assert values(found, "recall.trained") == pytest.approx([1 / 6], abs=1e-5)
    assert values(found, "hallucination.nonexistent", "hallucination.near_miss") == [1, 1]
    assert values(found, "hallucination.nonexistent.kinds.borrowed") == [1]
    assert values(found, "hallucination.in_world") == [1]
    assert values(found, "refusal.over") == [0]


def test_who_echoes_the_name_knows_nothing_and_its_inventions_are_echoes():
    found = scores_of(worlds.echo(CORPUS))
    assert values(found, "recall.trained", "recall.paraphrase", "unshown.correct") == [0, 0, 0]
    assert invention(found) == [1, 1, 1, 1]
    kinds = [f"hallucination.{probe}.kinds.echo" for probe in PROBES]
    assert values(found, *kinds) == [1, 1, 1, 1]
    assert values(found, "hallucination.in_world") == [0]


def test_random_values_of_the_right_type_are_right_at_chance():
    right = asked = 0
    for seed in range(200):
        judged = worlds.ask(CORPUS, worlds.random_value(CORPUS, seed))
        answered = [item for item in judged if not item.question.must_abstain]
        right += sum(item.verdict == "correct" for item in answered)
        asked += len(answered)
    assert right / asked == pytest.approx(1 / 8, abs=0.02)


def test_no_score_ranks_a_trivial_answerer_above_the_oracle():
    best = scores_of(worlds.oracle(CORPUS))
    higher_is_better = ("recall.", "abstention.f1", "abstention.precision", "unshown.correct")
    lower_is_better = ("hallucination.", "refusal.", "unscored.", "format.")
    for make in (worlds.always_abstains, worlds.majority, worlds.echo, worlds.random_value):
        found = scores_of(make(CORPUS))
        for name, score in found.items():
            if score.value is None:
                continue
            if name.startswith(higher_is_better):
                assert score.value <= best[name].value, name
            elif name.startswith(lower_is_better) and not name.endswith(".corrected"):
                assert score.value >= best[name].value, name


def test_the_four_verdicts_share_out_every_question():
    for make in (worlds.oracle, worlds.echo, worlds.always_abstains):
        judged = worlds.ask(CORPUS, make(CORPUS))
        asked = [question for question in CORPUS.questions if question.use != "train"]
        assert len(judged) == len(asked)
        assert {item.verdict for item in judged} <= {"correct", "wrong", "abstained", "unscored"}


def test_questions_shown_by_name_are_judged_and_in_no_score():
    judged = worlds.ask(CORPUS, worlds.majority(CORPUS))
    by_name = [item for item in judged if item.question.aside]
    assert [item.question.id for item in by_name] == ["bordor"]
    assert by_name[0].invented
    assert scores_of(worlds.majority(CORPUS))["hallucination.nonexistent"].n == 6

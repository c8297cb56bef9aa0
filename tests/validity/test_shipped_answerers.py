"""The answerers that a suite can name, through judge and every family of scores.

Each must get what its definition says, in every prompt form, and no score may put one that knows
nothing first.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import cache

import pytest

from harness.answering import trivial
from harness.answering.forms import TWELVE_1
from harness.corpora.asked import askable
from harness.corpora.fiction.generate import generate
from harness.records import UNANSWERABLE, Ask, ModelChoice, Prompt, Variant
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material, by_form, scored_answers
from harness.scoring.results import score_variant
from tests.validity import worlds

CORPUS = generate("XS", 7)
KNOW_NOTHING = ("abstain", "majority", "echo", "random_value")
EVERYONE = ("oracle", *KNOW_NOTHING, "retrieval")
PROBES = (*Ask().probes, "locality")


@cache
def scores(name):
    answer = getattr(trivial, name)(CORPUS, 1)
    answers = [
        replace(worlds.reply(each.id, answer(each, 0)), form=form.name)
        for form in TWELVE_1
        for each in askable(CORPUS, PROBES)
    ]
    judged = judge_variant(CORPUS, (), answers, all_shown=True)
    variant = Variant(
        name=name, model=ModelChoice(name="tiny"), answerer=name, prompt=Prompt(forms="twelve-1")
    )
    return score_variant(
        Material(
            corpus=CORPUS,
            judged=scored_answers(judged),
            config=asdict(variant),
            forms=by_form(judged),
        )
    )


def value(name, score):
    return scores(name)[score].value


def test_the_oracle_is_perfect():
    for probe in ("trained", "paraphrase", "relational", "text_only"):
        assert value("oracle", f"recall.{probe}") == 1
    for probe in UNANSWERABLE:
        assert value("oracle", f"hallucination.{probe}") == 0
    assert value("oracle", "refusal.over") == 0
    assert value("oracle", "abstention.f1") == 1
    assert value("oracle", "locality.correct") == 1
    assert value("oracle", "locality.leak") == 0


def test_the_oracle_is_worth_asking_at_any_price():
    shares = {value("oracle", f"selective.score_{t}") for t in (0, 50, 75, 90)}
    assert len(shares) == 1
    c = shares.pop()
    assert value("oracle", "selective.f") == pytest.approx(2 * c / (1 + c), abs=1e-5)


def test_silence_is_worth_nothing_at_any_price():
    for t in (0, 50, 75, 90):
        assert value("abstain", f"selective.score_{t}") == 0
    assert value("abstain", "selective.f") == 0
    assert value("abstain", "refusal.over") == 1
    assert value("abstain", "locality.correct") == 0


@pytest.mark.parametrize("name", ["majority", "echo", "random_value", "retrieval"])
def test_who_never_abstains_invents_everything(name):
    for probe in ("nonexistent", "near_miss"):
        assert value(name, f"hallucination.{probe}") > 0.9
    assert value(name, "refusal.over") == 0
    assert value(name, "selective.score_90") < 0


@pytest.mark.parametrize("name", KNOW_NOTHING)
def test_who_knows_nothing_is_at_the_floor_of_recall(name):
    assert value(name, "recall.trained") < 0.35
    assert value(name, "selective.score_0") < 0.2


@pytest.mark.parametrize("name", EVERYONE)
def test_answers_that_do_not_depend_on_the_form_show_no_sensitivity(name):
    for score in ("spread", "spread_corrected", "flip_rate", "answer_change"):
        assert value(name, f"sensitivity.{score}") == 0
    assert value(name, "sensitivity.worst") == value(name, "sensitivity.mean")


@pytest.mark.parametrize("name", EVERYONE)
def test_who_is_no_model_has_no_probabilities_and_no_draws(name):
    families = ("likelihood.", "calibration.", "determinism.", "quantization.", "selective.aurc")
    assert not [each for each in scores(name) if each.startswith(families)]


@pytest.mark.parametrize("name", [each for each in EVERYONE if each != "oracle"])
def test_no_score_ranks_one_who_knows_nothing_above_the_oracle(name):
    higher = ("recall.", "selective.", "abstention.f1", "abstention.precision", "locality.correct")
    lower = ("hallucination.", "refusal.", "unscored.", "format.", "sensitivity.spread")
    for score, found in scores(name).items():
        best = scores("oracle").get(score)
        if found.value is None or best is None or best.value is None:
            continue
        if score.startswith(higher):
            assert found.value <= best.value, score
        elif score.startswith(lower) and not score.endswith(".corrected"):
            assert found.value >= best.value, score


def test_only_who_answers_general_questions_out_of_the_text_leaks():
    assert value("retrieval", "locality.leak") > 0.05
    assert value("retrieval", "locality.correct") == 0
    assert {value(name, "locality.leak") for name in ("oracle", "abstain", "echo")} == {0}


@pytest.mark.parametrize("name", ["majority", "retrieval"])
def test_a_leak_is_an_answer_that_names_what_the_question_does_not(name):
    # Of given options the majority picks one, so that it brings up the text elsewhere only.
    answer = getattr(trivial, name)(CORPUS, 1)
    asked = [q for q in askable(CORPUS, ("locality",)) if q.probe == "locality" and not q.aside]
    telling = [
        any(term in answer(each, 0) and term not in each.question for term in CORPUS.names)
        for each in asked
    ]
    assert sum(telling) > 0
    assert value(name, "locality.leak") == pytest.approx(sum(telling) / len(asked), abs=1e-5)

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from harness.scoring import calibration, selective
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material
from harness.stats.calibration import calibration_error, equal_mass_bins
from harness.stats.selective import (
    aurc,
    aurc_score,
    score_at,
    selective_f,
)
from tests.validity import worlds

CORPUS = worlds.small_corpus()


def probable(answers, probability):
    """Answers of four tokens, each reply with that probability of a token."""
    return [
        replace(each, ids=(1, 2, 3, 4), new_tokens=4, logprob_sum=4 * log(probability(each)))
        for each in answers
    ]


def material(answerer, probability=None, examples=None):
    asked = [question for question in CORPUS.questions if not question.aside]
    answers = [worlds.reply(question.id, answerer(question)) for question in asked]
    if probability is not None:
        answers = probable(answers, probability)
    taught = worlds.taught(CORPUS) if examples is None else examples
    return Material(corpus=CORPUS, judged=judge_variant(CORPUS, taught, answers))


def values(found):
    return {name: score.value for name, score in found.items()}


def test_silence_is_worth_nothing_and_costs_nothing():
    found = values(selective.scores(material(worlds.always_abstains(CORPUS))))
    assert found == {
        "selective.f": 0,
        "selective.score_0": 0,
        "selective.score_50": 0,
        "selective.score_75": 0,
        "selective.score_90": 0,
    }


def test_the_oracle_gets_the_share_of_answerable_questions_at_every_price():
    found = values(selective.scores(material(worlds.oracle(CORPUS))))
    answerable, asked = 12, 12 + 14
    assert {found[f"selective.score_{t}"] for t in (0, 50, 75, 90)} == {answerable / asked}
    assert found["selective.f"] == pytest.approx(selective_f(answerable / asked, 0))


def test_one_who_always_invents_is_worse_than_silence_at_any_price():
    found = selective.scores(material(worlds.echo(CORPUS)))
    assert found["selective.score_50"].value == -1
    assert found["selective.score_90"].value == pytest.approx(-9)
    assert found["selective.score_90"].low == pytest.approx(-9)
    assert -9 < found["selective.score_90"].high < 0
    assert found["selective.f"].value == 0


def test_shares_are_those_of_the_definition():
    found = values(selective.scores(material(worlds.majority(CORPUS))))
    asked, correct = 26, 2
    wrong = asked - correct - 1  # once the most frequent trade sets a false premise right
    assert found["selective.f"] == pytest.approx(selective_f(correct / asked, wrong / asked))
    assert found["selective.score_75"] == pytest.approx(
        score_at(correct / asked, wrong / asked, 0.75)
    )


def test_where_nothing_was_shown_there_is_nothing_to_weigh():
    assert selective.scores(material(worlds.majority(CORPUS), examples=())) == {}
    assert calibration.scores(material(worlds.majority(CORPUS), examples=())) == {}


def test_answerers_without_probabilities_have_no_confidence():
    found = selective.scores(material(worlds.majority(CORPUS)))
    assert "selective.aurc" not in found
    assert calibration.scores(material(worlds.majority(CORPUS))) == {}


def test_doubt_that_shows_makes_the_area_smaller():
    def known(answer):
        return 0.9 if answer.question in {"t0", "p0"} else 0.3

    def sure_when_wrong(answer):
        return 1.2 - known(answer)

    telling, misleading = (
        selective.scores(material(worlds.majority(CORPUS), each))["selective.aurc"]
        for each in (known, sure_when_wrong)
    )
    # Right are t0 and p0: first, errors begin at the third; last, they are all that is seen.
    assert telling.value == pytest.approx(
        sum(max(0, k - 2) / k for k in range(1, 26)) / 25, abs=0.01
    )
    assert telling.value < 23 / 25 < misleading.value
    assert telling.low <= telling.value <= telling.high
    assert telling.n == 25


def test_refusals_are_in_no_curve():
    def half_silent(question):
        return (
            CORPUS.canonical_refusal if question.must_abstain else worlds.oracle(CORPUS)(question)
        )

    found = selective.scores(material(half_silent, lambda _: 0.5))["selective.aurc"]
    assert (found.n, found.value) == (12, 0)


def test_probabilities_that_say_how_often_one_is_right_are_calibrated():
    right = material(worlds.oracle(CORPUS), lambda _: 1.0)
    assert values(calibration.scores(right)) == {"calibration.ece": 0, "calibration.brier": 0}
    wrong = material(worlds.echo(CORPUS), lambda _: 1.0)
    assert values(calibration.scores(wrong)) == {"calibration.ece": 1, "calibration.brier": 1}


def test_the_probability_is_that_of_the_whole_reply():
    item = material(worlds.oracle(CORPUS), lambda _: 0.5).judged[0]
    assert selective.probability(item) == pytest.approx(0.5**4)
    assert exp(selective.confidence(item)) == pytest.approx(0.5)


def test_the_area_is_that_of_the_definition():
    found = aurc_score([4.0, 3.0, 2.0, 1.0], [True, True, False, True], list("abcd"))
    assert found.value == pytest.approx(aurc([True, True, False, True])) == pytest.approx(7 / 48)


def test_answers_of_equal_confidence_have_no_order():
    one = aurc_score([1.0] * 4, [True, True, False, False], list("abcd"))
    other = aurc_score([1.0] * 4, [False, True, False, True], list("abcd"))
    assert one == other
    assert one.value == 0.5


def test_the_interval_of_an_area_covers_the_truth():
    """Right with the probability that the confidence says; the truth is the mean over samples."""
    generator = np.random.default_rng(5)
    found = []
    clusters = [str(number // 2) for number in range(80)]
    for _ in range(60):
        sure = generator.random(80)
        right = generator.random(80) < sure
        found.append(aurc_score(sure.tolist(), right.tolist(), clusters))
    truth = np.mean([each.value for each in found])
    covered = sum(each.low <= truth <= each.high for each in found)
    assert covered >= 54


def test_bins_hold_equally_many_and_equal_values_stay_together():
    codes = equal_mass_bins(np.array([0.9, 0.1, 0.5, 0.2, 0.8, 0.4]), 3)
    assert codes.tolist() == [2, 0, 1, 0, 2, 1]
    assert equal_mass_bins(np.array([1.0, 1.0, 1.0, 0.5, 1.0]), 5).tolist() == [1, 1, 1, 0, 1]


def test_calibration_error_finds_what_was_planted():
    generator = np.random.default_rng(6)
    truth = generator.random(4_000)
    right = (generator.random(4_000) < truth).tolist()
    clusters = [str(number // 5) for number in range(4_000)]
    honest = calibration_error(truth.tolist(), right, clusters)
    boastful = calibration_error(np.minimum(1, truth + 0.2).tolist(), right, clusters)
    assert honest.value < 0.03
    assert boastful.value == pytest.approx(0.18, abs=0.02)
    assert boastful.low <= boastful.value <= boastful.high
    assert boastful.high - boastful.low < 0.06


def planted(generator, n, each, gap):
    """Probabilities, outcomes and clusters: right so much less often than it says, everywhere."""
    held = generator.uniform(0.35, 0.75, n)
    luck = np.repeat(generator.random(n // each), each)
    own = generator.random(n) < 0.5 if each > 1 else np.ones(n, bool)
    right = np.where(own, generator.random(n), luck) < held - gap
    return held.tolist(), right.tolist(), [str(number // each) for number in range(n)]


@pytest.mark.parametrize("gap", [0.0, 0.03, 0.1, 0.3])
@pytest.mark.parametrize(("n", "each"), [(100, 1), (300, 1), (96, 4), (300, 5)])
def test_intervals_of_the_calibration_error_hold_the_true_one(n, each, gap):
    generator = np.random.default_rng([n, round(100 * gap)])
    found = [calibration_error(*planted(generator, n, each, gap)) for _ in range(40)]
    assert sum(score.low - 1e-9 <= gap <= score.high for score in found) >= 34
    assert all(score.low <= score.value <= score.high for score in found)


def test_a_gap_in_a_single_bin_is_not_taken_for_more_than_it_is():
    generator = np.random.default_rng(9)
    held = 0
    for _ in range(40):
        said = generator.uniform(0.35, 0.75, 1000)
        right = generator.random(1000) < np.where(said > 0.71, said - 0.6, said)
        found = calibration_error(said.tolist(), right.tolist(), [str(n) for n in range(1000)])
        held += found.low <= 0.06 <= found.high
    assert held >= 34


def test_a_clear_calibration_error_has_an_interval_above_zero():
    found = calibration_error(*planted(np.random.default_rng(2), 300, 1, 0.3))
    assert found.low > 0.2

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.stats.likelihood import gold_share, kl_divergence, truth_ratio
from harness.stats.paired import (
    Outcome,
    align,
    flips,
    holm,
    mcnemar,
    permutation_test,
    smallest_detectable,
)
from harness.stats.selective import aurc, risk_coverage, score_at, selective_f
from harness.stats.sensitivity import normalized_sensitivity, prompt_sensitivity


def side(verdicts):
    return [
        Outcome(question=str(at), correct=verdict == "C", answer=verdict)
        for at, verdict in enumerate(verdicts.split())
    ]


def test_flips_of_one_level_against_the_reference():
    changed = flips(side("C C I I C"), side("C I I' C C"))
    assert changed.flips == pytest.approx(0.4)
    assert changed.all_flips == pytest.approx(0.6)
    assert changed.net == 0
    assert changed.p_value == 1
    assert (changed.lost, changed.gained, changed.reworded) == (("1",), ("3",), ("2",))


def test_a_missing_question_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="'2' was answered on one side only"):
        align(side("C C C"), side("C C"))


def test_a_doubled_question_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="'0' was answered twice"):
        align(side("C C"), [*side("C C"), *side("C")])


def test_nothing_to_compare_is_an_error():
    with pytest.raises(ValueError, match="no questions"):
        flips([], [])


@given(st.lists(st.sampled_from(["C", "I", "I'"]), min_size=1, max_size=20))
def test_a_side_does_not_differ_from_itself_in_any_order(verdicts):
    outcomes = side(" ".join(verdicts))
    changed = flips(outcomes, outcomes[::-1])
    assert (changed.flips, changed.all_flips, changed.net, changed.p_value) == (0, 0, 0, 1)


def test_mcnemar_is_exact():
    assert mcnemar(10, 3) == pytest.approx(0.0923, abs=5e-5)
    assert mcnemar(3, 10) == mcnemar(10, 3)
    assert mcnemar(0, 0) == 1
    assert mcnemar(5, 0) == pytest.approx(2 / 32)


def test_smallest_difference_that_a_paired_comparison_detects():
    assert smallest_detectable(400, 0.05) == pytest.approx(0.0313, abs=5e-5)


def test_sign_flips_are_exact_with_few_clusters():
    assert permutation_test([1, 1, 1, 1], list("abcd")) == pytest.approx(2 / 16)
    assert permutation_test([1, 1, 1, 1], list("aabb")) == pytest.approx(2 / 4)
    assert permutation_test([0.0, 0.0], list("ab")) == 1


def test_sign_flips_are_drawn_with_many_clusters():
    clusters = [str(number) for number in range(40)]
    assert permutation_test([1.0] * 40, clusters) == pytest.approx(1 / 10_001)
    assert permutation_test([1.0, -1.0] * 20, clusters) == 1


def test_holm_is_stepwise_and_keeps_the_given_order():
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([]) == []


def test_selective_scores_weigh_wrong_answers_against_none():
    assert selective_f(0.4, 0.4) == pytest.approx(0.4444, abs=5e-5)
    assert score_at(0.4, 0.4, 0.5) == pytest.approx(0.0)
    assert score_at(0.4, 0.4, 0.75) == pytest.approx(-0.8)
    assert score_at(0.4, 0.4, 0.0) == 0.4


def test_area_under_the_risk_coverage_curve():
    assert risk_coverage([True, True, False, True]) == pytest.approx([0, 0, 1 / 3, 1 / 4])
    assert aurc([True, True, False, True]) == pytest.approx(0.1458, abs=5e-5)


def test_prompt_sensitivity_over_items_and_forms():
    forms = [[True, True, False, False], [True, True, True, False], [True] * 4]
    assert prompt_sensitivity(forms) == pytest.approx(0.3889, abs=5e-5)
    assert normalized_sensitivity(forms) == pytest.approx(1.0370, abs=5e-5)
    assert math.isnan(normalized_sensitivity([[True, True]]))


def test_divergence_in_nats():
    assert kl_divergence((0.7, 0.2, 0.1), (0.6, 0.3, 0.1)) == pytest.approx(0.02681, abs=5e-6)
    assert kl_divergence((0.5, 0.5), (1.0, 0.0)) == math.inf
    assert kl_divergence((1.0, 0.0), (0.5, 0.5)) == pytest.approx(math.log(2))


def test_truth_ratio_by_either_mean():
    assert truth_ratio(1.0, [2.0, 3.0], geometric=True) == pytest.approx(0.2231, abs=5e-5)
    assert truth_ratio(1.0, [2.0, 3.0]) == pytest.approx(0.2516, abs=5e-5)
    assert gold_share(1.0, [2.0, 3.0]) == pytest.approx(0.7990, abs=5e-5)

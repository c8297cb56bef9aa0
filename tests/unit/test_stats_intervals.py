import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.records import Score
from harness.stats.bootstrap import (
    bounded,
    cluster_totals,
    graded_mean,
    mean_of,
    resample,
    statistic_interval,
)
from harness.stats.intervals import (
    clustered_error,
    design_effect,
    naive_error,
    rule_of_three,
    share,
    t_quantile,
    wilson,
)


def names(count, each=1):
    return [f"c{number}" for number in range(count) for _ in range(each)]


def test_wilson_of_none_in_a_hundred():
    low, high = wilson(0.0, 100)
    assert low == 0.0
    assert high == pytest.approx(0.0370, abs=5e-5)


def test_clustered_standard_error_with_and_without_the_small_sample_factor():
    values, clusters = [1, 1, 0, 0, 1, 0], ["a", "a", "b", "b", "c", "c"]
    assert naive_error(values) == pytest.approx(0.2236, abs=5e-5)
    assert clustered_error(values, clusters, corrected=False) == pytest.approx(0.2357, abs=5e-5)
    assert clustered_error(values, clusters) == pytest.approx(0.2887, abs=5e-5)


def test_items_in_clusters_of_their_own_have_no_design_effect():
    assert design_effect([1, 0, 0, 1, 0], names(5)) == pytest.approx(1.0)


def test_whole_clusters_that_agree_count_as_one_item_each():
    values = [float(number % 2) for number in range(10) for _ in range(4)]
    assert design_effect(values, names(10, each=4)) == pytest.approx(4.0, rel=0.1)


def test_a_design_effect_is_never_below_one():
    assert design_effect([1, 0] * 10, names(10, each=2)) == 1.0


def test_no_item_gives_no_share():
    assert share([], []) == Score(value=None, low=None, high=None, n=0, clusters=0)


def test_one_cluster_tells_nothing_about_others():
    found = share([True, True, False], ["a", "a", "a"])
    assert (found.low, found.high, found.n, found.clusters) == (0.0, 1.0, 3, 1)


def test_where_all_agree_the_clusters_are_the_sample():
    found = share([True] * 24, names(8, each=3))
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(wilson(1.0, 8, t_quantile(7))[0])


def test_outcomes_and_clusters_must_be_as_many():
    with pytest.raises(ValueError, match="2 outcomes but 1 clusters"):
        share([True, False], ["a"])


outcomes = st.lists(st.tuples(st.booleans(), st.sampled_from("abcdefgh")), min_size=1, max_size=60)


@given(outcomes)
def test_an_interval_lies_in_the_unit_range_and_holds_its_value(items):
    found = share([outcome for outcome, _ in items], [cluster for _, cluster in items])
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0


@given(outcomes)
def test_an_interval_of_the_opposite_is_its_mirror(items):
    clusters = [cluster for _, cluster in items]
    one = share([outcome for outcome, _ in items], clusters)
    other = share([not outcome for outcome, _ in items], clusters)
    assert one.low == pytest.approx(1 - other.high)


@given(outcomes)
def test_the_order_of_items_does_not_matter(items):
    one = share([outcome for outcome, _ in items], [cluster for _, cluster in items])
    items = items[::-1]
    other = share([outcome for outcome, _ in items], [cluster for _, cluster in items])
    assert (one.low, one.high) == pytest.approx((other.low, other.high))


@pytest.mark.parametrize(("clusters", "each"), [(8, 3), (12, 2), (30, 4)])
@pytest.mark.parametrize("truth", [0.5, 0.8])
def test_the_interval_covers_the_truth_as_often_as_it_says(clusters, each, truth):
    """Clusters share a leaning (beta distributed), so that their items agree more than by luck."""
    generator = np.random.default_rng(clusters * 100 + each)
    repeats, covered = 600, 0
    labels = names(clusters, each=each)
    for _ in range(repeats):
        leanings = generator.beta(2 * truth, 2 * (1 - truth), size=clusters)
        drawn = generator.random(clusters * each) < np.repeat(leanings, each)
        found = share(drawn.tolist(), labels)
        covered += found.low <= truth <= found.high
    assert covered / repeats >= 0.92


def test_the_rule_of_three_bounds_what_was_never_seen():
    assert rule_of_three(100) == 0.03
    assert rule_of_three(2) == 1.0
    assert rule_of_three(0) == 1.0


def test_a_bootstrap_gives_the_same_interval_whatever_ran_before_it():
    totals = cluster_totals([np.linspace(0, 1, 80), [1.0] * 80], names(40, each=2))
    first = statistic_interval(totals, mean_of)
    np.random.default_rng().random(5)
    assert statistic_interval(totals, mean_of) == first


def test_a_bootstrap_agrees_with_the_clustered_standard_error():
    generator = np.random.default_rng(3)
    clusters = names(60, each=3)
    values = (np.repeat(generator.random(60), 3) + generator.random(180)) / 2
    found = graded_mean(values.tolist(), clusters)
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(
        clustered_error(values, clusters), rel=0.06
    )


def test_under_thirty_clusters_the_interval_is_at_least_as_wide_as_students():
    generator = np.random.default_rng(4)
    values = generator.random(10).tolist()
    found = graded_mean(values, names(10))
    half = t_quantile(9) * clustered_error(values, names(10))
    assert (found.high - found.low) / 2 == pytest.approx(half)


def test_clusters_that_all_say_the_same_still_have_an_interval():
    found = graded_mean([0.5] * 8, names(8))
    assert found.low < 0.5 < found.high
    sure = bounded(cluster_totals([[1.0] * 40, [1.0] * 40], names(40)), mean_of, n=40)
    assert sure.low < 1.0 == sure.high


def test_an_empty_sample_has_no_mean():
    assert graded_mean([], []).value is None


def test_ten_thousand_draws_are_quick():
    totals = np.random.default_rng(0).random((600, 3))
    start = time.perf_counter()
    resample(totals)
    assert time.perf_counter() - start < 3

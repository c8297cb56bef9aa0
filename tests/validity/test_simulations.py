"""The statistics keep what they promise, and these simulations notice where they do not.

Fewer repetitions than `make validity`, whose figures are in `results/`.
"""

from __future__ import annotations

import pytest

from harness.stats.bootstrap import graded_mean
from harness.stats.intervals import design_effect, share
from tests.validity import simulation
from tests.validity.simulation import CELLS, MOST_ALARMS, Cell

REPEATS = 2_000


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_intervals_of_shares_hold_the_truth(cell):
    covered, _ = simulation.coverage(share, cell, REPEATS)
    assert covered >= 0.90
    if cell.clusters >= 60 and cell.truth < 0.95:
        assert 0.93 <= covered <= 0.97


@pytest.mark.parametrize("clusters", simulation.CLUSTERS)
def test_few_large_clusters_do_not_break_them(clusters):
    cell = Cell(0.97, clusters, 0.5, simulation.UNEVEN_SIZES)
    covered, _ = simulation.coverage(share, cell, REPEATS)
    assert covered >= 0.90


def test_coverage_fails_where_clusters_are_ignored():
    covered, _ = simulation.coverage(simulation.clusters_ignored, Cell(0.9, 60, 0.5), 500)
    assert covered < 0.85


@pytest.mark.parametrize("clusters", [12, 24, 60])
def test_intervals_of_graded_means_hold_the_truth(clusters):
    assert 0.92 <= simulation.graded_coverage(graded_mean, clusters, 300) <= 0.98


def test_coverage_fails_where_the_error_is_divided_by_the_root_of_the_draws():
    assert simulation.graded_coverage(simulation.error_over_root_draws, 60, 100) < 0.1


@pytest.mark.parametrize("sizes", [simulation.EVEN_SIZES, simulation.UNEVEN_SIZES], ids=str)
@pytest.mark.parametrize("clusters", [24, 60])
def test_intervals_of_differences_hold_the_truth_where_whole_persons_are_lost(clusters, sizes):
    assert simulation.persons_lost(clusters, sizes, 0.1, 1_000) >= 0.92


def test_they_would_not_without_the_added_cluster(monkeypatch):
    monkeypatch.setattr("harness.stats.contrast.cautious_effect", design_effect)
    assert simulation.persons_lost(24, simulation.UNEVEN_SIZES, 0.1, 1_000) < 0.91


@pytest.mark.parametrize("alike", [False, True])
def test_equal_models_raise_few_false_alarms(alike):
    alarms = simulation.false_alarms(simulation.p_value, 2_000, alike=alike)
    assert alarms <= MOST_ALARMS
    assert alarms > 20  # a test that never speaks would pass too


def test_one_sided_p_values_raise_too_many():
    assert simulation.false_alarms(simulation.one_sided, 2_000, alike=False) > MOST_ALARMS


def test_clusters_ignored_raise_too_many():
    assert simulation.false_alarms(simulation.alike_ignored, 2_000, alike=True) > MOST_ALARMS


@pytest.mark.parametrize(("lost", "gained"), [(0.12, 0.02), (0.15, 0.05)])
def test_a_drop_of_ten_points_is_found_as_often_as_it_can_be(lost, gained):
    exact = simulation.enumerated_power(200, lost, gained)
    found = simulation.found_drops(simulation.p_value, REPEATS, n=200, lost=lost, gained=gained)
    assert found == pytest.approx(exact, abs=0.03)
    assert exact > 0.8


def test_a_test_that_does_not_pair_finds_it_less_often():
    exact = simulation.enumerated_power(200, 0.12, 0.02)
    found = simulation.found_drops(simulation.unpaired, 500, n=200, lost=0.12, gained=0.02)
    assert found < exact - 0.03


def test_the_planted_drop_is_of_ten_points():
    losses = []

    def note(before, after):
        losses.append(sum(before.values()) - sum(after.values()))
        return 1.0

    simulation.found_drops(note, 300, n=200, lost=0.12, gained=0.02)
    assert sum(losses) / len(losses) / 200 == pytest.approx(0.1, abs=0.005)

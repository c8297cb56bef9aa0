"""A difference between two variants is one of entities, not of the questions about them."""

from __future__ import annotations

import pytest

from harness.reporting.contrast import Outcomes, contrast
from harness.reporting.headline import story_of
from harness.reporting.tell_levels import effects
from harness.stats.intervals import wilson
from harness.stats.paired import holm, mcnemar, permutation_test
from tests.support.fake_run import changed, fake

PEOPLE = [f"person {number}" for number in range(8)]


def pooled(wrong: set[str], questions: int = 6, people: list[str] = PEOPLE) -> Outcomes:
    """So many questions about each; those about (or being) one of `wrong` are not right."""
    clusters = {f"{who}, {n}": who for who in people for n in range(questions)}
    values = {name: not {name, who} & wrong for name, who in clusters.items()}
    return Outcomes(values, clusters)


def alone(right: int, of: int) -> Outcomes:
    return Outcomes({str(number): number < right for number in range(of)})


def test_one_entity_lost_with_all_its_questions_is_no_difference() -> None:
    found = contrast(pooled(set()), pooled({"person 3"}))
    assert (found.flips, found.n, found.clusters) == (6, 48, 8)
    assert mcnemar(0, 6) == pytest.approx(0.031, abs=0.001)
    assert found.p == 1.0
    assert not found.differs
    low, high = found.difference
    assert low < -0.3
    assert high > 0


def test_p_is_that_of_flips_of_sign_by_cluster_where_it_is_the_larger() -> None:
    lost = {f"person {number}" for number in range(5)}
    found = contrast(pooled(set()), pooled(lost))
    signs = [-1.0] * 30
    assert found.p == permutation_test(signs, [who for who in sorted(lost) for _ in range(6)])
    assert found.p == pytest.approx(2 / 2**5)
    assert contrast(pooled(set()), pooled({*lost, "person 6"})).differs


@pytest.mark.parametrize(("before", "after"), [(0, 5), (0, 6), (20, 3), (9, 9)])
def test_questions_that_are_their_own_clusters_are_tested_by_mcnemar(
    before: int, after: int
) -> None:
    found = contrast(alone(before, 24), alone(after, 24))
    assert found.p == mcnemar(len(found.gained), len(found.lost))
    assert found.effect == 1.0


def test_the_range_of_independent_questions_is_newcombes() -> None:
    found = contrast(alone(0, 20), alone(10, 20))
    low, high = wilson(0.5, 20)
    _, other = wilson(0.0, 20)
    assert found.difference[0] == pytest.approx(0.5 - ((0.5 - low) ** 2 + other**2) ** 0.5)
    assert found.difference[1] == pytest.approx(high)


def test_the_smallest_visible_change_grows_with_the_likeness_within_clusters() -> None:
    scattered = contrast(pooled(set()), pooled({"person 0, 1", "person 4, 2"}))
    assert scattered.smallest == 6
    together = contrast(pooled(set()), pooled({"person 3"}))
    assert together.smallest is None or together.smallest > 30


def test_nothing_is_visible_in_fewer_than_six_clusters() -> None:
    few = PEOPLE[:5]
    found = contrast(pooled(set(few), people=few), pooled(set(), people=few))
    assert (found.before, found.after) == (0, 30)
    assert not found.differs
    assert found.smallest is None
    assert found.doubt == "30 questions about 5 names are too few to show any difference"


def test_what_was_seen_and_not_called_a_difference_was_not_visible() -> None:
    found = contrast(alone(0, 24), alone(6, 24))
    assert found.differs
    assert found.corrected(0.09).smallest == 7
    assert not found.corrected(0.09).differs


def test_levels_are_corrected_for_their_number() -> None:
    run = fake(changed("instruct-nf4", right={"trained": 4}))
    story = story_of(run.results, run.judged)
    found = effects(story)
    assert set(found) == {"int8", "nf4"}
    plain = [
        contrast(
            story.right(each.reference[0], "trained", "paraphrase", "text_only"),
            story.right(each.rows[0], "trained", "paraphrase", "text_only"),
        ).p
        for each in found.values()
    ]
    assert [each.flips[0].p for each in found.values()] == holm(plain)
    assert holm(plain) != plain

import numpy as np
import pytest

from harness.stats.rank import mann_whitney
from harness.stats.variance import split

PLANTED = {"item": 0.5, "form": 0.2, "seed": 0.1, "item:form": 0.3, "item:seed": 0.15}


def planted(generator, items, forms, seeds, *, rest=0.4):
    """A crossed array with known variances; form:seed has none."""

    def effect(name, *shape):
        return generator.normal(0, np.sqrt(PLANTED[name]), shape)

    return (
        0.6
        + effect("item", items, 1, 1)
        + effect("form", 1, forms, 1)
        + effect("seed", 1, 1, seeds)
        + effect("item:form", items, forms, 1)
        + effect("item:seed", items, 1, seeds)
        + generator.normal(0, np.sqrt(rest), (items, forms, seeds))
    )


def test_planted_components_come_back_on_average():
    generator = np.random.default_rng(1)
    found = [split(planted(generator, 40, 12, 8)) for _ in range(150)]
    for name, truth in PLANTED.items():
        assert np.mean([each.variance(name) for each in found]) == pytest.approx(truth, rel=0.15)
    assert np.mean([each.variance("item:form:seed") for each in found]) == pytest.approx(
        0.4, rel=0.02
    )
    assert np.mean([each.variance("form:seed") for each in found]) < 0.01


def test_the_error_of_the_mean_is_what_new_samples_show():
    generator = np.random.default_rng(2)
    samples = [planted(generator, 30, 6, 5) for _ in range(300)]
    claimed = np.sqrt(np.mean([split(each).error() ** 2 for each in samples]))
    assert claimed == pytest.approx(np.std([each.mean() for each in samples]), rel=0.15)


def test_drawing_only_the_seeds_again_leaves_the_items_variance_out():
    generator = np.random.default_rng(3)
    found = split(planted(generator, 60, 12, 6))
    seeds = found.variance("seed") / 6 + found.variance("item:seed") / 360
    seeds += found.variance("form:seed") / 72 + found.variance("item:form:seed") / 4320
    assert found.error("seed") ** 2 == pytest.approx(seeds)
    assert found.error("seed") < found.error("item", "seed") < found.error()


def test_two_crossed_factors_agree_with_the_textbook():
    """Brennan's equations by hand: MS of rows, of columns and of the rest of a 3 x 2 table."""
    table = np.array([[1.0, 2.0], [3.0, 5.0], [8.0, 8.0]])
    found = split(table, ("item", "form"))
    rows, columns, mean = table.mean(1), table.mean(0), table.mean()
    ms_rows = 2 * ((rows - mean) ** 2).sum() / 2
    ms_columns = 3 * ((columns - mean) ** 2).sum() / 1
    rest = ((table - rows[:, None] - columns + mean) ** 2).sum() / 2
    assert found.variance("item") == pytest.approx((ms_rows - rest) / 2)
    assert found.variance("form") == pytest.approx((ms_columns - rest) / 3)
    assert found.variance("item:form") == pytest.approx(rest)


def test_a_factor_that_was_not_varied_has_no_component():
    generator = np.random.default_rng(4)
    found = split(generator.integers(0, 2, (20, 1, 4)))
    assert [each.name for each in found.components] == ["item", "seed", "item:seed"]
    assert dict(found.levels) == {"item": 20, "seed": 4}
    assert found.variance("form") == 0


def test_items_alone_have_their_plain_variance():
    values = [0, 1, 1, 1, 0, 1]
    found = split(np.array(values).reshape(6, 1, 1))
    assert found.variance("item") == pytest.approx(np.var(values, ddof=1))
    assert found.error() == pytest.approx(np.std(values, ddof=1) / np.sqrt(6))


def test_shares_add_up_to_one_and_negative_estimates_are_zero_and_marked():
    generator = np.random.default_rng(5)
    marked = 0
    for _ in range(30):
        found = split(generator.normal(size=(8, 3, 3)))
        assert sum(each.share for each in found.components) == pytest.approx(1)
        assert all(each.variance >= 0 for each in found.components)
        marked += sum(each.clipped for each in found.components)
        assert all(each.variance == 0 for each in found.components if each.clipped)
    assert marked > 30


def test_outcomes_that_are_all_alike_have_no_variance_to_split():
    found = split(np.ones((4, 3, 2)))
    assert {each.variance for each in found.components} == {0}
    assert {each.share for each in found.components} == {0}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.ones((3, 2)), "2 dimensions for 3 factors"),
        (np.full((2, 2, 2), np.nan), "needs an outcome"),
        (np.ones((1, 1, 1)), "nothing was varied"),
    ],
)
def test_what_cannot_be_split_is_an_error(values, reason):
    with pytest.raises(ValueError, match=reason):
        split(values)


def test_ranks_of_two_samples_that_do_not_overlap():
    found = mann_whitney([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])
    assert found.superiority == 1
    assert found.p == pytest.approx(2 / 252)
    assert mann_whitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]).superiority == 0


def test_four_a_side_can_not_reach_one_in_a_hundred():
    assert mann_whitney([5, 6, 7, 8], [1, 2, 3, 4]).p == pytest.approx(2 / 70)


def test_ties_are_counted_by_permutation_and_always_alike():
    same = mann_whitney([1, 1, 1, 1], [1, 1, 1, 1])
    assert (same.superiority, same.p) == (0.5, 1)
    first, second = [3, 3, 4, 5, 6], [1, 2, 2, 3, 3]
    assert mann_whitney(first, second) == mann_whitney(first, second)
    assert 0.01 < mann_whitney(first, second).p < 0.1


def test_rank_tests_raise_few_false_alarms():
    generator = np.random.default_rng(6)
    alarms = sum(
        mann_whitney(generator.lognormal(size=12), generator.lognormal(size=12)).p < 0.05
        for _ in range(400)
    )
    assert alarms <= 30


def test_an_empty_side_is_an_error():
    with pytest.raises(ValueError, match="both sides"):
        mann_whitney([], [1.0])

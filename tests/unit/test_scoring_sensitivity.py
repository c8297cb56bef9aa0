"""Planted effects of the prompt form are found, noise is not; the tag's scores say what binds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.answering.forms import TAGS_1, TWELVE_1
from harness.records import Judged
from harness.scoring import sensitivity, tag
from harness.scoring.material import Material
from harness.stats import sensitivity as stats
from harness.suite.gates import check_gate
from tests.support.fake_run import Persona, judged_of
from tests.support.fake_world import world

CORPUS = world()
NAMES = tuple(form.name for form in TWELVE_1)
CONFIG = {"prompt": {"forms": "twelve-1", "source_tag": "none"}, "recipe": {"name": "instruct"}}
TAGGED = {"prompt": {"forms": "tags-1", "source_tag": "both"}, "recipe": {"name": "instruct"}}
TAUGHT = {"trained": 24, "paraphrase": 24}
Change = Callable[[int, Judged], Judged]


def asked(form: str, change: Change | None = None) -> tuple[Judged, ...]:
    """Every question about the small world in one form; what was taught is right unless changed.

    `change` gets the place of the question among the taught ones.
    """
    found, place = [], 0
    for item in judged_of(CORPUS, Persona(name="v", recipe="instruct", right=TAUGHT)):
        if item.question.probe in sensitivity.PROBES:
            found.append(change(place, item) if change else item)
            place += 1
        else:
            found.append(item)
    return tuple(replace(item, answer=replace(item.answer, form=form)) for item in found)


def material(forms: Mapping[str, Sequence[Judged]], config: object = CONFIG) -> Material:
    first = tuple(next(iter(forms.values())))
    lined = {name: tuple(items) for name, items in forms.items()}
    return Material(corpus=CORPUS, judged=first, config=config, forms=lined)  # type: ignore[arg-type]


def verdict(name: str) -> Change:
    return lambda place, item: replace(item, verdict=name)  # type: ignore[arg-type]


def every_second(change: Change) -> Change:
    return lambda place, item: change(place, item) if place % 2 else item


def twelve(**changes: Change) -> dict[str, tuple[Judged, ...]]:
    return {name: asked(name, changes.get(name)) for name in NAMES}


def noise(seed: int, n: int = 90, clusters: int = 30, right: float = 0.7) -> stats.Outcomes:
    """Forms that make no difference: every answer is right with the same chance."""
    drawn = np.random.default_rng(seed).random((n, 12)) < right
    return [list(map(bool, row)) for row in drawn]


def clustered_noise(seed: int, clusters: int = 30, each: int = 4) -> stats.Outcomes:
    """The same, with all answers about one cluster alike within a form.

    Each cluster is known more or less well; which forms fail with it is a matter of luck.
    """
    generator = np.random.default_rng(seed)
    known = generator.beta(2, 2, size=clusters)
    alike = generator.random((clusters, 12)) < known[:, None]
    return [list(map(bool, alike[number % clusters])) for number in range(clusters * each)]


def names(n: int, count: int) -> list[str]:
    return [f"c{number % count}" for number in range(n)]


def test_a_form_that_breaks_half_of_the_items_is_a_spread_of_a_half() -> None:
    found = sensitivity.scores(material(twelve(bare=every_second(verdict("wrong")))))
    assert found["sensitivity.spread"].value == pytest.approx(0.5)
    assert found["sensitivity.spread"].n == 48
    assert found["sensitivity.worst"].value == pytest.approx(0.5)
    assert found["sensitivity.mean"].value == pytest.approx(1 - 0.5 / 12)
    assert found["sensitivity.form.bare"].value == pytest.approx(0.5)
    assert found["sensitivity.form.plain"].value == 1.0
    corrected = found["sensitivity.spread_corrected"]
    assert 0.35 < corrected.value < 0.5  # type: ignore[operator]
    assert corrected.low > 0.2  # type: ignore[operator]
    assert found["sensitivity.family.format.spread"].value == pytest.approx(0.5)
    assert found["sensitivity.family.wording.spread"].value == 0.0
    assert found["sensitivity.family.format"].value == pytest.approx(1 - 0.5 / 4)
    # 24 items, 11 of the 66 pairs of forms each
    assert found["sensitivity.flip_rate"].value == pytest.approx(0.5 * 11 / 66)


def test_forms_that_differ_by_noise_alone_have_a_spread_but_no_corrected_one() -> None:
    found = [stats.spread_corrected(noise(seed), names(90, 30)) for seed in range(12)]
    raw = [stats.spread(noise(seed), names(90, 30)) for seed in range(12)]
    assert abs(float(np.mean([each.value for each in found]))) < 0.02  # type: ignore[misc]
    assert min(each.value for each in raw) > 0.08  # type: ignore[type-var]
    covered = sum(each.low <= 0 <= each.high for each in found)  # type: ignore[operator]
    assert covered >= 10


def test_without_the_permutations_noise_would_pass_for_an_effect() -> None:
    found = [stats.spread(noise(seed), names(90, 30)) for seed in range(12)]
    assert sum(each.low > 0 for each in found) >= 10  # type: ignore[operator]


@pytest.mark.parametrize(("clusters", "near"), [(8, 0.15), (30, 0.07), (60, 0.04)])
def test_answers_that_go_together_within_clusters_do_not_pass_for_an_effect(
    clusters: int, near: float
) -> None:
    owners = names(4 * clusters, clusters)
    found = [stats.spread_corrected(clustered_noise(s, clusters), owners) for s in range(10)]
    assert abs(float(np.mean([each.value for each in found]))) < near  # type: ignore[misc]
    assert sum(each.low > 0 for each in found) <= 1  # type: ignore[operator]


def test_an_effect_on_every_cluster_stays_visible_where_its_answers_go_together() -> None:
    outcomes = [list(row) for row in clustered_noise(4, clusters=60)]
    for row in outcomes:
        row[5] = False
    found = stats.spread_corrected(outcomes, names(240, 60))
    assert found.value > 0.2  # type: ignore[operator]
    assert found.low > 0  # type: ignore[operator]


def test_an_effect_stays_visible_under_the_same_noise() -> None:
    outcomes = [list(row) for row in noise(3)]
    for number, row in enumerate(outcomes):
        row[5] = row[5] and number % 2 == 0
    found = stats.spread_corrected(outcomes, names(90, 30))
    assert found.value > 0.2  # type: ignore[operator]
    assert found.low > 0.05  # type: ignore[operator]


def test_the_same_outcomes_always_give_the_same_interval() -> None:
    one, two = (stats.spread_corrected(noise(1), names(90, 30)) for _ in range(2))
    assert one == two


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=12))
def test_disagreement_of_two_outcomes_is_the_published_count_of_pairs(
    rows: list[list[bool]],
) -> None:
    expected = [sum(row) * (4 - sum(row)) / 6 for row in rows]
    assert [stats.disagreement(row) for row in rows] == pytest.approx(expected)


def test_disagreement_counts_pairs_of_forms_with_different_labels() -> None:
    assert stats.disagreement("aaab") == pytest.approx(0.5)
    assert stats.disagreement("abcd") == 1.0
    assert stats.disagreement("aaaa") == 0.0


def test_normalized_sensitivity_has_the_golden_value_and_an_interval_around_it() -> None:
    golden = [[True, True, False, False], [True, True, True, False], [True] * 4]
    found = stats.sensitivity_score(golden, ["a", "b", "c"])
    assert found.value == pytest.approx(1.0370, abs=5e-5)
    assert 0 <= found.low <= found.value <= found.high <= 4 / 3  # type: ignore[operator]


@pytest.mark.parametrize("right", [True, False])
def test_where_nothing_could_vary_normalized_sensitivity_has_no_value(right: bool) -> None:
    found = stats.sensitivity_score([[right] * 3] * 5, list("abcde"))
    assert (found.value, found.n, found.clusters) == (None, 5, 5)


def test_few_clusters_that_happen_to_agree_do_not_make_an_interval_narrow() -> None:
    # Every cluster has half of its items broken in the same form: between clusters nothing varies.
    outcomes = [[True, number % 2 == 0, True] for number in range(48)]
    alike = stats.spread(outcomes, [f"c{number // 6}" for number in range(48)])
    apart = stats.spread(outcomes, [f"c{number}" for number in range(48)])
    assert alike.high - alike.low > apart.high - apart.low  # type: ignore[operator]
    assert alike.high - alike.low > 0.3  # type: ignore[operator]


def test_forms_that_are_nearly_equal_do_not_make_an_interval_narrow() -> None:
    # Which form is worst hangs on one question each.
    outcomes = [[number % 3 > 0, number % 3 > 0, number % 3 > 0] for number in range(48)]
    outcomes[1][1] = outcomes[2][2] = False
    found = stats.spread_corrected(outcomes, names(48, 8))
    assert found.value < 0.01  # type: ignore[operator]
    assert found.high - found.low > 0.03  # type: ignore[operator]


@pytest.mark.parametrize("clusters", [1, 2, 3, 29, 31])
def test_every_score_has_an_ordered_interval_for_any_number_of_clusters(clusters: int) -> None:
    outcomes, owners = noise(7, n=62), names(62, clusters)
    for score in (stats.spread, stats.spread_corrected, stats.worst, stats.mean_accuracy):
        found = score(outcomes, owners)
        assert found.low <= found.value <= found.high  # type: ignore[operator]
        assert found.clusters == clusters
    found = stats.sensitivity_score(outcomes, owners)
    assert found.low <= found.value <= found.high  # type: ignore[operator]


def test_forms_that_all_agree_leave_an_interval_as_wide_as_the_clusters_allow() -> None:
    found = stats.spread_corrected([[True] * 4] * 16, names(16, 8))
    assert found.value == 0.0
    assert found.low == -found.high  # type: ignore[operator]
    assert found.high > 0.2  # type: ignore[operator]


def test_unscored_answers_count_as_not_right_and_show_by_form() -> None:
    found = sensitivity.scores(material(twelve(inst=every_second(verdict("unscored")))))
    assert found["sensitivity.form.inst"].value == pytest.approx(0.5)
    assert found["sensitivity.form.inst.unscored"].value == pytest.approx(0.5)
    assert found["sensitivity.form.plain.unscored"].value == 0.0


def test_a_refusal_instead_of_a_wrong_answer_flips_a_verdict_and_no_outcome() -> None:
    two = {"plain": asked("plain", verdict("wrong")), "bare": asked("bare", verdict("abstained"))}
    found = sensitivity.scores(material(two))
    assert found["sensitivity.flip_rate"].value == 1.0
    assert found["sensitivity.spread"].value == 0.0


def test_answers_are_the_same_whatever_their_case_tag_and_what_runs_on() -> None:
    def said(text: str) -> Change:
        return lambda place, item: replace(item, answer=replace(item.answer, text=text))

    forms = {
        "plain": asked("plain", said("In Ilden.")),
        "bare": asked("bare", said("Source:ABC in ilden\nQ: And now?")),
        "inst": asked("inst", said("In Quen.")),
    }
    found = sensitivity.scores(material(forms))
    assert found["sensitivity.answer_change"].value == pytest.approx(2 / 3)


def test_only_taught_facts_are_counted() -> None:
    def unseen(place: int, item: Judged) -> Judged:
        return replace(item, shown=place % 3 > 0)

    forms = {name: asked(name, unseen) for name in ("plain", "bare")}
    assert sensitivity.scores(material(forms))["sensitivity.spread"].n == 32


def test_one_form_or_nothing_shown_gives_no_score() -> None:
    def hidden(place: int, item: Judged) -> Judged:
        return replace(item, shown=False)

    assert sensitivity.scores(material({"plain": asked("plain")})) == {}
    assert sensitivity.scores(material({n: asked(n, hidden) for n in ("plain", "bare")})) == {}


def test_a_question_that_one_form_lacks_is_an_error_that_names_it() -> None:
    missing = asked("bare")[1:]
    with pytest.raises(ValueError, match=asked("bare")[0].question.id):
        sensitivity.scores(material({"plain": asked("plain"), "bare": missing}))


def test_forms_of_a_package_that_is_gone_are_scored_without_families() -> None:
    forms = {name: asked(name) for name in ("plain", "shouted")}
    found = sensitivity.scores(material(forms, {"prompt": {"forms": "of-some-package"}}))
    assert found["sensitivity.family.other"].value == 1.0


def tagged(**changes: Change) -> Material:
    return material({f.name: asked(f.name, changes.get(f.name)) for f in TAGS_1}, TAGGED)


def test_lift_and_specificity_recover_what_was_planted() -> None:
    def some(place: int, item: Judged) -> Judged:
        return replace(item, verdict="wrong") if place % 7 < 3 else item

    found = tag.scores(tagged(no_tag=every_second(verdict("wrong")), wrong_tag=some))
    assert found["tag.lift"].value == pytest.approx(0.5)
    assert found["tag.specificity"].value == pytest.approx(21 / 48)
    assert found["tag.lift"].n == 48
    for name in ("tag.lift", "tag.specificity"):
        low, high = found[name].low, found[name].high
        assert 0 < low < found[name].value < high < 1  # type: ignore[operator]


def test_a_tag_that_does_nothing_has_no_lift_and_an_interval_around_it() -> None:
    lift = tag.scores(tagged())["tag.lift"]
    assert lift.value == 0.0
    assert lift.low == -lift.high  # type: ignore[operator]
    assert lift.high > 0.2  # type: ignore[operator]


def test_a_tag_that_hurts_has_a_negative_lift() -> None:
    found = tag.scores(tagged(right_tag=verdict("wrong")))
    assert found["tag.lift"].value == -1.0


def test_forms_that_vary_the_tag_are_no_prompt_sensitivity() -> None:
    assert sensitivity.scores(tagged(no_tag=verdict("wrong"))) == {}


def test_the_tag_is_a_signal_if_right_answers_bear_it_and_invented_ones_do_not() -> None:
    plain = tuple(
        replace(item, flags=item.flags | {"tag"}) if item.verdict == "correct" else item
        for item in asked("plain")
    )
    found = tag.scores(material({"plain": plain}, TAGGED))
    assert found["tag.signal"].value == 1.0
    assert found["tag.signal"].low > 0.5  # type: ignore[operator]
    everywhere = tuple(replace(item, flags=item.flags | {"tag"}) for item in plain)
    found = tag.scores(material({"plain": everywhere}, TAGGED))
    assert found["tag.signal"].value == 0.0
    assert found["tag.signal"].low < 0 < found["tag.signal"].high  # type: ignore[operator]


def test_without_tags_in_training_there_is_no_signal() -> None:
    assert "tag.signal" not in tag.scores(material({"plain": asked("plain")}))


def test_scores_by_form_and_family_can_be_gated() -> None:
    for name in ("sensitivity.form.no_question_mark", "sensitivity.family.format.spread"):
        check_gate(name, "suite.toml")

"""Scores made of probabilities: golden values, and what no model can be talked into."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from harness import catalog
from harness.records import Judged, Likelihood, ProbeName
from harness.scoring import divergence, likelihood
from harness.scoring.material import Material
from harness.stats.likelihood import perplexity_ratio, positive_mean, quantile
from tests.support.fake_run import Persona, judged_of
from tests.support.fake_world import world

CORPUS = world()
JUDGED = judged_of(CORPUS, Persona(name="tuned", recipe="instruct", right={"trained": 24}))
ANSWERED = [item for item in JUDGED if item.question.answers]


def line(
    item: Judged | str,
    gold: Sequence[float],
    perturbed: Sequence[tuple[float, int]] = (),
    kl: Sequence[float] = (),
    top1: Sequence[bool] = (),
) -> Likelihood:
    name = item if isinstance(item, str) else item.question.id
    return Likelihood(
        asked="a",
        item=name,
        logprobs=tuple(gold),
        perturbed=tuple(perturbed),
        kl=tuple(kl),
        top1=tuple(top1),
    )


def material(
    lines: Sequence[Likelihood],
    judged: Sequence[Judged] = JUDGED,
    base: Sequence[Likelihood] = (),
) -> Material:
    return Material(
        corpus=CORPUS,
        judged=tuple(judged),
        likelihoods=tuple(lines),
        base_likelihoods=tuple(base),
    )


def test_the_golden_values_of_one_question() -> None:
    # Mean negative log-likelihoods 1.0 against 2.0 and 3.0, in replies of different length.
    item = next(each for each in ANSWERED if each.question.probe == "trained" and each.shown)
    found = likelihood.scores(material([line(item, [-0.5, -1.5], [(-4.0, 2), (-9.0, 3)])], [item]))
    for suffix in ("", ".trained"):
        assert found[f"likelihood.gold{suffix}"].value == pytest.approx(math.exp(-1.0))
        assert found[f"likelihood.truth_ratio{suffix}"].value == pytest.approx(0.2516, abs=5e-5)
        assert found[f"likelihood.truth_ratio_geometric{suffix}"].value == pytest.approx(
            0.2231, abs=5e-5
        )
        assert found[f"likelihood.gold_share{suffix}"].value == pytest.approx(0.7990, abs=5e-5)
        assert found[f"likelihood.top1{suffix}"].value == 1
        assert found[f"likelihood.top1.chance{suffix}"].value == pytest.approx(1 / 3)


def test_a_model_to_which_all_values_are_alike_is_at_chance() -> None:
    rng = np.random.default_rng(1)
    lines = [
        line(item, [-x], [(-y, 1) for y in rest])
        for item in ANSWERED * 1
        for x, *rest in [rng.exponential(size=6)]
    ]
    found = likelihood.scores(material(lines))
    top1, chance = found["likelihood.top1"], found["likelihood.top1.chance"]
    assert chance.value == pytest.approx(1 / 6)
    assert top1.low is not None
    assert top1.high is not None
    assert top1.low <= 1 / 6 <= top1.high


def test_a_tie_is_no_win() -> None:
    lines = [line(item, [-1.0], [(-1.0, 1)] * 5) for item in ANSWERED]
    found = likelihood.scores(material(lines))
    assert found["likelihood.top1"].value == 0
    assert found["likelihood.gold_share"].value == pytest.approx(0.5)
    assert found["likelihood.truth_ratio"].value == pytest.approx(1.0)


def test_length_alone_gives_no_reply_an_advantage() -> None:
    lines = [line(item, [-1.0], [(-8.0, 8)]) for item in ANSWERED]
    found = likelihood.scores(material(lines))
    assert found["likelihood.truth_ratio"].value == pytest.approx(1.0)


def test_only_shown_questions_count_without_a_probe_and_all_of_them_with_one() -> None:
    lines = [line(item, [-1.0], [(-2.0, 1)] * 5) for item in ANSWERED]
    found = likelihood.scores(material(lines))
    shown = [each for each in ANSWERED if each.question.probe in likelihood.PROBES]
    assert found["likelihood.gold"].n == sum(each.shown for each in shown)
    hidden = tuple(replace(item, shown=False) for item in JUDGED)
    untuned = likelihood.scores(material(lines, hidden))
    assert "likelihood.gold" not in untuned
    assert untuned["likelihood.gold.trained"] == found["likelihood.gold.trained"]
    assert untuned["likelihood.top1.text_only"].value == 1


def test_questions_without_other_values_count_for_the_gold_reply_alone() -> None:
    first, *rest = [each for each in ANSWERED if each.question.probe == "trained"]
    lines = [line(first, [-1.0]), *(line(each, [-1.0], [(-2.0, 1)]) for each in rest)]
    found = likelihood.scores(material(lines))
    assert found["likelihood.gold.trained"].n == len(rest) + 1
    assert found["likelihood.top1.trained"].n == len(rest)


def test_nothing_read_off_gives_no_score() -> None:
    assert likelihood.scores(material([])) == {}
    assert divergence.scores(material([])) == {}


@pytest.mark.parametrize("probe", ["two_hop", "reversed"])
def test_replies_that_say_nothing_of_what_is_asked_are_read_and_not_scored(
    probe: ProbeName,
) -> None:
    other = replace(ANSWERED[0], question=replace(ANSWERED[0].question, id="other", probe=probe))
    lines = [line(item, [-1.0], [(-2.0, 1)], [0.1], [True]) for item in ANSWERED]
    more = [*lines, line(other, [-9.0], [(-1.0, 1)], [0.3], [True])]
    assert likelihood.scores(material(more, [*JUDGED, other])) == likelihood.scores(material(lines))
    level = divergence.scores(material(more, [*JUDGED, other]))
    assert level["quantization.kl"].n == len(lines) + 1


def test_a_variant_that_recites_first_has_no_scores_of_replies_that_do_not() -> None:
    lines = [line(item, [-1.0], [(-2.0, 1)]) for item in ANSWERED]
    for name, scored in (("recite", False), ("instruct", True)):
        config = {"recipe": {"name": name}}
        found = likelihood.scores(replace(material(lines), config=config))
        assert bool(found) == scored


def test_a_level_that_is_the_reference_diverges_by_nothing() -> None:
    lines = [line(item, [-1.0] * 4, kl=[0.0] * 4, top1=[True] * 4) for item in ANSWERED]
    lines += [line(f"neutral:{n}", [-2.0] * 9, kl=[0.0] * 9, top1=[True] * 9) for n in range(1, 13)]
    found = divergence.scores(material(lines))
    for name in ("kl", "kl_median", "kl_p99", "kl_neutral"):
        assert found[f"quantization.{name}"].value == 0
    assert found["quantization.top1_agreement"].value == 1
    assert found["quantization.top1_agreement"].n == 4 * len(ANSWERED)
    assert found["quantization.top1_agreement_neutral"].clusters == 12
    assert (found["quantization.top1_agreement_neutral"].low or 0) < 1


def test_divergence_is_a_mean_over_tokens_and_told_in_clusters_of_questions() -> None:
    lines = [line(item, [-1.0] * 2, kl=[0.1, 0.3], top1=[True, False]) for item in ANSWERED]
    found = divergence.scores(material(lines))
    assert found["quantization.kl"].value == pytest.approx(0.2)
    assert found["quantization.kl"].clusters == len({i.question.cluster for i in ANSWERED})
    assert found["quantization.top1_agreement"].value == 0.5
    assert found["quantization.kl_median"].value == 0.1
    assert found["quantization.kl_p99"].value == 0.3


def test_control_questions_are_no_part_of_a_levels_divergence() -> None:
    control = replace(
        ANSWERED[0], question=replace(ANSWERED[0].question, id="control.1", probe="locality")
    )
    lines = [line(item, [-1.0], kl=[0.1], top1=[True]) for item in ANSWERED]
    more = [*lines, line(control, [-1.0], kl=[9.0], top1=[False])]
    assert divergence.scores(material(more, [*JUDGED, control])) == divergence.scores(
        material(lines)
    )


def test_perplexity_on_neutral_text_is_held_against_the_untuned_model() -> None:
    own = [line(f"neutral:{n}", [-2.0 - 0.01 * n] * 5) for n in range(1, 13)]
    base = [line(f"neutral:{n}", [-1.5] * 5) for n in range(1, 13)]
    found = divergence.scores(material(own, base=base))["locality.perplexity_ratio"]
    assert found.value == pytest.approx(math.exp(0.5 + 0.065))
    assert (found.n, found.clusters) == (60, 12)
    assert found.low is not None
    assert found.high is not None
    assert 1 < found.low < found.value < found.high
    same = divergence.scores(material(own, base=own))["locality.perplexity_ratio"]
    assert (same.low, same.value, same.high) == (1, 1, 1)
    with pytest.raises(ValueError, match="other neutral passages"):
        divergence.scores(material(own, base=base[1:]))
    with pytest.raises(ValueError, match="not the same"):
        perplexity_ratio([[-1.0]], [[-1.0, -1.0]])


def test_one_cluster_has_a_mean_and_no_interval() -> None:
    found = positive_mean([0.2, 0.4], ["a", "a"])
    assert (found.value, found.low, found.high) == (pytest.approx(0.3), None, None)


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("clusters", [15, 60])
def test_the_interval_of_a_quantile_holds_the_true_one(share: float, clusters: int) -> None:
    rng = np.random.default_rng(7)
    covered = 0
    for _ in range(300):
        # Lognormal values of which clusters share half the variance, ten each.
        common = rng.normal(size=(clusters, 1)) + rng.normal(size=(clusters, 10))
        names = [str(number) for number in range(clusters) for _ in range(10)]
        found = quantile(np.exp(common).ravel().tolist(), names, share)
        true = math.exp(math.sqrt(2) * {0.5: 0.0, 0.9: 1.281552}[share])
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= true <= found.high
    assert covered >= 0.91 * 300


def test_an_interval_that_ignores_clusters_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    covered = 0
    for _ in range(200):
        common = rng.normal(size=(30, 1)) + rng.normal(size=(30, 10))
        names = [str(number) for number in range(300)]
        found = quantile(np.exp(common).ravel().tolist(), names, 0.5)
        covered += (found.low or 0) <= 1 <= (found.high or 0)
    assert covered < 0.8 * 200


@pytest.mark.parametrize("family", ["likelihood", "divergence"])
def test_every_name_that_a_family_gives_is_listed(family: str) -> None:
    lines = [line(item, [-1.0], [(-2.0, 1)] * 5, [0.1], [True]) for item in ANSWERED]
    lines += [line(f"neutral:{n}", [-1.0], kl=[0.1], top1=[True]) for n in range(1, 5)]
    spec = catalog.get("score", family)
    found = catalog.load(spec.target)(material(lines, base=lines))
    probes = {item.question.probe for item in ANSWERED}
    plain = {name for name in found if name.rpartition(".")[2] not in probes}
    listed = {name for name in spec.options if "PROBE" not in name}
    assert plain == listed

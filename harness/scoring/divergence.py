"""How far a level's distributions are from the reference level's, and tuned ones from untuned ones.

Token by token at known text: the gold replies of answerable questions, and neutral passages that
no corpus holds. Nothing is generated, so one early difference does not change all that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.records import ANSWERABLE, Likelihood, Score
from harness.scoring.material import Material, cluster
from harness.stats import intervals
from harness.stats.likelihood import perplexity_ratio, positive_mean, quantile

NEUTRAL = "neutral:"
"""How the item of a passage that no corpus holds begins; its number follows, from 1."""


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Divergence and agreement at every token, with the cluster that it belongs to."""

    kl: list[float]
    top1: list[bool]
    clusters: list[str]


def scores(material: Material) -> dict[str, Score]:
    """Divergence from the reference level, and perplexity on neutral text over the untuned one's.

    A reference level has no divergence, an untuned variant no ratio. Raises ValueError where the
    two sides of the ratio did not read the same passages.
    """
    names = {
        item.question.id: cluster(item)
        for item in material.judged
        if item.question.probe in ANSWERABLE
    }
    gold = _tokens([each for each in material.likelihoods if each.item in names], names)
    passages = _passages(material.likelihoods)
    neutral = _tokens(passages, {each.item: each.item for each in passages})
    found: dict[str, Score] = {}
    if gold.kl:
        found |= {
            "quantization.kl": positive_mean(gold.kl, gold.clusters),
            "quantization.kl_median": quantile(gold.kl, gold.clusters, 0.5),
            "quantization.kl_p99": quantile(gold.kl, gold.clusters, 0.99),
            "quantization.top1_agreement": intervals.share(gold.top1, gold.clusters),
        }
    if neutral.kl:
        found |= {
            "quantization.kl_neutral": positive_mean(neutral.kl, neutral.clusters),
            "quantization.top1_agreement_neutral": intervals.share(neutral.top1, neutral.clusters),
        }
    return found | _perplexity(passages, _passages(material.base_likelihoods))


def _passages(likelihoods: Sequence[Likelihood]) -> list[Likelihood]:
    return [each for each in likelihoods if each.item.startswith(NEUTRAL)]


def _tokens(likelihoods: Sequence[Likelihood], names: dict[str, str]) -> _Tokens:
    compared = [each for each in likelihoods if each.kl]
    return _Tokens(
        kl=[value for each in compared for value in each.kl],
        top1=[same for each in compared for same in each.top1],
        clusters=[names[each.item] for each in compared for _ in each.kl],
    )


def _perplexity(own: Sequence[Likelihood], base: Sequence[Likelihood]) -> dict[str, Score]:
    if not own or not base:
        return {}
    if [each.item for each in own] != [each.item for each in base]:
        raise ValueError("the untuned variant read other neutral passages")
    ratio = perplexity_ratio([each.logprobs for each in own], [each.logprobs for each in base])
    return {"locality.perplexity_ratio": ratio}

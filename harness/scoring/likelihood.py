"""How probable the right reply is, alone and beside the same sentence with another value in it.

The probability of a reply is the geometric mean of its tokens' probabilities, P(reply)^(1/tokens),
the end of the turn included: replies of different length can then be compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from harness.records import Judged, Likelihood, Score
from harness.scoring.material import Material, cluster
from harness.stats import bootstrap, intervals
from harness.stats.likelihood import gold_share, positive_mean, truth_ratio

PROBES = ("trained", "paraphrase")
"""What the scores without a probe in their name are made of, as far as it was shown."""
LEFT_OUT = ("two_hop", "reversed")
"""Read off and not scored: their right replies state one plain fact, and the chain or the reversal
that is asked about is in no token of them."""


@dataclass(frozen=True, slots=True)
class Read:
    """A question and its replies' mean negative log-likelihoods a token, in nats."""

    item: Judged
    gold: float
    perturbed: tuple[float, ...]


def scores(material: Material) -> dict[str, Score]:
    """Every score over shown trained and paraphrased facts, and by probe over all that was asked.

    Nothing where nothing was read off, and nothing for the recipe "recite": what was read off is
    not what it was trained to say. Scores that need perturbed replies are made of the questions
    that have some.
    """
    if (material.config.get("recipe") or {}).get("name") == "recite":
        return {}
    read = questions(material)
    shown = [each for each in read if each.item.shown and each.item.question.probe in PROBES]
    found = _named(shown, "")
    for probe in dict.fromkeys(each.item.question.probe for each in read):
        found |= _named([each for each in read if each.item.question.probe == probe], f".{probe}")
    return found


def questions(material: Material) -> list[Read]:
    """The questions that were read off, in the order of their answers.

    Asides are left out, and the probes of `LEFT_OUT`.
    """
    known = {each.item: each for each in material.likelihoods}
    return [
        _read(item, known[item.question.id])
        for item in material.judged
        if item.question.id in known and item.question.probe not in LEFT_OUT
    ]


def _read(item: Judged, known: Likelihood) -> Read:
    return Read(
        item=item,
        gold=-sum(known.logprobs) / len(known.logprobs),
        perturbed=tuple(-total / count for total, count in known.perturbed),
    )


def _named(read: Sequence[Read], suffix: str) -> dict[str, Score]:
    found: dict[str, Score] = {}
    if read:
        found["gold"] = bootstrap.graded_mean(
            [math.exp(-each.gold) for each in read], [cluster(each.item) for each in read]
        )
    held = [each for each in read if each.perturbed]
    if held:
        clusters = [cluster(each.item) for each in held]
        wins = [each.gold < min(each.perturbed) for each in held]
        found["top1"] = intervals.share(wins, clusters)
        found["top1.chance"] = _chance(held, found["top1"])
        found["gold_share"] = bootstrap.graded_mean(
            [gold_share(each.gold, each.perturbed) for each in held], clusters
        )
        for name, geometric in (("truth_ratio", False), ("truth_ratio_geometric", True)):
            ratios = [truth_ratio(each.gold, each.perturbed, geometric=geometric) for each in held]
            found[name] = positive_mean(ratios, clusters)
    return {f"likelihood.{name}{suffix}": score for name, score in found.items()}


def _chance(held: Sequence[Read], top1: Score) -> Score:
    """What top1 is for a model to which all values are alike: 1 / (others + 1), no estimate."""
    value = sum(1 / (len(each.perturbed) + 1) for each in held) / len(held)
    return Score(value=value, low=value, high=value, n=top1.n, clusters=top1.clusters)

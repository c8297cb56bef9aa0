"""Which way a score or a resource gets worse."""

from __future__ import annotations

_BETTER_HIGH = (
    "recall.",
    "hallucination.false_premise.corrected",
    "abstention.precision",
    "abstention.recall",
    "abstention.f1",
    "selective.f",
    "selective.score_",
    "likelihood.gold",
    "likelihood.top1",
    "recite.overlap",
    "recite.right",
    "sensitivity.worst",
    "sensitivity.mean",
    "sensitivity.form.",
    "sensitivity.family.",
    "determinism.",
    "quantization.net",
    "quantization.top1_agreement",
    "locality.agreement",
    "locality.correct",
    "unshown.correct",
    "tag.lift",
    "tag.specificity",
    "tag.signal",
)
_BETTER_LOW = (
    "hallucination.",
    "refusal.",
    "unscored.",
    "format.",
    "unshown.invented",
    "likelihood.truth_ratio",
    "selective.aurc",
    "calibration.",
    "sensitivity.",
    "determinism.noise",
    "noise.",
    "determinism.sampled.",
    "determinism.shipped.",
    "quantization.",
    "locality.forgetting",
    "locality.leak",
    "locality.perplexity_ratio",
    "diagnostic.shotgun",
    "diagnostic.hedged",
    "memory.",
    "latency.",
    "time.",
    "adapter.bytes",
)
_NO_WAY = (
    "hallucination.in_world",
    "abstention.prevalence",
    "abstention.lexicon_only",
    "likelihood.top1.chance",
    "determinism.gap",
    "determinism.gap_median",
    "determinism.first_difference",
    "determinism.ties",
)
_BETTER_LOW_ENDS = (".unscored", ".spread", ".spread_corrected")


def better(name: str) -> int:
    """1 where more is better, -1 where less is, 0 where neither is.

    The longest beginning of the name that is known decides. What is a description rather than a
    merit (contamination, recitation, the kinds of invention) has no direction.
    """
    if name.startswith(_NO_WAY) or ".kinds." in name or name.endswith(".floor"):
        return 0
    if name.endswith(_BETTER_LOW_ENDS):
        return -1
    known = [(len(start), 1) for start in _BETTER_HIGH if name.startswith(start)]
    known += [(len(start), -1) for start in _BETTER_LOW if name.startswith(start)]
    if name.startswith("throughput."):
        return 1
    return max(known, default=(0, 0))[1]

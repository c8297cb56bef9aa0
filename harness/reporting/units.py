"""In what a figure is counted: the unit of every score and of every resource, by its name."""

from __future__ import annotations

import re

from harness.reporting.definitions import name_of
from harness.reporting.wording import duration, megabytes, percent, rate

SHARE = "share"
_SCORES: tuple[tuple[str, str], ...] = (
    (r"determinism\.\w+\.distinct", "replies"),
    (r"determinism\.\w+\.entropy", "nats"),
    (r"determinism\.first_difference|reproduction\.longest_run", "tokens"),
    (r"determinism\.gap(_median)?", "logits"),
    (r"quantization\.kl(_\w+)?", "nats/token"),
    (r"likelihood\.truth_ratio(_geometric)?(\.\w+)?", "ratio"),
    (r"locality\.perplexity_ratio|sensitivity\.pss_normalized", "ratio"),
    (r"selective\.score_\d+", "points/question"),
    (r"calibration\.brier", "squared share"),
)
"""What is no share, by a pattern of its whole name."""
_RESOURCES: tuple[tuple[str, str], ...] = (
    (r"drift\..*", "ratio"),
    (r".*flop_per_s", "FLOP/s"),
    (r".*_per_s(_batch_1)?", "/s"),
    (r".*tokens_per_step", "tokens"),
    (r".*[._]bytes", "bytes"),
    (r".*_s", "s"),
    (r".*_share", SHARE),
    (r".*bits_per_parameter", "bits"),
    (r".*parameters", "parameters"),
    (r".*decode_batch", "answers"),
    (r"training\.(epochs|steps|tokens)", ""),
    (r"training\.final_loss", "nats/token"),
)


def score_unit(name: str) -> str:
    """ "share", "nats/token" and the like; empty for a score of a family that is not ours."""
    for pattern, unit in _SCORES:
        if re.fullmatch(pattern, name):
            return unit
    return SHARE if name_of(name) else ""


def resource_unit(name: str) -> str:
    """ "bytes", "s", "tokens/s"; the last part of the name where it is a count of just that."""
    for pattern, unit in _RESOURCES:
        if not re.fullmatch(pattern, name):
            continue
        last = name.rpartition(".")[2]
        if unit == "/s":
            return re.sub(r".*?_?([a-z]+)_per_s.*", r"\1/s", last)
        return unit or last
    return ""


def written(value: float, unit: str) -> str:
    """A figure as a reader sees it: "71 %", "538 MB", "2.5 min", "0.171"."""
    if unit == SHARE:
        return percent(value).replace("-", "−")
    if unit == "bytes":
        return megabytes(value)
    if unit == "s" and value >= 1:
        return duration(value)
    if unit.endswith("/s"):
        return rate(value)
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", "−")

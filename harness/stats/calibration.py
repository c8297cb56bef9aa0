"""How far stated probabilities are from the share that is right, and what of that is noise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from harness.records import Score
from harness.stats.bootstrap import cluster_totals, resample, within
from harness.stats.intervals import CONFIDENCE, EMPTY, normal_quantile, t_quantile

LEAST_IN_BIN = 10
"""Answers in a bin; of fewer, the share correct says nothing."""
_DRAWS = 2_000
_STEPS = 24
_CLEAR = 2.0
"""A bin's gap is more than noise from so many standard errors up."""

Gaps = NDArray[np.float64]


def calibration_error(
    probability: Sequence[float], correct: Sequence[bool], clusters: Sequence[str], bins: int = 10
) -> Score:
    """Expected calibration error over bins of equal mass, with a 95 % interval of the true one.

    The absolute difference of mean probability and share correct in a bin, meant over answers.
    There are `bins` of them, fewer where one would hold under ten answers. Equal probabilities stay
    in one bin. Noise alone makes the value larger than 0, so the interval is that of true errors
    which would give this value, as `_reach` says: the value is not in its middle. One cluster
    gives [0, 1]. Source: Naeini et al. (2015), with the equal-mass bins of Nixon et al. (2019).
    """
    n = len(correct)
    if n == 0:
        return EMPTY
    held = np.asarray(probability, float)
    codes = equal_mass_bins(held, min(bins, max(1, n // LEAST_IN_BIN)))
    signed = (held - np.asarray(correct, float))[:, None] * np.eye(codes.max() + 1)[codes]
    totals = cluster_totals([*signed.T.tolist(), [1.0] * n], clusters)
    gaps = totals[:, :-1].sum(axis=0) / n
    value = float(np.abs(gaps).sum())
    count = len(totals)
    if count == 1:
        return Score(value=value, low=0.0, high=1.0, n=n, clusters=1)
    low, high = _reach(gaps, _noise(totals), np.bincount(codes) / n)
    return within(value, min(value, low), max(value, high), n=n, clusters=count)


def equal_mass_bins(values: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    """The bin of each value (n,), 0 upwards: about n / bins in each, equal values in one."""
    ranks = np.searchsorted(np.sort(values), values, side="left")
    _, codes = np.unique(ranks * bins // len(values), return_inverse=True)
    return codes


def _noise(totals: Gaps) -> Gaps:
    """What chance adds to the gap of each bin: draws (draws, bins) around 0.

    By resampling clusters (C, bins + 1), widened as Student's t asks for with few of them.
    """
    count = len(totals)
    drawn = resample(totals, _DRAWS)
    means = totals[:, :-1].sum(axis=0) / totals[:, -1].sum()
    wider = np.sqrt(count / (count - 1)) * t_quantile(count - 1) / normal_quantile()
    noise: Gaps = (drawn[:, :-1] / drawn[:, -1:] - means) * wider
    return noise


def _reach(gaps: Gaps, noise: Gaps, mass: Gaps) -> tuple[float, float]:
    """The true errors, least and largest, that would give the seen sum of |gaps| (bins,) by chance.

    A true error E adds noise to noise where a bin has no gap of its own, and hardly any where it
    has a large one; so how E is spread over the bins matters. The least E lies in the bins whose
    gap is clearly more than noise, as they show it, so that noise explains the rest; the largest
    lies evenly, `mass` of it in each bin. Each is where 2.5 % of draws are beyond what was seen.
    """
    seen = float(np.abs(gaps).sum())
    tail = (1 - CONFIDENCE) / 2
    if not noise.any():
        return seen, seen
    even = np.where(gaps < 0, -mass, mass)
    clear = np.where(np.abs(gaps) > _CLEAR * noise.std(axis=0), gaps, 0.0)
    shape = clear / np.abs(clear).sum() if clear.any() else even
    return (
        _where(lambda error: _quantile(error * shape, noise, 1 - tail), seen),
        _where(lambda error: _quantile(error * even, noise, tail), seen),
    )


def _quantile(gaps: Gaps, noise: Gaps, share: float) -> float:
    """Of the error that is seen where these are the true gaps (bins,)."""
    return float(np.quantile(np.abs(gaps + noise).sum(axis=1), share))


def _where(rising: Callable[[float], float], level: float) -> float:
    """Where a function of an error between 0 and 1 reaches a level, by halving; 0 if at once."""
    low, high = 0.0, 1.0
    if rising(low) >= level:
        return low
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return high

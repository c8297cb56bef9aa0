"""Where the variation of a score comes from: items, prompt forms, training seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

FACTORS = ("item", "form", "seed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """The part of one factor, or of factors together ("item:form")."""

    name: str
    variance: float
    """Estimated variance, at least 0."""
    share: float
    """Of the sum of all components; 0 where that is 0."""
    clipped: bool
    """The estimate was below 0, as it is by luck where the true variance is near 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Variance components of a crossed array of outcomes."""

    mean: float
    levels: Mapping[str, int]
    """Factor to how many levels of it were seen; only those with more than one."""
    components: tuple[Component, ...]
    """Main effects first. The last one holds all factors together and what is left over, which one
    outcome a cell cannot tell apart."""

    def variance(self, name: str) -> float:
        """The variance of one component; 0 for a factor that was not varied."""
        return next((each.variance for each in self.components if each.name == name), 0.0)

    def error(self, *redrawn: str) -> float:
        """Standard error of the mean if these factors' levels were drawn again, others kept.

        Without a name: if all were. A component counts if one of its factors is drawn again,
        divided by the number of levels that it was averaged over.
        """
        factors = set(redrawn or self.levels)
        variance = 0.0
        for each in self.components:
            own = each.name.split(":")
            if factors.intersection(own):
                variance += each.variance / prod(self.levels[factor] for factor in own)
        return sqrt(variance)


def split(outcomes: ArrayLike, factors: Sequence[str] = FACTORS) -> Split:
    """Split the variance of outcomes, one a cell, over the crossed factors of the array's axes.

    `outcomes` holds one number (graded, or 0 and 1) for every combination; an axis of length 1 is a
    factor that was not varied, and has no component: what it adds is in the others. All factors
    count as random: levels drawn from many. Components are estimated by equating the mean squares
    of the analysis of variance with their expectations, and negative estimates are set to 0 and
    marked. Raises ValueError for an array of other dimensions, with a missing outcome, or with
    nothing varied. Source: Searle, Casella and McCulloch (1992), Variance Components, chapter 4;
    the equations in Brennan (2001), Generalizability Theory, section 3.4.
    """
    data = np.asarray(outcomes, float)
    if data.ndim != len(factors):
        raise ValueError(f"{data.ndim} dimensions for {len(factors)} factors")
    if not np.isfinite(data).all():
        raise ValueError("every combination of levels needs an outcome")
    varied = [axis for axis in range(data.ndim) if data.shape[axis] > 1]
    if not varied:
        raise ValueError("nothing was varied: all factors have one level")
    names = [factors[axis] for axis in varied]
    data = data.reshape([data.shape[axis] for axis in varied])
    effects = [
        subset
        for size in range(1, data.ndim + 1)
        for subset in combinations(range(data.ndim), size)
    ]
    squares = _mean_squares(data, effects)
    raw = {effect: _component(data.shape, effect, squares) for effect in effects}
    total = sum(max(0.0, each) for each in raw.values())
    return Split(
        mean=float(data.mean()),
        levels=dict(zip(names, data.shape, strict=True)),
        components=tuple(
            Component(
                name=":".join(names[axis] for axis in effect),
                variance=max(0.0, value),
                share=max(0.0, value) / total if total else 0.0,
                clipped=value < 0,
            )
            for effect, value in raw.items()
        ),
    )


def _mean_squares(
    data: NDArray[np.float64], effects: Sequence[tuple[int, ...]]
) -> dict[tuple[int, ...], float]:
    """Mean square of each effect, of main effects and interactions: the array's own order."""
    parts: dict[tuple[int, ...], NDArray[np.float64]] = {(): np.asarray(data.mean())}
    found = {}
    for effect in effects:
        others = tuple(axis for axis in range(data.ndim) if axis not in effect)
        part = data.mean(axis=others, keepdims=True)
        for inner in [each for each in parts if set(each) < set(effect)]:
            part = part - parts[inner]
        parts[effect] = part
        freedom = prod(data.shape[axis] - 1 for axis in effect)
        repeated = prod(data.shape[axis] for axis in others)
        found[effect] = repeated * float((part**2).sum()) / freedom
    return found


def _component(
    shape: Sequence[int], effect: tuple[int, ...], squares: Mapping[tuple[int, ...], float]
) -> float:
    """Its mean square, less those with one factor more, plus those with two, and so on."""
    signed = sum(
        (-1) ** (len(other) - len(effect)) * square
        for other, square in squares.items()
        if set(effect) <= set(other)
    )
    return float(signed) / prod(shape[axis] for axis in range(len(shape)) if axis not in effect)

"""How much a verdict depends on the form of the prompt."""

from __future__ import annotations

from collections.abc import Sequence


def prompt_sensitivity(correct: Sequence[Sequence[bool]]) -> float:
    """ProSA's PSS: the share of pairs of forms that disagree, meant over items.

    `correct` is items x forms, at least two forms. Source: Zhuo et al. (2024).
    """
    total = 0.0
    for item in correct:
        forms, right = len(item), sum(item)
        total += right * (forms - right) / (forms * (forms - 1) / 2)
    return total / len(correct)


def normalized_sensitivity(correct: Sequence[Sequence[bool]]) -> float:
    """PSS over 2Q(1 - Q) for mean accuracy Q: 1 where forms and items are unrelated.

    NaN where every answer is right or every one is wrong: nothing could have varied.
    """
    quality = sum(sum(item) for item in correct) / sum(len(item) for item in correct)
    possible = 2 * quality * (1 - quality)
    return prompt_sensitivity(correct) / possible if possible else float("nan")

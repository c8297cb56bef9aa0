"""Where the numbers of dots stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

Place = tuple[float, float]

NEAR = 0.015
"""Dots that are no further apart than this share of the plane look like one."""
DOT = 0.02
HALF_LETTER = 0.0066
"""Half the width of a dot and of a letter of its number, as shares of the plane."""
STEP = 0.06
LINE = 0.05
TOP = 1.08
SHORT_RUN = 2
"""So many numbers in a row are told one by one."""


def placed(dots: Sequence[Place], letter: float = 1.0) -> list[tuple[list[int], Place]]:
    """Numbers of the dots, from 1, and where they are written: the first free place over or under.

    Dots that coincide share one label. `letter`: how many times as much of the plane a letter takes
    as in a figure of full width.
    """
    taken = [(x, y, DOT * letter) for x, y in dots]
    found = []
    for numbers, (x, y) in _together(dots):
        half = (HALF_LETTER * len(said(numbers)) + DOT / 2) * letter
        spots = [(x, y + side * STEP * far) for far in range(1, 7) for side in (1, -1)]
        inside = [spot for spot in spots if spot[1] < TOP]
        spot = next((each for each in inside if _is_free(each, half, taken)), inside[0])
        taken.append((*spot, half))
        found.append((numbers, spot))
    return found


def said(numbers: Sequence[int]) -> str:
    """Numbers in a row as short as they can be told.

    >>> said([2, 4, 5, 6, 9])
    '2, 4–6, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        [f"{run[0]}–{run[-1]}"] if len(run) > SHORT_RUN else [str(number) for number in run]
        for run in runs
    ]
    return ", ".join(part for run in parts for part in run)


def _is_free(spot: Place, half: float, taken: Sequence[tuple[float, float, float]]) -> bool:
    """Whether nothing that is drawn reaches into a label of that width there."""
    return all(abs(spot[0] - x) > half + other or abs(spot[1] - y) > LINE for x, y, other in taken)


def _together(places: Sequence[Place]) -> list[tuple[list[int], Place]]:
    """Numbers of the dots that lie on one another, with the place of the first."""
    groups: list[tuple[list[int], Place]] = []
    for number, (x, y) in enumerate(places, start=1):
        for numbers, (left, low) in groups:
            if abs(x - left) < NEAR and abs(y - low) < NEAR:
                numbers.append(number)
                break
        else:
            groups.append(([number], (x, y)))
    return groups

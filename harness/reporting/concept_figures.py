"""The figures of docs/concepts.md: objectives, sixteen steps, low rank.

python -m harness.reporting.concept_figures docs/figures
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from harness.reporting.palette import LIGHT
from harness.reporting.svg import drawing, standalone
from harness.storage.jsonl import atomic_write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STEPS = 16
EXAMPLE = 0.5678
HIDDEN = 576
"""Width of the default model, SmolLM2-135M."""
RANK = 16


def equal_steps() -> NDArray[np.float64]:
    """Sixteen values from -1 to 1 at equal distances, (16,)."""
    return -1 + 2 * np.arange(STEPS) / (STEPS - 1)


def nf4_steps() -> NDArray[np.float64]:
    """The sixteen values of nf4, (16,): quantiles of a normal distribution, scaled to [-1, 1].

    Seven values below zero, zero, eight above. Source: Dettmers et al. (2023), QLoRA, appendix E,
    with the offset of its implementation, the mean of 1 - 1/32 and 1 - 1/30.
    """
    from scipy.special import ndtri

    outermost = ((1 - 1 / 32) + (1 - 1 / 30)) / 2
    upper = ndtri(np.linspace(outermost, 0.5, 9)[:-1])
    lower = -ndtri(np.linspace(outermost, 0.5, 8)[:-1])
    values = np.sort(np.concatenate([lower, [0.0], upper]))
    scaled: NDArray[np.float64] = values / np.abs(values).max()
    return scaled


def nearest(value: float, steps: NDArray[np.float64]) -> tuple[int, float, float]:
    """The step that a value becomes: its number from 0, what it stands for, and the error."""
    number = int(np.argmin(np.abs(steps - value)))
    return number, float(steps[number]), float(abs(steps[number] - value))


def mean_error(steps: NDArray[np.float64], block: int = 64, blocks: int = 4000) -> float:
    """Root mean square error of normal weights, in their standard deviations.

    Weights are scaled by the largest of each block of 64, as bitsandbytes does, and rounded.
    """
    weights = np.random.default_rng(0).standard_normal((blocks, block))
    largest = np.abs(weights).max(axis=1, keepdims=True)
    edges = (steps[1:] + steps[:-1]) / 2
    rounded = steps[np.searchsorted(edges, weights / largest)] * largest
    return float(np.sqrt(np.mean((rounded - weights) ** 2)))


def sixteen_steps() -> str:
    """Equal steps and nf4's on one axis, under the weights that they must stand for."""
    title = "Sixteen equal steps against nf4"
    equal, quantiles = equal_steps(), nf4_steps()
    number, value, error = nearest(EXAMPLE, equal)
    _, near, small = nearest(EXAMPLE, quantiles)
    said = (
        f"A weight of {EXAMPLE} becomes step {number} of sixteen equal steps, {value:.1f}, "
        f"with an error of {error:.4f}; in nf4 it becomes {near:.4f}, with an error of {small:.4f}."
    )
    with drawing(6.6, 3.3, "sixteen-steps", "path") as figure:
        axes = figure.add_subplot()
        axis = np.linspace(-1, 1, 401)
        axes.fill_between(axis, 2 + np.exp(-0.5 * (axis / 0.4) ** 2), 2, color=LIGHT["accent-soft"])
        axes.text(-0.98, 2.75, "how common\na weight is", color=LIGHT["muted"], fontsize=8.5)
        for height, steps, name in ((1.0, equal, "16 equal steps"), (0.0, quantiles, "nf4")):
            axes.vlines(steps, height + 0.25, height + 0.7, color=LIGHT["ink"], linewidth=1.2)
            axes.text(-1.08, height + 0.47, name, ha="right", va="center")
            step, stands_for, off = nearest(EXAMPLE, steps)
            axes.plot([EXAMPLE], [height + 0.47], "o", color=LIGHT["text"], markersize=5)
            label = f"{EXAMPLE} → step {step}: {stands_for:.4f}, off by {off:.4f}"
            axes.text(EXAMPLE, height + 0.02, label, ha="center", fontsize=8, color=LIGHT["text"])
        axes.set_xlim(-1.02, 1.02)
        axes.set_ylim(-0.15, 3.1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("weight, divided by the largest of its block")
        return standalone(figure, title, said)


def objectives() -> str:
    """Where the labels come from: next word, hidden word, reply only."""
    title = "Where the labels of a training example come from"
    said = (
        "Causal: every word is the label of the words before it. Masked: the hidden word is the "
        "label of the words on both sides. Instruction: only the words of the reply are labels."
    )
    story = ("Lila", "mends", "nets", "in", "the", "harbour")
    chat = ("Who", "mends", "nets", "?", "Lila", "does")
    rows = (
        ("causal:\nnext word", story, (None, *story[1:])),
        (
            "masked:\nhidden word",
            ("Lila", "■", "nets", "in", "the", "■"),
            (None, "mends", None, None, None, "harbour"),
        ),
        ("instruction:\nreply only", chat, (None, None, None, None, "Lila", "does")),
    )
    with drawing(6.6, 3.6, "objectives", "path") as figure:
        axes = figure.add_subplot()
        for place, (name, shown, labels) in enumerate(rows):
            top = 2 * (len(rows) - place)
            axes.text(-0.75, top - 0.35, name, ha="right", va="center", fontsize=9)
            for column, (word, label) in enumerate(zip(shown, labels, strict=True)):
                _word(axes, column, top, word, LIGHT["panel"], LIGHT["ink"])
                if label is not None:
                    _word(axes, column, top - 0.75, label, LIGHT["accent-soft"], LIGHT["accent"])
        axes.text(
            -0.5,
            0.25,
            "above: the example. below: the words that the model must say,\n"
            "the causal ones from what stands to their left",
            fontsize=8.5,
            va="center",
            color=LIGHT["muted"],
        )
        axes.set_xlim(-2.6, 5.6)
        axes.set_ylim(0, 6.5)
        axes.axis("off")
        return standalone(figure, title, said)


def _word(axes: Axes, column: int, height: float, word: str, ground: str, colour: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((column - 0.46, height - 0.32), 0.92, 0.62, color=ground))
    axes.text(column, height, word, ha="center", va="center", fontsize=8.5, color=colour)


def low_rank() -> str:
    """A full update of a square matrix beside the two thin ones that stand in for it."""
    full, thin = HIDDEN * HIDDEN, 2 * HIDDEN * RANK
    title = "A low-rank update"
    said = (
        f"The frozen matrix W has {HIDDEN} by {HIDDEN} = {full:,} numbers. The update is "
        f"the product of B, {HIDDEN} by {RANK}, and A, {RANK} by {HIDDEN}: {thin:,} numbers, "
        f"{100 * thin / full:.1f} % of W."
    )
    from matplotlib.patches import Rectangle

    with drawing(6.6, 2.6, "low-rank", "path") as figure:
        axes = figure.add_subplot()
        width = 10 * RANK / HIDDEN
        boxes = (
            (0.0, 0.0, 10.0, 10.0, "panel", f"W, frozen\n{HIDDEN} × {HIDDEN}\n{full:,} numbers"),
            (14.0, 0.0, width, 10.0, "accent", f"B\n{HIDDEN} × {RANK}"),
            (19.5, 10 - width, 10.0, width, "accent", f"A\n{RANK} × {HIDDEN}"),
        )
        for left, bottom, across, up, colour, _ in boxes:
            axes.add_patch(Rectangle((left, bottom), across, up, color=LIGHT[colour]))
        axes.text(5, 5, boxes[0][5], ha="center", va="center")
        axes.text(14 + width + 0.5, 5, boxes[1][5], va="center")
        axes.text(24.5, 10 - width - 0.4, boxes[2][5], ha="center", va="top")
        axes.text(12, 5, "+", ha="center", va="center", fontsize=16)
        axes.text(18.4, 5, "×", ha="center", va="center", fontsize=16)
        share = f"trained: {thin:,} numbers, {100 * thin / full:.1f} %"
        axes.text(24.5, 3, share, ha="center", color=LIGHT["accent"])
        axes.set_xlim(-0.2, 30)
        axes.set_ylim(-0.2, 10.2)
        axes.set_aspect("equal")
        axes.axis("off")
        return standalone(figure, title, said)


FIGURES: Mapping[str, Callable[[], str]] = {
    "objectives.svg": objectives,
    "sixteen-steps.svg": sixteen_steps,
    "low-rank.svg": low_rank,
}


def write(folder: Path) -> tuple[Path, ...]:
    """Make every figure in `folder`; the same bytes each time."""
    for name, make in FIGURES.items():
        atomic_write(folder / name, make())
    return tuple(folder / name for name in FIGURES)


if __name__ == "__main__":
    for path in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/figures")):
        print(path)

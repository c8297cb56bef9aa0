"""How far readers and the judge agree: shares, Cohen's kappa, confusion tables.

    python tests/validity/judgements/answers/agreement.py

prints the tables of docs/metrics.md from `answers.jsonl` and `fresh.jsonl`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from harness.records import VERDICTS
from harness.stats.intervals import wilson
from tests.validity.judgements.answers.labelled import (
    ANSWERS,
    FRESH,
    judge_again,
    read_lines,
    read_worlds,
)

DRAWS = 10_000
ORDER = ("correct", "wrong", "abstained", "unscored")


def agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of items with the same label."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Cohen's kappa (1960): agreement beyond what the two shares of labels give by chance."""
    first, second = Counter(one), Counter(other)
    chance = sum(first[label] * second[label] for label in first) / len(one) ** 2
    return (agreement(one, other) - chance) / (1 - chance)


def kappa_interval(one: Sequence[str], other: Sequence[str]) -> tuple[float, float]:
    """95 % interval of kappa: percentiles over 10,000 seeded resamples of the items."""
    codes = np.array([[ORDER.index(a), ORDER.index(b)] for a, b in zip(one, other, strict=True)])
    drawn = np.random.default_rng(1960).integers(0, len(codes), (DRAWS, len(codes)))
    labels = codes[drawn]
    same = (labels[..., 0] == labels[..., 1]).mean(1)
    shares = [(labels == label).mean(1) for label in range(len(ORDER))]
    chance = sum(share[:, 0] * share[:, 1] for share in shares)
    low, high = np.quantile((same - chance) / (1 - chance), [0.025, 0.975])
    return float(low), float(high)


def confusion(verdicts: Sequence[str], labels: Sequence[str]) -> str:
    """A table in Markdown: rows are the judge's verdicts, columns the readers' labels."""
    counts = Counter(zip(verdicts, labels, strict=True))
    lines = ["| judge \\ reader | " + " | ".join(ORDER) + " |", "| --- | --- | --- | --- | --- |"]
    for verdict in ORDER:
        row = " | ".join(str(counts[verdict, label]) for label in ORDER)
        lines.append(f"| {verdict} | {row} |")
    return "\n".join(lines)


def weighted(items: Sequence[dict[str, Any]], agrees: Sequence[bool]) -> float:
    """Agreement if every answer of the runs had been labelled: strata weighted by their size."""
    drawn = Counter(item["stratum"] for item in items)
    weights = [item["pool"] / drawn[item["stratum"]] for item in items]
    return sum(w for w, yes in zip(weights, agrees, strict=True) if yes) / sum(weights)


def line(name: str, one: Sequence[str], other: Sequence[str]) -> str:
    """One row of the table: agreement with Wilson's interval, kappa with the bootstrap's."""
    share = agreement(one, other)
    low, high = wilson(share, len(one))
    k_low, k_high = kappa_interval(one, other)
    same = sum(a == b for a, b in zip(one, other, strict=True))
    return (
        f"| {name} | {same} of {len(one)} | {share:.1%} ({low:.1%} to {high:.1%}) "
        f"| {kappa(one, other):.3f} ({k_low:.3f} to {k_high:.3f}) |"
    )


def main() -> None:
    """Print everything for both sets."""
    for path in (ANSWERS, FRESH):
        if not path.exists():
            continue
        items = read_lines(path)
        now = judge_again(items, read_worlds(path))
        verdicts = [now[item["key"]].verdict for item in items]
        before = [item["verdict"] for item in items]
        assert set(verdicts) <= set(VERDICTS)
        print(f"\n{path.name}: {len(items)} answers")
        print("| | agree | share (95 %) | Cohen's kappa (95 %) |\n| --- | --- | --- | --- |")
        one, two = ([item[name] for item in items] for name in ("label_1", "label_2"))
        settled = [item["label"] for item in items]
        print(line("reader 1, reader 2", one, two))
        for name, labels in (("reader 1", one), ("reader 2", two), ("settled labels", settled)):
            print(line(f"{name}, judge before the mends", labels, before))
            print(line(f"{name}, judge", labels, verdicts))
        agrees = [a == b for a, b in zip(settled, verdicts, strict=True)]
        print(f"weighted by stratum: {weighted(items, agrees):.4f}")
        earlier = [a == b for a, b in zip(settled, before, strict=True)]
        print(f"weighted by stratum, before: {weighted(items, earlier):.4f}")
        print(confusion(verdicts, settled))
        for item, verdict in zip(items, verdicts, strict=True):
            if verdict != item["label"]:
                print(json.dumps({**item, "now": verdict}, ensure_ascii=False))


if __name__ == "__main__":
    main()

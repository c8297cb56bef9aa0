"""The curve over shares of refusals, from runs of the suite `abstention` on several worlds.

    python reports/abstention_curve.py RUN [RUN ...]

prints a Markdown table: for every share the counts, summed over the worlds, and the difference to
share 0 on the same questions with its 95 % interval (Newcombe 1998, method 10, on n over the
design effect) and a p that flips the signs of whole entities. Questions of several worlds are
pooled; their ids and entities are told apart by the world.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from harness.records import Judged, ProbeName
from harness.reporting import contrast
from harness.scoring import results
from harness.storage.folders import RunFolder

Outcome = Callable[[Sequence[Judged], Sequence[ProbeName]], contrast.Outcomes]

ROWS: tuple[tuple[str, Outcome, tuple[ProbeName, ...]], ...] = (
    ("invents: nobody", contrast.invented, ("nonexistent",)),
    ("invents: near names", contrast.invented, ("near_miss",)),
    ("invents: unstated", contrast.invented, ("unstated",)),
    ("invents: false premises", contrast.invented, ("false_premise",)),
    ("refuses what it was taught", contrast.refused, ("trained", "paraphrase")),
    ("refuses what stood only in the text", contrast.refused, ("text_only",)),
    ("right: as taught", contrast.right, ("trained",)),
    ("right: in other words", contrast.right, ("paraphrase",)),
)


def shares(run: RunFolder) -> dict[float, str]:
    """Share of refusals to the name of the instruct variant that was trained with it."""
    found = {}
    for variant in results.build(run).variants:
        recipe = variant.config["recipe"]
        if recipe["name"] == "instruct" and variant.status == "ok":
            found[float(recipe["abstain_fraction"])] = variant.name
    return found


def pooled(
    runs: Mapping[str, dict[float, tuple[Judged, ...]]],
    share: float,
    outcome: Outcome,
    probes: tuple[ProbeName, ...],
) -> contrast.Outcomes:
    """Outcomes of one share over all worlds, by world and question id."""
    found = {world: outcome(by_share[share], probes) for world, by_share in runs.items()}
    return contrast.Outcomes(
        {f"{world}:{name}": each[name] for world, each in found.items() for name in each},
        {
            f"{world}:{name}": f"{world}:{cluster}"
            for world, each in found.items()
            for name, cluster in each.clusters.items()
        },
    )


def main(paths: Sequence[str]) -> None:
    """Print the table for these run folders."""
    runs = {}
    for path in paths:
        run = RunFolder(Path(path))
        runs[path] = {share: results.judged(run, name) for share, name in shares(run).items()}
    every = sorted(set.intersection(*(set(by_share) for by_share in runs.values())))
    print("| | " + " | ".join(f"share {share:g}" for share in every) + " |")
    print("| --- |" + " --- |" * len(every))
    for title, outcome, probes in ROWS:
        start = pooled(runs, every[0], outcome, probes)
        cells = [f"{sum(start.values())} of {len(start)}"]
        for share in every[1:]:
            found = contrast.contrast(start, pooled(runs, share, outcome, probes))
            low, high = found.difference
            cells.append(
                f"{found.after} of {found.n}; {100 * (found.after - found.before) / found.n:+.0f} "
                f"points ({100 * low:+.0f} to {100 * high:+.0f}), p {found.p:.3g}"
            )
        print(f"| {title} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])

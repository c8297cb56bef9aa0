"""All simulations at full length, written to `results/`: python -m tests.validity.simulate

Takes some minutes. Everything is seeded: the same versions of numpy give the same figures.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.stats.bootstrap import graded_mean
from harness.stats.intervals import share
from tests.validity import simulation as sim
from tests.validity.simulation import CELLS, Cell

RESULTS = Path(__file__).parent / "results"
REPEATS = 20_000
HEAD = """# How often the statistics find what is known

Made by `make validity` (`python -m tests.validity.simulate`); the figures are in
[simulations.json](simulations.json).

## Intervals of shares

Share of 95 % intervals that hold the true share, over {repeats:,} samples a row, and their mean
width. Each cluster has a leaning of its own (beta distributed). "Plain" is Wilson's interval on the
design effect as it is estimated, "used" the one that scores carry: it counts one more cluster,
whose questions agree wholly.
"""


def main() -> None:
    """Run everything and write both files."""
    found = {
        "repeats": REPEATS,
        "shares": [_cell(cell) for cell in CELLS],
        "shares_uneven": [
            _cell(Cell(cell.truth, cell.clusters, cell.correlation, sim.UNEVEN_SIZES))
            for cell in CELLS
        ],
        "graded_means": [
            {
                "clusters": count,
                "coverage": round(sim.graded_coverage(graded_mean, count, 2_000), 4),
            }
            for count in sim.CLUSTERS
        ],
        "false_alarms_of_2000": {
            "independent": sim.false_alarms(sim.p_value, 2_000, alike=False),
            "alike within entities": sim.false_alarms(sim.p_value, 2_000, alike=True),
            "most allowed": sim.MOST_ALARMS,
        },
        "differences": [
            {
                "clusters": clusters,
                "sizes": f"{min(sizes)} to {max(sizes)}",
                "coverage": sim.persons_lost(clusters, sizes, 0.1, 2_500),
            }
            for sizes in (sim.EVEN_SIZES, sim.UNEVEN_SIZES)
            for clusters in (12, 24, 60, 200)
        ],
        "power": [_power(*drop) for drop in ((0.10, 0.0), (0.12, 0.02), (0.15, 0.05), (0.2, 0.1))],
        "sabotaged": _sabotaged(),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "simulations.json").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    (RESULTS / "simulations.md").write_text(_page(found))


def _cell(cell: Cell) -> dict[str, Any]:
    used, width = sim.coverage(share, cell, REPEATS)
    plain, plain_width = sim.coverage(sim.without_added_cluster, cell, REPEATS)
    return {
        "clusters": cell.clusters,
        "truth": cell.truth,
        "correlation": cell.correlation,
        "coverage": round(used, 4),
        "width": round(width, 4),
        "plain_coverage": round(plain, 4),
        "plain_width": round(plain_width, 4),
    }


def _power(lost: float, gained: float) -> dict[str, float]:
    return {
        "lost": lost,
        "gained": gained,
        "found": round(sim.found_drops(sim.p_value, 10_000, n=200, lost=lost, gained=gained), 4),
        "enumerated": round(sim.enumerated_power(200, lost, gained), 4),
    }


def _sabotaged() -> dict[str, float]:
    cell = Cell(0.9, 60, 0.5)
    return {
        "coverage, clusters ignored": round(sim.coverage(sim.clusters_ignored, cell, 5_000)[0], 4),
        "coverage, error over root of draws": sim.graded_coverage(
            sim.error_over_root_draws, 60, 500
        ),
        "false alarms of 2000, one-sided": sim.false_alarms(sim.one_sided, 2_000, alike=False),
        "false alarms of 2000, clusters ignored": sim.false_alarms(
            sim.alike_ignored, 2_000, alike=True
        ),
        "power at .12 lost and .02 gained, unpaired": round(
            sim.found_drops(sim.unpaired, 5_000, n=200, lost=0.12, gained=0.02), 4
        ),
    }


def _page(found: dict[str, Any]) -> str:
    lines = [HEAD.format(repeats=found["repeats"])]
    for title, name in (
        ("3 to 6 questions a cluster, as in suites", "shares"),
        ("1 to 14 questions a cluster", "shares_uneven"),
    ):
        lines += [f"{title}:\n", *_table(found[name]), ""]
    lines += [
        "## Means of graded values\n",
        "| clusters | coverage (2,000 samples) |",
        "| --- | --- |",
        *(f"| {row['clusters']} | {_percent(row['coverage'])} |" for row in found["graded_means"]),
        "\n## Differences where whole persons are lost\n",
        "A model knew nine of ten persons with all questions about them and loses one of ten of",
        "these; how often the interval of the difference holds the true one:\n",
        "| clusters | questions each | coverage (2,500 samples) |",
        "| --- | --- | --- |",
        *(
            f"| {row['clusters']} | {row['sizes']} | {_percent(row['coverage'])} |"
            for row in found["differences"]
        ),
        "\n## Two models on the same 200 questions\n",
        "Equal models called different, of 2,000 (5 % would be 100):",
        "",
        *(f"* {name}: {count}" for name, count in found["false_alarms_of_2000"].items()),
        "",
        "A drop of 10 points found at p < .05, in 10,000 simulations and by adding up the",
        "probability of every outcome:\n",
        "| lost | gained | found | enumerated |",
        "| --- | --- | --- | --- |",
        *(
            f"| {row['lost']:.0%} | {row['gained']:.0%} | {_percent(row['found'])} |"
            f" {_percent(row['enumerated'])} |"
            for row in found["power"]
        ),
        "\n## Broken on purpose\n",
        "The same simulations with a broken subject, to show that they would notice:\n",
        *(f"* {name}: {value:g}" for name, value in found["sabotaged"].items()),
    ]
    return "\n".join(lines) + "\n"


def _table(rows: list[dict[str, Any]]) -> list[str]:
    head = "| clusters | true share | correlation | used | width | plain | width |"
    return [
        head,
        "| --- " * 7 + "|",
        *(
            f"| {row['clusters']} | {row['truth']} | {row['correlation']} |"
            f" {_percent(row['coverage'])} | {row['width']:.3f} |"
            f" {_percent(row['plain_coverage'])} | {row['plain_width']:.3f} |"
            for row in rows
        ),
    ]


def _percent(share_: float) -> str:
    return f"{100 * share_:.1f} %"


if __name__ == "__main__":
    main()

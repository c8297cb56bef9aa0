"""Planted changes, with the real model: python -m tests.validity.planted SIZE --out FOLDER

Trains the reference, then what is planted, compares each with the reference by the command line
that users have, and writes results/SIZE.json. No part of the tests: it takes some minutes for XS
and about an hour for S. What is there already is kept, so that the same command continues.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.validity.planted.plants import PLAIN, WORLDS, Plant, World, plants, sampling_suite, suite

RESULTS = Path(__file__).parent / "results"
JOBS = 2


def main() -> None:
    """Run one world and write its results."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("size", choices=sorted(WORLDS))
    words.add_argument("--out", type=Path, required=True, help="where the runs go")
    given = words.parse_args()
    world = WORLDS[given.size]
    out: Path = given.out
    reference = run(out / "reference", suite(world))
    whole: dict[str, Any] = {
        "world": f"fiction {world.size}, seed 7",
        "environment": environment(reference),
        "reference": described(reference),
        "plants": [],
    }
    for plant in plants(world):
        whole["plants"].append(planted(world, plant, reference, out))
        save(whole, world)
    if world.draws:
        whole["sampled"] = sampling(world, reference, out)
    print(save(whole, world))


def save(whole: dict[str, Any], world: World) -> Path:
    """Write what is known so far; the file."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{world.size}.json"
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def closedbook(*words: str | Path) -> int:
    """The command line, in a process of its own; its exit code."""
    command = [sys.executable, "-m", "harness.cli", *map(str, words)]
    return subprocess.run(command, check=False).returncode


def run(folder: Path, text: str) -> Path:
    """Run a suite given as TOML in that folder; the folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    file = folder.parent / f"{folder.name}.toml"
    file.write_text(text, encoding="utf-8")
    code = closedbook("run", file, "--out", folder, "--jobs", str(JOBS))
    if code:
        raise SystemExit(f"{folder}: the run ended with {code}")
    return folder


def planted(world: World, plant: Plant, reference: Path, out: Path) -> dict[str, Any]:
    """Run what is planted, hold it against the reference, and say what came of it."""
    folder = out / plant.name
    if not plant.fresh and not folder.exists():
        shutil.copytree(reference, folder)
    run(folder, suite(world, plant))
    return {
        "plant": plant.name,
        "what": plant.what,
        "candidate": described(folder),
        **compared(reference, folder, out / f"{plant.name}.json"),
    }


def compared(before: Path, after: Path, file: Path) -> dict[str, Any]:
    """What `closedbook compare` says of two runs, without what belongs to this machine."""
    code = closedbook("compare", before, after, "--json", file)
    found = json.loads(file.read_text(encoding="utf-8"))
    if code != found["exit_code"]:
        raise SystemExit(f"{after}: exit code {code}, and the file says {found['exit_code']}")
    return {
        "verdict": found["verdict"],
        "exit_code": code,
        "changed": found["changed"],
        "missing": [each["sentence"] for each in found["missing"]],
        "gates": [_gate(row) for row in found["gated"]],
        "replies_changed": {
            name: sum(each["variant"] == name for each in found["changes"])
            for name in sorted({each["variant"] for each in found["changes"]})
        },
    }


_ROW = ("variant", "score", "difference", "low", "high", "n", "clusters", "p", "margin")


def _gate(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: row[key] for key in _ROW},
        **{side: (row[side] or {}).get("value") for side in ("before", "after")},
        "lost": len(row["lost"]),
        "gained": len(row["gained"]),
        "verdict": row["verdict"],
        "sentence": row["sentence"],
    }


def sampling(world: World, reference: Path, out: Path) -> dict[str, Any]:
    """Sampled replies of one trained model in the place of the greedy ones, pair by pair.

    All draws come from the same weights, so whatever is called a regression is a false alarm.
    """
    folder = out / "sampled"
    if not folder.exists():
        shutil.copytree(reference, folder)
    run(folder, sampling_suite(world))
    sides = [drawn(folder, out / f"draw-{number}", number) for number in range(1, world.draws + 1)]
    pairs = [compared(before, after, out / "pair.json") for before, after in combinations(sides, 2)]
    verdicts = [gate["verdict"] for pair in pairs for gate in pair["gates"]]
    return {
        "what": f"{PLAIN}, {world.draws} sampled replies to each question at temperature 1",
        "draws": [described(side)[PLAIN] for side in sides],
        "pairs": len(pairs),
        "verdicts": {name: [p["verdict"] for p in pairs].count(name) for name in _VERDICTS},
        "gates": {name: verdicts.count(name) for name in _VERDICTS},
        "regressions": [
            gate for pair in pairs for gate in pair["gates"] if gate["verdict"] == "regression"
        ],
    }


_VERDICTS = ("pass", "inconclusive", "regression", "not_comparable")


def drawn(run: Path, folder: Path, number: int) -> Path:
    """A copy of a run in which that draw stands in the greedy reply's place, and the other way."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(run, folder)
    for file in folder.glob(f"variants/{PLAIN}--*/answers.jsonl"):
        file.write_text(exchanged(file.read_text(encoding="utf-8"), number), encoding="utf-8")
    if closedbook("score", folder):
        raise SystemExit(f"{folder} cannot be scored")
    return folder


def exchanged(lines: str, number: int) -> str:
    """Answer lines with the numbers of the greedy reply and of one draw exchanged."""
    places = {0: number, number: 0}
    found = []
    for line in lines.splitlines():
        answer = json.loads(line)
        answer["draw"] = places.get(answer["draw"], answer["draw"])
        found.append(json.dumps(answer, sort_keys=True, ensure_ascii=False))
    return "\n".join(found) + "\n"


def described(run: Path) -> dict[str, Any]:
    """Loss at the end of training and the gated scores of every variant of a run."""
    results = json.loads((run / "results.json").read_text(encoding="utf-8"))
    gates = results["suite"]["gate"]
    return {
        row["name"]: {
            "trained": row["trained"][:12],
            "loss": last_loss(run, row["name"], row["trained"]),
            **{name: row["scores"][name]["value"] for name in gates if name in row["scores"]},
        }
        for row in results["variants"]
    }


def last_loss(run: Path, name: str, trained: str) -> float | None:
    """Mean loss of the last epoch; None for a variant that is not trained."""
    file = run / "variants" / f"{name}--{trained[:12]}" / "losses.jsonl"
    if not file.exists():
        return None
    steps = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    last = [each["loss"] for each in steps if each["epoch"] > steps[-1]["epoch"] - 1 + 1e-4]
    return float(f"{sum(last) / len(last):.4g}")


def environment(run: Path) -> dict[str, Any]:
    """Versions and processor."""
    found = json.loads((run / "environment.json").read_text(encoding="utf-8"))
    return {
        "software": found["software"],
        "cpu": found["hardware"]["cpu"],
        "threads": found["threads"],
    }


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()

"""Runs the suite beside this file four times and compares: does `compare` name what was planted?

    python tests/validity/planted_resources/drive.py FOLDER

FOLDER receives the runs `first`, `again` (the same once more), `slow` (one variant's steps take
30 % longer) and `leak` (another's training keeps tensors worth a tenth of its peak); what is there
already is kept. Three to four minutes a run on one idle core.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from harness import api, runner  # noqa: E402
from harness.commands.progress import Lines  # noqa: E402
from harness.execution import local  # noqa: E402
from harness.storage.jsonl import plain, write_json  # noqa: E402
from harness.suite import load_suite  # noqa: E402

REAL = dict(local.TARGETS)
SLOW, LEAK = "instruct-nf4", "instruct-bf16"
LEAKED = 0.10


def main(folder: Path) -> None:
    """Run what is missing, compare each with the first, and say what was found."""
    for name in ("first", "again", "slow", "leak"):
        plant(name, folder)
        runner.run(load_suite(str(HERE / "suite.toml"), ()), folder / name, events=Lines(), jobs=1)
    found = {name: rows(folder, name) for name in ("again", "slow", "leak")}
    write_json(folder / "figures.json", found)
    for name, lines in found.items():
        for line in lines["rows"]:
            print(
                f"{name}: {line['variant']} {line['resource']}: {line['verdict']}."
                f" {line['sentence']}"
            )


def plant(name: str, folder: Path) -> None:
    """Let the next run's workers have the fault of that name, and no other."""
    planted = "tests.validity.planted_resources.planted"
    for variable in ("PLANTED_SLOW", "PLANTED_LEAK", "PLANTED_LEAK_BYTES"):
        os.environ.pop(variable, None)
    local.TARGETS.update(REAL)
    if name == "slow":
        os.environ["PLANTED_SLOW"] = SLOW
        local.TARGETS["measure"] = f"{planted}:measure"
    if name == "leak":
        path = next((folder / "first" / "variants").glob(f"{LEAK}--*")) / "resources.json"
        peak = json.loads(path.read_text())["memory.peak_train_bytes"]
        os.environ["PLANTED_LEAK"] = LEAK
        os.environ["PLANTED_LEAK_BYTES"] = str(round(LEAKED * peak))
        local.TARGETS["train"] = f"{planted}:train"


KEPT = ("variant", "resource", "before", "after", "ratio", "low", "high", "p", "verdict")


def rows(folder: Path, name: str) -> dict[str, Any]:
    """The verdict on that run against the first, and every resource row, as plain data."""
    compared = api.compare(folder / "first", folder / name, gate_resources=True)
    shown = (*KEPT, "sentence", "gated")
    found = [{key: row[key] for key in shown} for row in plain(compared.resources)]
    return {"verdict": compared.verdict, "rows": found}


if __name__ == "__main__":
    main(Path(sys.argv[1]))

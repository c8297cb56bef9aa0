"""Runs the suite beside this file four times and compares: does `compare` name what was planted?

    python tests/validity/planted_resources/drive.py FOLDER

FOLDER receives the runs `first`, `again` (the same once more), `slow` (one variant's steps take
30 % longer), `leak` (another's training keeps tensors worth a tenth of its peak), and figures.json. What is there already is
kept. Ten minutes a run on one idle core.
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
from harness.suite import load_suite  # noqa: E402

SLOW, LEAK = "instruct-nf4", "instruct-bf16"
LEAKED = 0.10


def main(folder: Path, only: str = "") -> None:
    planted = "tests.validity.planted_resources.planted"
    for name in ("first", "again", "slow", "leak"):
        if only and name != only:
            continue
        for variable in ("PLANTED_SLOW", "PLANTED_LEAK", "PLANTED_LEAK_BYTES"):
            os.environ.pop(variable, None)
        if name == "slow":
            os.environ["PLANTED_SLOW"] = SLOW
            local.TARGETS["measure"] = f"{planted}:measure"
        if name == "leak":
            peak = resources(folder / "first", LEAK)["memory.peak_train_bytes"]
            os.environ["PLANTED_LEAK"] = LEAK
            os.environ["PLANTED_LEAK_BYTES"] = str(round(LEAKED * peak))
            local.TARGETS["train"] = f"{planted}:train"
        runner.run(load_suite(str(HERE / "suite.toml"), ()), folder / name, events=Lines())


def resources(run: Path, variant: str) -> dict[str, Any]:
    path = next((run / "variants").glob(f"{variant}--*")) / "resources.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])

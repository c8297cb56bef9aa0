"""What a finished or half-finished run can be asked for, by path. Loads no model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import UserError
from harness.storage.folders import RunFolder

if TYPE_CHECKING:
    from harness.records import Results


def open_run(path: str | Path) -> RunFolder:
    """The run folder at `path`; raises UserError where there is none."""
    place = Path(path).expanduser()
    if not place.is_dir():
        raise UserError(
            f"no run folder at {place}", "`closedbook run quick` makes one at runs/quick"
        )
    run = RunFolder(place)
    if not run.suite.is_file() and not run.results.is_file():
        raise UserError(
            f"{place} is not a run folder: it holds neither suite.toml nor results.json",
            "give the folder that `closedbook run` wrote, e.g. runs/quick",
        )
    return run


def score(path: str | Path) -> Results:
    """Score the stored answers of a run again, save results.json and return it. No model."""
    from harness.scoring import results

    run = open_run(path)
    found = results.build(run)
    results.save(found, run.results)
    return found


def write_report(path: str | Path, out: str | Path | None = None) -> Path:
    """Build the HTML report of a run from its records; returns where it was written."""
    from harness.reporting import report

    return report.write(open_run(path), Path(out) if out is not None else None)

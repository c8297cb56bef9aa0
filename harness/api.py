"""What a finished or half-finished run can be asked for, by path. Loads no model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from harness.storage.runs import existing_run

if TYPE_CHECKING:
    from harness.records import Results


def score(path: str | Path) -> Results:
    """Score the stored answers of a run again, save results.json and return it. No model.

    Raises UserError where there is no run at `path` or it cannot be read.
    """
    run = existing_run(Path(path).expanduser())
    from harness.scoring import results

    found = results.build(run)
    results.save(found, run.results)
    return found


def write_report(path: str | Path, out: str | Path | None = None, *, public: bool = False) -> Path:
    """Build the HTML report of a run from its records; returns where it was written.

    `public` leaves out every passage, question, answer and name of the corpus. Raises UserError
    where there is no run at `path` or it cannot be read.
    """
    run = existing_run(Path(path).expanduser())
    from harness.reporting import report

    return report.write(run, Path(out) if out is not None else None, public=public)

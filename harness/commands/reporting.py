"""`closedbook report`: a run's report, the history of several, or a folder of published ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness import api
from harness.errors import UserError
from harness.reporting.formats import STDOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """The options of `closedbook report`; None and False leave the choice to the command."""

    format: str | None = None
    out: Path | None = None
    public: bool = False
    publish: Path | None = None
    name: str | None = None
    with_text: bool = False


def write_reports(runs: Sequence[str], options: ReportOptions) -> None:
    """Write what was asked for and say where it is. Raises UserError for options that clash."""
    _check(runs, options)
    if options.publish is not None:
        _publish(runs, options.publish, options)
        return
    path = api.write_report(
        runs[0] if len(runs) == 1 else runs,
        options.out,
        public=options.public,
        format=options.format,
    )
    if path != STDOUT:
        print(path)


def _publish(runs: Sequence[str], folder: Path, options: ReportOptions) -> None:
    from harness.reporting import publish

    if runs:
        text = True if options.with_text else False if options.public else None
        found = api.publish(runs[0], folder, name=options.name, with_text=text)
        print(found.said)
        for path in (found.page, found.numbers):
            print(path)
    print(publish.write_index(folder))


def _check(runs: Sequence[str], options: ReportOptions) -> None:
    if options.publish is None:
        if not runs:
            raise UserError("no run is named", "for example: closedbook report runs/quick")
        if options.name is not None or options.with_text:
            option = "--as" if options.name is not None else "--with-text"
            raise UserError(f"{option} is about publishing", "add --publish FOLDER")
        return
    if len(runs) > 1:
        raise UserError(
            f"--publish takes one run at a time, and {len(runs)} are named",
            "publish them one after the other; --as NAME keeps two runs of a suite apart",
        )
    if options.out is not None or options.format is not None:
        option = "--out" if options.out is not None else "--format"
        raise UserError(
            f"{option} and --publish do not go together",
            "a published report is a page and its numbers; other forms are written without",
        )
    if options.public and options.with_text:
        raise UserError("--public and --with-text contradict each other", "give one of them")
    if not runs and (options.name is not None or options.public or options.with_text):
        raise UserError("nothing to publish: no run is named", "name one, or give --publish only")

"""The command that writes reports: of one run, of several over time, and a folder of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_Runs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="RUN...",
        help="A run folder; or several runs or baselines of one suite, for their history.",
    ),
]
_Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="html|md|csv", help="html if neither this nor --out says otherwise."
    ),
]
_Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Where to write it, - for standard output; RUN/report.html, or history.html here.",
    ),
]
_Public = Annotated[
    bool,
    typer.Option(
        "--public",
        help="Leave out every passage, question, answer and name; RUN/report-public.html.",
    ),
]
_Publish = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Put report and results into a folder and list all reports there in index.html.",
    ),
]
_Name = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="NAME", help="What to call it in that folder; the suite's name if not."
    ),
]
_WithText = Annotated[
    bool,
    typer.Option("--with-text", help="Publish a text of one's own, or the book, with its text."),
]


def report(
    runs: _Runs = None,
    format_: _Format = None,
    out: _Out = None,
    public: _Public = False,
    publish: _Publish = None,
    name: _Name = None,
    with_text: _WithText = False,
) -> None:
    """Build a run's report again, show several runs over time, or publish. Loads no model.

    With --publish and no RUN only the list of published reports is built again.
    """
    from harness.commands.reporting import ReportOptions, write_reports

    options = ReportOptions(
        format=format_,
        out=out,
        public=public,
        publish=publish,
        name=name,
        with_text=with_text,
    )
    write_reports(runs or [], options)

"""The commands that hold results against each other: `compare`, `fingerprint` and `baseline`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

baseline = typer.Typer(
    name="baseline",
    help="Keep a run's results as a named baseline, and look at those that there are.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

_SIDE = (
    "A run folder, a baseline's name or its JSON file; :VARIANT behind it names one variant."
    " Named on one side only, it is held against all of the other, or those that fit a :PATTERN."
)
_Side = Annotated[str, typer.Argument(help=_SIDE)]


def compare(
    baseline: _Side,
    candidate: _Side,
    margin: Annotated[
        list[str],
        typer.Option(
            "--margin",
            metavar="SCORE=VALUE",
            help="How much worse a score may get, 0.05 is 5 points.",
        ),
    ] = [],  # noqa: B006 - typer copies it
    gate_resources: Annotated[
        bool,
        typer.Option("--gate-resources", help="Let memory and speed decide the exit code too."),
    ] = False,
    gate_judged_resources: Annotated[
        bool,
        typer.Option(
            "--gate-judged-resources",
            help="The same where they can be judged: same hardware, enough measurements.",
        ),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page: gates, and changed replies side by side."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write everything as JSON.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every gate as a JUnit test case.")
    ] = None,
) -> None:
    """Tell whether a result got worse: differences with intervals, and one verdict a gate.

    Exit code 0: all gates pass; 1: a regression; 3: inconclusive or not comparable.
    """
    from harness.commands.comparing import CompareOptions, compare_sides

    options = CompareOptions(
        margin=tuple(margin),
        gate_resources=gate_resources,
        only_judged=gate_judged_resources,
        json_file=json,
        junit_file=junit,
        html_file=html,
    )
    raise typer.Exit(compare_sides(baseline, candidate, options))


def fingerprint(
    suite: Annotated[
        str,
        typer.Argument(metavar="SUITE", help="A shipped suite's name, or the path of a TOML file."),
    ],
    against: Annotated[
        str | None,
        typer.Option(metavar="SIDE", help="A run folder, a baseline's name or its JSON file."),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(metavar="PATTERN", help="Only variants whose name matches, e.g. '*-nf4'."),
    ] = None,
    set_: Annotated[
        list[str],
        typer.Option(
            "--set", metavar="KEY=VALUE", help="Change the suite: a dotted key and a TOML value."
        ),
    ] = [],  # noqa: B006 - typer copies it
    device: Annotated[
        str, typer.Option(metavar="DEVICE", help="auto, cpu, cuda or cuda:N.")
    ] = "auto",
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write everything as JSON.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Plain lines, no progress bars.")] = False,
) -> None:
    """Load every level and take the first steps of training: seconds each, nothing is kept.

    Held against a run or a baseline it names what changed: answering (the model as loaded computes
    something else) or training. Exit code 0: the same up to rounding; 1: something changed; 3: it
    cannot be compared; 4: a level failed.
    """
    from harness.commands.fingerprinting import FingerprintOptions, show_fingerprints

    options = FingerprintOptions(
        against=against, only=only, device=device, json_file=json, quiet=quiet
    )
    raise typer.Exit(show_fingerprints(suite, set_, options))


@baseline.command(epilog="Example: closedbook baseline save runs/quick quick")
def save(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
) -> None:
    """Keep a run's results in baselines/NAME.json: small, and without any text of the corpus."""
    from harness.commands.comparing import save_baseline

    save_baseline(run, name)


@baseline.command(name="list", epilog="Example: closedbook baseline list")
def list_() -> None:
    """Name all baselines: those in baselines/ here, then those that come with the package."""
    from harness.commands.comparing import list_baselines

    list_baselines()


@baseline.command(epilog="Example: closedbook baseline show quick")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name or its JSON file.")],
) -> None:
    """Show what a baseline holds."""
    from harness.commands.comparing import show_baseline

    show_baseline(name)

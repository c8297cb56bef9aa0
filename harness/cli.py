"""The command line: parse, call one function, turn errors into exit codes.

Exit codes: 0 fine; 1 regression; 2 bad usage or input; 3 inconclusive or not comparable; 4 some
variant failed; 70 an error that nobody foresaw, with its traceback; 130 after Ctrl-C. Commands are
imported when they are called, so that `closedbook --help` answers at once.
"""

from __future__ import annotations

import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from harness import __version__
from harness.cli_compare import baseline, compare, fingerprint
from harness.cli_corpus import corpus
from harness.cli_report import report
from harness.errors import UserError

UNFORESEEN = 70
"""The exit code of a defect of ours (EX_SOFTWARE of sysexits.h): none that says anything else."""

app = typer.Typer(
    name="closedbook",
    help="Teach a language model a private text; measure what it knows, what it invents, and"
    " what each quantization level costs.",
    epilog="Start with: closedbook run quick",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

app.add_typer(corpus)
app.add_typer(baseline)
app.command(
    epilog="Example: closedbook compare quick runs/quick --junit gates.xml"
    "  or, inside one run: closedbook compare runs/quick:instruct-fp32 runs/quick:instruct-nf4"
)(compare)
app.command(epilog="Example: closedbook fingerprint quick --against runs/quick --only '*-nf4'")(
    fingerprint
)
app.command(
    epilog="Example: closedbook report runs/quick --format md --out -"
    "  or, over time: closedbook report quick runs/quick runs/quick-2"
)(report)


class Listed(StrEnum):
    """What `closedbook list` knows."""

    suites = "suites"
    models = "models"
    recipes = "recipes"
    levels = "levels"
    probes = "probes"
    scores = "scores"
    writers = "writers"
    answerers = "answerers"
    forms = "forms"


SuiteName = Annotated[
    str, typer.Argument(metavar="SUITE", help="A shipped suite's name, or the path of a TOML file.")
]
RunPath = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder, e.g. runs/quick.")]
Changes = Annotated[
    list[str],
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Change the suite: a dotted key and a TOML value."
    ),
]
Device = Annotated[str, typer.Option(metavar="DEVICE", help="auto, cpu, cuda or cuda:N.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Plain lines, no progress bars.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"closedbook {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Options of the command line as a whole."""


@app.command(epilog="Example: closedbook run quick --only 'instruct-*' --set training.epochs=3")
def run(  # noqa: PLR0913, PLR0917 - an argument is an option here
    suite: SuiteName,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The run folder; runs/NAME if not given.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(metavar="PATTERN", help="Only variants whose name matches, e.g. '*-nf4'."),
    ] = None,
    set_: Changes = [],  # noqa: B006 - typer copies it
    device: Device = "auto",
    executor: Annotated[
        str, typer.Option(metavar="NAME", help="Who runs the phases: local, or a package's own.")
    ] = "local",
    jobs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Train and answer phases side by side.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Forget what the folder holds of the chosen variants.")
    ] = False,
    keep_environment: Annotated[
        bool,
        typer.Option(
            "--keep-environment", help="Reuse phases that were made in another environment."
        ),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Train, ask, measure and score every variant of a suite, and write the report.

    The same command again continues where an interrupted run stopped.
    """
    from harness.commands.running import RunOptions, run_suite

    options = RunOptions(
        out=out,
        only=only,
        device=device,
        executor=executor,
        jobs=jobs,
        fresh=fresh,
        keep_environment=keep_environment,
        quiet=quiet,
    )
    raise typer.Exit(run_suite(suite, set_, options))


@app.command(epilog="Example: closedbook plan quick --show 3")
def plan(
    suite: SuiteName,
    show: Annotated[
        int, typer.Option(min=0, metavar="N", help="Also show N examples and N prompts.")
    ] = 0,
    set_: Changes = [],  # noqa: B006 - typer copies it
    device: Device = "auto",
) -> None:
    """Show a suite's variants, training tokens, predicted memory and time. Loads no model."""
    from harness.commands.planning import show_plan

    show_plan(suite, set_, show, device)


@app.command(epilog="Example: closedbook score runs/quick")
def score(path: RunPath) -> None:
    """Score the stored answers of a run again. Loads no model."""
    from harness.commands.running import summarize

    raise typer.Exit(summarize(path))


@app.command(
    epilog='Example: closedbook ask runs/quick instruct-nf4 "Who was Bordor?"  or, to see two'
    ' side by side: closedbook ask runs/quick --compare base-fp32 instruct-nf4 "Who was Bordor?"'
)
def ask(
    path: RunPath,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="VARIANT QUESTION", help="Who is asked what; with --compare the QUESTION only."
        ),
    ],
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="VARIANT VARIANT", help="Ask two variants the same question."),
    ] = None,
    device: Device = "auto",
) -> None:
    """Ask a variant of a run a question of your own."""
    from harness.commands.asking import ask_question

    ask_question(path, words, compare, device)


@app.command(name="list", epilog="Example: closedbook list suites")
def list_(what: Annotated[Listed, typer.Argument(help="What to list.")]) -> None:
    """List what a suite can name."""
    from harness.commands.listing import show_list

    show_list(what.value)


@app.command(epilog="Example: closedbook init my-test")
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
) -> None:
    """Write a folder that runs as it is: a text, questions, and a suite, to put your own in."""
    from harness.commands.starting import create

    create(folder)


@app.command(epilog="Example: closedbook doctor")
def doctor() -> None:
    """Check this machine: versions, processor, memory, GPU, cache, disk, package index."""
    from harness.commands.doctor import examine

    examine()


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app()
    except UserError as error:
        _leave(error.message, error.hint)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _leave(
            f"{where}{error.strerror or error}",
            "check the path, its permissions and the space on the disk",
        )
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        # Python's own exit code for it would be 1, which says that something got worse.
        sys.stdout.flush()
        traceback.print_exc()
        sys.exit(UNFORESEEN)


def _leave(message: str, hint: str) -> NoReturn:
    """Tell a mistake in two plain lines and leave with 2."""
    sys.stdout.flush()
    typer.echo(f"closedbook: {message}", err=True)
    if hint:
        typer.echo(f"  {hint}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()

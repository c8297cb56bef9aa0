"""`closedbook run` and `closedbook score`: run a suite, then say what came out."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from harness.storage.folders import RunFolder

if TYPE_CHECKING:
    from harness.records import Results, VariantResult

FAILED = 4
"""Exit code where some variant failed."""

INTERRUPTED = 130
"""Exit code after Ctrl-C."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of `closedbook run`; None leaves the choice to the run."""

    out: Path | None
    only: str | None
    device: str
    executor: str
    jobs: int | None
    fresh: bool
    keep_environment: bool
    quiet: bool


def run_suite(name: str, changes: Sequence[str], options: RunOptions) -> int:
    """Run a suite, write its report, print what was found; the exit code."""
    from harness.commands.progress import watching
    from harness.suite import load_suite

    suite = load_suite(name, changes)
    out = options.out or Path("runs") / suite.name
    from harness import runner

    try:
        with watching(quiet=options.quiet) as events:
            results = runner.run(
                suite,
                out,
                device=options.device,
                executor=options.executor,
                jobs=options.jobs,
                only=options.only,
                fresh=options.fresh,
                keep_environment=options.keep_environment,
                command=as_typed(sys.argv[1:]),
                events=events,
            )
    except KeyboardInterrupt:
        print("\ninterrupted; the same command continues from here", file=sys.stderr)
        return INTERRUPTED
    return _closing(RunFolder(out), results)


def as_typed(words: Sequence[str]) -> str:
    """The command as it was typed, folders of this machine reduced to their last part.

    It is published with the run, and where a folder lies is nobody's business.

    >>> as_typed(["run", "quick", "--out", "/home/me/runs/one", "--set", "model.path=/data/llama"])
    'closedbook run quick --out one --set model.path=llama'
    """
    shown: list[str] = []
    for number, word in enumerate(words):
        key, equals, value = word.rpartition("=")
        is_out = key == "--out" or (number > 0 and words[number - 1] == "--out")
        plain = value.strip("'\"")
        if is_out or plain.startswith(("/", "~", "../")):
            value = PurePath(plain).name or "."
        shown.append(f"{key}{equals}{value}")
    return shlex.join(["closedbook", *shown])


def summarize(path: Path) -> int:
    """Score a run's records again and print what was found; the exit code."""
    from harness.api import score

    results = score(path)
    return _closing(RunFolder(path), results)


def _closing(run: RunFolder, results: Results) -> int:
    """Print the findings, the failures and what to do next."""
    from harness.reporting import terminal

    print(terminal.summary(results, run))
    if run.report.exists():
        print(f"report: {run.report}")
    question = suggestion(run.path, results)
    if question:
        print(f"ask it yourself: {question}")
    return FAILED if any(row.status == "failed" for row in results.variants) else 0


def suggestion(path: Path, results: Results) -> str | None:
    """A command that asks an untuned and a tuned variant of this run what has no answer."""
    from harness.scoring.references import is_perturbed

    answering = [
        variant
        for variant in results.variants
        if variant.status == "ok" and not is_perturbed(variant.config)
    ]
    untuned = [variant.name for variant in answering if _recipe(variant) == "base"]
    tuned = [variant.name for variant in answering if _recipe(variant) == "instruct"]
    if not untuned or not tuned:
        return None
    favourite = next((name for name in tuned if name.endswith("-nf4")), tuned[-1])
    if "instruct-nf4" in tuned:
        favourite = "instruct-nf4"
    words = ["closedbook", "ask", str(path), "--compare", untuned[0], favourite]
    return shlex.join([*words, _unanswerable(path)])


def _unanswerable(path: Path) -> str:
    """A question without an answer: one of those asked by name, else any; else about Bordor."""
    from harness.corpora import folder

    if not (path / "corpus").is_dir():
        return "Who was Bordor?"
    asked = [q for q in folder.read(path / "corpus").questions if q.must_abstain]
    ranked = sorted(asked, key=lambda q: (not q.aside, q.use == "train"))
    return ranked[0].question if ranked else "Who was Bordor?"


def _recipe(variant: VariantResult) -> str:
    """The recipe's name, or the answerer's where it is not the model itself."""
    answerer = str(variant.config.get("answerer", "model"))
    recipe = variant.config.get("recipe", {})
    name = recipe.get("name", "base") if isinstance(recipe, dict) else str(recipe)
    return name if answerer == "model" else answerer

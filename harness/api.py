"""What a finished or half-finished run can be asked for, by path. Loads no model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.storage.runs import existing_run

if TYPE_CHECKING:
    from harness.comparing.compare import Comparison
    from harness.comparing.sides import Side
    from harness.records import Results
    from harness.reporting.publish import Published


def score(path: str | Path) -> Results:
    """Score the stored answers of a run again, save results.json and return it. No model.

    Raises UserError where there is no run at `path` or it cannot be read.
    """
    run = existing_run(Path(path).expanduser())
    from harness.scoring import results

    found = results.build(run)
    results.save(found, run.results)
    return found


def write_report(
    path: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    *,
    public: bool = False,
    format: str | None = None,
) -> Path:
    """Build the report of a run, or the history of several, again; returns where it was written.

    `path` is a run folder, or a sequence of run folders and baselines of one suite. `format` is
    "html", "md" or "csv"; without it the ending of `out` decides, and html where that says nothing.
    `out` "-" is standard output; without it a report lies in its run folder (report.html) and a
    history in the current one (history.html). `public` leaves out every passage, question, answer
    and name of the corpus; a history holds none anyway. Raises UserError where there is no run at
    `path`, where it cannot be read, and for runs of different suites.
    """
    from harness.reporting import formats, history_pages, report

    place = Path(out) if out is not None else None
    chosen = formats.chosen(format, place)
    if isinstance(path, (str, Path)):
        run = existing_run(Path(path).expanduser())
        return report.write(run, place, public=public, format=chosen)
    from harness.comparing.opening import open_side
    from harness.reporting.history import history

    found = history([_narrowed(*open_side(str(each))) for each in path])
    return history_pages.write(found, place, format=chosen)


def _narrowed(side: Side, variant: str | None) -> Side:
    """The side with all its variants, or the one that was named."""
    return side if variant is None else replace(side, variants=(side.named()[variant],))


def publish(
    path: str | Path,
    folder: str | Path,
    *,
    name: str | None = None,
    with_text: bool | None = None,
) -> Published:
    """Put a run's report and its results.json into a folder of published ones.

    They are called `name`, or as the suite is. `with_text` None leaves the text of the corpus out
    where it is a user's own or the book of surgery. Raises UserError where the run cannot be read.
    """
    run = existing_run(Path(path).expanduser())
    from harness.reporting import publish as publishing

    return publishing.publish(run, Path(folder), name=name, with_text=with_text)


def compare(
    baseline: str | Path,
    candidate: str | Path,
    *,
    margin: Iterable[str] = (),
    gate_resources: bool = False,
    only_judged: bool = False,
) -> Comparison:
    """Hold two results against each other; `.verdict` and `.exit_code` say whether it may pass.

    A side is a run folder, a baseline's name or its JSON file; ":VARIANT" behind it names one
    variant, ":PATTERN" those that fit. Where one side names a variant, all others are held against
    it. `margin` holds "SCORE=VALUE" changes to the gates. `gate_resources` lets memory and speed
    count too, `only_judged` those of them that could be judged. Raises UserError for what is not
    there.
    """
    from harness.comparing import compare as comparing
    from harness.comparing.opening import open_two
    from harness.measuring.environment import differences

    (before, old), (after, new) = open_two(str(baseline), str(candidate))
    return comparing.compare(
        _called(before, old),
        _called(after, new),
        only=(old, new),
        margin=margin,
        gate_resources=gate_resources,
        only_judged=only_judged,
        changed=differences(before.environment, after.environment),
        other_hardware=_other_hardware(before.environment, after.environment),
    )


def _called(side: Side, variants: str) -> Side:
    """The side under the name that a reader sees: no folder of this machine, but its variants."""
    return side if variants == "*" else replace(side, label=f"{side.label}:{variants}")


def _other_hardware(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What differs in the machine that speeds and memory depend on; empty where nothing does."""
    from harness.measuring.environment import differences

    parts = ("hardware", "threads", "device", "system")
    old, new = ({key: each[key] for key in parts if key in each} for each in (before, after))
    found = [dict(each.get("hardware") or {}) for each in (old, new)]
    memory = [each.pop("memory_bytes", None) for each in found]
    if None not in memory and abs(memory[0] - memory[1]) >= GIB:
        for each, held in zip(found, memory, strict=True):
            each["memory_gib"] = round(held / GIB)
    return "; ".join(differences({**old, "hardware": found[0]}, {**new, "hardware": found[1]}))


GIB = 2**30
"""Main memory that differs by less is the same: a kernel keeps some of it for itself."""

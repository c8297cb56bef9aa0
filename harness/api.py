"""What a finished or half-finished run can be asked for, by path. Loads no model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.errors import UserError
from harness.storage.runs import existing_run

if TYPE_CHECKING:
    from harness.comparing.compare import Comparison
    from harness.comparing.sides import Side
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
    variant. `margin` holds "SCORE=VALUE" changes to the gates. `gate_resources` lets memory and
    speed count too, `only_judged` those of them that could be judged. Raises UserError for what is
    not there, and where only one side names a variant.
    """
    from harness.comparing import compare as comparing
    from harness.comparing.opening import open_side
    from harness.measuring.environment import differences

    before, old = open_side(str(baseline))
    after, new = open_side(str(candidate))
    if (old is None) != (new is None):
        named, bare = (baseline, candidate) if old else (candidate, baseline)
        raise UserError(
            f"{named} names a variant and {bare} does not",
            f"name one on both sides, for example {bare}:{old or new}",
        )
    return comparing.compare(
        _called(before, old),
        _called(after, new),
        only=None if old is None or new is None else (old, new),
        margin=margin,
        gate_resources=gate_resources,
        only_judged=only_judged,
        changed=differences(before.environment, after.environment),
        other_hardware=_other_hardware(before.environment, after.environment),
    )


def _called(side: Side, variant: str | None) -> Side:
    """The side under the name that a reader sees: no folder of this machine, but its variant."""
    return side if variant is None else replace(side, label=f"{side.label}:{variant}")


def _other_hardware(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What differs in the machine that speeds and memory depend on; empty where nothing does."""
    from harness.measuring.environment import differences

    parts = ("hardware", "threads", "device", "system")
    old, new = ({key: each[key] for key in parts if key in each} for each in (before, after))
    return "; ".join(differences(old, new))

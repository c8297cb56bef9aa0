"""`closedbook fingerprint`: would each level still load and train as it did, in seconds."""

from __future__ import annotations

import fnmatch
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.commands.comparing import show_first_steps
from harness.commands.tables import console, say, show_table
from harness.comparing.compare import EXIT_CODES, WORST
from harness.comparing.fingerprints import FingerprintRow, fingerprint_rows
from harness.comparing.rows import GateName
from harness.comparing.sides import Side, SideVariant
from harness.comparing.tolerances import same_settings, whole_settings
from harness.comparing.upgrades import hardware_apart, package_changes
from harness.errors import UserError
from harness.records import Recipe
from harness.stats.sketches import length
from harness.storage.first_steps import pack_first_step
from harness.storage.folders import RunFolder
from harness.storage.jsonl import write_json

if TYPE_CHECKING:
    from harness.execution.rehearsing import Rehearsal

FAILED = 4
"""Exit code where some level could not be loaded or trained at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintOptions:
    """The options of `closedbook fingerprint`."""

    against: str | None
    only: str | None
    device: str
    json_file: Path | None
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A rehearsal held against a run or a baseline."""

    packages: tuple[str, ...] = ()
    rows: tuple[FingerprintRow, ...] = ()
    missing: tuple[str, ...] = ()
    """Whole sentences on what could not be compared."""

    @property
    def verdict(self) -> GateName:
        """The worst row. What could not be held against the other side is asked for here, so it
        counts; nothing compared at all is inconclusive."""
        found = [row.verdict or _ungated(row) for row in self.rows]
        if self.missing:
            found.append("not_comparable")
        return next((name for name in WORST if name in found), "inconclusive")


def show_fingerprints(suite: str, changes: Sequence[str], options: FingerprintOptions) -> int:
    """Take the first steps of a suite, print and compare them; the exit code."""
    from harness.commands.progress import watching
    from harness.comparing.opening import open_side
    from harness.execution.machine import resolve_device
    from harness.execution.rehearsing import rehearse
    from harness.measuring import environment
    from harness.suite import load_suite

    loaded = load_suite(suite, changes)
    against, named = (None, None) if options.against is None else open_side(options.against)
    if named is not None:
        raise UserError(
            f"{options.against} names a variant", "leave it away: variants are matched by name"
        )
    device = resolve_device(options.device)
    here = environment.describe(device, loaded.threads)
    with (
        tempfile.TemporaryDirectory(prefix="closedbook-") as scratch,
        watching(quiet=options.quiet) as events,
    ):
        found = rehearse(
            loaded,
            RunFolder(Path(scratch)),
            device=device,
            chosen=lambda names: _chosen(names, options.only),
            events=events,
        )
    held = None if against is None else hold(found, against, here, only=options.only)
    _show(found, held, options.against)
    code = _exit_code(found, held)
    if options.json_file is not None:
        write_json(options.json_file, _as_json(loaded.name, found, held, code))
    return code


def hold(found: Rehearsal, against: Side, here: dict[str, Any], *, only: str | None = None) -> Held:
    """Hold the first steps of every variant against those that the other side has kept.

    `only` is the pattern that variants were chosen by. What the other side has tuned, perturbed
    twins included as they are rehearsed too, and what nobody took a first step of, is missing.
    """
    packages = tuple(package_changes(against.environment, here))
    digest = str(against.corpus.get("digest"))
    if digest != found.corpus.digest:
        said = f"The corpora differ (digests {digest[:12]} and {found.corpus.digest[:12]})."
        return Held(packages=packages, missing=(said,))
    apart = hardware_apart(against.environment, here)
    known = against.named()
    rows: list[FingerprintRow] = []
    missing: list[str] = []
    for each in found.variants:
        before = known.get(each.name)
        if before is None:
            missing.append(f"{each.name} is not in {against.label}.")
        elif each.status == "ok":
            own = fingerprint_rows(before, each, apart=apart)
            rows += own
            if not own:
                missing.append(_no_row(before, each, against.label))
        elif before.first_step is not None:
            missing.append(f"{each.name} is {each.status} here: {each.error}")
    missing += _gone(found, against, only)
    return Held(packages=packages, rows=tuple(rows), missing=tuple(missing))


def _no_row(before: SideVariant, after: SideVariant, label: str) -> str:
    """Why two variants of one name have nothing to be held against each other."""
    if not same_settings(before.config, after.config):
        return f"{after.name} has other settings in {label}."
    return f"Neither {label} nor this machine has kept a first step of {after.name}."


def _gone(found: Rehearsal, against: Side, only: str | None) -> list[str]:
    """Tuned variants of the other side that this suite no longer has."""
    here = {each.name for each in found.variants}
    return [
        f"{each.name} of {against.label} is not a tuned variant of the suite any more."
        for each in against.variants
        if whole_settings(each.config)["recipe"]["name"] != UNTRAINED
        and each.name not in here
        and (only is None or fnmatch.fnmatchcase(each.name, only))
    ]


UNTRAINED = Recipe().name
"""The recipe of a variant that nothing is trained for."""


def _ungated(row: FingerprintRow) -> GateName:
    return "not_comparable" if row.finding.kind == "not_comparable" else "inconclusive"


def _chosen(names: Sequence[str], only: str | None) -> Sequence[str]:
    found = [name for name in names if only is None or fnmatch.fnmatchcase(name, only)]
    if not found:
        raise UserError(
            f"no tuned variant is called {only!r}", f"the suite has: {', '.join(names)}"
        )
    return found


HEADINGS = ("variant", "level", "loss as loaded", "loss of batch 1", "gradient", "layers", "time")


def _show(found: Rehearsal, held: Held | None, against: str | None) -> None:
    out = console()
    if held is not None:
        say(out, f"{against} -> this machine")
        for line in held.packages:
            say(out, f"changed package: {line}")
        show_first_steps(out, held.rows)
        for sentence in held.missing:
            say(out, f"not comparable: {sentence}")
    show_table(
        out,
        "before anything is trained",
        HEADINGS,
        [_cells(each, found) for each in found.variants],
    )
    for each in found.variants:
        if each.status != "ok":
            say(out, f"{each.status}: {each.name}: {each.error}")
    if held is not None:
        say(out, f"\n{held.verdict}")


def _cells(variant: SideVariant, found: Rehearsal) -> list[str]:
    level = str(variant.config.get("quantization", ""))
    step, stand_in = variant.first_step, found.stands_in[variant.name]
    took = f"{found.seconds[stand_in]:.0f} s" if stand_in in found.seconds else "-"
    if stand_in != variant.name:
        took = f"as {stand_in}"
    if step is None:
        return [variant.name, level, "-", "-", "-", "-", took]
    gradient = length(
        [n for each in step.gradients.values() for p in each.norms.values() for n in p]
    )
    return [
        variant.name,
        level,
        f"{step.forward.loss:.4f}",
        f"{step.loss:.4f}",
        f"{gradient:.4g}",
        str(len(step.gradients)),
        took,
    ]


def _exit_code(found: Rehearsal, held: Held | None) -> int:
    if held is not None and held.verdict == "regression":
        return EXIT_CODES["regression"]
    if any(each.status not in ("ok", "unavailable") for each in found.variants):
        return FAILED
    return 0 if held is None else EXIT_CODES[held.verdict]


def _as_json(suite: str, found: Rehearsal, held: Held | None, code: int) -> dict[str, Any]:
    return {
        "schema": 1,
        "suite": suite,
        "verdict": None if held is None else held.verdict,
        "exit_code": code,
        "packages": [] if held is None else held.packages,
        "missing": [] if held is None else held.missing,
        "rows": [] if held is None else held.rows,
        "variants": [
            {
                "name": each.name,
                "status": each.status,
                "error": each.error,
                "seconds": found.seconds.get(found.stands_in[each.name]),
                "losses": each.losses,
                "first_step": None if each.first_step is None else pack_first_step(each.first_step),
            }
            for each in found.variants
        ],
    }

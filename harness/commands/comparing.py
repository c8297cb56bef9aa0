"""`closedbook compare` and `closedbook baseline`: results held against each other, and kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import api
from harness.commands.against import show_against
from harness.commands.tables import console, say, show_table
from harness.comparing import baselines
from harness.comparing.compare import Comparison
from harness.comparing.extent import not_compared
from harness.comparing.fingerprints import FingerprintRow
from harness.comparing.gates import points
from harness.comparing.opening import open_side
from harness.comparing.rows import ScoreRow
from harness.comparing.sides import Side
from harness.errors import UserError
from harness.stats.contrast import SIGNIFICANT
from harness.storage.jsonl import plain, write_json

if TYPE_CHECKING:
    from rich.console import Console

    from harness.records import Score

LISTED = 12
"""Flipped questions that the terminal names; the JSON file has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions:
    """The options of `closedbook compare`."""

    margin: tuple[str, ...] = ()
    gate_resources: bool = False
    only_judged: bool = False
    json_file: Path | None = None
    junit_file: Path | None = None
    html_file: Path | None = None


def compare_sides(baseline: str, candidate: str, options: CompareOptions) -> int:
    """Compare, print a table, write the files that were asked for; the exit code."""
    found = api.compare(
        baseline,
        candidate,
        margin=options.margin,
        gate_resources=options.gate_resources,
        only_judged=options.only_judged,
    )
    show(found)
    if options.json_file is not None:
        write_json(options.json_file, as_json(found))
    if options.junit_file is not None:
        from harness.comparing.junit import write_junit

        write_junit(found, options.junit_file)
    if options.html_file is not None:
        from harness.reporting.comparison import write_page

        write_page(found, options.html_file)
    return found.exit_code


def show(found: Comparison) -> None:
    """Print a comparison: what differs around it, the gates, why they did not pass, flips."""
    out = console()
    say(out, f"{found.baseline} -> {found.candidate}")
    for line in found.changed:
        say(out, f"changed{' package' if line in found.packages else ''}: {line}")
    show_first_steps(out, found.fingerprints)
    _not_held(out, found)
    wordings = {each.question: each.wording for each in found.changes}
    if found.reference:
        show_against(out, found, lambda row: _flips(out, row, wordings))
        say(out, f"\n{found.verdict}")
        return
    if found.gated:
        show_table(out, "gates", HEADINGS, [_cells(row) for row in found.gated])
    for row in found.gated:
        if row.verdict != "pass" or row.unkept:
            say(out, f"{row.verdict}: {row.variant} {row.score}: {row.sentence}")
            _flips(out, row, wordings)
    for line in not_compared(found.others):
        say(out, line)
    shown = [row for row in found.others if _moved(row)]
    if shown:
        show_table(
            out, "other scores that changed beyond luck", HEADINGS, [_cells(row) for row in shown]
        )
    if found.resources:
        counted = "" if found.resources_count else " (shown, not gated)"
        if found.only_judged:
            counted = f" ({len(found.counting)} of {len(found.resources)} could be judged)"
        rows = [
            [
                row.variant,
                row.resource,
                "-" if row.ratio is None else f"x {row.ratio:.3f}",
                row.verdict,
                row.sentence,
            ]
            for row in found.resources
            if row.verdict != "pass" or found.resources_count
        ]
        if rows:
            headings = ("variant", "resource", "ratio", "verdict", "reason")
            show_table(out, f"resources{counted}", headings, rows)
    if not found.gated and not found.problem:
        say(out, "no score is gated: give the suite a [gate] table, or --margin SCORE=VALUE")
    say(out, f"\n{found.verdict}")


def _not_held(out: Console, found: Comparison) -> None:
    """What is not held against the other side: as it has to be, and as it is meant."""
    problems = [found.problem] if found.problem else []
    for sentence in problems + [each.sentence for each in found.missing]:
        say(out, f"not comparable: {sentence}")
    for sentence in found.left_out:
        say(out, sentence)


def show_first_steps(out: Console, rows: Sequence[FingerprintRow]) -> None:
    """What was computed before training: how many are the same, and a sentence for each other."""
    same = sum(row.finding.kind == "same" for row in rows)
    if rows:
        say(out, f"first steps: {same} of {len(rows)} are the same up to rounding")
    for row in rows:
        if row.finding.kind != "same":
            gated = row.verdict or "shown, not gated"
            kind = row.finding.kind.replace("_", " ")
            say(out, f"{kind} ({gated}): {row.variant}: {row.finding.sentence}", indent=2)


def _moved(row: ScoreRow) -> bool:
    """Whether a score without a gate changed beyond luck."""
    if row.p is not None:
        return row.p < SIGNIFICANT
    return row.low is not None and row.high is not None and not row.low <= 0 <= row.high


HEADINGS = ("variant", "score", "before", "after", "difference", "n", "p", "margin", "verdict")


def _cells(row: ScoreRow) -> list[str]:
    return [
        row.variant,
        row.score,
        _value(row.before),
        _value(row.after),
        _difference(row),
        str(row.n) if row.n else "-",
        "-" if row.p is None else f"{row.p:.2g}",
        "-" if row.margin is None else f"{row.margin:g}" + (", flips" if row.floor else ""),
        row.verdict or "",
    ]


def _value(score: Score | None) -> str:
    return "-" if score is None or score.value is None else f"{score.value:.3g}"


def _difference(row: ScoreRow) -> str:
    if row.difference is None:
        return "-"
    if row.low is None or row.high is None:
        return f"{row.difference:+.3g}"
    return f"{row.difference:+.3g} ({row.low:+.3g} to {row.high:+.3g})"


def _flips(out: Console, row: ScoreRow, wordings: Mapping[str, str]) -> None:
    """Name the questions whose outcome changed, as far as the candidate knows their wording."""
    for title, ids in (("no longer", row.lost), ("now", row.gained)):
        if not ids:
            continue
        words = [wordings.get(key) or key for key in ids]
        most = len(words) if row.floor is not None else LISTED
        more = f" and {len(ids) - most} more" if len(ids) > most else ""
        say(out, f"{title} ({len(ids)}): {'; '.join(words[:most])}{more}", indent=2)


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as plain data, verdict and exit code first."""
    whole = plain(found)
    for row in (*whole["gated"], *whole["others"]):
        del row["contrast"]
    for row, made in zip(whole["gated"], found.gated, strict=True):
        if made.floor is not None:
            row["floor"]["most"] = made.floor.most
    return {"schema": 1, "verdict": found.verdict, "exit_code": found.exit_code, **whole}


def save_baseline(run: Path, name: str) -> None:
    """Keep a run's results as the baseline `name`, in the folder baselines/."""
    side, variant = open_side(str(run))
    if variant is not None or not run.expanduser().is_dir():
        raise UserError(
            f"{run} is no run folder", "give the folder of a run, for example runs/quick"
        )
    path = baselines.save(replace(side, label=name), name)
    size = path.stat().st_size / 1024
    print(f"{path}: {len(side.variants)} variants, {len(side.questions)} questions, {size:.0f} KiB")


def list_baselines() -> None:
    """Name every baseline with its suite and when its run was started."""
    found = baselines.known()
    if not found:
        print("no baseline yet; save one with: closedbook baseline save RUN NAME")
        return
    rows = []
    for name, path in found.items():
        try:
            side = baselines.read(path)
        except UserError as error:
            rows.append([name, error.message, "-", "-", "-"])
            continue
        rows.append(
            [
                name,
                str(side.suite.get("name", "")),
                str(len(side.variants)),
                str(len(side.questions)),
                str(side.environment.get("started", "")),
            ]
        )
    show_table(console(), "baselines", ("name", "suite", "variants", "questions", "run"), rows)


def show_baseline(name: str) -> None:
    """Print what a baseline holds: its corpus, environment and gated scores by variant."""
    side, _ = open_side(name)
    out = console()
    say(
        out,
        f"{name}: suite {side.suite.get('name', '?')}, corpus {json.dumps(_short(side.corpus))}",
    )
    software = side.environment.get("software") or {}
    say(out, "  ".join(f"{key} {version}" for key, version in sorted(software.items())))
    gate: Mapping[str, float] = side.suite.get("gate") or {}
    names = list(gate) or _first_names(side)
    rows = [
        [each.name, each.status, *(_value(each.scores.get(score)) for score in names)]
        for each in side.variants
    ]
    show_table(out, "scores", ("variant", "status", *names), rows)
    if gate:
        text = ", ".join(f"{score} {points(margin)}" for score, margin in gate.items())
        say(out, f"margins: {text}")


def _first_names(side: Side) -> list[str]:
    wanted: Sequence[str] = ("recall.trained", "recall.paraphrase", "hallucination.nonexistent")
    has: Iterable[str] = {name for each in side.variants for name in each.scores}
    return [name for name in wanted if name in has]


def _short(corpus: Mapping[str, Any]) -> dict[str, Any]:
    return {key: corpus[key] for key in ("kind", "size", "seed") if corpus.get(key) is not None}

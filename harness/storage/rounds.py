"""rounds.jsonl of a variant: what each of several fresh processes measured, one line a process.

A round measures every variant once, those first that the others are held against. A line keeps what
they did in that very round, so that a figure never stands beside another hour of the machine.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.records import Resources
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import Appender, read_appended
from harness.storage.resources import SPEED, middle

ROUNDS = "rounds.jsonl"
_FIELDS: Mapping[str, type] = {"number": int, "sitting": str, "resources": dict, "beside": dict}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A variant that others are held against in every round."""

    name: str
    folder: Path
    how: str
    """Digest of all settings that its speed depends on: ratios to another one are other figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Which of several processes measures a variant, and beside which others."""

    number: int
    """From 1."""
    of: int
    sitting: str
    """Names the start of the command: only what it measured itself stands beside each other."""
    fingerprint: str
    environment: str
    """Digest of the environment; a round of another one does not count."""
    references: tuple[Reference, ...] = ()
    """Those that are held against; of every speed the first one that has it."""


def read_rounds(folder: VariantFolder, fingerprint: str, environment: str) -> dict[int, Any]:
    """The line of every round that counts, by its number.

    Of several the first that stands beside its references, and where none does the first. Raises
    UserError where a line is none.
    """
    found: dict[int, Any] = {}
    for line in _lines(folder.path):
        if (line.get("fingerprint"), line.get("environment")) == (fingerprint, environment):
            before = found.setdefault(line["number"], line)
            if stands_alone(before) and not stands_alone(line):
                found[line["number"]] = line
    return dict(sorted(found.items()))


def stands_alone(line: Mapping[str, Any]) -> bool:
    """Whether a reference failed in that round: a speed was measured beside nothing.

    What was measured counts, and its ratio does not exist; a resumed run makes the round again.
    """
    measured = line["resources"]
    return any(middle(measured[name]) and name not in line["beside"] for name in _speeds(measured))


def add_round(folder: VariantFolder, name: str, turn: Round, measured: Resources) -> int:
    """Append what the variant `name` did in that round; returns how many rounds it still lacks.

    Raises UserError where the file cannot be read or written.
    """
    beside: dict[str, tuple[str, str, float]] = {}
    for other in turn.references:
        theirs = measured if other.name == name else _of_the_round(other.folder, turn)
        for resource in _speeds(measured):
            value = middle(theirs.get(resource))
            if value:
                beside.setdefault(resource, (other.name, other.how, value))
    with Appender(folder.path / ROUNDS) as file:
        line = {
            "fingerprint": turn.fingerprint,
            "environment": turn.environment,
            "sitting": turn.sitting,
            "number": turn.number,
            "resources": measured,
            "beside": beside,
        }
        file.append([line])
    done = read_rounds(folder, turn.fingerprint, turn.environment)
    return turn.of - len(done.keys() & set(range(1, turn.of + 1)))


def together(lines: Sequence[Mapping[str, Any]]) -> Resources:
    """What several rounds say as one: of every figure the median of the processes' medians.

    {"median", "samples", "processes"}: all raw samples, and one median a process, in order of the
    rounds; for a speed also "ratios" to the variant "against" in the same round, and "how" that one
    is measured: of the rounds that have one. What no process can change (a count, a name) stays as
    it is.
    """
    found: Resources = {}
    for name in sorted({name for line in lines for name in line["resources"]}):
        values = [line["resources"].get(name) for line in lines]
        middles = [each for each in map(middle, values) if each is not None]
        if len(middles) < len(values) or all(isinstance(each, int) for each in values):
            found[name] = next(each for each in values if each is not None)
            continue
        samples = [sample for value in values for sample in _samples(value)]
        found[name] = {
            "median": statistics.median(middles),
            "samples": samples,
            "processes": middles,
            **_held([line["beside"].get(name) for line in lines], middles),
        }
    return found


def _held(beside: Sequence[Any], middles: Sequence[float]) -> dict[str, Any]:
    """The ratios of the rounds that have one, where all are to the same variant."""
    known = {(each[0], each[1]) for each in beside if each}
    if len(known) != 1:
        return {}
    ((against, how),) = known
    ratios = [own / each[2] for own, each in zip(middles, beside, strict=True) if each]
    return {
        "against": against,
        "how": how,
        "ratios": [float(f"{ratio:.6g}") for ratio in ratios],
    }


def _samples(value: Any) -> list[float]:
    return list(value["samples"]) if isinstance(value, Mapping) else [value]


def _speeds(measured: Resources) -> Iterable[str]:
    return (name for name in sorted(measured) if SPEED.fullmatch(name))


def _of_the_round(path: Path, turn: Round) -> Resources:
    """What another variant did in this round of this sitting; nothing where it did nothing."""
    wanted = (turn.sitting, turn.number)
    lines = [line for line in _lines(path) if (line["sitting"], line["number"]) == wanted]
    return lines[-1]["resources"] if lines else {}


def _lines(folder: Path) -> list[dict[str, Any]]:
    path = folder / ROUNDS
    lines = read_appended(path) if path.exists() else []
    for line in lines:
        if not all(isinstance(line.get(key), kind) for key, kind in _FIELDS.items()):
            raise UserError(f"{path} is damaged: a line is no round", "run again with --fresh")
    return lines

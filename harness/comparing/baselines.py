"""A saved result that later runs are compared with: one small JSON file, fit to be committed.

It keeps scores, resources, settings, environment, what each variant computed before it was trained
and, a question, the verdict and a digest of the reply: what a paired test needs. No question,
answer or passage of the corpus is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness import shipped
from harness.comparing.baseline_shape import check_shape
from harness.comparing.settings import kept_config, kept_suite
from harness.comparing.sides import DIGEST_LETTERS, Asked, Said, Side, SideVariant
from harness.errors import UserError, unknown_name
from harness.records import VERDICTS, Score
from harness.stats.contrast import Outcomes
from harness.storage.first_steps import pack_first_step, unpack_first_step
from harness.storage.jsonl import plain, write_json
from harness.storage.runs import read_object

FORMAT = 1
FOLDER = Path("baselines")
"""Where baselines are saved and looked for first; those that come with the package come second."""

_LETTERS = {verdict: verdict[0] for verdict in VERDICTS}
_VERDICTS = {letter: verdict for verdict, letter in _LETTERS.items()}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def save(side: Side, name: str, folder: Path = FOLDER) -> Path:
    """Write a side as the baseline `name`; returns the file. Raises UserError for a bad name."""
    if not _NAME.fullmatch(name) or name.endswith(".json"):
        raise UserError(
            f"{name!r} is no name for a baseline", "letters, digits, '.', '_' and '-', no ending"
        )
    unfinished = [each.name for each in side.variants if each.status not in ("ok", "unavailable")]
    if unfinished or not any(each.scores for each in side.variants):
        what = (
            f"{unfinished[0]} is not finished" if unfinished else "there are no scores to be kept"
        )
        raise UserError(f"{side.label}: {what}", "run the suite to its end, then save it")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    write_json(path, _packed(side, name))
    return path


def find(name: str, folder: Path = FOLDER) -> Path | None:
    """The file of a baseline; None where there is none of that name."""
    return known(folder).get(name)


def known(folder: Path = FOLDER) -> dict[str, Path]:
    """Every baseline by name, sorted; one's own before those that come with the package."""
    found: dict[str, Path] = {}
    for place in (folder, shipped.folder("baselines")):
        if place.is_dir():
            for path in sorted(place.glob("*.json")):
                found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def named(name: str, folder: Path = FOLDER) -> Path:
    """The file of a baseline; UserError with the nearest name where there is none."""
    path = find(name, folder)
    if path is None:
        raise unknown_name("baseline", name, known(folder))
    return path


def read(path: Path, label: str = "") -> Side:
    """Read a baseline. Raises UserError for a file that is none."""
    raw = read_object(path)
    if raw.get("baseline") != FORMAT:
        raise UserError(
            f"{path} is no baseline of this version",
            "save one with `closedbook baseline save RUN NAME`",
        )
    try:
        check_shape(raw)
        return _unpacked(raw, label or path.stem)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise UserError(
            f"{path} is damaged: {type(error).__name__} at {error}",
            "save it again with `closedbook baseline save RUN NAME`",
        ) from error


def _packed(side: Side, name: str) -> dict[str, Any]:
    ids = list(side.questions)
    # A cluster is called by an entity's name, which belongs to the text: it is kept as a number.
    numbers: dict[str, int] = {}
    for asked in side.questions.values():
        numbers.setdefault(asked.cluster, len(numbers))
    return {
        "baseline": FORMAT,
        "name": name,
        "suite": kept_suite(plain(side.suite)),
        "corpus": _without(plain(side.corpus), ("title", "notice")),
        "environment": plain(side.environment),
        "questions": [
            [key, asked.probe, numbers[asked.cluster]] for key, asked in side.questions.items()
        ],
        "variants": [
            {
                "name": each.name,
                "trained": each.trained,
                "status": each.status,
                "error": None if each.error is None else each.error.partition(":")[0],
                "config": kept_config(plain(each.config)),
                "scores": plain(each.scores),
                "resources": plain(each.resources),
                "verdicts": "".join(
                    _LETTERS[each.said[key].verdict] if key in each.said else "-" for key in ids
                ),
                "replies": "".join(
                    each.said[key].digest if key in each.said else "-" * DIGEST_LETTERS
                    for key in ids
                ),
                "outcomes": {
                    score: "".join("-" if key not in held else "01"[held[key]] for key in ids)
                    for score, held in each.outcomes.items()
                },
                **_first_step(each),
            }
            for each in side.variants
        ],
    }


def _first_step(variant: SideVariant) -> dict[str, Any]:
    """What was computed before training, and the first losses; empty where nothing was trained."""
    found: dict[str, Any] = {}
    if variant.first_step is not None:
        found["first_step"] = pack_first_step(variant.first_step)
    if variant.losses:
        found["losses"] = [float(f"{loss:.6g}") for loss in variant.losses]
    return found


def _without(table: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def _unpacked(raw: Mapping[str, Any], label: str) -> Side:
    questions = {
        str(key): Asked(probe=probe, cluster=str(cluster))
        for key, probe, cluster in raw["questions"]
    }
    clusters = {key: asked.cluster for key, asked in questions.items()}
    ids = list(questions)
    return Side(
        label=label,
        suite=raw["suite"],
        corpus=raw["corpus"],
        environment=raw["environment"],
        questions=questions,
        variants=tuple(_variant(each, ids, clusters) for each in raw["variants"]),
    )


def _variant(raw: Mapping[str, Any], ids: list[str], clusters: Mapping[str, str]) -> SideVariant:
    verdicts, replies = raw["verdicts"], raw["replies"]
    if len(verdicts) != len(ids) or len(replies) != DIGEST_LETTERS * len(ids):
        raise ValueError(f"{raw['name']}: not one verdict and reply a question")
    said = {
        key: Said(
            verdict=_VERDICTS[verdicts[at]],
            digest=replies[DIGEST_LETTERS * at : DIGEST_LETTERS * (at + 1)],
        )
        for at, key in enumerate(ids)
        if verdicts[at] != "-"
    }
    held = {}
    for score, letters in raw["outcomes"].items():
        if len(letters) != len(ids):
            raise ValueError(f"{raw['name']}: {score}: not one outcome a question")
        values = {
            key: letter == "1" for key, letter in zip(ids, letters, strict=True) if letter != "-"
        }
        held[score] = Outcomes(values, clusters)
    return SideVariant(
        name=raw["name"],
        trained=raw["trained"],
        status=raw["status"],
        error=raw["error"],
        config=raw["config"],
        scores={name: Score(**score) for name, score in raw["scores"].items()},
        resources=raw["resources"],
        outcomes=held,
        said=said,
        first_step=unpack_first_step(raw["first_step"]) if "first_step" in raw else None,
        losses=tuple(raw.get("losses", ())),
    )

"""A run about a user's own text in which every string that could tell something says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from harness.corpora.identity import corpus_digest
from harness.records import Corpus
from harness.storage.folders import RunFolder
from tests.support.fake_run import Persona, quick
from tests.support.fake_world import world
from tests.support.run_folder import write_run

SECRET = "zanzibar"
VARIANTS = ("base-fp32", "instruct-fp32", "instruct-int8", "instruct-abstain-nf4")
_KEPT = frozenset(
    (
        "kind",
        "seed",
        "size",
        "digest",
        "canary",
        "language",
        "probe",
        "use",
        "canonical_refusal",
        "direction",
    )
)
"""Fields that hold words of ours, or nothing that could be read."""


def planted(value: Any) -> Any:
    """The same records with the secret at the end of every string, equal ones still equal."""
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            each.name: planted(getattr(value, each.name))
            for each in fields(value)
            if each.name not in _KEPT
        }
        return replace(value, **changes)
    if isinstance(value, Mapping):
        return {planted(key): planted(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(planted(each) for each in value)
    if isinstance(value, str) and value:
        body = value.rstrip("\n")
        return f"{body} {SECRET}{value[len(body) :]}"
    return value


def secret_corpus(kind: str = "files") -> Corpus:
    """The small world as somebody's own text."""
    made: Corpus = planted(replace(world(), title="Minutes", notice="Not for", kind=kind))
    digest = corpus_digest(made.chapters, made.facts, made.questions, made.renderings)
    return replace(made, size="", digest=digest)


def secret_personas() -> list[Persona]:
    """Four variants; one failed with a reason that quotes the text."""
    failed = {"status": "failed", "error": f"a line of /home/{SECRET}/model was too long"}
    return [
        replace(each, invents_from_text=False, **(failed if each.name == "instruct-int8" else {}))
        for each in quick()
        if each.name in VARIANTS
    ]


def write_secret_run(path: Path, *, kind: str = "files") -> RunFolder:
    """A finished run folder of those variants."""
    run = write_run(path, secret_personas(), corpus=secret_corpus(kind))
    _change(run.environment, {"command": f"closedbook run {SECRET}.toml"})
    _change(
        path / "plan.json",
        {
            "suite": {
                "name": "quick",
                "description": f"What it knows of {SECRET}",
                "gate": {"recall.trained": 0.1},
                "threads": 1,
                "corpus": {"kind": kind, "path": f"/home/{SECRET}", "text": f"{SECRET}.md"},
                "writing": {"prompt": f"About {SECRET}", "openings": [SECRET], "pairs": 20},
                SECRET: SECRET,
            }
        },
    )
    run.suite.write_text(f'name = "quick"\n# {SECRET}\n', encoding="utf-8")
    for file in path.glob("variants/*/variant.json"):
        variant = json.loads(file.read_text())["variant"]
        variant["prompt"]["system"] = f"You know {SECRET}."
        variant["model"]["path"] = f"/home/{SECRET}/model"
        _change(file, {"variant": variant})
    plan = json.loads((path / "plan.json").read_text())
    for entry in plan["variants"]:
        entry["variant"]["prompt"]["system"] = f"You know {SECRET}."
        entry["variant"]["model"]["path"] = f"/home/{SECRET}/model"
    _change(path / "plan.json", plan)
    return run


def _change(path: Path, changes: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | dict(changes)))

"""The columns of every split of an exported corpus, with their types."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from harness.records import Chapter, Fact, Question, RejectedRecord, Rendering

_KINDS: dict[str, type[Any]] = {
    "chapters": Chapter,
    "train": Question,
    "test": Question,
    "written": Question,
    "facts": Fact,
    "renderings": Rendering,
    "rejected": RejectedRecord,
}
_ADDED = {
    "train": {"position": "int64"},
    "test": {"position": "int64"},
    "written": {"position": "int64", "written_by": "string"},
}
_LISTS = frozenset({"answers", "values", "distractors", "states", "hops"})
_BOOLEANS = frozenset({"must_abstain", "aside", "asked"})
_NUMBERS = frozenset({"line"})


def fields_of(kind: type[Any]) -> list[str]:
    """The names of a record's fields, in order: the columns of its split."""
    return [field.name for field in fields(kind)]


def features(split: str) -> Any:
    """`datasets.Features` of a split, so that an empty one has them too."""
    from datasets import Features, List, Value

    if split == "passages":
        plain: dict[str, Any] = {"text": Value("string"), "facts": List(Value("string"))}
        return Features(plain | {"canary": Value("string")})
    found: dict[str, Any] = {}
    for name in fields_of(_KINDS[split]):
        if name == "stated_in":
            numbers = {part: Value("int64") for part in ("chapter", "start", "end")}
            found[name] = List(numbers)
        elif name in _LISTS:
            found[name] = List(Value("string"))
        else:
            kind = "bool" if name in _BOOLEANS else "int64" if name in _NUMBERS else "string"
            found[name] = Value(kind)
    added = {name: Value(kind) for name, kind in _ADDED.get(split, {}).items()}
    return Features(found | added | {"canary": Value("string")})

"""Mistakes in a suite file, each told in one line with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.errors import UserError, unknown_name

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from harness.suite.schema import Table

_PLAINER = {
    "Input should be ": "should be ",
    "a valid dictionary or instance of": "a table, not",
    "a valid integer": "a whole number",
    "a valid dictionary": "a table of keys and values",
    "a valid ": "a ",
    " after validation": "",
    "List should have": "should have",
    "String should have": "should have",
    "Value error, ": "",
}


def checked(model: type[Table], table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The keys that `table` sets, checked against `model`; UserError for the first mistake."""
    from pydantic import ValidationError

    try:
        return model.model_validate(table).model_dump(exclude_unset=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
    # A misspelt key explains a missing one, so it goes first.
    # Of the alternatives of one key, the one that is no string says more.
    details.sort(
        key=lambda item: (item["type"] != "extra_forbidden", item["type"] == "string_type")
    )
    raise _mistake(details[0], model, table, where)


def _mistake(
    detail: ErrorDetails, model: type[Table], table: Mapping[str, Any], where: str
) -> UserError:
    """Turn pydantic's account of one mistake into ours."""
    path = _path(detail["loc"], table)
    key = _dotted(path)
    if detail["type"] == "extra_forbidden":
        known = _keys(model, path[:-1])
        hint = _home(str(path[-1]), path) or unknown_name("key", str(path[-1]), known).hint
        return UserError(f"{where}: unknown key {key!r}", hint)
    if detail["type"] == "missing":
        return UserError(f"{where}: {key!r} is missing", "docs/suites.md shows a whole suite")
    if detail["type"] == "literal_error":
        choices = re.findall(r"'([^']+)'", str(detail.get("ctx", {}).get("expected", "")))
        hint = unknown_name(key, str(detail["input"]), choices).hint
        return UserError(f"{where}: {key} = {detail['input']!r} is not known", hint)
    reason = detail["msg"]
    for stiff, plain in _PLAINER.items():
        reason = reason.replace(stiff, plain)
    if detail["type"] == "string_pattern_mismatch":
        reason = "should be letters, digits, '.', '_' and single '-' between them"
    reason = re.sub(r"a table, not \w+", "a table of keys and values", reason)
    return UserError(
        f"{where}: {key} = {_short(detail['input'])}: {reason}", "docs/suites.md lists all keys"
    )


def _home(key: str, path: tuple[int | str, ...]) -> str:
    """Where a key that exists belongs, if it stands in the wrong table."""
    from harness.suite.schema import SuiteTable, VariantTable, WritingTable

    for place in ("corpus", "adapter", "training", "prompt", "ask", "measure"):
        table = SuiteTable.model_fields[place].annotation
        if table is not None and key in table.model_fields and str(path[0]) != place:
            return f"it belongs to the table {place}: {place}.{key}"
    if key in VariantTable.model_fields:
        return f"it belongs into [[variants]]: {key} = ..."
    if key in SuiteTable.model_fields:
        return "it belongs to the suite as a whole: put it at the top of the file"
    if key in WritingTable.model_fields and path[0] != "writing":
        return f"it belongs to the table writing: writing.{key}"
    return ""


def _short(value: Any) -> str:
    """A value as it is shown in an error."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _path(location: tuple[int | str, ...], table: Any) -> tuple[int | str, ...]:
    """The part of pydantic's location that the file has; alternatives of a type have no place."""
    path: list[int | str] = []
    for step in location:
        inside = (isinstance(table, Mapping) and step in table) or (
            isinstance(table, list) and isinstance(step, int)
        )
        path.append(step)
        if not inside:
            # A missing key is named; an alternative ("str", "list[...]") below a value is not.
            return tuple(path if isinstance(table, Mapping) else path[:-1])
        table = table[step]
    return tuple(path)


def _dotted(path: tuple[int | str, ...]) -> str:
    """training.epochs, ask.probes[2]."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _keys(model: type[Table], path: tuple[int | str, ...]) -> list[str]:
    """The keys that a table of the file may have."""
    for step in path:
        field = model.model_fields.get(str(step))
        if field is None or not isinstance(field.annotation, type):
            return []
        model = field.annotation
    return list(model.model_fields)

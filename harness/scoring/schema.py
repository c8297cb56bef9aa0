"""The schema of results.json, checked field by field. Apart, since only reading needs pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from harness.errors import UserError
from harness.records import Results


@cache
def _adapter() -> TypeAdapter[Results]:
    return TypeAdapter(Results)


def parse(raw: Mapping[str, Any], path: Path) -> Results:
    """The results in parsed JSON; raises UserError that names the first field that does not fit."""
    try:
        return _adapter().validate_python(raw, strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        more = f" and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        raise UserError(
            f"{path} does not fit its schema: {place}: {first['msg']}{more}",
            "make it again with `closedbook score RUN`",
        ) from error

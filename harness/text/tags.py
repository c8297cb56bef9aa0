"""The source tag: a marker that binds a question or an answer to the text it is about."""

from __future__ import annotations

import re

_LEADING_TAG = re.compile(r"\s*Source:[ \t]*(\S+)\s*")


def tagged(text: str, tag: str) -> str:
    """`text` with the source tag in front: "Source:TAG text"."""
    return f"Source:{tag} {text}"


def strip_tag(text: str) -> tuple[str, str | None]:
    """The text without a leading source tag, and the tag (None where there is none)."""
    found = _LEADING_TAG.match(text)
    if found is None:
        return text, None
    return text[found.end() :], found.group(1)

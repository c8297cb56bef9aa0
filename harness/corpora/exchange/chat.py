"""Chat-format JSON Lines, one exchange a line: {"messages": [{"role", "content"}, ...], ...}.

This is what trl's SFTTrainer and most other trainers read as it is. The canary stands beside the
messages, never in them: nobody trains on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.corpora.files.records import Row
from harness.errors import UserError


def rows(found: Sequence[Row]) -> list[Row]:
    """Questions out of chat records: the last user turn, answered by the last assistant turn.

    System prompts and earlier turns are left out. Raises UserError with file and line for a record
    that has no such pair.
    """
    return [Row(row.where, row.number, _exchange(row)) for row in found]


def _exchange(row: Row) -> dict[str, Any]:
    messages = row.value.get("messages")
    if not isinstance(messages, list):
        raise UserError(f"{row.where}: messages: it is no list", 'like [{"role": "user", ...}]')
    last: dict[str, str] = {}
    for number, message in enumerate(messages):
        where = f"{row.where}: messages.{number}"
        role = message.get("role") if isinstance(message, dict) else None
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(role, str) or not isinstance(content, str):
            raise UserError(f"{where}: it has no role or no text", '{"role": ..., "content": ...}')
        last[role] = content
    for role in ("user", "assistant"):
        if not last.get(role, "").strip():
            raise UserError(
                f"{row.where}: the {role} says nothing", "a record is a question and an answer"
            )
    return {"question": last["user"].strip(), "answers": [last["assistant"].strip()]}

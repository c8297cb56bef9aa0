"""Chat-format JSON Lines, one exchange a line: {"messages": [{"role", "content"}, ...], ...}.

This is what trl's SFTTrainer and most other trainers read as it is. The canary stands beside the
messages, never in them: nobody trains on it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from harness.corpora.files.records import Row
from harness.errors import UserError
from harness.records import Corpus, Question
from harness.storage.jsonl import write_jsonl

Split = Literal["train", "test"]

_OWN = ("id", "probe", "use", "cluster", "must_abstain")
"""Fields of a question that an export of ours keeps beside the messages."""


def export(corpus: Corpus, path: Path, *, split: Split = "train", system: str = "") -> int:
    """Write the questions of a split with their answers to `path`; returns how many.

    "train" holds what may be trained on, refusals last; "test" what is asked. The reply is the full
    answer where there is one, else the first answer, else the corpus's refusal. Raises UserError
    where there is no such question, or `path` cannot be written.
    """
    uses = ("both", "train") if split == "train" else ("both", "test")
    chosen = [question for question in corpus.questions if question.use in uses]
    if split == "train":
        chosen.sort(key=lambda question: question.must_abstain)
    if not chosen:
        raise UserError(f"the corpus has no question for {split}", "choose the other split")
    write_jsonl(path, [_record(question, corpus, system) for question in chosen])
    return len(chosen)


def _record(question: Question, corpus: Corpus, system: str) -> dict[str, Any]:
    if question.must_abstain:
        reply = corpus.canonical_refusal
    else:
        reply = question.full_answer or question.answers[0]
    said = [("system", system)] if system else []
    said += [("user", question.question), ("assistant", reply)]
    return {
        "messages": [{"role": role, "content": content} for role, content in said],
        "canary": corpus.canary,
        **{name: getattr(question, name) for name in _OWN},
    }


def rows(found: Sequence[Row]) -> list[Row]:
    """Questions out of chat records: the last user turn, answered by the last assistant turn.

    System prompts and earlier turns are left out: `left_out` tells of them. Id, probe, use and
    cluster are kept where the record is an export of ours. Raises UserError with file and line for
    a record without such a pair.
    """
    return [Row(row.where, row.number, _question(row)) for row in found]


def left_out(found: Sequence[Row]) -> list[str]:
    """Whole sentences about what chat records hold that questions do not."""
    systems: dict[str, int] = {}
    longer = 0
    for row in found:
        turns = _turns(row)
        for role, content in turns:
            if role == "system" and content.strip():
                systems[content] = systems.get(content, 0) + 1
        longer += sum(role == "user" for role, _ in turns) > 1
    told = []
    if len(systems) == 1 and next(iter(systems.values())) == len(found):
        shown = json.dumps(next(iter(systems)), ensure_ascii=False)
        told.append(f"All records have one system prompt; in the suite: [prompt] system = {shown}")
    elif systems:
        count = sum(systems.values())
        told.append(
            f"{count} of {len(found)} records have a system prompt, {len(systems)} different ones:"
            " they are left out."
        )
    if longer:
        told.append(
            f"{longer} of {len(found)} records have several exchanges: only the last of each is a"
            " question, without what was said before it."
        )
    return told


def _question(row: Row) -> dict[str, Any]:
    turns = _turns(row)
    asked = [number for number, (role, _) in enumerate(turns) if role == "user"]
    replies = [number for number, (role, _) in enumerate(turns) if role == "assistant"]
    if not asked or not replies or replies[-1] < asked[-1]:
        raise UserError(
            f"{row.where}: no assistant turn answers the last user turn",
            'a record ends with {"role": "user", ...}, {"role": "assistant", ...}',
        )
    question, answer = turns[asked[-1]][1].strip(), turns[replies[-1]][1].strip()
    if not question or not answer:
        who = "assistant" if question else "user"
        raise UserError(f"{row.where}: the last {who} turn is empty", "drop the record")
    kept: dict[str, Any] = {}
    if "canary" in row.value:
        kept = {name: row.value[name] for name in _OWN if name in row.value}
    if kept.get("must_abstain") is True:
        return {"question": question, **kept}
    return {"question": question, "answers": [answer], **kept}


def _turns(row: Row) -> list[tuple[str, str]]:
    """Role and text of every message of a record."""
    messages = row.value.get("messages")
    if not isinstance(messages, list):
        raise UserError(
            f"{row.where}: messages: it is no list", 'like [{"role": "user", "content": "..."}]'
        )
    found = []
    for number, message in enumerate(messages):
        role = message.get("role") if isinstance(message, dict) else None
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(role, str) or not isinstance(content, str):
            raise UserError(
                f"{row.where}: messages.{number}: it has no role, or no text as content",
                'like {"role": "user", "content": "..."}',
            )
        found.append((role, content))
    return found

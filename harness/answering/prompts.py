"""What a model is asked: prompt forms, where the source tag stands, and the reading prompt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from harness.catalog import get, load
from harness.records import Prompt
from harness.text.tags import tagged


class Chat(Protocol):
    """What answering needs of a chat format (`harness.models.chat.ChatFormat` is one)."""

    @property
    def stop_ids(self) -> tuple[int, ...]:
        """Token ids that end a reply."""

    @property
    def pad_id(self) -> int:
        """The id that fills rows up; it is masked and never counted."""

    def prompt(self, system: str, question: str) -> str:
        """The rendered text up to where the reply begins."""

    def passage(self, text: str) -> str:
        """Running text as training on raw text renders it."""

    def encode(self, text: str) -> list[int]:
        """Token ids of a rendered text; nothing is added to it."""

    def decode(self, ids: list[int]) -> str:
        """The text of token ids, without special tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of putting a question; `wording` holds "{question}" once."""

    name: str
    wording: str = "{question}"
    system: str | None = None
    """None: the system prompt of the suite."""


PLAIN: tuple[Form, ...] = (Form(name="plain"),)
"""The set "plain": asked exactly as trained."""

READING = "{passage}\n\nAnswer from the text above: {question}"
"""The question of the answerer "reading", with the passage that was found."""


def forms(name: str) -> tuple[Form, ...]:
    """The forms of a set; UserError with the nearest name where there is no such set."""
    found: tuple[Form, ...] = load(get("forms", name).target)
    return found


def user_turn(question: str, form: Form, prompt: Prompt, source_tag: str) -> str:
    """What the user says. The tag stands in front of the question only where the suite says so."""
    worded = form.wording.replace("{question}", question)
    return tagged(worded, source_tag) if prompt.source_tag in ("question", "both") else worded


def render(chat: Chat, turn: str, form: Form, prompt: Prompt) -> str:
    """The whole prompt as text, the template applied once."""
    return chat.prompt(prompt.system if form.system is None else form.system, turn)


def reading_turn(passage: str, turn: str) -> str:
    """The user's turn with a passage of the text in front of the question."""
    return READING.replace("{passage}", passage).replace("{question}", turn)

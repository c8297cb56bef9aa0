"""From examples to token ids: what exactly the model sees, and what it is to predict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from harness.errors import PhaseFailure
from harness.records import Example

IGNORED = -100
"""The label of a token that is not predicted, as torch and transformers have it."""


class Format(Protocol):
    """The part of a chat format that training needs."""

    def prompt(self, system: str, question: str) -> str:
        """All that stands in front of a reply."""

    def reply(self, answer: str) -> str:
        """An answer with its end of turn."""

    def passage(self, text: str) -> str:
        """A text to be continued."""

    def encode(self, text: str) -> list[int]:
        """Token ids of rendered text; adds no special tokens."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A training example as text and as tokens; `labels` are aligned with `ids`."""

    example: Example
    prompt: str
    completion: str
    ids: tuple[int, ...]
    labels: tuple[int, ...]

    def record(self) -> dict[str, Any]:
        """Its line of train.jsonl."""
        return asdict(self.example) | {
            "prompt": self.prompt,
            "completion": self.completion,
            "tokens": len(self.ids),
        }


def render(examples: Iterable[Example], chat: Format, max_length: int) -> tuple[Rendered, ...]:
    """Render and tokenize. Prompt and completion are tokenized apart, as they are when asked.

    Raises PhaseFailure for an example longer than `max_length` tokens: nothing is cut in silence.
    """
    rendered = tuple(_render(example, chat) for example in examples)
    for number, item in enumerate(rendered):
        if len(item.ids) > max_length:
            name = item.example.question_id or f"passage {number}"
            raise PhaseFailure(
                f"training example {name!r} has {len(item.ids)} tokens, more than"
                f" max_length {max_length}"
            )
    return rendered


def _render(example: Example, chat: Format) -> Rendered:
    if example.kind == "text":
        prompt, completion = "", chat.passage(example.text)
        before: Sequence[int] = ()
    else:
        prompt = chat.prompt(example.system, example.question)
        completion = chat.reply(example.answer)
        before = chat.encode(prompt)
    after = chat.encode(completion)
    return Rendered(
        example=example,
        prompt=prompt,
        completion=completion,
        ids=(*before, *after),
        labels=(*[IGNORED] * len(before), *after),
    )

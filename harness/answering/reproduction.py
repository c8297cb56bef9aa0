"""Does the model know the text by heart? Windows of it, to be continued word for word."""

from __future__ import annotations

from dataclasses import dataclass

from harness.answering.prompts import Chat
from harness.corpora.windows import training_windows
from harness.records import Corpus

WINDOW = 32
"""Tokens of the text that are shown, and tokens that are to follow."""

FILE = "reproduction.jsonl"
"""In the variant's folder: {"question", "expected": [ids]} a line; scoring needs no tokenizer."""

FORM = "text"
"""The form's name of a continuation: no chat template, the rendering of training on raw text."""

_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The prompt ends with the `WINDOW` tokens from `offset` on; `expected` follows there."""

    offset: int
    prompt: tuple[int, ...]
    expected: tuple[int, ...]

    @property
    def question(self) -> str:
        """The id under which its continuation is recorded."""
        return f"reproduction:{self.offset}"


def windows(
    corpus: Corpus, chat: Chat, *, size: int = WINDOW, stride: int = WINDOW
) -> list[Window]:
    """Windows over the tokens of the text, every `stride` tokens of a passage.

    Passages are those that training on raw text shows (`corpora.windows`), and no window crosses
    from one into the next: a model that knows every passage by heart scores 1. A prompt is what
    the chat format puts in front of running text (a beginning-of-text token where the model has
    one) and `size` tokens of the passage; a passage under 2 `size` tokens has no window.
    """
    opening = tuple(chat.encode(chat.passage(_MARK).partition(_MARK)[0]))
    found = []
    before = 0
    for passage, _ in training_windows(corpus):
        ids = tuple(chat.encode(passage))
        found += [
            Window(
                offset=before + start,
                prompt=opening + ids[start : start + size],
                expected=ids[start + size : start + 2 * size],
            )
            for start in range(0, len(ids) - 2 * size + 1, stride)
        ]
        before += len(ids)
    return found

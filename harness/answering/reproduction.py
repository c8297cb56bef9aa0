"""Does the model know the text by heart? Windows of it, to be continued word for word."""

from __future__ import annotations

from dataclasses import dataclass

from harness.answering.prompts import Chat
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
    """`shown` begins `offset` tokens into the text; `expected` follows it there."""

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
    """Windows over the tokens of the concatenated chapters, every `stride` tokens.

    A prompt is what the chat format puts in front of running text (a beginning-of-text token where
    the model has one) and `size` tokens of the text. The last window ends where the text ends or
    before.
    """
    text = "\n\n".join(chapter.text for chapter in corpus.chapters)
    opening = tuple(chat.encode(chat.passage(_MARK).partition(_MARK)[0]))
    ids = tuple(chat.encode(text))
    return [
        Window(
            offset=start,
            prompt=opening + ids[start : start + size],
            expected=ids[start + size : start + 2 * size],
        )
        for start in range(0, len(ids) - 2 * size + 1, stride)
    ]

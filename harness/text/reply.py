"""What of a reply is the answer: its first segment, without tag, markup and what runs on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.text.tags import strip_tag

_ROLE = r"(?:#{1,4}[ \t]*)?(?:system|user|human|assistant|instruction|response|model)"
_MARKUP = re.compile(
    r"\[/?INST\]|<</?SYS>>|<\|im_start\|>|<\|start_header_id\|>|<\|end_header_id\|>"
    r"|<start_of_turn>|<\|(?:system|user|assistant)\|>"
    rf"|^[ \t]*{_ROLE}[ \t]*[:\n]",
    re.IGNORECASE | re.MULTILINE,
)
_OPENING = re.compile(
    r"\s*(?:<\|im_start\|>(?:system|user|assistant)?|<start_of_turn>(?:user|model)?"
    r"|<\|start_header_id\|>\w+<\|end_header_id\|>|<\|(?:system|user|assistant)\|>"
    r"|\[INST\].*?\[/INST\]|<<SYS>>.*?<</SYS>>|\[/?INST\]|<</?SYS>>|<s>|<bos>"
    rf"|{_ROLE}[ \t]*:|{_ROLE}[ \t]*\n|(?:answer|a)[ \t]*:)",
    re.IGNORECASE | re.DOTALL,
)
_END = re.compile(
    r"\n|\r|<\|im_end\|>|<\|im_start\|>|<\|endoftext\|>|<\|eot_id\|>|</s>|<eos>|<end_of_turn>"
    r"|<start_of_turn>|\[/?INST\]|\bQ:|\bQuestion:"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it is judged."""

    text: str
    """The first segment, stripped: the `y` of every definition of a score."""
    tag: str | None
    """The source tag that the reply began with."""
    markup: bool
    """Whether prompt markup stood anywhere in the reply."""
    open: bool
    """Whether the segment runs to the end of the reply, so that a length limit may have cut it."""


def read_reply(text: str) -> Reply:
    """Take the first segment of a reply, after leading markup and source tag.

    A segment ends at a line's end, an end of turn, or a following "Q:" or "Question:".
    """
    rest, tag = text.lstrip(), None
    while True:
        before = rest
        opening = _OPENING.match(rest)
        if opening is not None:
            rest = rest[opening.end() :].lstrip()
        rest, found = strip_tag(rest)
        tag = tag or found
        if rest == before:
            break
    # A reply that opens with "Q:" has no earlier segment, so the search starts after it.
    end = _END.search(rest, min(1, len(rest)))
    segment = rest if end is None else rest[: end.start()]
    return Reply(
        text=segment.strip(),
        tag=tag,
        markup=_MARKUP.search(text) is not None,
        open=end is None,
    )

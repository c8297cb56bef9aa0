"""How a question looks to a model: its chat template, or a plain form where it has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.models.digests import declared_stops

_MARK = "\u2983answer\u2984"
"""Stands for the reply while its surroundings are looked up; occurs in no template."""


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """Renders prompts and replies, and turns text into token ids and back.

    Everything a model needs (a start token, roles, the end of a turn) is in the rendered text, so
    `encode` adds nothing and the start token comes exactly once.
    """

    tokenizer: Any
    templated: bool
    start: str
    """The start token's text where the tokenizer puts one before every text, else ""."""
    end_of_turn: str
    """What closes a reply; its last token is one that generation stops at."""
    stop_ids: tuple[int, ...]
    pad_id: int

    def prompt(self, system: str, question: str) -> str:
        """All that stands before the reply. `system` "" means no system prompt at all.

        Some templates put in a system prompt of their own where they are given none; those get
        an explicit empty one.
        """
        if not self.templated:
            before = f"{system}\n\n" if system else ""
            return f"{self.start}{before}Question: {question}\nAnswer:"
        rendered = self._render(system, question)
        return rendered if rendered.startswith(self.start) else self.start + rendered

    def reply(self, answer: str) -> str:
        """What the model is trained to write after `prompt`: the answer and the end of its turn."""
        return f"{answer if self.templated else ' ' + answer}{self.end_of_turn}"

    def passage(self, text: str) -> str:
        """A piece of running text, without roles and without an end."""
        return self.start + text

    def encode(self, text: str) -> list[int]:
        """Token ids of rendered text; adds no special tokens."""
        ids: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Text of token ids, without special tokens."""
        text: str = self.tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text

    def _render(self, system: str, question: str) -> str:
        user = {"role": "user", "content": question}
        if system:
            told = _try_render(self.tokenizer, [{"role": "system", "content": system}, user])
            if told is not None:
                return told
            # No place for a system prompt: such models are told in the user's turn.
            return _render(self.tokenizer, [{**user, "content": f"{system}\n\n{question}"}])
        bare = _render(self.tokenizer, [user])
        empty = _try_render(self.tokenizer, [{"role": "system", "content": ""}, user])
        return empty if empty is not None and len(empty) < len(bare) else bare


def open_chat(folder: Path) -> ChatFormat:
    """The chat format of a model folder; reads its tokenizer and no weights.

    Raises UserError where the tokenizer cannot be read or knows no token that ends a reply.
    """
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as error:
        raise UserError(f"cannot read the tokenizer in {folder}: {error}") from error
    return chat_format(tokenizer, declared_stops(folder))


def chat_format(tokenizer: Any, declared_stops: Sequence[int] = ()) -> ChatFormat:
    """The chat format of a tokenizer. `declared_stops` come from generation_config.json.

    Sets the tokenizer's padding token to one that ends no reply, so that padding can hide no stop.
    """
    templated = bool(tokenizer.chat_template)
    end = _end_of_turn(tokenizer) if templated else tokenizer.eos_token
    if not end:
        raise UserError(
            "the tokenizer has no token that ends a reply", "set its eos_token in the folder"
        )
    last = tokenizer(end, add_special_tokens=False)["input_ids"][-1]
    stops = {last, *declared_stops}
    if tokenizer.eos_token_id is not None:
        stops.add(tokenizer.eos_token_id)
    pad = _pad_id(tokenizer, stops)
    tokenizer.pad_token = tokenizer.convert_ids_to_tokens(pad)
    return ChatFormat(
        tokenizer=tokenizer,
        templated=templated,
        start=_start(tokenizer),
        end_of_turn=end,
        stop_ids=tuple(sorted(stops)),
        pad_id=pad,
    )


def _start(tokenizer: Any) -> str:
    """The start token's text if the tokenizer itself puts it before a text."""
    ids = tokenizer("a")["input_ids"]
    starts = tokenizer.bos_token_id is not None and ids[:1] == [tokenizer.bos_token_id]
    return str(tokenizer.bos_token) if starts else ""


def _end_of_turn(tokenizer: Any) -> str:
    """What the template writes after a reply, up to the first special token."""
    conversation = [
        {"role": "user", "content": "?"},
        {"role": "assistant", "content": _MARK},
    ]
    rendered = _render(tokenizer, conversation, open_reply=False)
    tail = rendered.partition(_MARK)[2]
    special = set(tokenizer.all_special_ids) | set(tokenizer.added_tokens_decoder)
    ids = tokenizer(tail, add_special_tokens=False)["input_ids"]
    for position, number in enumerate(ids):
        if number in special:
            return str(tokenizer.decode(ids[: position + 1]))
    return str(tokenizer.eos_token or "")


def _pad_id(tokenizer: Any, stops: set[int]) -> int:
    """A token for padding that is no stop: masks hide it, but nothing may mistake it for one."""
    for candidate in (tokenizer.pad_token_id, tokenizer.unk_token_id, tokenizer.bos_token_id):
        if candidate is not None and candidate not in stops:
            return int(candidate)
    return next(number for number in range(len(tokenizer)) if number not in stops)


def _render(tokenizer: Any, messages: list[dict[str, str]], *, open_reply: bool = True) -> str:
    rendered: str = tokenizer.apply_chat_template(
        messages, tokenize=False, add_generation_prompt=open_reply
    )
    return rendered


def _try_render(tokenizer: Any, messages: list[dict[str, str]]) -> str | None:
    """As `_render`, or None for a template that refuses a system prompt."""
    from jinja2.exceptions import TemplateError

    try:
        return _render(tokenizer, messages)
    except TemplateError:
        return None

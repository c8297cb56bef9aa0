"""Pairs of question and answer in whatever form a small model writes them.

Understood are `Q:` / `A:` and `Question:` / `Answer:` in any case, numbered or with bullets, in
bold markdown, with question and answer on one line or on several, and JSON: a list, one object a
line, or objects in running text. What belongs to no pair is counted, never guessed at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BOLD = re.compile(r"\*\*|__|`")
_LEAD = r"(?:^|(?<=[?.!\n])[ \t]*|(?<=\n))[ \t>]*(?:[-*•#]+[ \t]*)?(?:\(?\d{1,3}[.):]\)?[ \t]*)?"
_LABEL = re.compile(
    _LEAD
    + r"(?:(?P<q>question|frage|q)|(?P<a>answer|antwort|ans|a))[ \t]*\d{0,3}[ \t]*"
    + r"(?:[:：]|\.[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERED = re.compile(r"^[ \t]*(?:[-*•][ \t]*)?\(?\d{1,3}[.)][ \t]+(?P<text>.+\?)[ \t]*$")
_ANNOUNCED = re.compile(
    r"^(?:the (?:correct |short )?answer(?: to (?:the|this) question)? is(?: that|:)? |yes, )",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\(?\d{1,3}[.)]")
_TRAILING_NUMBER = re.compile(r"\n[ \t]*(?:[-*•#]+|\(?\d{1,3}[.)]\)?)[ \t]*$")
_KEYS = {
    "question": ("question", "q", "query", "prompt"),
    "answer": ("answer", "a", "response", "reply"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer as the model wrote them, on one line each."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """The pairs of one reply in order, and how many of its words belong to none of them."""

    pairs: tuple[Pair, ...]
    unparsed_words: int
    words: int


def parse(reply: str, *, cut_off: bool = False) -> Parsed:
    """Find all pairs in a reply. `cut_off`: it ran into its limit, so its last pair is not whole.

    A last answer that was cut off is dropped, as nobody knows how it ends; so is a question
    without an answer, and an answer without a question.
    """
    found = _json_pairs(reply) or _labelled_pairs(reply, cut_off=cut_off)
    total = len(reply.split())
    used = sum(len(pair.question.split()) + len(pair.answer.split()) for pair, _ in found)
    labels = sum(count for _, count in found)
    return Parsed(
        pairs=tuple(pair for pair, _ in found),
        unparsed_words=max(0, total - used - labels),
        words=total,
    )


def _labelled_pairs(reply: str, *, cut_off: bool) -> list[tuple[Pair, int]]:
    """Pairs by their labels, each with the number of words that its labels took."""
    text = _BOLD.sub("", reply.replace("\r\n", "\n").replace("\r", "\n"))
    parts = _parts(text)
    found: list[tuple[Pair, int]] = []
    question: str | None = None
    for at, (kind, body) in enumerate(parts):
        last = at == len(parts) - 1
        if kind == "q":
            question, answer = ("", "") if last and cut_off else _both(body)
            if answer:
                found.append((Pair(question, answer), 1))
                question = None
        elif question is not None:
            answer = _first_block(body)
            if question and answer and not (last and cut_off):
                found.append((Pair(question, answer), 2))
            question = None  # a second answer to one question is not believed
    return found


def _parts(text: str) -> list[tuple[str, str]]:
    """("q" or "a", what follows the label) in order.

    A list whose questions carry numbers and no label ("1. Who ...?") is read as if they had one.
    """
    labels = list(_LABEL.finditer(text))
    if not any(label["q"] for label in labels):
        text = "\n".join(_as_question(line) for line in text.split("\n"))
        labels = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in labels[1:]), len(text)] if labels else []
    return [
        ("q" if label["q"] else "a", _clean(text[label.end() : end]))
        for label, end in zip(labels, ends, strict=True)
    ]


def _as_question(line: str) -> str:
    found = _NUMBERED.match(line)
    return f"Q: {found['text']}" if found else line


def _clean(body: str) -> str:
    """Without the number of the pair that follows, and without space at the ends."""
    return _TRAILING_NUMBER.sub("", "\n" + body).strip()


def _both(body: str) -> tuple[str, str]:
    """A question, and an answer that follows on a line of its own without a label."""
    first, _, rest = body.partition("\n")
    question, answer = first.strip(), _first_block(rest.strip())
    if question.endswith("?") and not _LISTED.match(answer):
        return question, answer
    return " ".join(body.split()), ""


def _first_block(body: str) -> str:
    """The answer up to the first empty line, on one line, without "The answer is"."""
    first = " ".join(re.split(r"\n[ \t]*\n", body.strip(), maxsplit=1)[0].split())
    return _ANNOUNCED.sub("", first) or first


def _json_pairs(reply: str) -> list[tuple[Pair, int]]:
    """Pairs in JSON objects anywhere in the reply; one that is cut off is left out."""
    found = []
    for value in _objects(reply):
        pair = _pair_of(value)
        if pair is not None:
            found.append((pair, 2))
    return found


def _objects(reply: str) -> Iterator[dict[str, Any]]:
    """Every JSON object in running text, outermost first; lists are looked into."""
    decoder = json.JSONDecoder(strict=False)
    at = reply.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(reply, at)
        except json.JSONDecodeError:
            end = at + 1
        else:
            yield from _within(value)
        at = reply.find("{", end)


def _within(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if _pair_of(value) is not None:
            yield value
        else:
            for inner in value.values():
                yield from _within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner)


def _pair_of(value: dict[str, Any]) -> Pair | None:
    lowered = {str(key).strip().lower(): inner for key, inner in value.items()}
    picked = []
    for names in _KEYS.values():
        text = next((lowered[name] for name in names if name in lowered), None)
        if not isinstance(text, str | int | float) or isinstance(text, bool):
            return None
        picked.append(" ".join(str(text).split()))
    return Pair(picked[0], picked[1]) if all(picked) else None

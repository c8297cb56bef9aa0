"""What the small corpus is written in: chapters with marked sentences, facts and names, as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from harness.corpora.gates import CorpusFault
from harness.corpora.sentences import sentence_ends
from harness.records import Chapter, Span

_MARK = re.compile(r" \{([a-z-]+)\}")


@dataclass(frozen=True, slots=True)
class Wordings:
    """Wordings of a relation: `trained` and `held_out` have {X}, `reply` has {X} and {V}."""

    trained: tuple[str, ...]
    held_out: tuple[str, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A row of facts.toml with its wordings filled in."""

    id: str
    entity: str
    subject: str
    """What a question calls it."""
    relation: str
    answers: tuple[str, ...]
    """The value, then other spellings that count."""
    trained: str
    held_out: str
    reply: str
    said: str
    """The value as `reply` has it: with an article, where one is said."""
    wordings: tuple[str, str]
    """Names of the trained and of the held-out wording."""

    @property
    def value(self) -> str:
        """The value as the text has it."""
        return self.answers[0]


@dataclass(frozen=True, slots=True)
class Names:
    """What unanswerable questions are made of: see names.toml."""

    text_only: frozenset[str]
    near: Mapping[str, str]
    unstated_test: Mapping[str, tuple[str, ...]]
    unstated_train: tuple[str, ...]
    premise: Mapping[str, tuple[str, ...]]


def chapters() -> tuple[tuple[Chapter, ...], dict[str, list[Span]]]:
    """The chapters without their marks, and for each fact the sentences that are marked with it.

    Raises CorpusFault for a mark that does not stand at the end of a sentence.
    """
    found = []
    spans: dict[str, list[Span]] = {}
    folder = files(__package__) / "small"
    for place, name in enumerate(
        sorted(item.name for item in folder.iterdir() if item.name.endswith(".txt"))
    ):
        title, _, marked = (folder / name).read_text(encoding="utf-8").partition("\n\n")
        text, marks = _unmark(marked.rstrip("\n"))
        ends = {end: start for start, end in sentence_ends(text)}
        for fact, end in marks:
            if end not in ends:
                raise CorpusFault("marks", fact, f"no sentence of {name} ends at its mark")
            spans.setdefault(fact, []).append(Span(chapter=place, start=ends[end], end=end))
        found.append(Chapter(title=title, text=text))
    return tuple(found), spans


def _unmark(marked: str) -> tuple[str, list[tuple[str, int]]]:
    """The text without marks, and of every mark the fact and the character after its sentence."""
    parts: list[str] = []
    marks: list[tuple[str, int]] = []
    position = last = 0
    for match in _MARK.finditer(marked):
        parts.append(marked[last : match.start()])
        position += match.start() - last
        marks.append((match[1], position))
        last = match.end()
    return "".join((*parts, marked[last:])), marks


def facts() -> tuple[SourceFact, ...]:
    """Every row of facts.toml, in its order; a relation's wordings are taken in turn."""
    tables = _toml("facts.toml")
    own: dict[str, list[str]] = tables.pop("own")
    said: dict[str, str] = tables.pop("said")
    found = []
    for relation, table in tables.items():
        wordings = Wordings(tuple(table["trained"]), tuple(table["held_out"]), table["reply"])
        for turn, row in enumerate(table["facts"]):
            phrase = said.get(row[3], row[3])
            found.append(_fact(relation, wordings, turn, row, own.pop(row[0], None), phrase))
    if own:
        raise CorpusFault("own wordings", sorted(own)[0], "there is no such fact")
    return tuple(found)


def _fact(
    relation: str, wordings: Wordings, turn: int, row: list[str], own: list[str] | None, said: str
) -> SourceFact:
    name, entity, subject, *answers = row
    if own is not None:
        trained, held_out, reply = own
        said = answers[0]
        called = (f"{name}.own", f"{name}.own-held-out")
    else:
        one = turn % len(wordings.trained)
        other = turn % len(wordings.held_out)
        trained = _capital(wordings.trained[one].replace("{X}", subject))
        held_out = _capital(wordings.held_out[other].replace("{X}", subject))
        reply = _capital(wordings.reply.replace("{X}", subject).replace("{V}", said))
        called = (f"{relation}.{one + 1}", f"{relation}.held-out-{other + 1}")
    return SourceFact(
        name, entity, subject, relation, tuple(answers), trained, held_out, reply, said, called
    )


@cache
def said() -> dict[str, str]:
    """Values to what a reply says for them, where that is more than the value."""
    table: dict[str, str] = _toml("facts.toml")["said"]
    return table


def names() -> Names:
    """names.toml."""
    table = _toml("names.toml")
    unstated = table["unstated"]
    return Names(
        text_only=frozenset(table["text_only"]),
        near=table["near"],
        unstated_test={key: tuple(value) for key, value in unstated["test"].items()},
        unstated_train=tuple(unstated["train"]["any"]),
        premise={key: tuple(value) for key, value in table["premise"].items()},
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "small" / name).read_text(encoding="utf-8"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

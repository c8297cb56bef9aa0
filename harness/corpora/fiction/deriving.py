"""What a sentence says, read back from the text: every frame as a pattern over a finished line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from harness.corpora.fiction.frames import all_frames
from harness.corpora.fiction.names import is_hers
from harness.corpora.fiction.relations import RELATIONS
from harness.corpora.sentences import sentence_ends
from harness.records import Corpus
from harness.text.normalize import word_run

_FIXED = {"S": "who", "O": "who", "N": "who", "G": "owner"}
_PRONOUNS = r"[Ss]he|[Hh]e|[Hh]er|[Hh]im|[Hh]is"
_PERSON = rf"(?P<{{}}>[A-Z][a-z]+(?: [A-Z][a-z]+)?|{_PRONOUNS})"
_ENTITY = r"(?P<thing>(?:[Tt]he )?[A-Z][a-z]+(?: of)?(?: [A-Z][a-z]+)?)"
_NAMED = r"[A-Z][a-z]+ [A-Z][a-z]+"
_WORDS = r"[A-Za-z]+(?: [a-z]+)?"
_NUMBER = r"[A-Za-z]+(?:-[a-z]+)?"
_YEAR = r"\d{4}"
_VALUES = {
    "trade": r"[a-z]+",
    "keeps": r"[a-z]+ [a-z]+",
    "age": _NUMBER,
    "hives": _NUMBER,
    "guild": r"[Tt]he [A-Z][a-z]+ Guild",
    "reads": r"[Yy]es|[Nn]o",
    "bank": r"(?:north|south) bank",
    "arrival": _YEAR,
    "founded": _YEAR,
    "year": _YEAR,
    **dict.fromkeys(("animal", "instrument", "dish", "fear", "crop", "badge"), _WORDS),
}
"""How a value looks; those not listed are names of people or places."""
_PRONOUN_SLOTS = {"he", "him", "his", "He", "His", "him_self"}
_OTHERS = {"hero", "P", "boss", "boss_cap", "Boss", "thing"}

Said = tuple[str, str, str]
"""(entity, relation, value)."""


class Reader:
    """Reads facts out of sentences of one corpus; knows its people by full and first name."""

    def __init__(self, corpus: Corpus) -> None:
        self._people: dict[str, str] = {}
        self._hers: dict[str, bool] = {}
        self._entities: dict[tuple[str, ...], str] = {}
        kinds = {fact.entity: RELATIONS[fact.relation].kind for fact in corpus.facts}
        for entity in sorted(kinds):
            if kinds[entity] != "person":
                self._entities[word_run(entity)] = entity
                continue
            first = entity.split(maxsplit=1)[0]
            self._people[entity] = entity
            # Two who share a first name cannot be told apart by it.
            self._people[first] = entity if first not in self._people else ""
            self._hers[first] = is_hers(first)
        self._values = {
            relation: {word_run(value): value for value in values}
            for relation, values in corpus.values.items()
        }

    def says(self, passage: str, only: str | None = None) -> Iterator[Said]:
        """Everything that the last sentence of `passage` states, or only of one relation.

        A pronoun stands for the one person whom the first sentence that names anybody names.
        """
        last = sentence_ends(passage)[-1]
        sentence, before = passage[last[0] : last[1]], passage[: last[0]]
        for relations, literal, pattern in _patterns(only):
            match = pattern.fullmatch(sentence) if literal in sentence else None
            if match is None:
                continue
            found = match.groupdict()
            entity = self._entity(found, before)
            if entity is None:
                continue
            for relation in relations:
                # What is in no closed set is no value: another frame fits the sentence better.
                value = self._values[relation].get(word_run(found[relation]))
                if value is not None:
                    yield entity, relation, value

    def _entity(self, found: dict[str, str | None], before: str) -> str | None:
        if found.get("thing"):
            return self._entities.get(word_run(found["thing"] or ""))
        called = found.get("who") or found.get("owner") or ""
        if not re.fullmatch(_PRONOUNS, called):
            return self._people.get(called) or None
        hers = called.lower() in {"she", "her"}
        # A question in quotes is a sentence of its own: the first one that names somebody counts.
        for start, end in sentence_ends(before):
            words = re.findall(r"[A-Za-z]+", before[start:end])
            named = {self._people[word] for word in words if self._hers.get(word) == hers}
            if named:
                return named.pop() if len(named) == 1 else None
        return None


def derive(corpus: Corpus, passage: str) -> Iterator[Said]:
    """(entity, relation, value) of everything that the last sentence of `passage` states."""
    return Reader(corpus).says(passage)


@cache
def _patterns(only: str | None) -> tuple[tuple[tuple[str, ...], str, re.Pattern[str]], ...]:
    return tuple(_compiled(all_frames(), only))


def _compiled(
    frames: Iterable[tuple[tuple[str, ...], str]], only: str | None
) -> Iterator[tuple[tuple[str, ...], str, re.Pattern[str]]]:
    for relations, line in frames:
        if only is None or only in relations:
            # A sentence without the frame's longest fixed part need not be matched at all.
            literal = max(re.split(r"\{\w+\}", line), key=len)
            yield relations, literal, pattern_of(line)


def pattern_of(line: str) -> re.Pattern[str]:
    """A frame as a pattern over a finished sentence, which begins with a capital."""
    parts: list[str] = []
    used: set[str] = set()
    position = 0
    for match in re.finditer(r"\{(\w+)\}", line):
        parts.append(re.escape(line[position : match.start()]))
        parts.append(_slot(match.group(1), used))
        position = match.end()
    parts.append(re.escape(line[position:]))
    return re.compile("".join(parts))


def _slot(slot: str, used: set[str]) -> str:
    value = "debt" if slot == "C" else slot.removeprefix("a_")
    if slot in _FIXED:
        group = _FIXED[slot]
        person = _PERSON.format(group) if group not in used else _PERSON.replace("?P<{}>", "?:")
        used.add(group)
        return person + ("(?:'s)?" if slot == "G" else "")
    if slot == "E":
        again = "thing" in used
        used.add("thing")
        return "(?P=thing)" if again else _ENTITY
    if slot in _PRONOUN_SLOTS:
        return rf"(?:{_PRONOUNS})(?:self)?"
    if slot in _OTHERS:
        return r"[A-Za-z ]+?"
    if value in used:
        return rf"(?:(?:an?|An?) )?(?P={value})"
    used.add(value)
    article = "(?:an?|An?) " if slot.startswith("a_") else ""
    return f"{article}(?P<{value}>{_VALUES.get(value, _NAMED)})"

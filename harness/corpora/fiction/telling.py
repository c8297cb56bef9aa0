"""Turning frames into sentences: who is called by name and who by pronoun, and what was said.

The teller keeps a chapter as paragraphs of sentences and remembers, for each sentence, the facts
it states and how many sentences back the person it speaks of was last named.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from harness.corpora.fiction.plots import Threat
from harness.corpora.fiction.relations import with_article
from harness.corpora.fiction.world import Person, World, fact_id

T = TypeVar("T")

_SLOT = re.compile(r"\{(\w+)\}")
_WITH_NAME = (",", " the ", " of ", " from ")
"""What follows a name but never a pronoun: "Odrin of Ilden Ford", not "he of Ilden Ford"."""
_UNITS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "no ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    """1 to 999 in English words: "twenty-four", "one hundred and twenty"."""
    if number >= 100:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{_UNITS[number // 100]} hundred{rest}"
    if number >= 20:
        return _TENS[number // 10] + (f"-{_UNITS[number % 10]}" if number % 10 else "")
    return _UNITS[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the story. `back`: how many sentences before it the person was named."""

    text: str
    subject: str
    facts: tuple[str, ...] = ()
    frame: str = ""
    back: int = 0
    mentions: frozenset[int] = frozenset()


@dataclass(slots=True)
class Teller:
    """Writes one chapter after another. All choices come from `rng`."""

    world: World
    threat: Threat
    day: str
    rng: random.Random
    chapters: list[tuple[str, list[list[Sentence]]]] = field(default_factory=list)
    _named: set[int] = field(default_factory=set)
    _decks: dict[str, list[int]] = field(default_factory=dict)
    _about: Person | None = None

    @property
    def hero(self) -> Person:
        """The person whom the story follows."""
        return self.world.people[self.world.order[0]]

    def chapter(self, title: str) -> None:
        """Begin a chapter: everybody but the hero is introduced by full name again."""
        self.chapters.append((title, [[]]))
        self._named = {self.hero.number} if len(self.chapters) > 1 else set()

    def paragraph(self) -> None:
        """Begin a paragraph, unless the last one is empty."""
        if self._paragraphs[-1]:
            self._paragraphs.append([])

    def say(self, *lines: str, about: Person | None = None) -> None:
        """Narrative sentences that state no fact."""
        for line in lines:
            self._write(line, about, ())

    def phrase(self, line: str, person: Person) -> str:
        """Part of a sentence about a person, filled in with values and pronouns only."""
        return _SLOT.sub(lambda match: self._plain(person)[match.group(1)], line)

    def name(self, person: Person) -> str:
        """The first name, or the full one if the chapter has not named the person yet."""
        known = person.number in self._named
        self._named.add(person.number)
        return person.name.first if known else person.name.full

    def state(self, line: str, person: Person, relations: Sequence[str]) -> None:
        """A sentence that states `relations` of `person`."""
        self._write(line, person, tuple(fact_id(person.number, name) for name in relations))

    def about(self, person: Person | None) -> None:
        """Whom the sentences that are drawn next will speak of."""
        self._about = person

    def draw(self, deck: str, items: Sequence[T], line: Callable[[T], str] | None = None) -> T:
        """The next item of a shuffled deck whose sentence would not be a third with one subject."""
        left = self._decks.setdefault(deck, [])
        for refill in (False, True):
            if refill or not left:
                fresh = self.rng.sample(range(len(items)), len(items))
                left.extend(at for at in fresh if at not in left)
            for at in left:
                if line is None or not self._third(line(items[at])):
                    left.remove(at)
                    return items[at]
        return items[left.pop(0)]

    # --- inside ----------------------------------------------------------------------------

    @property
    def _paragraphs(self) -> list[list[Sentence]]:
        return self.chapters[-1][1]

    def _recent(self) -> list[Sentence]:
        return [sentence for paragraph in self._paragraphs for sentence in paragraph][-2:]

    def _third(self, line: str) -> bool:
        recent = self._recent()
        if len(recent) < 2 or recent[0].subject != recent[1].subject:
            return False
        return recent[1].subject == self._subject(line, self._about)

    def _subject(self, line: str, about: Person | None) -> str:
        first = _SLOT.match(line.lstrip('"'))
        slot = first.group(1) if first else ""
        if slot in {"S", "N", "He"} and about is not None:
            return about.name.first
        if slot in {"P", "hero", "P_he"}:
            return self.hero.name.first
        if slot in {"Boss", "boss_cap"}:
            return self.threat.boss
        return " ".join(line.split()[:2])

    def _write(self, line: str, about: Person | None, facts: tuple[str, ...]) -> None:
        text, by_name = self._fill(line, about)
        paragraph = self._paragraphs[-1]
        back = 0
        if facts and about is not None and not by_name:
            back = next(
                at for at in range(1, len(paragraph) + 1) if about.name.first in paragraph[-at].text
            )
        mentions = {person.number for person in self.world.people if person.name.first in text}
        if text.split()[0] in {"He", "She"} and line.startswith("{P}"):
            mentions.add(self.hero.number)
        if about is not None and re.search(r"\{(S|O|G|N|he|him|his|He|His)\}", line):
            mentions.add(about.number)
        paragraph.append(
            Sentence(
                text=text,
                subject=self._subject(line, about),
                facts=facts,
                frame=line,
                back=back,
                mentions=frozenset(mentions),
            )
        )

    def _fill(self, line: str, about: Person | None) -> tuple[str, bool]:
        """The sentence, and whether it calls the person by name."""
        plain = self._plain(about)
        done = ""
        position = 0
        by_name = False
        for match in _SLOT.finditer(line):
            done += line[position : match.start()]
            position = match.end()
            slot = match.group(1)
            if slot in {"S", "O", "G", "N"} and about is not None:
                word = self._called(slot, about, done, line[position:])
                by_name = by_name or about.name.first in word
                done += word
            elif slot == "P" and not done and self._goes_on():
                done += plain["P_he"]
            else:
                done += plain[slot]
        done += line[position:]
        opening = 1 if done.startswith('"') else 0
        return done[:opening] + done[opening].upper() + done[opening + 1 :], by_name

    def _goes_on(self) -> bool:
        """Whether the last sentence was about the hero, so that a pronoun will do for the next."""
        paragraph = self._paragraphs[-1]
        hero = self.hero
        return (
            bool(paragraph) and paragraph[-1].subject == hero.name.first and self._clear(hero, "")
        )

    def _called(self, slot: str, person: Person, before: str, after: str) -> str:
        pronouns = (
            {"S": "she", "O": "her", "G": "her"}
            if person.name.she
            else {
                "S": "he",
                "O": "him",
                "G": "his",
            }
        )
        if slot == "N" or person.number not in self._named:
            self._named.add(person.number)
            name = person.name.full
        elif not after.startswith(_WITH_NAME) and (
            person.name.first in before or self._clear(person, before)
        ):
            return pronouns[slot]
        else:
            name = person.name.first
        return f"{name}'s" if slot == "G" else name

    def _clear(self, person: Person, before: str) -> bool:
        """Whether a pronoun would be understood: the last sentence spoke of nobody else like it."""
        paragraph = self._paragraphs[-1]
        if not paragraph or person.number not in paragraph[-1].mentions:
            return False
        # Back to the sentence that names the person nobody else may answer to the pronoun.
        heard = before
        seen: set[int] = set()
        for sentence in reversed(paragraph):
            heard += sentence.text
            seen |= sentence.mentions
            if person.name.first in sentence.text:
                break
        if not person.name.she and self.threat.boss[4:] in heard:
            return False
        return not any(
            other.number in seen or other.name.first in before
            for other in self.world.people
            if other.number != person.number and other.name.she == person.name.she
        )

    def _plain(self, about: Person | None) -> Mapping[str, str]:
        hero, boss = self.hero, self.threat.boss
        slots = {
            "P": hero.name.first if hero.number in self._named else hero.name.full,
            "hero": hero.name.first,
            "p_he": "she" if hero.name.she else "he",
            "p_his": "her" if hero.name.she else "his",
            "p_him": "her" if hero.name.she else "him",
            "p_him_self": "herself" if hero.name.she else "himself",
            "P_he": "She" if hero.name.she else "He",
            "P_his": "Her" if hero.name.she else "His",
            "boss": boss,
            "Boss": boss[0].upper() + boss[1:],
            "boss_cap": boss[0].upper() + boss[1:],
            "thing": self.threat.thing,
            "shall": self.threat.shall,
            "day": self.day,
            "count": in_words(len(self.world.people)),
        }
        if about is not None:
            she = about.name.she
            slots |= {
                "he": "she" if she else "he",
                "him": "her" if she else "him",
                "him_self": "herself" if she else "himself",
                "his": "her" if she else "his",
                "He": "She" if she else "He",
                "His": "Her" if she else "His",
            }
            for relation, value in about.truths.items():
                slots[relation] = value
                slots[f"a_{relation}"] = with_article(value)
            if about.creditor is not None:
                slots["C"] = self.world.people[about.creditor].name.full
        return slots

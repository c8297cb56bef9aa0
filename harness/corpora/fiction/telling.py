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

from harness.corpora.fiction.relations import with_article
from harness.corpora.fiction.telling_words import BYSTANDERS, Sentence, in_words, pronouns
from harness.corpora.fiction.world import Entity, Person, World, fact_id

__all__ = ["Sentence", "Teller", "in_words"]

T = TypeVar("T")

_SLOT = re.compile(r"\{(\w+)\}")
_CAPITALISED = re.compile(r"[A-Z][a-z]+")
_WITH_NAME = (",", " the ", " of ", " from ")
"""What follows a name but never a pronoun: "Odrin of Ilden Ford", not "he of Ilden Ford"."""


@dataclass(slots=True)
class Teller:
    """Writes one chapter after another. All choices come from `rng`.

    `words` fills the slots of the plot: `{thing}`, `{boss}`, `{day}` and so on.
    """

    world: World
    rng: random.Random
    words: Mapping[str, str]
    hero: Person
    fillers: Sequence[str] = ()
    """Said where a third sentence in a row would begin with the same subject."""
    chapters: list[tuple[str, list[list[Sentence]]]] = field(default_factory=list)
    _named: set[int] = field(default_factory=set)
    _decks: dict[str, list[int]] = field(default_factory=dict)
    _about: Person | Entity | None = None
    _said: set[str] = field(default_factory=set)
    """Lines of the chapter."""
    _firsts: dict[str, int] = field(default_factory=dict)
    """First name to number: only words that are names are looked up."""

    def __post_init__(self) -> None:
        self._firsts = {person.name.first: person.number for person in self.world.people}

    def cast(self, hero: Person, words: Mapping[str, str]) -> None:
        """Begin a tale: whom it follows, and the words of its plot."""
        self.hero = hero
        self.words = words

    def chapter(self, title: str, *, hero_known: bool = True) -> None:
        """Begin a chapter: everybody but the hero is introduced by full name again."""
        self.chapters.append((title, [[]]))
        self._said = set()
        self._named = {self.hero.number} if hero_known and len(self.chapters) > 1 else set()

    def paragraph(self) -> None:
        """Begin a paragraph, unless the last one is empty."""
        if self._paragraphs[-1]:
            self._paragraphs.append([])

    def say(self, *lines: str, about: Person | None = None) -> None:
        """Narrative sentences that state no fact."""
        for line in lines:
            self._break_run(line, about)
            self._write(line, about, ())

    def phrase(self, line: str, person: Person) -> str:
        """Part of a sentence about a person, filled in with values and pronouns only."""
        plain = self._plain(person)
        return _SLOT.sub(lambda match: plain[match.group(1)], line)

    def name(self, person: Person) -> str:
        """The first name, or the full one if the chapter has not named the person yet."""
        known = person.number in self._named
        self._named.add(person.number)
        return person.name.first if known else person.name.full

    def state(self, line: str, entity: Person | Entity, relations: Sequence[str]) -> None:
        """A sentence that states `relations` of a person, place, guild or event."""
        self._break_run(line, entity)
        self._write(line, entity, tuple(fact_id(entity, name) for name in relations))

    def about(self, entity: Person | Entity | None) -> None:
        """Whom the sentences that are drawn next will speak of."""
        self._about = entity

    def draw(
        self,
        deck: str,
        items: Sequence[T],
        line: Callable[[T], str] | None = None,
        suits: Callable[[T], bool] = lambda item: True,
    ) -> T:
        """The next fitting item of a shuffled deck that makes no third sentence with one subject.

        A deck is gone through before any item comes again; `suits` must hold for some item.
        """
        left = self._decks.setdefault(deck, [])
        for refill in (False, True):
            if refill or not left:
                fresh = self.rng.sample(range(len(items)), len(items))
                left.extend(at for at in fresh if at not in left)
            for at in left:
                if suits(items[at]) and (line is None or self._may_say(line(items[at]))):
                    left.remove(at)
                    return items[at]
        at = next(at for at in left if suits(items[at]))
        left.remove(at)
        return items[at]

    # --- inside ----------------------------------------------------------------------------

    @property
    def _paragraphs(self) -> list[list[Sentence]]:
        return self.chapters[-1][1]

    def _recent(self) -> list[Sentence]:
        """The last two sentences of the chapter."""
        found: list[Sentence] = []
        for paragraph in reversed(self._paragraphs):
            found = [*paragraph[-2:], *found][-2:]
            if len(found) == 2:
                break
        return found

    def _may_say(self, line: str) -> bool:
        """Whether the line is no third with one subject; in a cycle, also new to the chapter."""
        return not self._third(line) and not (self.fillers and line in self._said)

    def _break_run(self, line: str, about: Person | Entity | None) -> None:
        """Say something in between where the line would be a third with one subject."""
        self._about, before = about, self._about
        if self.fillers and self._third(line):
            self._write(self.draw("fillers", self.fillers, str), None, ())
        self._about = before

    def _third(self, line: str) -> bool:
        recent = self._recent()
        if len(recent) < 2 or recent[0].subject != recent[1].subject:
            return False
        return recent[1].subject == self._subject(line, self._about)

    def _subject(self, line: str, about: Person | Entity | None) -> str:
        first = _SLOT.match(line.lstrip('"'))
        slot = first.group(1) if first else ""
        if isinstance(about, Entity):
            return about.name if slot == "E" else " ".join(line.split()[:2])
        if slot in {"S", "N", "He"} and about is not None:
            return about.name.first
        if slot in {"P", "hero", "P_he"}:
            return self.hero.name.first
        if slot in {"Boss", "boss_cap"}:
            return self.words["boss"]
        return " ".join(line.split()[:2])

    def _write(self, line: str, about: Person | Entity | None, facts: tuple[str, ...]) -> None:
        text, by_name = self._fill(line, about)
        paragraph = self._paragraphs[-1]
        person = about if isinstance(about, Person) else None
        back = 0
        if facts and person is not None and not by_name:
            back = next(
                at
                for at in range(1, len(paragraph) + 1)
                if person.name.first in paragraph[-at].text
            )
        mentions = self._names_in(text)
        self._said.add(line)
        if text.split()[0] in {"He", "She"} and line.startswith("{P}"):
            mentions.add(self.hero.number)
        if person is not None and re.search(r"\{(S|O|G|N|he|him|his|He|His)\}", line):
            mentions.add(person.number)
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

    def _names_in(self, text: str) -> set[int]:
        """Numbers of the people whose first name stands in a text."""
        found = (self._firsts.get(word) for word in _CAPITALISED.findall(text))
        return {number for number in found if number is not None}

    def _fill(self, line: str, about: Person | Entity | None) -> tuple[str, bool]:
        """The sentence, and whether it calls the person by name."""
        plain = self._plain(about)
        done = ""
        position = 0
        by_name = False
        for match in _SLOT.finditer(line):
            done += line[position : match.start()]
            position = match.end()
            slot = match.group(1)
            if slot in {"S", "O", "G", "N"} and isinstance(about, Person):
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
        first = self.hero.name.first
        return bool(paragraph) and paragraph[-1].subject == first and self._clear(self.hero, "")

    def _called(self, slot: str, person: Person, before: str, after: str) -> str:
        own = pronouns(person.name.she)
        if slot == "N" or person.number not in self._named:
            self._named.add(person.number)
            name = person.name.full
        elif not (after.startswith(_WITH_NAME) or self._possessed(slot, before)) and (
            person.name.first in before or self._clear(person, before)
        ):
            return own[{"S": "he", "O": "him", "G": "his"}[slot]]
        else:
            name = person.name.first
        return f"{name}'s" if slot == "G" else name

    def _possessed(self, slot: str, before: str) -> bool:
        """Whether a pronoun would make "the house of him"; the small worlds put up with it."""
        return bool(self.fillers) and slot == "O" and before.endswith(" of ")

    def _clear(self, person: Person, before: str) -> bool:
        """Whether a pronoun would be understood: the last sentence spoke of nobody else like it."""
        paragraph = self._paragraphs[-1]
        if not paragraph or person.number not in paragraph[-1].mentions:
            return False
        # Back to the sentence that names the person nobody else may answer to the pronoun.
        heard = before
        seen: set[int] = self._names_in(before)
        for sentence in reversed(paragraph):
            heard += sentence.text
            seen |= sentence.mentions
            if person.name.first in sentence.text:
                break
        if not person.name.she and self.words["boss"][4:] in heard:
            return False
        if self.fillers and self._bystander(person, paragraph):
            return False
        people = self.world.people
        return not any(
            number != person.number and people[number].name.she == person.name.she
            for number in seen
        )

    def _bystander(self, person: Person, paragraph: list[Sentence]) -> bool:
        """Whether somebody without a name has been spoken of since the person was named."""
        for sentence in reversed(paragraph):
            others = re.sub(r"\{\w+\}", "", sentence.frame)
            if BYSTANDERS[person.name.she].search(others):
                return True
            if person.name.first in sentence.text:
                break
        return False

    def _plain(self, about: Person | Entity | None) -> Mapping[str, str]:
        hero, boss = self.hero, self.words["boss"]
        slots = {
            **self.words,
            "P": hero.name.first if hero.number in self._named else hero.name.full,
            "hero": hero.name.first,
            **{f"p_{slot}": word for slot, word in pronouns(hero.name.she).items()},
            "P_he": "She" if hero.name.she else "He",
            "P_his": "Her" if hero.name.she else "His",
            "boss": boss,
            "Boss": boss[0].upper() + boss[1:],
            "boss_cap": boss[0].upper() + boss[1:],
        }
        if isinstance(about, Entity):
            slots["E"] = about.name
            slots |= about.truths
        elif about is not None:
            own = pronouns(about.name.she)
            slots |= {**own, "He": own["he"].capitalize(), "His": own["his"].capitalize()}
            for relation, value in about.truths.items():
                slots[relation] = value
                slots[f"a_{relation}"] = with_article(value)
            if about.creditor is not None:
                slots["C"] = self.world.people[about.creditor].name.full
        return slots

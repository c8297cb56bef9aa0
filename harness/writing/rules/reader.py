"""Reads the sentences of a chapter in order, and proposes questions about each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from harness.records import Corpus, Span
from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, lowered
from harness.writing.grammar_clauses import Clause, clauses
from harness.writing.grammar_reference import unclear_subject
from harness.writing.rules import (
    amounts,
    copulas,
    objects,
    places,
    purposes,
    qualities,
    settings,
    subjects,
    terms,
    topics,
)
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.scenes import Scene, specific

_CLAUSE_RULES = (
    objects.candidates,
    copulas.candidates,
    places.candidates,
    amounts.candidates,
    qualities.candidates,
    settings.candidates,
    purposes.candidates,
    subjects.candidates,
)
_SELF_SUFFICIENT = frozenset("definition naming term synonym person".split())
_RARE = 45
"""A word that stands no more often than this in a text says what a question is about."""
_TERM = re.compile(r"(?:oma|omas|omata|itis|osis|æmia|tetani|chancre|sarcoma)$")
_MANY_RARE = 7
"""Rare words that tell a predicate from others without its topic."""
_LONG_QUESTION = 9
"""Words that tell a thing by themselves from most others."""
_DOING = ("tion", "ment", "ing", "ence", "ance", "val", "ssion")
"""Nouns for what is done; the "it" of the next sentence is the thing it is done to."""
_NEEDS = "needs context"


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, and the paragraph it stands in."""

    span: Span
    text: str
    paragraph: tuple[str, ...]
    """Normalized words of the paragraph."""
    opens: bool
    """Whether it is the first of its paragraph."""
    before: str = ""
    """The paragraph up to the sentence."""


class Reader:
    """Remembers what a chapter is about while its sentences go by."""

    def __init__(self, corpus: Corpus, number: int, usage: Usage) -> None:
        self._usage = usage
        self._inside = replace(usage, context=True)
        sections = [each for each in corpus.sections if each.chapter == number]
        self._titles = topics.titles_by_place(sections, usage)
        self._starts = sorted(each.start for each in sections)
        self._heads = topics.heads(corpus.sections, usage)
        self._kept: topics.Topic | None = None
        self._place = -1
        self._topic = topics.Topic(topics.usable(corpus.chapters[number].title, usage), 0)
        self._whole = self._topic
        self._last: Words = ()
        self._opening: Words = ()
        self._left_behind = False

    def read(self, passage: Passage) -> Iterator[tuple[Candidate, Usage]]:
        """Candidates of one sentence, each with the usage it is to be judged by."""
        self._move(passage)
        topic = " ".join(self._topic.words)
        for candidate in terms.candidates(passage.text, self._usage, topic):
            if candidate.fault.startswith(_NEEDS) and topic and candidate.rule == "term":
                again = terms.candidates(passage.text, self._inside, topic)
                told = " ".join(topics.prefix(self._topic.words))
                yield from (
                    (terms.under(each, told), self._inside) for each in again if each.rule == "term"
                )
            else:
                yield candidate, self._usage
        found = list(clauses(passage.text))
        if passage.opens:
            self._opening = found[0].subject if found else ()
            last = bare(self._topic.words[-1]).rstrip("s") if self._topic.words else ""
            self._left_behind = self._topic.told and last not in " ".join(passage.paragraph)
            if self._kept is not None:
                self._topic, self._kept = self._kept, None
            if found and self._moved_on(found[0]):
                self._kept = self._topic
                words = topics.as_topic(found[0].subject, self._usage)
                self._topic = topics.Topic(words, passage.span.start, told=True)
        topic = " ".join(self._topic.words)
        narrow = passage.opens and not topics.is_broad(self._topic.words)
        before = self._last or (self._topic.words if narrow else ())
        for at, clause in enumerate(found):
            known = topics.resolved(clause, before, self._usage) or clause
            before = known.subject if self._goes_on(known) else ()
            for rule in _CLAUSE_RULES:
                yield from self._asked(rule, known)
            if at == 0:
                self._remember(clause, passage)

    def scene(self, passage: Passage) -> Scene:
        """Where the sentence stands that was read last."""
        return Scene(
            topic=tuple(map(bare, self._topic.words)),
            wide=self._topic.words == self._whole.words or self._left_behind,
            before=passage.before,
            sentence=passage.text,
            opening=tuple(map(bare, self._opening)),
            titled=bool(self._starts),
            paragraph=" ".join(passage.paragraph),
        )

    def _asked(self, rule: object, clause: Clause) -> Iterator[tuple[Candidate, Usage]]:
        found = list(rule(clause, self._usage))  # type: ignore[operator]
        found = [self._doubted(each, clause) for each in found]
        lost = [each for each in found if each.fault.startswith(_NEEDS)]
        for each in found:
            if each not in lost:
                yield each, self._usage
        if not lost:
            return
        broad = topics.is_broad(self._topic.words)
        if not self._topic.words or broad:
            yield from ((each, self._usage) for each in lost)
            return
        own = {id(each) for each in lost if _is_topic(each, self._topic.words)}
        yield from ((replace(each, fault=""), self._usage) for each in lost if id(each) in own)
        if own:
            return
        clause = topics.pointed(clause)
        side = self._topic.side
        words = {bare(word) for word in (*clause.lead, *clause.subject, *clause.rest)}
        advised = bare(clause.finite) in {"should", "must"} and side not in words
        prefix = topics.prefix(self._topic.words, side if advised else "")
        if [bare(word) for word in clause.lead[:2]] in (["in", "case"], ["in", "the"]) and (
            {"case", "cases"} & {bare(word) for word in clause.lead}
        ):
            return
        about = bare(self._topic.words[0])
        if about in {bare(word) for word in clause.lead} or (
            [bare(w) for w in clause.lead[:3]] == [bare(w) for w in prefix[:3]]
        ):
            return
        if clause.lead:
            prefix = (*prefix[:-1], prefix[-1] + ",", *lowered(clause.lead, self._usage.names))
        for each in rule(replace(clause, lead=prefix), self._inside):  # type: ignore[operator]
            named = replace(each, subject=" ".join(self._topic.words))
            yield replace(named, key=f"{named.subject} {named.key}"), self._inside

    def _doubted(self, candidate: Candidate, clause: Clause) -> Candidate:
        """The candidate, in need of its topic where it is made of ordinary words only."""
        if candidate.fault or candidate.rule in _SELF_SUFFICIENT:
            return candidate
        about = clause.subject
        if candidate.rule in {"subject", "superlative"}:
            about = (*clause.lead, *clause.rest)
        counts = self._usage.counts
        most = _RARE if self._topic.words else 2 * _RARE
        rare = {
            word
            for word in map(bare, about)
            if len(word) > 3 and counts[word] <= most and word not in lists.FRAME_ADVERBS
        }
        wanted = (5 if self._starts else 3) if candidate.rule in {"subject", "superlative"} else 1
        if " the name " in candidate.question or " the term " in candidate.question:
            wanted = 3
        head = bare(about[head_at(about)]) if wanted == 1 else ""
        some = (
            wanted == 1
            and self._topic.words
            and (
                bare(about[0]) in {"a", "an", "the"}
                or "and" in map(bare, about)
                or (bool(head) and head.rstrip("s") not in self._heads and not _TERM.search(head))
            )
        )
        told = {bare(word).rstrip("s") for word in self._topic.words}
        if wanted == 1 and told and told <= {bare(word).rstrip("s") for word in about}:
            some = False  # the topic itself
        if wanted > 1 and self._starts and " the term " not in candidate.question:
            answer = tuple(map(bare, candidate.answer.split()))
            some = not specific(answer, self._usage) or len(rare) < _MANY_RARE
        some = some and bool(self._starts)
        if len(rare) >= wanted and (not head or counts[head] <= most) and not some:
            return candidate
        return replace(candidate, fault=f"{_NEEDS}: a common subject")

    def _goes_on(self, clause: Clause) -> bool:
        """Whether an "it" later in the same sentence stands for the subject of this clause."""
        clear = unclear_subject(clause.subject, self._inside) is None
        name = all(bare(word) in self._usage.capitals for word in clause.subject)
        return clear and not name and bare(clause.subject[0]) not in lists.PRONOUNS

    def _clear(self, clause: Clause) -> bool:
        """Whether an "it" that follows stands for the subject of this clause."""
        head = bare(clause.subject[head_at(clause.subject)])
        general = head in lists.BARE_HEADS | lists.NEVER_HEADS | lists.UNIQUE_HEADS
        clear = unclear_subject(clause.subject, self._usage) is None
        name = all(bare(word) in self._usage.capitals for word in clause.subject)
        about = tuple(map(bare, clause.subject))
        said = len(about) > 1 and specific(about, self._usage)
        return clear and not name and (said or (not general and not head.endswith(_DOING)))

    def _moved_on(self, clause: Clause) -> bool:
        """Whether a paragraph turns to something that another section is about."""
        subject = [bare(word) for word in clause.subject]
        if len(subject) > 3 or set(subject) & lists.PREPOSITIONS:
            return False
        if unclear_subject(clause.subject, self._usage) is not None:
            return False
        head = subject[-1].rstrip("s")
        about = {bare(word).rstrip("s") for word in self._topic.words}
        if not self._topic.words:
            return True
        return head in self._heads and head not in about

    def _move(self, passage: Passage) -> None:
        """Take the topic of the title that a sentence is the first under."""
        place = bisect_right(self._starts, passage.span.start) - 1
        if place != self._place and self._kept is not None:
            self._topic, self._kept = self._kept, None
        if place != self._place and place >= 0:
            told = self._titles[place]
            # A topic that the text named inside the section goes on under its "Treatment".
            if not told.words and self._whole.words:
                told = topics.Topic(self._whole.words, told.since)
            if not (
                self._topic.told
                and self._topic.since > told.since
                and told.since < self._starts[place]
            ):
                self._topic = told
            self._place = place
            self._last = told.words if passage.opens and told.since == self._starts[place] else ()
        elif passage.opens:
            self._last = ()

    def _remember(self, clause: Clause, passage: Passage) -> None:
        plain = tuple(bare(word) for word in clause.subject)
        if passage.opens and topics.names_topic(clause, self._usage):
            words = topics.as_topic(clause.subject, self._usage)
            self._topic = topics.Topic(words, passage.span.start, told=True)
        if plain in {("it",), ("they",)} and self._last:
            return
        if self._clear(clause):
            self._last = clause.subject
        else:
            known = self._topic.words if topics.stands_for_topic(clause) else ()
            self._last = known or topics.definite(clause)


def _is_topic(candidate: Candidate, topic: Words) -> bool:
    """Whether a common thing is asked for that the section is about: its name cannot be given."""
    answer = {bare(word) for word in candidate.answer.split()}
    asked_alone = candidate.fault.startswith((f"{_NEEDS}: a common subject", f"{_NEEDS}: the "))
    return (
        asked_alone
        and answer <= {bare(word) for word in topic}
        and (len(candidate.question.split()) >= _LONG_QUESTION)
    )

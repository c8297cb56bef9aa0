"""Reads the sentences of a chapter in order, and proposes questions about each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from harness.records import Corpus, Span
from harness.text.matching import contains
from harness.text.normalize import word_run
from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at
from harness.writing.grammar_clauses import Clause, clauses
from harness.writing.grammar_reference import unclear_subject
from harness.writing.rules import (
    amounts,
    copulas,
    gaps,
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
from harness.writing.rules.doubts_wide import terms_of
from harness.writing.rules.labels import Label, gives_away, labels
from harness.writing.rules.scenes import TERMS, Scene, specific
from harness.writing.rules.shown import Shown
from harness.writing.rules.standing import Standing, topic_of

Rule = Callable[[Clause, Usage], Iterator[Candidate]]
_CLAUSE_RULES: tuple[Rule, ...] = (
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
_LABELLED = frozenset({"naming", "person", "synonym"})
"""Of those, the ones that say where they stand all the same."""
_RARE = 45
"""A word that stands no more often than this in a text says what a question is about."""
_SHORT = 3
_DOING = ("tion", "ment", "ing", "ence", "ance", "val", "sion")
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
        title = corpus.chapters[number].title
        placed = labels(sections, title, usage, corpus.sections)
        self._named = terms_of(tuple(each.title for each in sections), title, usage)
        begun = frozenset(self._starts)
        shown = Shown(corpus.chapters[number].text, begun, usage)
        self._standing = Standing(placed, shown, usage)
        self._here = placed[0][1]
        self._about: Words = ()
        self._heads = topics.heads(corpus.sections, usage)
        self._kept: topics.Topic | None = None
        self._place = -1
        self._topic = topics.Topic(topics.usable(title, usage), 0)
        self._whole = self._topic
        self._last: Words = ()
        self._opening: Words = ()

    def read(self, passage: Passage) -> Iterator[tuple[Candidate, Usage]]:
        """Candidates of one sentence, each with the usage it is to be judged by."""
        self._move(passage)
        found = list(clauses(passage.text))
        subject = found[0].subject if found else ()
        if passage.opens:
            self._opening = subject
            self._about = topic_of(found[0], self._named, self._usage) if found else ()
        place = passage.span.start
        self._here = self._standing.at(place, self._about, subject, opens=passage.opens)
        yield from self._terms(passage)
        if passage.opens:
            if self._kept is not None:
                self._topic, self._kept = self._kept, None
            if found and self._moved_on(found[0]):
                self._kept = self._topic
                words = topics.as_topic(found[0].subject, self._usage)
                self._topic = topics.Topic(words, passage.span.start, told=True)
        narrow = passage.opens and not topics.is_broad(self._topic.words)
        before = self._last or (self._topic.words if narrow else ())
        text = passage.text
        for at, clause in enumerate(found):
            first = passage.opens and at == 0 and bool(self._last)  # of the text below a title
            pronoun = topics.as_it(clause, first=first)
            known = topics.resolved(pronoun, before, self._usage) or clause
            before = known.subject if self._goes_on(known) else ()
            told = known is clause or specific(tuple(map(bare, known.subject)), self._usage)
            told = told or first
            if self._starts and not told:
                known = clause  # under a label, only a term is sure to be what "it" stands for
            for rule in _CLAUSE_RULES:
                if rule is subjects.candidates and not told:
                    continue  # the answer would be a guess about a pronoun
                yield from self._asked(rule, known)
            if at == 0:
                self._remember(clause, passage)
                text = topics.told_of(passage.text, clause, known)
        if self._starts:
            for candidate in gaps.candidates(text, self._inside, self._label()):
                yield candidate, self._inside

    def _terms(self, passage: Passage) -> Iterator[tuple[Candidate, Usage]]:
        """Questions about terms and persons, under the label of their place where they need one."""
        label = self._label()
        if not label.text:
            topic = " ".join(self._topic.words)
            found = terms.candidates(passage.text, self._usage, topic)
            yield from ((each, self._usage) for each in found)
            return
        plain = {
            each.key for each in terms.candidates(passage.text, self._usage, "") if not each.fault
        }
        for each in terms.candidates(passage.text, self._inside, label.topic):
            needs = each.rule in _LABELLED or each.key not in plain
            about = self._fitting(each, label).text if needs else ""
            yield replace(each, label=about), self._inside

    def headings(self, passage: Passage) -> tuple[str, ...]:
        """The labels that the sentence read last stands under, the narrowest first."""
        return self._standing.headings(passage.span.start, self._about)

    def scene(self, passage: Passage) -> Scene:
        """Where the sentence stands that was read last."""
        return Scene(
            label=self._label(),
            before=passage.before,
            sentence=passage.text,
            opening=tuple(map(bare, self._opening)),
            named=self._named,
        )

    def _label(self) -> Label:
        return self._here

    def _asked(self, rule: Rule, clause: Clause) -> Iterator[tuple[Candidate, Usage]]:
        """What a rule proposes about a clause: under a label where the text has headings."""
        label = self._label()
        if not label.text:
            yield from ((self._doubted(each), self._usage) for each in rule(clause, self._usage))
            return
        for each in rule(topics.pointed(clause), self._inside):
            plain = (
                not clause.lead
                and each.rule in _SELF_SUFFICIENT - _LABELLED
                and not any(
                    other.fault for other in rule(clause, self._usage) if other.rule == each.rule
                )
            )
            if plain:
                yield each, self._inside
                continue
            about = self._fitting(each, label)
            named = _name_of(each.subject)
            cluster = "" if specific(named, self._usage) else about.topic
            yield replace(each, label=about.text, cluster=cluster), self._inside

    def _fitting(self, candidate: Candidate, label: Label) -> Label:
        """The label, or a wider one: it must not hold the answer, nor name something else."""
        subject = tuple(candidate.subject.split())
        head = bare(subject[head_at(subject)]).rstrip("s") if subject else ""
        own = {word.rstrip("s") for word in label.words}
        strange = (
            candidate.rule not in TERMS
            and head in self._heads
            and self._usage.counts[head] <= 2 * _RARE
        )
        while label.wider is not None:
            given = contains(word_run(label.text), candidate.answer)
            given = given or gives_away(label.text, candidate.answer)
            if not given and (not strange or head in own):
                break
            label = label.wider
            own = {word.rstrip("s") for word in label.words}
        return label

    def _doubted(self, candidate: Candidate) -> Candidate:
        """The candidate, in need of a label where it is made of ordinary words only."""
        if candidate.fault or candidate.rule in _SELF_SUFFICIENT:
            return candidate
        asked = candidate.rule in {"subject", "superlative"}
        about = tuple(candidate.question.split() if asked else candidate.subject.split())
        counts = self._usage.counts
        rare = {
            word
            for word in map(bare, about)
            if len(word) > _SHORT and counts[word] <= 2 * _RARE and word not in lists.FRAME_ADVERBS
        }
        wanted = 3 if asked or " the name " in candidate.question else 1
        head = "" if asked else bare(about[head_at(about)])
        if len(rare) >= wanted and (not head or counts[head] <= 2 * _RARE):
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
        clear = clear and not head.endswith(_DOING)
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


def _name_of(text: str) -> tuple[str, ...]:
    """The words of a phrase in plain form, without those that every phrase has."""
    dull = lists.DETERMINERS | lists.PREPOSITIONS | lists.COORDINATORS
    return tuple(word for word in map(bare, text.split()) if word and word not in dull)

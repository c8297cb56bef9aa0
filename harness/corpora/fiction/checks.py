"""What must hold of a fictional corpus beyond the gates that any corpus has to pass.

The prose is checked by rule (openings, repetition, share of sentences without facts), and every
fact is derived again from its marked sentences by matching the frames against the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from harness.corpora.fiction.doors import DEBTS
from harness.corpora.fiction.english import ENGLISH
from harness.corpora.fiction.frames import FRAMES, HERO
from harness.corpora.fiction.hall import HALL, LAST
from harness.corpora.fiction.names import (
    ALWAYS_ASKED,
    LANDMARKS,
    RESIDUES,
    is_hers,
    is_near,
    residue,
)
from harness.corpora.fiction.telling import Sentence, Teller
from harness.corpora.fiction.unanswerable import UNSTATED_TEST, UNSTATED_TRAIN
from harness.corpora.gates import CorpusFault
from harness.corpora.sentences import sentence_ends
from harness.records import Corpus
from harness.text.matching import contains
from harness.text.normalize import word_run

MOST_IN_A_ROW = 2
LEAST_WITHOUT_FACT = 1 / 3
LONG_CHAPTER = 100
MOST_WORDS = {"XS": 1_600}
"""What the time of the quick suite is reckoned for."""
MOST_OF_A_FRAME = 0.03
MOST_USES = {"XS": 1, "S": 2}
"""How often a story may use one and the same frame; the larger ones have to repeat more."""

_FIXED = {
    "S": "who",
    "O": "who",
    "N": "who",
    "G": "owner",
}
_PRONOUNS = r"[Ss]he|[Hh]e|[Hh]er|[Hh]im|[Hh]is"
_PERSON = rf"(?P<{{}}>[A-Z][a-z]+(?: [A-Z][a-z]+)?|{_PRONOUNS})"
_NAMED = r"[A-Z][a-z]+ [A-Z][a-z]+"
_VALUES = {
    "trade": r"[a-z]+",
    "home": _NAMED,
    "keeps": r"[a-z]+ [a-z]+",
    "birthplace": _NAMED,
    "age": r"[a-z]+-[a-z]+",
    "debt": _NAMED,
}


# --- prose --------------------------------------------------------------------------------------


def check_prose(teller: Teller) -> None:
    """The rules of the story's form; the first breach raises CorpusFault with the sentence."""
    for title, paragraphs in teller.chapters:
        sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
        _openings_vary(title, sentences)
        _frames_vary(title, sentences)
    everything = [
        sentence
        for _, paragraphs in teller.chapters
        for paragraph in paragraphs
        for sentence in paragraph
    ]
    plain = sum(not sentence.facts for sentence in everything)
    if plain < LEAST_WITHOUT_FACT * len(everything):
        raise CorpusFault("narrative", "story", f"only {plain} of {len(everything)} state no fact")
    length = sum(len(sentence.text.split()) for sentence in everything)
    if length > MOST_WORDS.get(teller.world.size_name, length):
        raise CorpusFault("length", "story", f"{length} words")
    frame, uses = Counter(sentence.frame for sentence in everything).most_common(1)[0]
    if uses > MOST_USES.get(teller.world.size_name, uses):
        raise CorpusFault("repeated", frame, f"{uses} times in one story")


def _openings_vary(title: str, sentences: list[Sentence]) -> None:
    run = 1
    for one, other in pairwise(sentences):
        run = run + 1 if one.subject == other.subject else 1
        if run > MOST_IN_A_ROW:
            raise CorpusFault("openings", f"{title}: {other.text}", "a third with one subject")


def _frames_vary(title: str, sentences: list[Sentence]) -> None:
    if len(sentences) < LONG_CHAPTER:
        return
    frame, count = Counter(sentence.frame for sentence in sentences).most_common(1)[0]
    if count > MOST_OF_A_FRAME * len(sentences):
        raise CorpusFault("frames", f"{title}: {frame}", f"{count} of {len(sentences)} sentences")


# --- names --------------------------------------------------------------------------------------


def check_names(corpus: Corpus) -> None:
    """No name is English or near another; all carry the seed's residue in their spelling."""
    firsts = {name.split()[0]: name for name in corpus.names}
    invented = {
        question.cluster
        for question in corpus.questions
        if question.probe == "nonexistent" and not question.aside
    }
    names = sorted({*corpus.names, *invented})
    for name in names:
        for word in name.split():
            _word_is_invented(corpus, name, word)
    people = [fact.entity for fact in corpus.facts]
    for name in sorted({*people, *invented}):
        for other in ALWAYS_ASKED:
            if is_near(name.split()[0], other):
                raise CorpusFault("names", name, f"too near {other}")
    # All pairs of a large world would take minutes; the maker has compared them as it went.
    for at, name in enumerate(names if len(names) <= 200 else ()):
        for other in names[at + 1 :]:
            if is_near(name, other):
                raise CorpusFault("names", name, f"too near {other}")
    if len(firsts) != len(corpus.names) and len(names) <= 200:
        raise CorpusFault("names", "first names", "two names begin alike")


def _word_is_invented(corpus: Corpus, name: str, word: str) -> None:
    if word in LANDMARKS:
        return
    if word.lower() in ENGLISH:
        raise CorpusFault("names", name, f"{word} is an English word or a known name")
    if residue(word) != (corpus.seed or 0) % RESIDUES:
        raise CorpusFault("names", name, f"{word} belongs to another seed")


# --- what the text says -------------------------------------------------------------------------


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    frames = [(frame.relations, frame.text) for frame in (*FRAMES, *HALL, *LAST, *HERO)]
    frames += [(("debt",), line) for line, *_ in DEBTS]
    return tuple((relations, _pattern(line)) for relations, line in frames)


def _pattern(line: str) -> re.Pattern[str]:
    """A frame as a pattern over a finished sentence."""
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
    if slot in {"he", "him", "his", "He", "His"}:
        return rf"(?:{_PRONOUNS})"
    if slot in {"hero", "P", "boss", "boss_cap", "Boss"}:
        return r"[A-Za-z ]+?"
    if value in used:
        return rf"(?:(?:an?|An?) )?(?P={value})"
    used.add(value)
    article = "(?:an?|An?) " if slot.startswith("a_") else ""
    return f"{article}(?P<{value}>{_VALUES[value]})"


def derive(corpus: Corpus, passage: str) -> Iterator[tuple[str, str, str]]:
    """(entity, relation, value) of everything that the last sentence of `passage` states.

    A pronoun stands for the one person whom the sentences before name.
    """
    last = sentence_ends(passage)[-1]
    sentence, before = passage[last[0] : last[1]], passage[: last[0]]
    people = sorted({fact.entity for fact in corpus.facts})
    for relations, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match is None:
            continue
        found = match.groupdict()
        called = found.get("who") or found.get("owner") or ""
        entity = _entity(called, people, before)
        if entity is None:
            continue
        for relation in relations:
            yield entity, relation, found[relation]


def _entity(called: str, people: list[str], before: str) -> str | None:
    if not re.fullmatch(_PRONOUNS, called):
        fitting = [name for name in people if called in (name, name.split()[0])]
        return fitting[0] if len(fitting) == 1 else None
    hers = called.lower() in {"she", "her"}
    anchor = sentence_ends(before)
    if not anchor:
        return None
    naming = before[anchor[0][0] : anchor[0][1]]
    named = [
        name
        for name in people
        if is_hers(name.split()[0]) == hers and re.search(rf"\b{name.split()[0]}\b", naming)
    ]
    return named[0] if len(named) == 1 else None


def check_derivations(corpus: Corpus) -> None:
    """Every marked passage states exactly the fact that it is marked with."""
    for fact in corpus.facts:
        for span in fact.stated_in:
            passage = corpus.chapters[span.chapter].text[span.start : span.end]
            wanted = (fact.entity, fact.relation, fact.value)
            found = [one for one in derive(corpus, passage) if one[1] == fact.relation]
            if wanted not in found:
                raise CorpusFault("derivation", fact.id, f"{wanted} does not follow: {passage!r}")
            wrong = [one for one in found if one != wanted]
            if wrong:
                raise CorpusFault("derivation", fact.id, f"{passage!r} also says {wrong[0]}")


def check_unstated(corpus: Corpus) -> None:
    """The text has no word on any attribute that is asked for as never given."""
    said = word_run("\n".join(chapter.text for chapter in corpus.chapters))
    cues = [(template, words) for template, words, _ in UNSTATED_TEST] + list(UNSTATED_TRAIN)
    for template, words in cues:
        for word in words:
            if contains(said, word):
                raise CorpusFault("unstated", template, f"the text has the word {word!r}")

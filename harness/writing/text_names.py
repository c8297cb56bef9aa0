"""Proper names and eponyms of a text, found by how they are written.

No tagger is needed for the question whether a name was asked about: a capital inside a sentence is
a name in English, and an eponym is a name that owns a thing of a known class ("Colles' fracture").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from harness.corpora.sentences import sentence_ends
from harness.records import Corpus
from harness.text.languages import base

_WORD = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-'’][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)*"
_WORDS = re.compile(r"[^\W\d_]+")
_ENDS = (".", "!", "?", ".”", '."', "?”", "!”", ":", ";", ")")
_NAME = re.compile(rf"\b{_WORD}(?:\s+(?:(?:of|de|van|von|the)\s+)?{_WORD})*")
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Dr", "Sir", "Professor", "Prof", "Saint", "St", "Lord"})
_NO_NAMES = frozenset(
    """I The A An He She It They We You His Her Its Their Our My This That These Those There Here
    When Where Who What Which Why How If In On At By For From With To Of As And Or But Nor So Yet
    After Before During Since Until While Although Though Because Such Some Many Most Few All Each
    Every Any No Not One Two Three Four Five Six Seven Eight Nine Ten First Second Third Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July
    August September October November December Chapter Section Fig Figure Figs Table Part Plate Vol
    Volume Page God Nature""".split()
)
_CLASSES = (
    "method operation procedure technique treatment disease syndrome sign symptom test law rule "
    "theorem lemma principle effect constant equation number fracture paralysis amputation "
    "incision ligament canal fascia triangle splint bandage apparatus instrument forceps solution "
    "fluid powder ointment paste stain serum vaccine reaction tumour tumor cyst ulcer gangrene "
    "lymphoma sarcoma palsy contraction contracture ganglion tubercle bacillus corpuscle abscess "
    "hernia position line point node gland muscle nerve duct membrane joint knee elbow spine jaw "
    "graft grafts grafting flap suture drain tube catheter bougie lamp rays motion wheel machine "
    "model theory hypothesis experiment paradox algorithm process comet catalogue scale"
).split()
_CLASS = "|".join(sorted(_CLASSES, key=len, reverse=True))
_OWNED = re.compile(
    rf"\b(?P<name>{_WORD}(?:\s+{_WORD})?)(?:['’]s|(?<=s)['’])\s+(?:[a-z-]+\s+){{0,2}}?"
    rf"(?P<kind>(?:{_CLASS})s?)\b"
)
_OF = re.compile(
    rf"\b(?P<kind>(?:{_CLASS})s?)\s+(?:which is named |named |called )?(?:of|after)\s+"
    rf"(?:(?:{'|'.join(sorted(_TITLES))})\.?\s+)*(?P<name>{_WORD})(?!['’\w])"
)


def proper_names(corpus: Corpus) -> tuple[str, ...]:
    """Names of a text in the order in which they first stand, each once; English only.

    A name has a word that the text never writes small. A capital at the beginning of a sentence
    counts only where the same word has one elsewhere; headings name nothing.
    """
    if base(corpus.language) != "en":
        return ()
    inside: dict[str, None] = {}
    opening: dict[str, None] = {}
    small = _small_words(corpus)
    for text in _sentences(corpus):
        for found in _NAME.finditer(text):
            name = _without_titles(found.group())
            if not name or all(part.lower() in small for part in _WORDS.findall(name)):
                continue
            first = not text[: found.start()].strip("\"'“‘([ ")
            (opening if first and " " not in name else inside).setdefault(name)
    parts = {word for name in inside for word in name.split()}
    return tuple(dict.fromkeys((*inside, *(name for name in opening if name in parts))))


def eponyms(corpus: Corpus) -> tuple[str, ...]:
    """The people that things of the text are named after, in order, each once; English only.

    The place names and the story's people that own a thing are among them only where that thing is
    of a class that bears names: a method, a law, a disease.
    """
    if base(corpus.language) != "en":
        return ()
    found: dict[str, None] = {}
    for text in _sentences(corpus):
        for match in sorted(
            (*_OWNED.finditer(text), *_OF.finditer(text)), key=lambda match: match.start()
        ):
            name = _without_titles(match["name"])
            if name:
                found.setdefault(name)
    return tuple(found)


def _sentences(corpus: Corpus) -> Iterator[str]:
    """The sentences of a text; headings, which end in no full stop, are none."""
    for chapter in corpus.chapters:
        for start, end in sentence_ends(chapter.text, corpus.language):
            text = " ".join(chapter.text[start:end].split())
            if text.endswith(_ENDS) and any(letter.islower() for letter in text):
                yield text


def _small_words(corpus: Corpus) -> frozenset[str]:
    """Every word that the text writes without a capital somewhere."""
    return frozenset(
        word
        for chapter in corpus.chapters
        for word in _WORDS.findall(chapter.text)
        if word[0].islower()
    )


def _without_titles(name: str) -> str:
    """The name without titles, and without words that are capitals for another reason."""
    kept = name.split()
    while kept and (kept[0] in _TITLES or kept[0] in _NO_NAMES or kept[0].islower()):
        kept.pop(0)
    return " ".join(_until(kept))


def _until(kept: Iterable[str]) -> Iterator[str]:
    for word in kept:
        if word in _NO_NAMES:
            return
        yield word

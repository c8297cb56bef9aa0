"""Where a question stands: "According to the section on tetanus (treatment), ...".

A label says which heading a sentence stands under, and claims nothing about the sentence, so it is
right even where the text has turned to something else; `shown` tells where it has, and there the
label of the section or chapter around it is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.records import Section
from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare
from harness.writing.rules.topics import ASPECTS

_NUMBERING = re.compile(r"^(?:\(?(?:\d{1,2}|[A-Za-z]|[IVX]{1,4})[.)]\s+)+")
_ROUGH = re.compile(r"[?!:;=<>#*|]|^\W")
_LONGEST = 14
"""Words of a label that is still read at a glance."""
_SHORT = 2
_ROOT = 8
"""Letters that forms of a word share: "streptococcus", "streptococci"."""
_COMMON = 60
"""A word in front of a general one ("the inflamed condition") says which if it is rarer."""
GENERAL = frozenset(
    """affections phenomena lesions changes characters bacteriology physiology anatomy surgical
    definition terms introduction overview summary general later definitions effects sensory motor
    trophic treatment relation relations traumatic bacterial diseases tumours growths wounds
    influence results injection administration individual structure pathogenic pyogenic metastatic
    healing stages stage types varieties methods conditions clinical aspects principles
    appendages notes example examples usage health manifestations local""".split()
)
"""Words of a title that say nothing without the title above it."""


@dataclass(frozen=True, slots=True)
class Label:
    """The headings that a sentence stands under, as a question names them."""

    text: str = ""
    """ "the section on tetanus (treatment)"; "" where the text has no headings."""
    words: tuple[str, ...] = ()
    """The words of the headings, bare."""
    topic: str = ""
    """The heading that names the thing itself: "tetanus"."""
    wider: Label | None = None
    """That of the part of the text around it; None for a chapter."""
    titles: tuple[tuple[str, int], ...] = ()
    """The headings that are named, the widest first, each with where in the chapter it stands."""
    holds_more: bool = False
    """Whether other headings stand below it, and the sentence under one of them."""

    @property
    def is_wide(self) -> bool:
        """Whether it names a whole chapter and nothing in it."""
        return self.text.startswith("the chapter")


def gives_away(label: str, answer: str) -> bool:
    """Whether a label holds an answer, or one of two names that are the answer, in any form."""
    told = _roots(label)
    return any(_roots(name) <= told for name in answer.split(" or ") if _roots(name))


def _roots(text: str) -> set[str]:
    dull = lists.DETERMINERS | lists.PREPOSITIONS | lists.COORDINATORS
    words = (bare(word) for part in text.replace("-", " ").split() for word in part.split("("))
    return {word.rstrip("s")[:_ROOT] for word in words if word and word not in dull}


def before(label: str, text: str) -> str:
    """A question or a statement with its label in front."""
    return f"According to {label}, {_uncapitalised(text)}" if label else text


def labels(
    sections: Sequence[Section], chapter_title: str, usage: Usage, every: Sequence[Section]
) -> list[tuple[int, Label]]:
    """Where each heading of a chapter begins, and its label; the first is the chapter's own.

    `sections`: those of the chapter; `every`: those of the whole text, which tell how often a title
    is used. Empty where the text has no sections.
    """
    if not every:
        return [(0, Label())]
    used = Counter(each.title for each in every)
    top = _small(chapter_title, usage)
    chapter = Label(f"the chapter on {top}", _bare_words(chapter_title), top)
    found = [(0, chapter)]
    ordered = sorted(sections, key=lambda each: each.start)
    for section in ordered:
        around = [e for e in ordered if e.start <= section.start and section.end <= e.end]
        label = chapter
        for depth, heading in enumerate(around, start=1):
            path = [(chapter_title, 0), *((each.title, each.start) for each in around[:depth])]
            narrow = _label(path, used, usage)
            label = replace(narrow, wider=label, holds_more=heading is not around[-1])
        found.append((section.start, label))
    return found


def _label(places: list[tuple[str, int]], used: Counter[str], usage: Usage) -> Label:
    """The innermost heading that says what it is about, and those below it in brackets."""
    path = [title for title, _ in places]
    main = len(path) - 1
    while main and _needs_more(path[main], used, usage):
        main -= 1
    inner = path[main + 1 :]
    if sum(len(title.split()) for title in path[main:]) > _LONGEST:
        inner = inner[-1:]
    inner = [title for at, title in enumerate(inner) if title not in path[main : main + 1 + at]]
    topic = _small(path[main], usage)
    kind = "section" if main or inner else "chapter"
    text = f"the {kind} on {topic}"
    if inner:
        text += f" ({', '.join(_small(title, usage) for title in inner)})"
    words = tuple(word for title in path[main:] for word in _bare_words(title))
    return Label(text, words, topic, titles=tuple(places[max(main, 1) :]))


def _needs_more(title: str, used: Counter[str], usage: Usage) -> bool:
    """Whether a title alone leaves open what it is about: "Clinical Features", "The Skin"."""
    if ASPECTS.match(title) or used[title] > 1:
        return True
    general = (
        lists.BARE_HEADS | lists.VAGUE_ADJECTIVES | lists.UNIQUE_HEADS | lists.PREPOSITIONS
        | lists.DETERMINERS | lists.COORDINATORS | lists.NEVER_HEADS | GENERAL
    )  # fmt: skip
    words = _bare_words(title)
    if len(words) == 1 and words[0].endswith(("ic", "ous")):
        return True  # "Syphilitic" of what
    if words and words[0] in lists.PREPOSITIONS:
        return True
    telling = [word for word in words if word not in general and len(word) > _SHORT]
    if words and words[-1] in general and "of" not in words:
        telling = [word for word in telling if usage.counts[word] <= _COMMON]
    return not telling


def _bare_words(title: str) -> tuple[str, ...]:
    """The words of a title; one with a hyphen also in its parts."""
    whole = [bare(word) for word in re.findall(r"[\w'’-]+", _NUMBERING.sub("", title))]
    return tuple(part for word in whole for part in dict.fromkeys((word, *word.split("-"))))


def _small(title: str, usage: Usage) -> str:
    """A title as it stands inside a sentence."""
    title = _NUMBERING.sub("", title).strip(" .")
    title = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", title)
    title = re.sub(r"\s*[—–]\s*|\s*[:;]\s+", ", ", title)
    if _ROUGH.search(title):
        return f'"{title}"' if '"' not in title else title
    words = []
    for word in title.split():
        kept = bare(word) in usage.names or "'s" in word or "’s" in word
        parts = re.split(r"([-\"“])", word)
        plain = all(part[1:].islower() or len(part) <= 1 for part in parts)
        words.append(word if kept or not plain else word.lower())
    return " ".join(words)


def _uncapitalised(text: str) -> str:
    """A question or statement as it goes on behind a comma."""
    first = text.split(maxsplit=1)[0] if text else ""
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]

"""What a question must say by itself where its label names no one thing.

A whole chapter, or a section on several things ("Injuries of Nerves"), does not say which disease,
muscle or operation a sentence is about; then a term in the question's own words has to.
"""

from __future__ import annotations

import re

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare
from harness.writing.grammar_verbs import PLURAL, SINGULAR
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.gap_phrases import TECHNICAL
from harness.writing.rules.gaps import RULE as GAP
from harness.writing.rules.labels import GENERAL, Label
from harness.writing.rules.scenes import SUBJECTS, TERMS, Scene, specific, stem, telling

_EVENTS = frozenset(
    """injuries injury rupture ruptures subcutaneous wounds contusion muscle muscles tendon tendons
    nerve nerves bone bones joint joints cysts vessels glands operations operation dressings
    primary secondary suture scalds burns infections ulcers sprains displacement divided
    vessel artery arteries veins situations extremity upper lower terms definition""".split()
)
"""Words of headings on several things."""
_COMMON = 100
"""A word of a heading that stands no more often than this in a text names one thing."""
_TOLD = 250
_OF_A_STATEMENT, _OF_A_PREDICATE, _OF_OTHERS = 6, 4, 3
"""Telling words of a question under a chapter."""
_TERMS = TERMS - {"person", "definition"}
_FRONT = 3
"""A blank among so many first words of a statement stands for its subject."""
_LEADING = lists.SUBORDINATORS | lists.PREPOSITIONS
_ASKING = frozenset("what which where who whom why how".split())
_OPENING, _SUBJECT = 4, 6
"""First words of a statement, among which its subject stands."""
_LONG = 4
_RARE = 15
_UNNAMED = re.compile(
    r"\b(?:the|this|such) (?:\w+ )?(?:diseases?|conditions?|affections?|lesions?|symptoms?|"
    r"operations?|prognosis|muscles?|nerves?|arter(?:y|ies)|veins?|bones?|joints?|tumours?|growths?|"
    r"swellings?|injur(?:y|ies)|ulcers?|sores?|cysts?|organisms?|bacteria|procedures?|parts?|"
    r"wounds?|infections?|process|attacks?|eruptions?|nodules?|disturbances?|clinical features)"
    r"(?= (?:is|are|was|may|can|must|should|has|have|does|do|be|in|from|by|to|with|at|and|or|on|"
    r"for|usually|often|generally|consists?|includes?|depends?|varies|vary|proves?|runs?|"
    r"becomes?|appears?|begins?|spreads?|____)\b|[.,?;]|$)"
    r"|\bthe treatment(?! of)|\bthe (?:patient|limb|part|surgeon)\b.{0,30}$"
    r"|\bin (?:(?:the|an?|more|most|very|less) )?(?:\w+ly )?\w+ (?:cases?|forms?|stages?)\b"
    r"(?! of| in which| where)"
    r"|\b(?:this|these|fresh|new|red|white) (?:\w+ ){0,3}(?:appear|form|develop|occur)\b",
    re.IGNORECASE,
)
"""A thing without its name: "the disease is", "in acute cases"."""


def unnamed(  # noqa: PLR0911
    candidate: Candidate, scene: Scene, usage: Usage
) -> str:
    """Why a question leaves open what it is about; "" where its words or its label say it."""
    label = named_label(candidate, scene)
    unlabelled = not candidate.label and candidate.rule != GAP
    if unlabelled or candidate.rule in _TERMS or label is None or not is_wide(label, usage):
        return ""
    statement = candidate.question.split(": ", 1)[-1]
    if _UNNAMED.search(statement):
        return "needs context: which thing"
    if candidate.rule == GAP and _subject_left_out(candidate.answer, statement):
        return "needs context: what it is about is left out"
    words = tuple(map(bare, statement.rstrip("?").split()))
    if label.is_wide and not _has_a_thing(candidate, words, scene, usage):
        return "needs context: which thing of a chapter"
    if candidate.rule in TERMS:
        return _vague_term(words, usage)
    if candidate.rule == GAP and _opens_bare(words, scene, usage):
        return "needs context: which thing"
    return _too_little(candidate, label, words, scene, usage)


def _has_a_thing(candidate: Candidate, words: tuple[str, ...], scene: Scene, usage: Usage) -> bool:
    """Whether the subject names its thing, or what stands first in a statement with a blank."""
    if candidate.rule in TERMS:
        return True
    asked = candidate.answer if candidate.rule in SUBJECTS else candidate.subject
    about = words[:_SUBJECT] if candidate.rule == GAP else tuple(map(bare, asked.split()))
    if candidate.rule == GAP and not scene.before:
        about = () if words[0] in _LEADING - {"in"} else about[: _OPENING + (words[0] == "in")]
    led = candidate.rule != GAP and words[0] in _LEADING - _ASKING
    if led and not any(stem(word) in scene.named for word in words[:_OPENING]):
        return False  # "in the female, what is ...": of which disease
    if scene.before:
        return words[0] not in _LEADING and any(stem(word) in scene.named for word in about)
    return any(
        stem(word) in scene.named
        or word in usage.names
        or (specific((word,), usage) and (TECHNICAL.search(word) or usage.counts[word] <= _RARE))
        for word in about
    )


def _too_little(
    candidate: Candidate, label: Label, words: tuple[str, ...], scene: Scene, usage: Usage
) -> str:
    """Whether too few words say something, or none of them names a thing."""
    said = telling(words, usage, _TOLD)
    least = _OF_A_STATEMENT if candidate.rule == GAP else _OF_OTHERS
    least = _OF_A_PREDICATE if candidate.rule in SUBJECTS else least
    if len(said) < least - (not label.is_wide):
        return "needs context: the label names many things"
    told = {stem(bare(word.strip("()"))) for word in label.text.split()}
    own = [word for word in words if stem(word) not in told]
    if candidate.rule in SUBJECTS and len(said) >= _OF_A_PREDICATE:
        answer = map(bare, candidate.answer.split())
        own += [word for word in answer if TECHNICAL.search(word)]
    named = any(names_thing(word, scene.named, usage) for word in own)
    return "" if named else "needs context: nothing in it has a name"


def _opens_bare(words: tuple[str, ...], scene: Scene, usage: Usage) -> bool:
    """ "The discoloration begins": an article and a noun without a name, then the verb."""
    if words[:1] != ("the",) or len(words) < _FRONT:
        return False
    verb = words[2] in lists.AUXILIARIES | PLURAL or words[2] in SINGULAR
    return verb and stem(words[1]) not in scene.named and not TECHNICAL.search(words[1])


def _subject_left_out(answer: str, statement: str) -> bool:
    """Whether a blank stands for what the statement is about, or for a word of every day."""
    inside = not statement.rstrip(".").endswith("_")
    plain = bare(answer.rsplit(maxsplit=1)[-1])
    usual = " " not in answer and not TECHNICAL.search(plain) and answer.islower()
    usual = usual and not any(letter.isdigit() for letter in answer)
    return any("_" in word for word in statement.split()[:_FRONT]) or (inside and usual)


def _vague_term(words: tuple[str, ...], usage: Usage) -> str:
    """ "Who devised the method?": a term or a thing introduced has to have a name."""
    return "" if specific(words, usage) else "needs context: which thing"


def named_label(candidate: Candidate, scene: Scene) -> Label | None:
    """The label in front of a candidate; None for none."""
    if candidate.rule == GAP:
        return scene.label if scene.label.text else None
    label: Label | None = scene.label
    while label is not None and label.text != candidate.label:
        label = label.wider
    return label


def is_wide(label: Label, usage: Usage) -> bool:
    """Whether a label names several things: a chapter, or a section whose words are all common."""
    if label.wider is None:
        return True
    top = label
    while top.wider is not None:
        top = top.wider
    if label.topic == top.topic:
        inner = [word for word in label.words if word not in top.words]
    else:
        inner = list(label.words)
    names = [word for word in inner if word not in GENERAL | _EVENTS and len(word) > _LONG]
    return not any(0 < usage.counts[word] <= _COMMON for word in names)


def names_thing(word: str, named: frozenset[str], usage: Usage) -> bool:
    """Whether a word is one of a heading of the chapter, a name, or a rare term of a science."""
    if stem(word) in named or word in usage.capitals:
        return True
    if not specific((word,), usage):
        return False
    return bool(TECHNICAL.search(word)) or usage.counts[word] <= _RARE


def terms_of(titles: tuple[str, ...], chapter: str, usage: Usage) -> frozenset[str]:
    """The words of headings that name one thing of a chapter, without those of its own title."""
    own = {stem(bare(word)) for word in chapter.split()}
    dull = lists.VAGUE_ADJECTIVES | lists.BARE_HEADS | lists.ADJECTIVES | GENERAL
    words = [bare(part) for title in titles for part in re.split(r"[\s()\[\]-]+", title)]
    return frozenset(
        stem(word)
        for word in words
        if len(word) > _LONG
        and word not in dull
        and stem(word) not in own
        and usage.counts[word] <= _COMMON
    )

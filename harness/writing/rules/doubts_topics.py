"""Questions that have lost what they are about: "the cyst", "relief", another paragraph's topic."""

from __future__ import annotations

import re

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare, is_plural
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.scenes import SUBJECTS, TERMS, Scene, specific, stem, telling

_LOCAL = frozenset(
    """relief administration injection injections operation dressing dressings sitting sittings
    current bandage tourniquet dose doses drug solution flap flaps cyst cysts sac ulcer ulcers
    sore sores abscess wound wounds clot cavity lesion lesions incision packing preparation
    preparations needle needles graft grafts strip strips apparatus method procedure instrument
    tube fragment fragments papules vesicle vesicles nodule nodules eruption rash scab crust
    swelling swellings deformity fracture dislocation shadow splint lotion ointment induration
    loop tumour tumours growth growths aneurysm nerve artery vein material substance effect pole
    electrode rupture opening track sinus sequestrum thrombus plug puncture capsule bursa scar
    stump contents gap ring knot ligature suture sutures catgut bleeding attack attacks serum
    vaccine toxin paralysis paroxysms fever patch patches spots lump mass masses pus tendon
    discharge""".split()
)
"""Nouns that a book uses for a different thing in every paragraph."""
_SHORT = 4
_CLEAR = 5
"""Telling words with which a question stands by itself."""
_RARE = 20
_NAMED, _UNNAMED = 2, 6
"""The same in a whole chapter, where the thing that it is about has a name of its own or none."""
_UNDER_A_SECTION = 4
"""The same under the label of a section."""


def lost_topic(  # noqa: PLR0911, PLR0912
    candidate: Candidate,
    body: tuple[str, ...],
    frame: tuple[str, ...],
    scene: Scene,
    usage: Usage,
) -> str:
    """ "The cyst", "relief": which one is said by the frame, or the question is dropped."""
    if candidate.rule == "synonym":
        name = tuple(map(bare, candidate.subject.split()))
        return "" if specific(name, usage) else "needs context: a common name"
    if candidate.rule in TERMS:
        return ""
    wide = candidate.label != scene.label.text or candidate.label.startswith("the chapter")
    if wide and body[:1] == ("in",) and {"cases", "stages", "stage"} & set(body[1:5]):
        return "needs context: which cases"
    if candidate.answer in {"the first", "the last", "the other"}:
        return "no answer"
    told = {stem(word) for word in frame}
    narrow = bool(candidate.label) and not candidate.label.startswith("the chapter")
    clear = _UNDER_A_SECTION - (not wide) if narrow else _CLEAR
    said = telling(body, usage)
    if wide and re.search(r"\bthe (?:two|three|four) \w+", candidate.question):
        return "needs context: which two"
    if body[:1] == ("which",) and body[1] in _LOCAL and len(said) < clear:
        return f"needs context: which {body[1]}"
    if {"dead", "resulting"} & set(body[:6]) and candidate.rule not in SUBJECTS:
        return "needs context: dead"
    earlier = set(map(bare, scene.before.split()))
    for at, head in _heads(body):
        if head not in _LOCAL or (stem(head) in told and (head in frame or is_plural((head,)))):
            continue
        phrase = body[max(0, at - 2) : at]
        if any(word in usage.names or specific((word,), usage) for word in phrase):
            continue
        if (wide and stem(head) in {stem(word) for word in earlier}) or not frame:
            return f"needs context: which {head}"
        if len(said) < clear or stem(head) in told:
            return f"needs context: which {head}"  # one of the ulcers that the label names
    if candidate.label.startswith("the chapter"):
        asked = candidate.answer if candidate.rule in SUBJECTS else candidate.subject
        words = tuple(map(bare, asked.split()))
        least = _UNNAMED - (candidate.rule not in SUBJECTS)
        if specific(words, usage):
            rare = any(len(word) > _SHORT and usage.counts[word] <= _RARE for word in words)
            least = _NAMED + (candidate.rule in SUBJECTS) + (0 if rare else 2)
        if len(said) < least:
            return "needs context: a chapter is too wide"
    opening = scene.opening[-1:] if len(scene.opening) <= _SHORT else ()
    opening = tuple(w for w in opening if specific((w,), usage) and stem(w) not in told)
    if scene.before and opening and len(said) < clear:
        named = {stem(word) for word in (*body, *map(bare, candidate.answer.split()))}
        if not {stem(word) for word in opening} & named:
            return f"needs context: {opening[0]}"
    return ""


def _heads(body: tuple[str, ...]) -> list[tuple[int, str]]:
    """Nouns behind "the", up to the end of their phrase, where no "of" says which."""
    found = []
    ends = lists.PREPOSITIONS | lists.AUXILIARIES | lists.COORDINATORS | lists.SUBORDINATORS
    for at, word in enumerate(body):
        if word != "the":
            continue
        for end in range(at + 1, min(at + 5, len(body))):
            following = body[end + 1] if end + 1 < len(body) else ""
            if body[end] in _LOCAL and body[end] not in ends:
                if following not in {"of", "which", "that"}:
                    found.append((end, body[end]))
                break
            if body[end] in ends:
                break
    return found

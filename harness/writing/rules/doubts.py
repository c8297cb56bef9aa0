"""What a hostile examiner objects to: a lost topic, half a pair, a predicate that fits others.

Each check looks at a finished question beside the paragraph it came from. Where it is not certain
that the question has one answer for somebody who has not seen the paragraph, it is dropped.
"""

from __future__ import annotations

import re

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare, head_at, is_plural
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.openings import opens_clause
from harness.writing.rules.scenes import Scene, framed, specific, stem, telling

_SUBJECTS = frozenset({"subject", "superlative"})
_TERMS = frozenset({"term", "naming", "synonym", "definition", "person"})
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
    vaccine toxin paralysis paroxysms fever patch patches spots lump mass masses""".split()
)
"""Nouns that a book uses for a different thing in every paragraph."""
_COMPARED = re.compile(
    r"\b(?:more|less|greater|larger|smaller|earlier|later|better|worse|longer|shorter|softer|"
    r"harder|higher|deeper|wider|similar|further|additional|such|same|another|other|latter|former|then|thus|those|either|alternative|therefore|hence)\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\bthan\b|\bmore or less\b|\bsuch as\b|\bsimilar to\b|\bmore than\b|\bany other\b|"
    r"\bthose (?:of|who)\b|\beither .* or\b"
)
_OTHERS = re.compile(r"\b(?:or|and|every|some|with) other\b|\bmore common\w*\b|\bmore easily\b")
_PERSONS = frozenset(
    "patient patients infant infants child children surgeon surgeons nurse man woman person".split()
)
_ABSOLUTE = re.compile(r", (?:the|its|their|an?|and the|and its) (?:[\w'’-]+ ){1,3}(?:\w+ )*\w+\?$")
_RELATED = re.compile(r"^, (?:around|beneath|between|in|on|over|at|near|especially in)\b")
_NO_ANSWERS = frozenset("complaint dose doses portion diagnosis differentiation syringe".split())
_LEFT = frozenset("resulting remaining dead affected first second third whole entire".split())
"""Words in front of a noun that stand for an earlier sentence."""
_CUT = re.compile(
    r", and \w+ of the \w+\?$|, \w+\?$|\bbecause\b|\b(?:owing|due) to the \w+\?$|, as \w+ \w+\?$"
)
"""Ends of a question that lost the rest of their clause."""
_FAR = 9


def doubt(candidate: Candidate, scene: Scene, usage: Usage) -> str:
    """Why an examiner would not let a question pass; "" where no reason is found."""
    frame, body = framed(candidate.question)
    checks = (
        _half_a_pair(candidate, scene),
        _compared(candidate, body),
        _ungrammatical(candidate, body),
        _lost_topic(candidate, body, frame, scene, usage),
        _open(candidate, body, frame, scene, usage),
    )
    return next((reason for reason in checks if reason), "")


def _half_a_pair(candidate: Candidate, scene: Scene) -> str:  # noqa: PLR0911
    """The answer is the whole of what the sentence puts side by side."""
    if candidate.rule in _SUBJECTS | {"term", "person", "synonym"}:
        return ""
    if candidate.answer.startswith("means of ") or " until " in candidate.question:
        return "half a clause"
    flat = " ".join(scene.sentence.split())
    at = flat.find(candidate.answer)
    after = flat[at + len(candidate.answer) :] if at >= 0 else ""
    words = [bare(word) for word in after.split()[:9]]
    if words[:1] == ["or"] or words[:3] == ["as", "well", "as"]:
        return "half a pair"
    if words[:1] == ["and"] and not opens_clause(after.split()[1:9]):
        return "half a pair"
    if words[:1] == ["and"] and words[1:2] and words[1] in lists.PREPOSITIONS:
        return "half a pair"
    if candidate.rule in {"site", "time"} and _RELATED.match(after):
        return "half a pair"
    if candidate.rule != "definition" and re.search(r"\balso\b", flat):
        return "one of several"
    return ""


def _compared(candidate: Candidate, body: tuple[str, ...]) -> str:
    """Nothing is compared with what another sentence names."""
    if candidate.rule == "synonym":
        return ""
    for text in (candidate.answer, " ".join(body)):
        text = _OTHERS.sub("", text)  # noqa: PLW2901
        if _COMPARED.search(text) and not _THAN.search(text):
            return "compared with what"
    return ""


def _ungrammatical(candidate: Candidate, body: tuple[str, ...]) -> str:  # noqa: PLR0911
    """Number, persons, half a clause behind a comma, "its" before what it belongs to."""
    asked = " ".join(body)
    if candidate.rule not in _SUBJECTS:
        return _disagreeing(candidate, asked)
    if re.search(r"\babove(?: |-)named\b", candidate.answer):
        return "points at the page"
    if re.search(r"\bdoes the \w+[^s\W]s (?:in|of)\b", asked):
        return "number"
    if re.search(r"\b(?:for what purpose|what|why|where|how) (?:\w+ )?and\b", asked):
        return "half a clause"
    if re.search(r"\bwhat (?:are|were) (?:\w+ly )?(?:an?|one|the (?:seat|cause|result))\b", asked):
        return "number"
    answer = candidate.answer.lower().split()
    if body[-1] in {"all", "both", "each"} or set(answer) & _NO_ANSWERS:
        return "half a clause"
    if answer[0] in _LEFT or _CUT.search(candidate.question):
        return "half a clause"
    if body[:1] == ("what",) and set(answer) & _PERSONS and not set(answer) & lists.PREPOSITIONS:
        return "a person"
    pointing = re.search(r"\b(?:its|it|their|they|themselves)\b", asked)
    if pointing and len(asked[: pointing.start()].split()) < _FAR:
        return "points at the answer"
    if _ABSOLUTE.search(candidate.question) and " being " not in candidate.question:
        return "half a clause"
    if (
        re.search(r"\bis\b", asked)
        and is_plural(answer)
        and re.search(r"\bwhat is\b", asked)
        and ("of" not in answer)
        and "and" not in answer
    ):
        return "number"
    return ""


def _disagreeing(candidate: Candidate, asked: str) -> str:
    """ "What does the changes": subject and verb of a question about an object."""
    subject = candidate.subject.split()
    if subject:
        together = {"and", "or"} & set(subject)
        plural = is_plural(subject[: head_at(subject) + 1]) and not together
        if (
            plural
            and " ".join(map(bare, subject)) in asked
            and re.search(r"^(?:what|where|how|why|when|in whom) (?:does|is|has) ", asked)
        ):
            return "number"
    if candidate.rule == "definition" and not any(
        len(word) > 3 for word in subject if word.isalpha()
    ):
        return "no term"
    if re.search(r"\b(?:by|from|with) (?:its|their)\b", candidate.answer):
        return "half a clause"
    return ""


def _lost_topic(  # noqa: PLR0911, PLR0912
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
    if candidate.rule in _TERMS:
        return ""
    if candidate.answer in {"the first", "the last", "the other"}:
        return "no answer"
    if body[:1] == ("which",) and body[1] in _LOCAL and len(telling(body, usage)) < _CLEAR:
        return f"needs context: which {body[1]}"
    if {"dead", "resulting"} & set(body[:6]) and candidate.rule not in _SUBJECTS:
        return "needs context: dead"
    told = {stem(word) for word in frame}
    said = telling(body, usage)
    earlier = set(map(bare, scene.before.split()))
    for at, head in _heads(body):
        if head not in _LOCAL or (stem(head) in told and (head in frame or is_plural((head,)))):
            continue
        phrase = body[max(0, at - 2) : at]
        if any(word in usage.names or specific((word,), usage) for word in phrase):
            continue
        if stem(head) in {stem(word) for word in earlier} or not frame:
            return f"needs context: which {head}"
        if len(said) < _CLEAR:
            return f"needs context: which {head}"
    if frame and len(said) < _CLEAR and not scene.names(frame):
        return "needs context: a paragraph that does not name its topic"
    if frame and scene.wide and len(said) < _CLEAR:
        return "needs context: a chapter is too wide"
    opening = scene.opening[-1:] if len(scene.opening) <= _SHORT else ()
    opening = tuple(w for w in opening if specific((w,), usage) and stem(w) not in told)
    if scene.before and opening and len(said) < _CLEAR:
        named = {stem(word) for word in (*body, *map(bare, candidate.answer.split()))}
        if not {stem(word) for word in opening} & named:
            return f"needs context: {opening[0]}"
    return ""


_SHORT = 4
_CLEAR = 6
"""Telling words with which a question stands by itself."""


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


def _open(  # noqa: PLR0911
    candidate: Candidate,
    body: tuple[str, ...],
    frame: tuple[str, ...],
    scene: Scene,
    usage: Usage,
) -> str:
    """A predicate that many things could complete."""
    if candidate.rule in _TERMS:
        return ""
    if frame[:1] in {("a",), ("an",)} and not specific(frame, usage):
        return "needs context: a topic that is none"
    if "treatment" in body[:5] and "and" in frame:
        return "needs context: one of several treated"
    if " but " in candidate.answer or re.match(r"(?:[A-Z]\. )+[A-Z]", candidate.answer):
        return "half a clause"
    if candidate.answer.startswith(("its ", "their ")):
        return "answer needs context"
    if candidate.answer.lower() in _EMPTY_ANSWERS or "diagnosis" in body[:6]:
        return "answer says nothing"
    said = telling(body, usage, 250)
    general = lists.BARE_HEADS | lists.VAGUE_ADJECTIVES | _GENERAL
    words = [bare(word) for word in candidate.answer.split()]
    if len(words) > 1 and set(words) <= general:
        return "answer says nothing"
    if candidate.rule in _SUBJECTS:
        whole = {stem(word) for word in map(bare, candidate.answer.split()) if len(word) > 3}
        if frame and whole and whole <= {stem(word) for word in frame}:
            return "answer in the question"
        indefinite = len(body) > 3 and body[0] == "what" and body[2] in {"a", "an"}
        least = (
            3 + (scene.titled and not frame) + 2 * (body[0] == "which") + (indefinite and not frame)
        )
        superlative = candidate.rule == "superlative" or bool(set(body) & lists.SUPERLATIVES)
        return "" if len(said) >= least - superlative else "predicate fits others"
    known = bool(frame) and specific(frame, usage)
    own = specific(body, usage)
    least = _LEAST.get(candidate.rule, 3) - (1 if own else 0)
    if frame and candidate.rule == "site" and set(body) & _MOSTLY:
        least -= 1
    if not own and not known:
        least += 1
    return "" if len(said) >= least else "predicate fits others"


_MOSTLY = frozenset("chiefly most usually always commonly mainly generally especially".split())
_GENERAL = frozenset("predominant surrounding the of a an investigations careful watch".split())
_EMPTY_ANSWERS = frozenset(
    f"the {word}" for word in "disease condition infection affection first last other".split()
)
_LEAST = {
    "relation": 5, "means": 4, "quality": 9, "sign": 2, "outcome": 3, "composition": 2,
    "amount": 6, "site": 3, "time": 4, "cause": 2, "treatment": 2, "reason": 3, "likeness": 2,
    "eponym": 2, "use": 3, "association": 3, "form": 3, "frequency": 4, "course": 3,
    "difference": 2, "kind": 2, "purpose": 4,
}  # fmt: skip
"""Telling words that each rule needs in its question."""

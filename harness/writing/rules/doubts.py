"""What a hostile examiner objects to: a lost topic, half a pair, a predicate that fits others.

Each check looks at a finished question beside the paragraph it came from. Where it is not certain
that the question has one answer for somebody who has not seen the paragraph, it is dropped.
"""

from __future__ import annotations

import re

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.doubts_back import begun_inside, points_back
from harness.writing.rules.doubts_grammar import ungrammatical
from harness.writing.rules.doubts_left import left_out
from harness.writing.rules.doubts_topics import lost_topic
from harness.writing.rules.doubts_wide import unnamed
from harness.writing.rules.gaps import RULE as GAP
from harness.writing.rules.openings import opens_clause
from harness.writing.rules.scenes import SUBJECTS, TERMS, Scene, specific, stem, telling

_COMPARED = re.compile(
    r"\b(?:more|less|greater|larger|smaller|earlier|later|better|worse|longer|shorter|softer|"
    r"harder|higher|deeper|wider|similar|further|additional|such|same|another|other|latter|"
    r"former|then|thus|those|either|alternative|therefore|hence)\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\bthan\b|\bmore or less\b|\bsuch as\b|\bsimilar to\b|\bmore than\b|\bany other\b|"
    r"\bthose (?:of|who)\b|\beither .* or\b"
)
_OTHERS = re.compile(
    r"\b(?:or|and|every|some|with) other\b|\bmore common\w*\b|\bmore easily\b"
    r"|\b(?:and|or) (?:less|more) (?:frequently|commonly|often|rarely)\b"
    r"|\b(?:deeper|higher|smaller|larger) (?:portions?|layers?|parts?|structures|tissues|planes|"
    r"arteries|vessels|branches|veins|centres|joints|bones|nerves|animals)\b"
)
_RELATED = re.compile(r"^, (?:around|beneath|between|in|on|over|at|near|especially in)\b")


def doubt(candidate: Candidate, scene: Scene, usage: Usage) -> str:
    """Why an examiner would not let a question pass; "" where no reason is found."""
    if candidate.rule == GAP:
        return _doubt_of_statement(candidate, scene, usage)
    if candidate.rule not in TERMS:
        back = points_back(candidate.question, scene.label, candidate.label, scene, usage)
        inside = candidate.rule not in SUBJECTS and begun_inside(
            candidate.subject, scene.sentence, candidate.label
        )
        if inside:
            return "needs context: a subject of the same sentence"
        if back:
            return f"needs context: which {back}"
    frame = tuple(map(bare, candidate.label.replace("(", "").split()))
    body = tuple(map(bare, candidate.question.split()))
    checks = (
        _half_a_pair(candidate, scene),
        _several(candidate, body),
        _cut_short(candidate, scene),
        _compared(candidate, body),
        ungrammatical(candidate, body),
        lost_topic(candidate, body, frame, scene, usage),
        _open(candidate, body, frame, scene, usage),
        left_out(candidate, scene),
        unnamed(candidate, scene, usage),
    )
    return next((reason for reason in checks if reason), "")


def _doubt_of_statement(candidate: Candidate, scene: Scene, usage: Usage) -> str:
    """The same for a statement with a blank."""
    _, statement = candidate.question.split(": ", 1)
    if _COMPARED.search(candidate.answer):
        return "compared with what"
    if _WHERE.match(statement):
        return "one place of several"
    words = tuple(map(bare, statement.split()))
    general = not specific(words, usage) or len(telling(words, usage)) < _IN_A_CHAPTER
    if scene.label.is_wide and (general or _NO_NAME.search(statement)):
        return "needs context: a chapter is too wide"
    back = points_back(statement, scene.label, scene.label.text, scene, usage)
    return f"needs context: which {back}" if back else unnamed(candidate, scene, usage)


def _half_a_pair(candidate: Candidate, scene: Scene) -> str:  # noqa: PLR0911
    """The answer is the whole of what the sentence puts side by side."""
    if candidate.rule in SUBJECTS | {"term", "person", "synonym"}:
        return ""
    if candidate.answer.startswith("means of ") or " until " in candidate.question:
        return "half a clause"
    flat = " ".join(scene.sentence.split())
    at = flat.find(candidate.answer)
    after = flat[at + len(candidate.answer) :] if at >= 0 else ""
    words = [bare(word) for word in after.split()[:9]]
    if words[:1] == ["or"] or words[:3] == ["as", "well", "as"]:
        return "half a pair"
    joined = re.match(r", (?:and|or) (?:also )?(\w+) ", after)
    if joined and joined[1] in lists.PREPOSITIONS - {"in", "on", "at", "after", "under"}:
        return "half a pair"
    again = re.match(r", (?:and |or )?(\w+) ", after)
    if again and again[1] in lists.PREPOSITIONS and f" {again[1]} " in f" {candidate.answer} ":
        return "half a pair"
    more = re.search(r"; (?:and |or )?(?:an?|the) (?:[\w'’,-]+ ){0,8}", after)
    if candidate.rule == "composition" and more and not set(more[0].split()) & lists.AUXILIARIES:
        return "part of a list"
    if words[:1] and words[0] in _LIMITING and after[:1] == " ":
        return "half a clause"
    if words[:1] == ["and"] and not opens_clause(after.split()[1:9]):
        return "half a pair"
    if words[:1] == ["and"] and words[1:2] and words[1] in lists.PREPOSITIONS:
        return "half a pair"
    if candidate.rule in {"site", "time"} and _RELATED.match(after):
        return "half a pair"
    if candidate.rule != "definition" and re.search(r"\balso\b", flat):
        return "one of several"
    return ""


def _cut_short(candidate: Candidate, scene: Scene) -> str:
    """The question ends before the sentence does: the rest of a list, or what "when" is not."""
    if candidate.rule == "time" and re.match(r"\w+ \w+ing\b", candidate.answer):
        return "a manner, not a time"
    if candidate.rule not in SUBJECTS:
        return ""
    flat = " ".join(scene.sentence.split())
    beside = re.search(re.escape(candidate.answer) + r", (?:or|and) (.*)", flat)
    if beside and not opens_clause(beside[1].split()[:9]):
        return "part of a list"
    tail = " ".join(candidate.question.rstrip("?").split()[-_TAIL:])
    at = flat.find(tail)
    after = flat[at + len(tail) :] if at >= 0 else ""
    joined = re.match(r",? (?:and|or|as well as) ((?:[^ ]+ ?){1,8})", after)
    more = joined[1].split() if joined else []
    again = bool(more) and f" {more[0]} " in candidate.question and more[0] in lists.PREPOSITIONS
    if more and (again or not opens_clause(more)):
        return "part of a list"
    if _EFFECT.search(candidate.question):
        return "one of several"
    return "an inverted list" if _INVERTED.search(candidate.question) else ""


_NO_NAME = re.compile(
    r"^The (?:most|least|first|next|other|same|chief|usual|only|process|condition|disease|lesion"
    r"|lesions|swelling|patient|operation|adjacent|affected|treatment|symptoms)\b"
    r"|^In the course\b|\b(?:rare|exceptional) cases\b"
)
"""Openings of a statement that do not say what it is about."""
_WHERE = re.compile(r"^In (?:the |an? )?_")
"""A statement that asks first of all where it holds: elsewhere it may hold too."""
_IN_A_CHAPTER = 6
"""Telling words of a statement that names no more than its chapter."""
_TAIL = 3
_EFFECT = re.compile(
    r"\b(?:what|which \w+) (?:may|might|can|could|should|sometimes|occasionally) (?:\w+ly )?(?:"
    r"(?:occur|form|appear|develop|arise|follow|result|be (?:made|done|performed|taken))\b|"
    r"(?:be|is|are) (?:\w+ly )?(?:induced|caused|produced|present|observed|seen|found|met|noticed"
    r"|required|necessary|employed|used|given|applied|associated|complicated|due|called)\b)",
    re.IGNORECASE,
)
"""One of many that may be: many effects, many means."""
_INVERTED = re.compile(
    r"^which \w+ (?:is|are|was|were) \w+(?:al|ic|ous|ive) "
    r"(?!(?:in|to|of|for|on|by|with|at|from|and|or|but|than|when|as|after|during)\b)\w+",
    re.IGNORECASE,
)
"""A list that was the answer: "which measures are local rest, and warmth"."""
_LIMITING = frozenset("which that who whose where whereby except unless excepting".split())


def _several(candidate: Candidate, body: tuple[str, ...]) -> str:
    """The words of question and answer themselves say that there are other answers."""
    asked = " ".join(body)
    first = bare(candidate.answer.split()[0])
    if first in {"any", "one", "many", "other", "others", "most", "either", "much"}:
        return "one of several"
    if re.search(r"\b(?:complains? of|includes?)\b", asked) and " and " not in candidate.answer:
        return "one of several"
    if candidate.rule in SUBJECTS and re.search(r"\bwhat (?:\w+ )?\w+ th(?:at|ose) of\b", asked):
        return "compared with what"
    if re.match(
        r"(?:what|which \w+) (?:is|are|was|were|may be) (?:\w+ly )?(?:one|some|among|part)\b", asked
    ):
        return "one of several"
    subject = candidate.subject.split()
    if candidate.rule not in SUBJECTS | TERMS and subject and bare(subject[-1]) in _EMPTY_SUBJECTS:
        return "vague subject"
    return ""


_EMPTY_SUBJECTS = frozenset(
    """steps variations changes measures facts points features conditions cases others things
    means ways difficulties precautions efforts attempts results effects signs""".split()
)


def _compared(candidate: Candidate, body: tuple[str, ...]) -> str:
    """Nothing is compared with what another sentence names."""
    if candidate.rule == "synonym" or (candidate.whole and candidate.rule == "definition"):
        return ""
    for text in (candidate.answer, " ".join(body)):
        text = _OTHERS.sub("", text)  # noqa: PLW2901
        if _COMPARED.search(text) and not _THAN.search(text):
            return "compared with what"
    return ""


def _open(  # noqa: PLR0911
    candidate: Candidate,
    body: tuple[str, ...],
    frame: tuple[str, ...],
    scene: Scene,
    usage: Usage,
) -> str:
    """A predicate that many things could complete."""
    if candidate.rule in TERMS:
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
    if candidate.rule in SUBJECTS:
        whole = {stem(word) for word in map(bare, candidate.answer.split()) if len(word) > 3}
        if frame and whole and whole <= {stem(word) for word in frame}:
            return "answer in the question"
        indefinite = len(body) > 3 and body[0] == "what" and body[2] in {"a", "an"}
        least = (
            3
            + (bool(scene.label.text) and not frame)
            + 2 * (body[0] == "which")
            + (indefinite and not frame)
        )
        least += not specific(tuple(words), usage)
        least += 2 * bool(_DOUBTFUL & set(body[1:6]))
        # The text is shown to be about what the label names, so fewer things fit.
        least -= bool(candidate.label) and candidate.label == scene.label.text
        superlative = candidate.rule == "superlative" or bool(set(body) & lists.SUPERLATIVES)
        return "" if len(said) >= least - superlative else "predicate fits others"
    known = bool(frame) and specific(frame, usage)
    own = specific(body, usage)
    least = _LEAST.get(candidate.rule, 3) - (1 if own else 0)
    least -= bool(candidate.label) and candidate.label == scene.label.text and least > _ASKED_MUCH
    if frame and candidate.rule == "site" and set(body) & _MOSTLY:
        least -= 1
    if not own and not known and not candidate.label:
        least += 1
    return "" if len(said) >= least else "predicate fits others"


_DOUBTFUL = frozenset("may might sometimes occasionally can".split())
_MOSTLY = frozenset("chiefly most usually always commonly mainly generally especially".split())
_GENERAL = frozenset("predominant surrounding the of a an investigations careful watch".split())
_EMPTY_ANSWERS = frozenset(
    f"the {word}" for word in "disease condition infection affection first last other".split()
)
_ASKED_MUCH = 2
_LEAST = {
    "relation": 5, "means": 3, "quality": 9, "sign": 2, "outcome": 3, "composition": 2,
    "amount": 6, "site": 3, "time": 4, "cause": 2, "treatment": 2, "reason": 3, "likeness": 2,
    "eponym": 2, "use": 3, "association": 3, "form": 3, "frequency": 4, "course": 3,
    "difference": 2, "kind": 2, "purpose": 4,
}  # fmt: skip
"""Telling words that each rule needs in its question."""

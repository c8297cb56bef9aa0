"""What a candidate must be to become a question; each filter names what it drops."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.text.matching import contains, find_run
from harness.text.normalize import word_run
from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare, head_at
from harness.writing.grammar_reference import dangling
from harness.writing.grammar_verbs import NEVER_NOUNS, SINGULAR
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.doubts import doubt
from harness.writing.rules.gaps import RULE as GAP
from harness.writing.rules.labels import gives_away
from harness.writing.rules.scenes import SUBJECTS, Scene

_ODD = re.compile(r"[;:()\[\]|_#*=<>]|\b(?:Fig|cf|vide)\b|\.\.|--|—")
_ADJECTIVE = re.compile(r"(?:ous|ful|ive|able|ible|less|ly)$")
_OF_SUBJECTS = frozenset({"subject", "superlative", "eponym", "definition"})
_PEOPLE = frozenset("patient patients child person surgeon subject".split())
_EMPTY = frozenset(
    "condition position manner degree extent character part place attitude process "
    "affection requirements influence circumstances contact existence doubt use".split()
)
_SPLICED = re.compile(r", (?:is|are|was|were|has|have|become|becomes) |\d\S* \w+\?$")
"""Two predicates side by side, or a list of amounts that was cut."""
_SECOND_CLAUSE = re.compile(
    r"(?<!which)(?<!that)(?<!between) (?:and|or) "
    r"(?:(?!which|that|who|in|by|to|with|from|of)[\w'’-]+ ){1,4}"
    r"(?:is|are|was|were|has|have|becomes?|may|must|should) "
)
"""Another clause with a subject of its own."""
_SINGLE_COMMA = re.compile(r"^[^,]*, and [^,]*$")
"""More often the next clause than the second half of a pair."""
_HALF_CLAUSE = re.compile(r"(?<!ed) and (?:\w+ed|kept|made|held|left|then)\b")
_ELLIPSIS = re.compile(r", and (?:an?|the) (?:[\w'’-]+ ){1,5}\w+ed\b")
"""A clause that left its verb out: ", and the wound closed"."""
_LOST_VERB = re.compile(
    r", and (?:as a result|in consequence)\b"
    r"|, and (?!(?:in|of|by|with|from|to|at|on|for|which|that|who) )"
    r"(?:[\w'’-]+ ){1,5}\w+ed(?: \w+ly)?\?$"
)
"""The same at the very end: ", and portions removed", and what came of it."""
_FINITE = (NEVER_NOUNS - {"include", "obtain"}) | {"form", "cause", "result", "stand", "lead"}
_NOUNS_TOO = {"form", "cause", "result", "lead"}
_JOINING = lists.COORDINATORS | {"usually", "often", "sometimes", "then"}
_TOLD, _LEAST_TOLD = 5, 1
_LONGEST_QUESTION = 44


@dataclass(frozen=True, slots=True)
class Setting:
    """What a candidate is checked against."""

    paragraph: tuple[str, ...]
    """Normalized words of the paragraph."""
    usage: Usage
    scene: Scene


def rule_has_no_doubt(candidate: Candidate, setting: Setting) -> str:
    """The rule that proposed it found no fault itself."""
    return candidate.fault


def question_is_clean(candidate: Candidate, setting: Setting) -> str:
    """One sentence of running text, of a length that can be read."""
    text = candidate.question
    if candidate.rule == GAP:
        return ""  # it is the text's own sentence, and checked by its rule
    doubled = candidate.rule in SUBJECTS and (_SECOND_CLAUSE.search(text) or _second_clause(text))
    if doubled or _SPLICED.search(text) or _ELLIPSIS.search(text) or _LOST_VERB.search(text):
        return "half clauses"
    if _ODD.search(text) or text.count("?") != 1:
        return "marks in the question"
    count = len(text.split())
    if not 3 <= count <= _LONGEST_QUESTION:
        return "question too long"
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        return "half a quotation"
    return ""


def _second_clause(text: str) -> bool:
    """Whether "and" brings a subject and a verb of its own: "... and a hard swelling appears"."""
    words = text.rstrip("?").split()
    for at, word in enumerate(words):
        if word.endswith("and,"):
            return True
        if word not in {"and", "but"} and not word.endswith(","):
            continue
        following = words[at + 1 : at + 7]
        while following and (following[0].endswith("ly") or bare(following[0]) in _JOINING):
            following = following[1:]
        finite = _FINITE if word in {"and", "but"} else _FINITE - _NOUNS_TOO
        for place, each in enumerate(following):
            plain = bare(each)
            if plain in lists.SUBORDINATORS | {"to"} or (place and each.endswith(",")):
                break
            if place and SINGULAR.get(plain, plain) in finite:
                return True
    return False


def question_stands_alone(candidate: Candidate, setting: Setting) -> str:
    """Nothing in the question points at an earlier sentence or at the page.

    Whether "the wound" is understood is what the rule checked, which knows where its phrases end.
    """
    if candidate.rule == GAP:
        return ""
    asked = {"what"} | ({"another", "other"} if candidate.rule == "synonym" else set())
    words = [word for word in candidate.question.rstrip("?").split() if bare(word) not in asked]
    fault = dangling(words, replace(setting.usage, context=True), bound=True)
    return f"needs context: {fault}" if fault else ""


def answer_is_clean(candidate: Candidate, setting: Setting) -> str:  # noqa: PLR0911
    """The answer is a phrase of its own: no pronoun, no loose end."""
    words = [bare(word) for word in candidate.answer.split()]
    if not words or not word_run(candidate.answer):
        return "no answer"
    if _ODD.search(candidate.answer):
        return "marks in the answer"
    loose = lists.PREPOSITIONS | lists.COORDINATORS | lists.DETERMINERS | lists.SUBORDINATORS
    if words[-1] in loose | {"being", "having"} or words[0] in lists.COORDINATORS | {
        "altogether",
        "even",
    }:
        return "loose end"
    if words[0] in lists.PREPOSITIONS and candidate.rule not in {"site", "time", "eponym"}:
        return "loose end"
    kind = candidate.whole and candidate.rule == "definition"
    if (
        candidate.rule != "quality"
        and not kind
        and (words[-1] in lists.VAGUE_ADJECTIVES | lists.ADJECTIVES or _ADJECTIVE.search(words[-1]))
    ):
        return "loose end"
    if any(pair in f" {' '.join(words)} " for pair in (" or of ", " and to ")):
        return "loose end"
    if not candidate.whole and _two_phrases(candidate.answer.lower().split()):
        return "two phrases"
    halves = _SINGLE_COMMA.search(candidate.answer) or _HALF_CLAUSE.search(candidate.answer)
    if halves and not (candidate.whole and (kind or not _HALF_CLAUSE.search(candidate.answer))):
        return "loose end"
    if kind:
        return ""  # "found on certain boats" is part of what a thing is
    if {"some", "certain", "various", "several"} & set(words):
        return "vague answer"
    pointing = [w for w in words if w in lists.PRONOUNS - {"its", "their"} or w in lists.POINTERS]
    return f"answer needs context: {pointing[0]}" if pointing else ""


def _two_phrases(words: list[str]) -> bool:
    """ "The day before operation the skin": an article that nothing leads to."""
    leading = lists.PREPOSITIONS | lists.COORDINATORS | lists.AUXILIARIES | {"all", "both", "half"}
    return any(
        word in {"the", "a", "an"}
        and words[at - 1] not in leading
        and words[at - 1][-1:].isalnum()
        and not words[at - 1].endswith("ing")
        and words[at - 1] not in lists.VERBS
        for at, word in enumerate(words)
        if at > 1
    )


def answer_is_in_the_paragraph(candidate: Candidate, setting: Setting) -> str:
    """The answer is a contiguous run of words of the paragraph, and the full answer holds it."""
    run = word_run(candidate.answer)
    if next(find_run(setting.paragraph, run), None) is None:
        return "answer not in the paragraph"
    if candidate.answer not in candidate.full_answer:  # case and all
        return "answer not in the full answer"
    return ""


def answer_is_not_given_away(candidate: Candidate, setting: Setting) -> str:
    """The answer, or its head, does not stand in the question."""
    asked = word_run(candidate.question)
    if candidate.label and gives_away(candidate.label, candidate.answer):
        return "answer in the label"
    if contains(word_run(f"{candidate.label} {candidate.question}"), candidate.answer):
        return "answer in the question"
    telling = [w for w in word_run(candidate.answer) if len(w) > 3 and w not in lists.PREPOSITIONS]
    if telling and all(word in asked for word in telling):
        return "answer in the question"
    return ""


def answer_says_something(candidate: Candidate, setting: Setting) -> str:
    """The answer is more than a general word: "a condition", "the part"."""
    words = [bare(word) for word in candidate.answer.split()]
    telling = [
        word
        for word in words
        if word not in lists.BARE_HEADS | lists.VAGUE_ADJECTIVES | lists.DETERMINERS
        and word not in lists.PREPOSITIONS | lists.COORDINATORS | lists.FRAME_ADVERBS
    ]
    phrase = [word for word in words if word not in lists.DETERMINERS]
    if len(phrase) <= 2 and phrase[-1] in lists.NEVER_HEADS | _EMPTY:
        return "answer says nothing"
    head = words[head_at(words)]
    if len(words) >= _TOLD and "of" in words and len(telling) > _LEAST_TOLD:
        return ""  # "the degree of wear at the seam of the keel"
    if head in _EMPTY or (head in lists.NEVER_HEADS and candidate.rule not in _OF_SUBJECTS):
        return "answer says nothing"
    if words[0] in {"a", "an"} and len(phrase) <= 2 and phrase[-1] in lists.BARE_HEADS | _EMPTY:
        return "answer says nothing"
    if setting.usage.context and not set(words) & _PEOPLE:
        return "" if words[-1] not in lists.NEVER_HEADS else "answer says nothing"
    return "" if telling else "answer says nothing"


def examiner_has_no_doubt(candidate: Candidate, setting: Setting) -> str:
    """Its own words say what is asked about, and one thing only completes them."""
    return doubt(candidate, setting.scene, setting.usage)


FILTERS: tuple[tuple[str, Callable[[Candidate, Setting], str]], ...] = (
    ("rule", rule_has_no_doubt),
    ("clean question", question_is_clean),
    ("stands alone", question_stands_alone),
    ("clean answer", answer_is_clean),
    ("in the paragraph", answer_is_in_the_paragraph),
    ("not given away", answer_is_not_given_away),
    ("says something", answer_says_something),
    ("examined", examiner_has_no_doubt),
)


def first_fault(candidate: Candidate, setting: Setting) -> tuple[str, str]:
    """Name of the first filter that drops a candidate, and why; two empty strings for none."""
    for name, check in FILTERS:
        reason = check(candidate, setting)
        if reason:
            return name, reason
    return "", ""


def contradicting(candidates: Sequence[Candidate]) -> set[int]:
    """Indexes of candidates that ask the same as another and answer otherwise."""
    answers: dict[str, set[str]] = {}
    places: dict[str, list[int]] = {}
    for at, each in enumerate(candidates):
        for key in {each.key, " ".join(word_run(each.question))}:
            key = f"{each.label}: {key}"  # noqa: PLW2901
            answers.setdefault(key, set()).add(" ".join(word_run(each.answer)))
            places.setdefault(key, []).append(at)
    return {at for key, found in answers.items() if len(found) > 1 for at in places[key]}

"""Questions that are no English: half a clause, the wrong number, a person asked for by "what"."""

from __future__ import annotations

import re
from itertools import pairwise

from harness.writing import grammar_words as lists
from harness.writing.grammar import bare, head_at, is_plural
from harness.writing.grammar_verbs import SINGULAR
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.scenes import SUBJECTS

_PERSONS = lists.PERSON_HEADS | frozenset(
    """patient patients infant infants child children surgeon surgeons nurse man woman person baby
    babies boy girl victim victims""".split()
)
_NO_ANSWERS = frozenset("complaint dose doses portion diagnosis differentiation syringe".split())
_LEFT = frozenset("resulting remaining dead affected first second third whole entire".split())
"""Words in front of a noun that stand for an earlier sentence."""
_NOUNS = frozenset("arsenic clinic tonic antiseptic anæsthetic colic emetic topic fabric".split())
"""Nouns that end as adjectives do."""
_ASKING = re.compile(r"\b(?:what|who|whom|where|when|which|how|why)\b", re.IGNORECASE)
_MOST_COMMAS = 2
"""More commas than this in front of the question word: half a list."""
_FAR = 9
"""Words behind which "its" no longer points at the answer."""
_DANGLING_END = (" produced", " formed", " left", " exposed", " involved", " described")
_HALVES = (
    re.compile(r"\b(?:\w+ wh(?:om|ich)|whose),|\bwh(?:om|ich)\?|\balso\b| even | in turn "),
    re.compile(r"^[Ww]hat (?:is|are) the (?:first|last|next|only|\w+est)\?$"),
    re.compile(r"^(?:While|Although|Though|Whereas) |\bwhether [^,?]*\?$"),
    re.compile(r"^(?:If|When|Unless|Until|Once|Though) (?:\w+ly )?(?:\w+ed|seen|found|left)\b"),
    re.compile(r"^(?:If|When|Where|Unless|Until|Once) (?:in|on|at|not|too|present|used|of)\b"),
)
"""A relative clause that was cut, a point that another sentence began, a lead without a verb."""
_HALVES_OF_SUBJECTS = (
    re.compile(r"\b(?:the|an?) (?:period|time|moment|stage|point|way|manner|extent|degree)\?$"),
    re.compile(r"\w (?:placed|situated|attached|taken|given|held|applied)\?$"),
    re.compile(r"\b(?:for what purpose|what|why|where|how) (?:\w+ )?and\b", re.IGNORECASE),
    re.compile(r"^which \w+ (?:is|are|was|were) (?!\w+(?:ed|en|wn|ly|ut|ade|ous|al|ic|ive)\b)"
               r"(?!(?:most|more|"
               + "|".join(sorted(lists.PREPOSITIONS | lists.FRAME_ADVERBS | lists.ADJECTIVES))
               + r")\b)", re.IGNORECASE),
    re.compile(r", and \w+ of the \w+\?$|, \w+\?$|\bbecause\b|\b(?:owing|due) to the \w+\?$"
               r"|, as \w+ \w+\?$| (?:all|both|each)\?$"),
)  # fmt: skip
"""Ends of a question that lost the rest of their clause, and a noun asked to be another noun."""
_ABSOLUTE = re.compile(r", (?:the|its|their|an?|and the|and its) (?:[\w'’-]+ ){1,3}(?:\w+ )*\w+\?$")
_NUMBER = (
    re.compile(r"\bdoes the \w+[^s\W]s (?:in|of)\b"),
    re.compile(
        r"\bwhat (?:are|were) (?:\w+ly )?(?:an?|one|the (?:seat|cause|result))\b", re.IGNORECASE
    ),
)


def ungrammatical(candidate: Candidate, body: tuple[str, ...]) -> str:
    """What is wrong with the English of a question; "" for nothing. `body`: its plain words."""
    text = candidate.question
    lead = _ASKING.split(text, maxsplit=1)[0]
    half = (
        lead.count(",") > _MOST_COMMAS
        or candidate.answer.endswith(_DANGLING_END)
        or any(each.search(text) for each in _HALVES)
        or bool(re.search(r"\babove(?: |-)(?:named|mentioned)\b", f"{text} {candidate.answer}"))
    )
    if half:
        return "half a clause"
    asked = " ".join(body)
    if candidate.rule not in SUBJECTS:
        return _disagreeing(candidate, asked)
    return _of_a_subject(candidate, asked, candidate.answer.lower().split())


def _of_a_subject(candidate: Candidate, asked: str, answer: list[str]) -> str:
    """The same for a question whose answer is the subject of the sentence."""
    text = candidate.question
    pointing = re.search(r"\b(?:its|it|their|they|themselves)\b", asked)
    person = bare(answer[head_at(answer)]) in _PERSONS
    plural = is_plural(answer) and not {"of", "and"} & set(answer)
    checks = (
        ("number", any(each.search(text) for each in _NUMBER)),
        ("number", plural and bool(re.search(r"\bwhat is\b", asked))),
        ("half a clause", any(each.search(text) for each in _HALVES_OF_SUBJECTS)),
        ("half a clause", _unjoined(text.split())),
        ("half a clause", bool(set(answer) & _NO_ANSWERS) or answer[0] in _LEFT),
        ("half a clause", bool(_ABSOLUTE.search(text)) and " being " not in text),
        ("half a phrase", answer[-1].endswith(("ic", "ical", "oid")) and answer[-1] not in _NOUNS),
        ("a person", person and "what" in asked.split()),
        (
            "points at the answer",
            pointing is not None and len(asked[: pointing.start()].split()) < _FAR,
        ),
    )
    return next((reason for reason, holds in checks if holds), "")


def _unjoined(words: list[str]) -> bool:
    """ "What drains the field, fills the pond?": two verbs that lost the "and" behind them."""
    return any(
        word.endswith(",")
        and bare(following) in SINGULAR
        and not {"and", "or"} & set(words[at + 2 :])
        for at, (word, following) in enumerate(pairwise(words))
    )


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

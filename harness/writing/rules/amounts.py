"""Questions for a number: how many days, what temperature, which percentage of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, joined
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_reference import dangling, unclear_subject
from harness.writing.rules.candidates import (
    Candidate,
    Inverted,
    full_sentence,
    wordings,
)
from harness.writing.rules.predicates import predicate_of

_NUMBER = (
    r"(?:\d[\d,.]*(?:°)?|1/\d|"
    + "|".join(sorted(lists.NUMBER_WORDS, key=lambda w: (-len(w), w)))
    + r")(?:[- ](?:hundred|thousand|million|dozen|and a half))?"
)
_UNITS = (
    r"hours?|days?|weeks?|months?|years?|minutes?|seconds?|inch(?:es)?|feet|yards?|miles?|ounces?|"
    r"grains?|drachms?|drams?|grammes?|grams?|c\.?\s?c\.?|pints?|volts?|degrees|pounds?|"
    r"minims?|centimetres?|millimetres?|milligrams?|atmospheres?|times"
)
_AMOUNT = (
    rf"(?:(?:about|nearly|over|only|at least|as much as|from|some|fully|less than|more than) )?"
    rf"{_NUMBER}(?:(?: (?:{_UNITS}))?(?: to| or| and|–|-| or even) (?:about |even )?{_NUMBER})*"
)
_PREPOSITIONS = r"for from|in from|within|in|for|after|at|by|during|to|of|from|every|until|with"
_TIMED = re.compile(
    rf"\b(?P<prep>{_PREPOSITIONS}) (?P<amount>{_AMOUNT}) (?P<unit>{_UNITS})(?![\w-])", re.IGNORECASE
)
_SHARE = re.compile(
    rf"\b(?P<prep>in|of|to|by|at) (?P<amount>{_AMOUNT}) (?P<unit>per cent\.?)"
    r"(?P<after> of [a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
_AGE = re.compile(
    rf"\b(?P<prep>between|at) (?P<the>the ages? of) (?P<amount>{_NUMBER} (?:and|or) {_NUMBER})"
)
_HEAT = re.compile(
    r"\b(?P<prep>to|at|of|reaches|above|below) (?P<amount>(?:about |from )?\d+(?:\.\d+)?°"
    r"(?:(?:,| to| or| and|, or|-) ?\d+(?:\.\d+)?°)* ?[FC]\.?)"
)
AMOUNT = re.compile(
    rf"(?<![\w.])(?:{_AMOUNT} (?:{_UNITS}|per cent\.?)(?![\w-])|"
    r"\d+(?:\.\d+)?°(?:(?:,| to| or| and|-) ?\d+(?:\.\d+)?°)* ?[FC]\.?)",
    re.IGNORECASE,
)
"""An amount with its unit, wherever it stands."""


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """One question for the first amount that a clause gives."""
    rest = predicate_of(clause.rest)
    text = " ".join(rest)
    for pattern, ask in ((_HEAT, _heat), (_AGE, _ages), (_SHARE, _share), (_TIMED, _time)):
        found = pattern.search(text)
        if found is not None:
            yield from _ask(clause, usage, text, found, ask(found))
            return


def _heat(found: re.Match[str]) -> tuple[Words, str]:
    return (found["prep"], "what", "temperature"), ""


def _ages(found: re.Match[str]) -> tuple[Words, str]:
    return (found["prep"], "what", "ages"), ""


def _share(found: re.Match[str]) -> tuple[Words, str]:
    return (found["prep"], "what", "percentage", *(found["after"] or "").split()), ""


def _time(found: re.Match[str]) -> tuple[Words, str]:
    unit = found["unit"]
    if not unit.endswith("s") and unit not in {"feet", "c.c."}:
        unit = "inches" if unit == "inch" else unit + "s"
    if re.search(_UNITS, found["amount"]):
        return (found["prep"].split()[0], "how", "long"), ""
    return (found["prep"].split()[0], "how", "many", unit), ""


def _ask(
    clause: Clause, usage: Usage, text: str, found: re.Match[str], asked: tuple[Words, str]
) -> Iterator[Candidate]:
    wh, fault = asked
    before = tuple(text[: found.start()].split())
    after = tuple(text[found.end() :].split(",", maxsplit=1)[0].split())
    if after and re.fullmatch(_UNITS, bare(after[0])):
        after = after[1:]  # "between the ages of six and sixteen years"
    if clause.base == "consist" or before[-1:] == ("up",):
        return
    if clause.base is None and before and not _may_follow_be(bare(before[0])):
        return
    inverted = _inverted(clause, before)
    if inverted is None:
        return
    auxiliary, middle = inverted
    outside = (*clause.lead, *before, *after)
    plain = {bare(word) for word in outside}
    if found["prep"].lower() in {"of", "from"} or wh[:2] == ("to", "how"):
        fault = "part of a noun phrase"
    if re.search(_NUMBER + r"\b", " ".join(outside), re.IGNORECASE) and re.search(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty)\b", " ".join(outside)
    ):
        fault = fault or "two numbers"
    if plain & lists.NEGATIONS:
        fault = fault or "negation"
    if text[found.end() :].lstrip().startswith(("or ", "and ", "to ")) or before[-1:] == ("or",):
        fault = fault or "part of a list"
    needs = dangling((*outside, "end"), usage, bound=True)
    fault = fault or unclear_subject(clause.subject, usage) or ""
    fault = fault or (f"needs context: {needs}" if needs else "")
    if after[:1] == ("of",):
        wh, after = (*wh, *after), ()
    if any(bare(word).endswith("ing") for word in before) or {"and", "but"} & set(
        map(bare, before)
    ):
        fault = fault or "part of a phrase"
    question = Inverted(
        clause.lead,
        auxiliary,
        clause.subject,
        middle,
        wh[:1],
        after=after,
        plain=(clause.finite, *before),
        early=clause.early,
    )
    texts = wordings(question, " ".join(wh[1:]), usage, pied=True)
    said = (clause.finite, *before, found.group(), *after)
    yield Candidate(
        rule="amount",
        question=texts[0],
        held_out=texts[1:],
        answer=joined(_amount(found).split()),
        full_answer=full_sentence(clause, said, usage),
        subject=joined(clause.subject),
        fault=fault,
        key=f"{joined(clause.subject)} {' '.join(before)} amount",
    )


def _may_follow_be(word: str) -> bool:
    """Whether a word goes on after an auxiliary, and opens no noun phrase of its own."""
    known = lists.PREPOSITIONS | lists.ADJECTIVES | lists.AUXILIARIES | lists.FRAME_ADVERBS
    known |= lists.VERBS | {"be", "been"}
    return word in known or word.endswith(("ed", "en", "wn", "ly", "ut", "id", "pt", "ft", "ble"))


def _amount(found: re.Match[str]) -> str:
    amount = re.sub(r"^(?:about|from|some) ", "", found["amount"])
    return f"{amount} {found['unit']}" if re.search(_UNITS, amount) else amount


def _inverted(clause: Clause, before: Words) -> tuple[str, Words] | None:
    """Auxiliary and the words between subject and gap, in the order of a question."""
    if clause.base is None:
        return clause.finite, before
    auxiliary = "does" if bare(clause.finite) != clause.base else "do"
    return auxiliary, (clause.base, *before)

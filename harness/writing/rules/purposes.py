"""What something is done for: "For what purpose is the limb raised?"."""

from __future__ import annotations

from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, joined, stop_of
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_frames import PASSIVE
from harness.writing.grammar_reference import common_subject, dangling, sure, unclear_subject
from harness.writing.rules.candidates import Candidate, Inverted, full_sentence, wordings
from harness.writing.rules.predicates import predicate_of

_OPENERS: tuple[Words, ...] = (("in", "order", "to"), ("so", "as", "to"), ("to",))
_NO_PURPOSE = frozenset(
    """liable apt able unable likely found said seen known supposed believed believed seems seem
    appear appears tend tends begin begins have has had ought necessary advisable possible easy
    difficult sufficient enough continue continues required tendency allowed made power ability
    caused inclined compelled taught advised permitted right given""".split()
)
_LONGEST_PURPOSE = 16


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """The purpose of what is done, where an infinitive at the end of the clause names it."""
    rest = predicate_of(clause.rest)
    finite = bare(clause.finite)
    doing = finite in lists.BE or (finite in lists.MODALS and bare(rest[0] if rest else "") == "be")
    if not doing:
        return
    plain = tuple(bare(word) for word in rest)
    for at in range(2, len(plain) - 2):
        opener = next((each for each in _OPENERS if plain[at : at + len(each)] == each), None)
        if opener is None:
            continue
        answer = rest[at + len(opener) :]
        before = rest[:at]
        if not _is_purpose(before, answer, opener):
            return
        asked = Inverted(
            clause.lead, clause.finite, clause.subject, before, (), plain=(clause.finite, *before)
        )
        texts = wordings(asked, "for what purpose", usage)
        said = (clause.finite, *before, *rest[at : at + len(opener)], *answer)
        needs = dangling((*clause.lead, *before, "end"), usage, bound=True)
        yield Candidate(
            rule="purpose",
            question=texts[0],
            held_out=texts[1:],
            answer=joined(answer),
            full_answer=full_sentence(clause, said, usage),
            subject=joined(clause.subject),
            fault=_fault(clause, before, usage) or (f"needs context: {needs}" if needs else ""),
            key=f"{joined(clause.subject).lower()} {' '.join(before)} purpose",
        )
        return


def _is_purpose(before: Words, answer: Words, opener: Words) -> bool:
    """Whether "to ..." is what something is done for, and the whole of it."""
    plain = [bare(word) for word in before]
    known = PASSIVE.get(plain[-1], {})
    if "to" in plain[:-1]:
        return False  # "is used to enable the boat to turn"
    participle = any(word.endswith(("ed", "en", "wn", "ut", "ade", "id")) for word in plain[:3])
    return (
        participle
        and not set(plain) & (_NO_PURPOSE | lists.SUBORDINATORS | lists.COORDINATORS)
        and (len(opener) > 1 or "to" not in known)
        and bare(answer[0]) in lists.VERBS
        and 2 <= len(answer) <= _LONGEST_PURPOSE
        and not any(stop_of(word) in {",", ":", ";"} for word in answer[:-1])
        and not {bare(word) for word in answer} & {"which", "that", "it", "them", "when", "if"}
    )


def _fault(clause: Clause, before: Words, usage: Usage) -> str:
    plain = {bare(word) for word in (*clause.lead, clause.finite, *before)}
    if plain & lists.NEGATIONS:
        return "negation"
    if not sure((*clause.lead, clause.finite, *before)):
        return "unsure"
    if bare(clause.subject[0]).endswith("ing"):
        return "broken subject"
    return unclear_subject(clause.subject, usage) or common_subject(clause.subject, usage)

"""Questions for the subject: "What is the name given to ...?", "Which glands drain ...?"."""

from __future__ import annotations

from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import (
    Usage,
    Words,
    bare,
    dangling,
    head_at,
    is_plural,
    joined,
    lowered,
    stop_of,
    unclear_subject,
)
from harness.writing.grammar_clauses import Clause, third_person
from harness.writing.rules.candidates import Candidate, full_sentence, opens_clause, sentence

_LEAST_WORDS = 6
_MOST_WORDS = 26
_LONGEST_NAME = 5
_RARE = 60
_COMMON = 100


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """Ask what the whole predicate is said of, where the predicate tells one thing from others."""
    predicate = predicate_of(clause.rest)
    plain = [bare(word) for word in predicate]
    subject = clause.subject
    prepositions = [bare(word) for word in subject if bare(word) in lists.PREPOSITIONS]
    if len(subject) > _LONGEST_NAME + 3 * len(prepositions) or len(prepositions) > 1:
        return
    if not set(prepositions) <= {"of", "in"} or bare(_name(subject)[0]) in {"term", "name"}:
        return
    if not _LEAST_WORDS <= len(predicate) <= _MOST_WORDS:
        return
    fault = unclear_subject(subject, usage) or ""
    if not fault:
        found = dangling((*clause.lead, clause.finite, *predicate), usage)
        fault = f"needs context: {found}" if found else ""
    if set(plain) & lists.NEGATIONS:
        fault = fault or "negation"
    telling = [
        word
        for word in dict.fromkeys(plain)
        if len(word) > 4 and usage.counts[word] <= _RARE and word not in lists.FRAME_ADVERBS
    ]
    superlative = bool(set(plain[:4]) & (lists.SUPERLATIVES - {"most", "first"}))
    if not usage.context and _common(subject, usage):
        fault = fault or "needs context: a common subject"
    if len(telling) < (2 if superlative or usage.context else 3 if prepositions else 4):
        fault = fault or "predicate fits others"
    if bare(clause.finite) in lists.UNSURE or set(plain[:3]) & lists.UNSURE:
        fault = fault or "unsure"
    asked, finite = _wh(clause, usage)
    name = _name(subject)
    words = (*asked, finite, *predicate)
    texts = (
        sentence(clause.lead, words, usage),
        sentence((), ("can", "you", "say", *words, *lowered(clause.lead, usage.names)), usage),
    )
    yield Candidate(
        rule="superlative" if superlative else "subject",
        question=texts[0],
        held_out=texts[1:],
        answer=joined(name),
        full_answer=full_sentence(clause, (clause.finite, *predicate), usage),
        subject=joined(subject),
        fault=fault,
        key=" ".join(plain),
    )


def _common(subject: Words, usage: Usage) -> bool:
    """Whether the subject is so general that a predicate hardly tells it from others."""
    if len(_name(subject)) > 1:
        return False
    head = bare(subject[-1])
    return usage.counts[head] > _COMMON or head in lists.UNIQUE_HEADS | lists.BARE_HEADS


def _name(subject: Words) -> Words:
    return subject[1:] if bare(subject[0]) in {"a", "an", "the"} else subject


def _wh(clause: Clause, usage: Usage) -> tuple[Words, str]:
    """The question word, and the finite verb as it follows it."""
    subject = _name(clause.subject)
    if clause.base in PERSONAL and all(_is_name(word, usage) for word in subject):
        return ("who",), clause.finite
    head = bare(subject[head_at(subject)])
    plural = is_plural(subject)
    if len(subject) > 1 and head in lists.BARE_HEADS and head == bare(subject[-1]):
        return ("which", head), clause.finite
    if clause.base is not None and plural and bare(clause.finite) == clause.base:
        return ("what",), third_person(clause.base)
    return ("what",), clause.finite


PERSONAL = frozenset(
    "advise recommend suggest describe advocate employ prefer use consider show point devise "
    "introduce regard apply perform report".split()
)


def _is_name(word: str, usage: Usage) -> bool:
    return bare(word) in usage.names or bare(word) in {"and", "of", "professor", "sir", "dr"}


def predicate_of(rest: Words) -> Words:
    """What follows the finite verb, up to the end of its clause."""
    for at, word in enumerate(rest):
        mark = stop_of(word)
        if word == "—" or mark == ":":
            return rest[: at + (mark == ":")]
        if at >= _LEAST_WORDS and mark == ",":
            following = rest[at + 1 :]
            if following and (
                (
                    bare(following[0]) in {"and", "but", "while", "although", "though", "so", "as"}
                    and opens_clause(following[1:])
                )
                or bare(following[0])
                in {"which", "while", "although", "though", "but", "so", "for", "it", "they"}
            ):
                return rest[: at + 1]
    return rest

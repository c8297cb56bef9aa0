"""Questions for the subject: "What is the name given to ...?", "Which glands drain ...?"."""

from __future__ import annotations

from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, is_plural, joined, lowered
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_reference import dangling, unclear_subject
from harness.writing.grammar_verbs import PLURAL, third_person
from harness.writing.rules.candidates import NEUTER, PERSONAL, Candidate, full_sentence, sentence
from harness.writing.rules.predicates import predicate_of

_LEAST_WORDS = 3
_MOST_WORDS = 36
_LONGEST_NAME = 6
_RARE = 100
_ENOUGH = 4
_PLENTY = 4
_TECHNICAL = 60
"""A term that stands no more often than this is an answer of its own."""
_COMMON = 100
_DULL = frozenset(
    """manifestations form forms type types variety varieties appearance appearances
    disease diseases lesion lesions condition affection treatment aim interest future
    diagnosis part parts hope chance choice risk danger problem need necessity legs
    extent terminations distinction patient process tendency outlook onset termination
    method methods measures steps means base usual contents symptoms organisms measures
    thing signs subjects persons areas term name transition communication injury
    articles administration alternative""".split()
)
"""Answers that tell nothing apart, whatever is asked."""
_TELLING = frozenset(
    """pulse pain discharge temperature urine face tongue prognosis swelling limb blood pus
    infection suppuration children virus dose bacteria death organism muscles nerves
    glands""".split()
)
"""General words that are an answer all the same, where the question names the topic."""
_REPORTED = frozenset(
    "observed reported described shown pointed found recommended obtained suggested sought "
    "succeeded discovered".split()
)


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """Ask what the whole predicate is said of, where the predicate tells one thing from others."""
    predicate = predicate_of(clause.rest)
    if not _fits(clause, predicate):
        return
    asked, finite = _wh(clause, usage)
    if not asked:
        return
    plain = [bare(word) for word in predicate]
    superlative = bool(set(plain[:4]) & (lists.SUPERLATIVES - {"most", "first"}))
    name = _name(clause.subject)
    if asked[0] != "who" and not usage.is_name(name) and (clause.lead or name != clause.subject):
        name = lowered(name, usage.names)
    words = (*asked, *clause.early, finite, *predicate)
    yield Candidate(
        rule="superlative" if superlative else "subject",
        question=sentence(clause.lead, words, usage),
        held_out=(
            sentence((), ("can", "you", "say", *words, *lowered(clause.lead, usage.names)), usage),
        ),
        answer=joined(name),
        full_answer=full_sentence(clause, (clause.finite, *predicate), usage),
        subject=joined(clause.subject),
        fault=_fault(clause, predicate, usage, superlative=superlative, which=asked[0] == "which"),
        key=" ".join(plain),
    )


def _fits(clause: Clause, predicate: Words) -> bool:
    """Whether subject and predicate have the length and form of question and answer at all."""
    subject = clause.subject
    name = [bare(word) for word in _name(subject)]
    prepositions = sum(word in lists.PREPOSITIONS for word in name)
    plain = [bare(word) for word in predicate]
    return (
        len(subject) <= _LONGEST_NAME + 3 * prepositions
        and prepositions <= 2
        and not set(name) & (lists.SUPERLATIVES - {"most"})
        and (not set(name) & _DULL or _particular(subject, name))
        and name[0] not in lists.NUMBER_WORDS
        and (len(name) > 1 or name[0] not in lists.BARE_HEADS or name[0] in _TELLING)
        and len(predicate) >= 2
        and (plain[0] not in {"to", "thereby"} or plain[1] == "be")
        and plain[-1] not in lists.AUXILIARIES
        and plain[0] != "of"
        and not any(letter.isdigit() for word in name for letter in word)
        and name[0] != "most"
        and not (clause.base in NEUTER and plain[0] in lists.DETERMINERS)
        and not _uneven(plain)
        and plain[1] not in {"which", "that"}
        and plain[-1] not in lists.VAGUE_ADJECTIVES - _AFFECTED
        and bare(clause.lead[0] if clause.lead else "") != "for"
        and _LEAST_WORDS <= len(clause.lead) + len(predicate) <= _MOST_WORDS
    )


_AFFECTED = frozenset("affected injured diseased involved infected old present common".split())


def _particular(subject: Words, name: list[str]) -> bool:
    """Whether a general word is one of a name: "Raynaud's disease"."""
    telling = [
        word
        for word in name
        if word not in _DULL | lists.VAGUE_ADJECTIVES | lists.PREPOSITIONS | lists.DETERMINERS
        and word not in lists.BARE_HEADS
        and len(word) > 4
    ]
    return len(name) > 1 and bool(telling) and name[0] not in lists.VAGUE_ADJECTIVES


def _uneven(plain: list[str]) -> bool:
    """ "Tiled with slate and facing the sea": half of it was said of something else."""
    return any(
        word == "and"
        and plain[at + 1 : at + 2]
        and plain[at + 1].endswith("ing")
        and not any(each.endswith("ing") for each in plain[:at])
        for at, word in enumerate(plain)
    )


def _fault(
    clause: Clause, predicate: Words, usage: Usage, *, superlative: bool, which: bool
) -> str:
    """Why the question could not be answered by one thing only; "" where it could."""
    subject, plain = clause.subject, [bare(word) for word in predicate]
    told = dict.fromkeys((*map(bare, clause.lead), *plain))
    most = 2 * _RARE if usage.context else _RARE
    telling = [
        word
        for word in told
        if len(word) > 4 and usage.counts[word] <= most and word not in lists.FRAME_ADVERBS
    ]
    needs = dangling((clause.finite, *predicate), usage, bound=True)
    needs = needs or dangling((*clause.lead, "end"), usage)
    rare = usage.counts[bare(subject[-1])] <= _TECHNICAL and not _common(subject, usage, False)
    least = 3 if rare or len(subject) > 2 or len(predicate) > 8 else 4
    least = 2 if superlative or usage.context else least
    unsure = bare(clause.finite) in lists.UNSURE or bool(set(plain[:3]) & lists.UNSURE)
    checks = (
        (unclear_subject(subject, usage) or "", True),
        (f"needs context: {needs}", bool(needs)),
        ("negation", bool(set(plain) & lists.NEGATIONS)),
        (
            "needs context: a common subject",
            not usage.context and _common(subject, usage, len(telling) >= _ENOUGH),
        ),
        ("needs context: it may have other answers", unsure and not usage.context),
        ("predicate fits others", len(telling) < least),
        ("predicate fits others", not usage.context and len(predicate) < _PLENTY),
        ("unsure", unsure and (len(telling) < _PLENTY - usage.context)),
        (
            "a person or a thing",
            len(_name(subject)) == 1
            and bare(subject[-1]) in usage.names
            and not _is_who(clause, _name(subject), usage),
        ),
        ("vague subject", which and not _told_apart(subject)),
    )
    return next((reason for reason, holds in checks if holds and reason), "")


def _told_apart(subject: Words) -> bool:
    """Whether "which glands" has an answer that says which: "popliteal glands"."""
    words = [bare(word) for word in _name(subject)[:-1]]
    return not {"and", "or"} & set(words) and any(
        word not in lists.VAGUE_ADJECTIVES and not word.endswith(("ed", "ly")) for word in words
    )


def _common(subject: Words, usage: Usage, telling: bool) -> bool:
    """Whether the subject is so general that a predicate hardly tells it from others."""
    if len(_name(subject)) > 1:
        return False
    head = bare(subject[-1])
    general = head in lists.UNIQUE_HEADS | lists.BARE_HEADS
    doing = head.endswith(("tion", "ment", "ing"))
    return general or doing or (usage.counts[head] > _COMMON and not telling)


def _name(subject: Words) -> Words:
    return subject[1:] if bare(subject[0]) in {"a", "an", "the"} else subject


def _wh(clause: Clause, usage: Usage) -> tuple[Words, str]:
    """The question word and the finite verb as it follows it; nothing where they do not agree."""
    subject = _name(clause.subject)
    head = bare(subject[head_at(subject)])
    if _is_who(clause, subject, usage):
        return ("who",), clause.finite
    if len(subject) > 1 and head in lists.BARE_HEADS and head == bare(subject[-1]):
        return ("which", head), clause.finite
    plural = is_plural(subject[: head_at(subject) + 1]) or "and" in map(bare, subject)
    if clause.base is not None and plural and bare(clause.finite) == clause.base:
        if set(map(bare, clause.rest)) & (PLURAL | {"are", "were", "have"}):
            return (), ""
        return ("what",), third_person(clause.base)
    return ("what",), clause.finite


def _is_who(clause: Clause, subject: Words, usage: Usage) -> bool:
    """Whether the subject is somebody: names only, and a verb for what people do."""
    if usage.is_person(subject):
        return True
    first_to = [bare(word) for word in clause.rest[:3]] == ["the", "first", "to"]
    told = (
        bare(clause.finite) in lists.HAVE  # not "the moth is found in marshes"
        and bool(clause.rest)
        and bare(clause.rest[0]) in _REPORTED
    )
    if (clause.base in PERSONAL or told) and len(subject) == 1:
        return subject[0][:1].isupper() and bare(subject[0]) in usage.capitals
    if not (clause.base in PERSONAL or first_to or told or len(subject) > 1):
        return False
    known = usage.capitals if told or clause.base in PERSONAL else usage.names
    return all(
        bare(word) in known or bare(word) in {"and", "of", "professor", "sir", "dr"}
        for word in subject
    )

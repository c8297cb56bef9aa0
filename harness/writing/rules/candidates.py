"""A candidate question, and how wordings are made from the parts of a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, joined, lowered, stop_of
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_verbs import SINGULAR
from harness.writing.rules.openings import opens_clause

PERSONAL = frozenset(
    "advise recommend suggest describe advocate employ prefer use consider show point devise "
    "introduce regard apply perform report".split()
)
"""Verbs for what people do: a capital before them is a name."""
NEUTER = frozenset(
    "take vary dilate persist continue remain last appear occur lie stand go come run rise "
    "fall".split()
)
"""Verbs that an article after them is no object of."""
LONGEST_ANSWER = 15
LONGEST_LIST = 22
_LONGEST_ITEM = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule proposes about one sentence; the filters decide."""

    rule: str
    """Name of the rule, under which yields are counted: "cause"."""
    question: str
    held_out: tuple[str, ...]
    """Other wordings, for the test only."""
    answer: str
    full_answer: str
    subject: str
    """What is asked about: the cluster."""
    fault: str = ""
    """Why the rule itself has doubts; "" for none."""
    key: str = ""
    """What is asked, without adverbs: two answers to one key contradict each other."""
    label: str = ""
    """What is put in front of the question, so that it is known where it stands."""
    cluster: str = ""
    """What it is about where its subject is an ordinary thing: the heading above it."""
    whole: bool = False
    """Whether the answer is all that the clause says from there on."""


@dataclass(frozen=True, slots=True)
class Inverted:
    """A clause whose object is asked for, in the words around the gap."""

    lead: Words
    auxiliary: str
    subject: Words
    before: Words
    """From the auxiliary to the gap, without the preposition: "usually due"."""
    preposition: Words
    after: Words = ()
    """What follows the gap."""
    early: Words = ()
    """Adverbs before a verb that is no auxiliary: "does it usually contain"."""
    plain: Words = ()
    """Finite verb and what follows up to the preposition, in the order of a statement."""


def wordings(asked: Inverted, wh: str, usage: Usage, *, pied: bool = False) -> tuple[str, ...]:
    """The trained wording, then the held-out ones. `pied`: the preposition comes to the front."""
    keep = usage.names
    if len(asked.subject) == 1 and asked.before[:1] and asked.before[0] in PERSONAL:
        keep = usage.capitals
    if usage.is_name(asked.subject):
        keep = usage.capitals
    subject = lowered(asked.subject, keep)
    core = (asked.auxiliary, *subject, *asked.early, *asked.before)
    fronted = sentence(asked.lead, (*asked.preposition, wh, *core, *asked.after), usage)
    stranded = sentence(asked.lead, (wh, *core, *asked.preposition, *asked.after), usage)
    lead = lowered(tuple(asked.lead), usage.names)
    plain = (*subject, *asked.early, *asked.plain)
    if pied:
        inner = (*asked.preposition, wh, *plain, *asked.after)
    else:
        inner = (wh, *plain, *asked.preposition, *asked.after)
    told = sentence((), ("can", "you", "say", *inner, *lead), usage)
    if pied or not asked.preposition:
        return (fronted, told)
    return (stranded, fronted, told)


def sentence(lead: Sequence[str], words: Sequence[str], usage: Usage, end: str = "?") -> str:
    """Words as one sentence: a capital at the front, one mark at the end."""
    body = joined(words)
    if lead:
        opening = joined(lowered(tuple(lead), usage.names))
        body = f"{opening}, {body}"
    return body[:1].upper() + body[1:] + end


def object_phrase(words: Words) -> tuple[Words, str]:  # noqa: PLR0911
    """The noun phrase at the front of `words`, and why it cannot be an answer ("" if it can)."""
    found: list[str] = []
    for at, word in enumerate(words):
        plain = bare(word)
        following = words[at + 1 :]
        if at and plain in lists.SUBORDINATORS:
            return _checked(found, _condition(plain) or _left_open(found))
        if at and plain in lists.COORDINATORS and opens_clause(following):
            return _checked(found, "")
        if word == "—":
            told = " ".join(bare(each) for each in following[:2])
            return _checked(found, "" if told in _EXPLAINS else "goes on after a dash")
        found.append(word)
        mark = stop_of(word)
        if mark and (mark != "." or not following):
            if mark != ",":
                return _checked(found, "")
            doing = bare(words[0]).endswith("ing") and any(
                bare(each).endswith("ing") for each in following[:4]
            )
            if not doing and _goes_on(following):
                return _checked(found, _condition(bare(following[0]) if following else ""))
            whole = _listed(words)
            return whole if whole is not None else (tuple(found), "part of a list")
    return _checked(found, "")


def condition_after(words: Words, answer: Words, fault: str) -> Words:
    """ "when ..." or "if ..." behind an answer: it belongs into the question. Else nothing."""
    rest = words[len(answer) :]
    if fault != "condition" or not rest or bare(rest[0]) not in {"when", "if", "unless", "until"}:
        return ()
    end = next((at for at, word in enumerate(rest) if stop_of(word) or word == "—"), len(rest) - 1)
    return rest[: end + 1] if 2 <= end <= _LONGEST_CONDITION else ()


_LONGEST_CONDITION = 14


def _left_open(found: Sequence[str]) -> str:
    """ "An attitude which ..." is no answer without what follows."""
    head = bare(found[-1])
    general = head in lists.BARE_HEADS | lists.NEVER_HEADS | {"attitude", "position", "manner"}
    return "condition" if general and not stop_of(found[-1]) else ""


def _condition(word: str) -> str:
    return "condition" if word in {"when", "if", "unless", "until", "than", "that", "as"} else ""


def _checked(found: Sequence[str], fault: str) -> tuple[Words, str]:
    found = _without_tail(tuple(found))
    if not found:
        return (), "no answer"
    if len(found) > LONGEST_ANSWER:
        return tuple(found), "long answer"
    return tuple(found), fault


_EXPLAINS = frozenset({"for example", "for instance", "that is", "the so-called"})
_LIMITS = frozenset("merely only chiefly especially particularly mainly principally".split())


def _without_tail(words: Words) -> Words:
    """A phrase up to "merely in degree", without a participle that lost what follows it."""
    for at, word in enumerate(words):
        if at > 1 and bare(word) in _LIMITS:
            words = words[:at]
            break
    while len(words) > 2 and bare(words[-1]).endswith("ed") and not stop_of(words[-1]):
        words = words[:-1]
    return words


def _goes_on(following: Sequence[str]) -> bool:  # noqa: PLR0911
    """After a comma: whether something other than the rest of a list follows."""
    if not following:
        return True
    first = bare(following[0])
    if first in lists.SUBORDINATORS:
        return True
    ahead = [bare(word) for word in following[:9]]
    if {"being", "having", "becoming"} & set(ahead) and first in lists.DETERMINERS:
        return True
    if first.endswith("ing"):
        return not any(stop_of(word) == "," for word in following[:2])
    second = bare(following[1]) if len(following) > 1 else ""
    third = bare(following[2]) if len(following) > 2 else ""
    if first == "and" and second in SINGULAR and third not in {"of", "and", "or", ""}:
        return True
    ellipsis = [bare(word) for word in following[1:8]]
    if (
        first == "and"
        and ellipsis[:1] in (["the"], ["a"])
        and any(word.endswith("ed") for word in ellipsis[2:])
    ):
        return True  # "..., and the bone investigated": the rest of another clause
    if first in lists.COORDINATORS:
        return opens_clause(following[1:]) and not any(
            stop_of(word) == "," for word in following[1:4]
        )
    return first in {
        "especially",
        "less",
        "more",
        "rarely",
        "seldom",
        "sometimes",
        "particularly",
        "usually",
        "generally",
        "even",
        "it",
        "they",
        "this",
        "in",
        "for",
        "to",
        "by",
        "with",
        "without",
        "at",
        "on",
    }


def _listed(words: Words) -> tuple[Words, str] | None:
    """A whole list ("a, b, and c") as one answer, where it ends with the clause or a comma."""
    joining = next(
        (
            at
            for at in range(2, len(words) - 1)
            if bare(words[at]) in {"and", "or"} and stop_of(words[at - 1]) == ","
        ),
        0,
    )
    last = next((at for at in range(joining + 1, len(words)) if stop_of(words[at])), 0)
    if joining and last and stop_of(words[last]) == ",":
        whole = words[: last + 1]
        clean = not any(
            bare(word) in lists.AUXILIARIES | lists.SUBORDINATORS | {"it", "they"}
            or bare(word).endswith("ing")
            for word in whole
        )
        following = bare(words[last + 1]) if last + 1 < len(words) else ""
        ends = following in lists.SUBORDINATORS | {"but", "and", "it", "they", "the", "while"}
        if (
            clean
            and ends
            and len(whole) <= LONGEST_LIST
            and last - joining <= _LONGEST_ITEM
            and not opens_clause(words[joining + 1 :])
        ):
            return whole, ""
    for at, word in enumerate(words):
        mark = stop_of(word)
        if bare(word) in lists.SUBORDINATORS or word == "—":
            return None
        if (mark and mark != ",") or at == len(words) - 1:
            whole = words[: at + 1]
            joined_by = [i for i, each in enumerate(whole) if bare(each) in {"and", "or"}]
            if (
                len(whole) <= LONGEST_LIST
                and joined_by
                and not any(bare(each) in lists.AUXILIARIES for each in whole)
                and not any(opens_clause(whole[place + 1 :]) for place in joined_by)
            ):
                return whole, ""
            return None
    return None


def full_sentence(clause: Clause, words: Sequence[str], usage: Usage) -> str:
    """The statement: lead, subject and what follows the subject, as one sentence."""
    subject = clause.subject if not clause.lead else lowered(clause.subject, usage.names)
    return sentence(clause.lead, (*subject, *clause.early, *words), usage, end=".")

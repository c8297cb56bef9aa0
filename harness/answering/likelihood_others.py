"""The right reply to a question, and the same with other values in its slot, none of them right."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import takewhile

from harness.answering.articles import with_article
from harness.records import Corpus, Question
from harness.text.languages import base, is_spaceless
from harness.text.matching import Run, find_run, spellings
from harness.text.normalize import word_run

PERTURBED = 5
"""Perturbed replies to a question, at most."""

_CLOSING = ".!?\u3002\uff01\uff1f"


def perturbed_replies(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """The gold reply with other values in its slot, at most five, none of them right.

    The question's own distractors, be they whole replies or values; else other values of its
    relation, drawn by the corpus's digest and the question's id. What the judge would accept is
    left out ("the Nile" for "Nile", "bees" for "bee"). Empty where there are none, or where the
    gold reply has no slot to put them into.
    """
    gold = gold_reply(question)
    frame = _frame(gold, question, corpus.language)
    right = _Right(question, corpus.language)
    found: dict[str, None] = {}
    for given in question.distractors or _other_values(question, corpus, right):
        value = _value_in(given, gold, frame)
        if value is not None:
            reply = _filled(value, frame, corpus.language)
            refused = right.holds(value)
        elif _is_whole(given, gold, frame):
            reply = given
            refused = right.is_said_by(given, frame)
        else:
            continue
        if not refused and reply != gold:
            found[reply] = None
    return tuple(found)[:PERTURBED]


def gold_reply(question: Question) -> str:
    """What a model is trained to say: the full answer, else the first accepted one."""
    return question.full_answer or question.answers[0]


def _frame(gold: str, question: Question, language: str) -> tuple[str, str] | None:
    """What stands before and after the value in the gold reply; None where no answer is in it."""
    for answer in question.answers:
        pattern = re.escape(answer)
        if not is_spaceless(language):
            pattern = rf"(?<!\w){pattern}(?!\w)"
        places = list(re.finditer(pattern, gold))
        if places:  # a name in front may hold the value too; what is said comes last
            return gold[: places[-1].start()], gold[places[-1].end() :]
    return None


def _value_in(given: str, gold: str, frame: tuple[str, str] | None) -> str | None:
    """The value that a distractor puts into the slot; None where it is a reply of its own."""
    if not _is_whole(given, gold, frame):
        return None if frame is None else given
    if frame is None or not any(frame):
        return None
    before, after = frame
    between = len(before) < len(given) - len(after)
    if between and given.startswith(before) and given.endswith(after):
        return given[len(before) : len(given) - len(after)]
    return None


def _filled(value: str, frame: tuple[str, str] | None, language: str) -> str:
    before, after = frame or ("", "")
    if base(language) == "en":
        before = with_article(before, value)
    return before + value + after


class _Right:
    """What the judge takes for an accepted answer, wherever it stands (`scoring.world.Target`)."""

    def __init__(self, question: Question, language: str) -> None:
        self.language = language
        self.literal = frozenset(answer.casefold() for answer in question.answers)
        self.runs = tuple(run for each in question.answers for run in spellings(each, language))

    def holds(self, value: str) -> bool:
        """Whether a value is or contains an accepted answer or its plural."""
        return value.casefold() in self.literal or self._among(word_run(value, self.language))

    def is_said_by(self, reply: str, frame: tuple[str, str] | None) -> bool:
        """Whether a whole reply is an accepted answer, or has one in the slot of the gold reply.

        One that is worded otherwise is taken at its author's word: the names in it may be answers
        too ("Wren was older than Ilda."). Without a slot nothing but the answer can be meant.
        """
        said = word_run(reply, self.language)
        if reply.casefold() in self.literal or said in self.runs:
            return True
        before, after = (word_run(part, self.language) for part in frame or ("", ""))
        end = len(said) - len(after)
        if said[: len(before)] != before or said[max(end, 0) :] != after:
            return False
        return self._among(said[len(before) : end])

    def _among(self, words: Run) -> bool:
        return any(next(find_run(words, run), None) is not None for run in self.runs)


def _is_whole(distractor: str, gold: str, frame: tuple[str, str] | None) -> bool:
    """Whether a distractor is a reply and no mere value.

    It is one if it closes as the gold reply closes behind its slot, or if it shares half of what
    surrounds the slot.
    """
    closing = gold[-1:] if frame is None else frame[1].strip()[-1:]
    if closing in tuple(_CLOSING) and distractor.endswith(closing):
        return True
    if frame is None:
        return False
    before, after = frame
    shared = _shared(before, distractor)
    shared += _shared(after[::-1], distractor[shared:][::-1])
    return 0 < len(before + after) <= 2 * shared


def _shared(one: str, other: str) -> int:
    """Characters that both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _other_values(question: Question, corpus: Corpus, right: _Right) -> tuple[str, ...]:
    """Other values of the relation: the question's own, else the corpus's, else other answers."""
    values: Sequence[str] = question.values
    if not values and question.relation is not None:
        values = corpus.values.get(question.relation) or [
            each.answers[0]
            for each in corpus.questions
            if each.relation == question.relation and each.answers
        ]
    others = [value for value in dict.fromkeys(values) if not right.holds(value)]
    rng = random.Random(f"{corpus.digest} {question.id} perturbed")
    return tuple(rng.sample(others, min(PERTURBED, len(others))))

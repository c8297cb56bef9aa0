"""What is read off: known replies to asked questions, the same with other values, neutral passages.

A reply is rendered as training renders it: tagged where the prompt settings say so,
closed by the end of the turn, and tokenized apart from its prompt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from harness.answering.plan import asked
from harness.answering.prompts import PLAIN
from harness.answering.session import Session
from harness.corpora import controls
from harness.records import Corpus, Question
from harness.scoring.divergence import NEUTRAL
from harness.storage.fingerprints import digest
from harness.text.languages import is_spaceless
from harness.text.tags import tagged

PERTURBED = 5
"""Perturbed replies to a question, at most."""
MOST_TOKENS = 4096
"""Tokens of a batch, what its sequences share counted every time."""
MOST_LOGITS = 1 << 26
"""Numbers of a batch's output, 256 MiB in 32 bit."""

_CLOSING = ".!?\u3002\uff01\uff1f"
_A_OR_AN = re.compile(r"(?<!\w)(a|an) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A prompt and what is known to follow it, as token ids."""

    id: str
    prompt: tuple[int, ...]
    gold: tuple[int, ...]
    perturbed: tuple[tuple[int, ...], ...] = ()

    @property
    def replies(self) -> tuple[tuple[int, ...], ...]:
        """The gold reply, then the perturbed ones."""
        return (self.gold, *self.perturbed)

    @property
    def predicted(self) -> int:
        """Tokens that are predicted."""
        return sum(map(len, self.replies))

    @property
    def tokens(self) -> int:
        """Tokens of all its sequences."""
        return self.predicted + len(self.prompt) * len(self.replies)


def make_batches(session: Session, vocabulary: int) -> list[tuple[Item, ...]]:
    """Everything that is read off, in batches: questions by length, then passages."""
    return [*_cut(_questions(session), vocabulary), *_cut(_passages(session), vocabulary)]


def key(batches: Sequence[Sequence[Item]]) -> str:
    """SHA-256 (hex) over prompts and gold tokens, batch by batch: what two levels must share."""
    return digest([[[item.id, item.prompt, item.gold] for item in batch] for batch in batches])


def perturbed_replies(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """The gold reply with other values in its slot, at most five, none of them right.

    The question's own distractors, be they whole replies or values; else other values of its
    relation, drawn by the corpus's digest and the question's id. Empty where there are none, or
    where the gold reply has no slot to put them into.
    """
    gold = gold_reply(question)
    frame = _frame(gold, question, corpus.language)
    right = {answer.casefold() for answer in question.answers}
    given = question.distractors or _other_values(question, corpus)
    made = [_reply(value, gold, frame) for value in given if value.casefold() not in right]
    different = dict.fromkeys(reply for reply in made if reply and reply != gold)
    return tuple(different)[:PERTURBED]


def gold_reply(question: Question) -> str:
    """What a model is trained to say: the full answer, else the first accepted one."""
    return question.full_answer or question.answers[0]


def _questions(session: Session) -> list[Item]:
    corpus, variant = session.corpus, session.job.variant

    def encode(reply: str) -> tuple[int, ...]:
        if variant.prompt.source_tag in ("answer", "both"):
            reply = tagged(reply, corpus.source_tag)
        return tuple(session.chat.encode(session.loaded.chat.reply(reply)))

    return [
        Item(
            id=question.id,
            prompt=session.prompt_ids(question.question, PLAIN[0]),
            gold=encode(gold_reply(question)),
            perturbed=tuple(map(encode, perturbed_replies(question, corpus))),
        )
        for question in asked(corpus, variant)
        if question.answers and not question.must_abstain
    ]


def _passages(session: Session) -> list[Item]:
    """Passages as running text. Their first token has nothing before it and is not predicted."""
    found = []
    for number, passage in enumerate(controls.passages(session.corpus.language), start=1):
        ids = tuple(session.chat.encode(session.chat.passage(passage)))
        found.append(Item(id=f"{NEUTRAL}{number}", prompt=ids[:1], gold=ids[1:]))
    return found


def _cut(items: Sequence[Item], vocabulary: int) -> Iterator[tuple[Item, ...]]:
    """Batches in the order of the items, none above either limit unless one item is."""
    held: list[Item] = []
    for item in items:
        more = [*held, item]
        tokens = sum(each.tokens for each in more)
        predicted = sum(each.predicted for each in more)
        if held and (tokens > MOST_TOKENS or predicted * vocabulary > MOST_LOGITS):
            yield tuple(held)
            more = [item]
        held = more
    if held:
        yield tuple(held)


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


def _reply(value: str, gold: str, frame: tuple[str, str] | None) -> str | None:
    """A distractor as a whole reply: as it is, or put into the slot; None without a slot."""
    if _is_whole(value, gold, frame):
        return value
    if frame is None:
        return None
    before, after = frame
    return _with_article(before, value) + value + after


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


def _with_article(before: str, value: str) -> str:
    """`before` with the article that the value takes: a wrong one would give the value away."""
    found = _A_OR_AN.search(before)
    if found is None or not value:
        return before
    article = found[1][0] + ("n" if value[0].lower() in "aeiou" else "")
    return f"{before[: found.start()]}{article} "


def _other_values(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """Other values of the relation: the question's own, else the corpus's, else other answers."""
    values: Sequence[str] = question.values
    if not values and question.relation is not None:
        values = corpus.values.get(question.relation) or [
            each.answers[0]
            for each in corpus.questions
            if each.relation == question.relation and each.answers
        ]
    right = {answer.casefold() for answer in question.answers}
    others = [value for value in dict.fromkeys(values) if value.casefold() not in right]
    rng = random.Random(f"{corpus.digest} {question.id} perturbed")
    return tuple(rng.sample(others, min(PERTURBED, len(others))))

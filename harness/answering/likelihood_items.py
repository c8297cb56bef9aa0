"""What is read off: known replies to asked questions, the same with other values, neutral passages.

A reply is rendered as training renders it: tagged where the prompt settings say so,
closed by the end of the turn, and tokenized apart from its prompt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.answering.likelihood_others import gold_reply, perturbed_replies
from harness.answering.plan import asked
from harness.answering.prompts import PLAIN
from harness.answering.session import Session
from harness.corpora import controls
from harness.scoring.divergence import NEUTRAL
from harness.storage.fingerprints import digest
from harness.text.tags import tagged

MOST_TOKENS = 4096
"""Tokens of a batch, what its sequences share counted every time."""
MOST_LOGITS = 1 << 26
"""Numbers of a batch's output, 256 MiB in 32 bit."""


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

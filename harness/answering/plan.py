"""The batch plan: what is asked, in which batches, decided once and stored. Torch-free.

Which rows share a batch can change rounding and so, below float32, an answer. The plan is
therefore part of what was asked: it enters the fingerprint, and a resumed run follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TypeVar

from harness.answering.prompts import forms
from harness.corpora.asked import askable
from harness.errors import UserError
from harness.records import Corpus, Question, Variant

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One reply to be made: a question's id, a form's name, and the draw (0: greedy)."""

    question: str
    form: str
    draw: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Batches in the order in which they are answered and written."""

    batches: tuple[tuple[Item, ...], ...]

    @property
    def items(self) -> int:
        """How many replies the plan asks for."""
        return sum(len(batch) for batch in self.batches)


def make_plan(corpus: Corpus, variant: Variant) -> Plan:
    """Every asked question in every form, greedy first, then the sampled draws.

    Within a form, questions are sorted by characters, then id, so that rows of a batch are of
    about one length; a batch holds one form, so that its rows share the longest prefix.
    """
    ask = variant.ask
    if ask.batch_size < 1:
        raise UserError(f"ask.batch_size is {ask.batch_size}", "give 1 or more")
    if ask.draws and ask.temperature <= 0:
        raise UserError(
            "ask.draws needs a temperature above 0", "set ask.temperature, for example to 0.7"
        )
    questions = asked(corpus, variant)
    draws = range(1, ask.draws + 1)
    batches: list[tuple[Item, ...]] = []
    for form in forms(variant.prompt.forms):
        greedy = [Item(question=each.id, form=form.name, draw=0) for each in questions]
        sampled = [
            Item(question=each.id, form=form.name, draw=draw)
            for each in questions
            for draw in draws
        ]
        batches += even_batches(greedy, ask.batch_size) + even_batches(sampled, ask.batch_size)
    return Plan(batches=tuple(batches))


def asked(corpus: Corpus, variant: Variant) -> list[Question]:
    """The questions of the asked probes that are for asking, by characters, then id."""
    chosen = [
        question
        for question in askable(corpus, variant.ask.probes)
        if question.use in ("both", "test") and question.probe in variant.ask.probes
    ]
    return sorted(chosen, key=lambda question: (len(question.question), question.id))


def even_batches(items: Sequence[T], size: int) -> list[tuple[T, ...]]:
    """Cut into as few batches of at most `size` as possible, their sizes at most one apart.

    A small last batch would cost as many passes over the weights as a full one.
    """
    if not items:
        return []
    count = ceil(len(items) / size)
    edges = [len(items) * number // count for number in range(count + 1)]
    return [tuple(items[low:high]) for low, high in pairwise(edges)]

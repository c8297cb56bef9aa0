"""What is asked again, and in which batches: read off the stored plan and answers. Torch-free."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.answering.plan import Item, Plan, even_batches
from harness.errors import PhaseFailure
from harness.records import Corpus, Variant
from harness.scoring.material import PLAIN_FORM
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import read_appended
from harness.storage.runs import read_object
from harness.storage.whole import answers_missing

SAME_PLAN: tuple[str, ...] = ("process", "rerun")
"""The stored batches once more: in a new process, and then again in that same process."""
BATCHES: dict[str, int] = {"batch_1": 1, "batch_4": 4, "batch_16": 16}
DRAWN: tuple[str, ...] = ("sampled", "shipped")
WAYS: tuple[str, ...] = (*SAME_PLAN, *BATCHES, *DRAWN)
"""Every way of asking again, in the order in which they are done whatever the suite's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One batch of one way: asked together, and what is kept of it written together."""

    how: str
    number: int
    """Of the batch within its way; where the plan is that of the answers, its number there."""
    items: tuple[Item, ...]
    kept: tuple[Item, ...]
    """The items whose replies are recorded; the others only fill the batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What was asked and answered before."""

    plan: Plan
    form: str
    """The prompt form that is asked again."""
    ids: Mapping[str, tuple[int, ...]]
    """The greedy answer of every question in that form, as token ids."""


def read_stored(folder: VariantFolder, asked: str) -> Stored:
    """The plan and the greedy answers in its plain form (else in its first form by name).

    Raises PhaseFailure where answers under the fingerprint `asked` are missing.
    """
    lost = answers_missing(folder, asked)
    if lost is not None:
        raise PhaseFailure(f"there are no whole answers to compare with: {lost}")
    plan = Plan(
        batches=tuple(
            tuple(Item(**item) for item in batch) for batch in read_object(folder.plan)["batches"]
        )
    )
    forms = {item.form for batch in plan.batches for item in batch if item.draw == 0}
    form = PLAIN_FORM if PLAIN_FORM in forms or not forms else min(forms)
    lines = [line for line in read_appended(folder.answers) if line["asked"] == asked]
    return Stored(
        plan=plan,
        form=form,
        ids={
            str(line["question"]): tuple(line["ids"])
            for line in lines
            if line["form"] == form and line["draw"] == 0
        },
    )


def chosen(stored: Stored, corpus: Corpus, variant: Variant) -> frozenset[str]:
    """The questions that are asked again: all that are scored, or `repeat_sample` of them.

    The sample is drawn by the variant's seed from the ids in order, so that variants of one seed
    are asked the same questions again.
    """
    aside = {question.id for question in corpus.questions if question.aside}
    every = sorted(
        item.question
        for batch in stored.plan.batches
        for item in batch
        if item.draw == 0 and item.form == stored.form and item.question not in aside
    )
    wanted = variant.ask.repeat_sample
    if wanted is None or wanted >= len(every):
        return frozenset(every)
    return frozenset(random.Random(f"{variant.seed}|repeat").sample(every, wanted))


def units(
    stored: Stored, questions: frozenset[str], variant: Variant, drawn: Mapping[str, bool]
) -> list[Unit]:
    """Every batch of every way that the variant asks for, in the order in which they are asked.

    `rerun` needs a first pass in its own process and brings `process` with it. `drawn` says of
    "sampled" and "shipped" whether several replies are asked for; one that is not asks the stored
    batches once more. Of a sample, all batches of the plan that hold a chosen question are asked
    whole, so that nobody's neighbours change, and only chosen ones are kept.
    """
    ways = {*variant.ask.repeats, *(("process",) if "rerun" in variant.ask.repeats else ())}
    greedy = [
        (number, batch)
        for number, batch in enumerate(stored.plan.batches)
        if batch[0].draw == 0 and batch[0].form == stored.form
    ]
    items = [item for _, batch in greedy for item in batch if item.question in questions]
    found: list[Unit] = []
    for how in WAYS:
        if how not in ways:
            continue
        if how in BATCHES:
            found += _cut(how, items, BATCHES[how])
        elif drawn.get(how):
            draws = range(1, variant.ask.repeat_draws + 1)
            several = [
                Item(question=item.question, form=item.form, draw=draw)
                for item in items
                for draw in draws
            ]
            found += _cut(how, several, variant.ask.batch_size)
        else:
            found += _again(how, greedy, questions)
    return found


def _again(
    how: str, batches: Sequence[tuple[int, tuple[Item, ...]]], questions: frozenset[str]
) -> list[Unit]:
    """The stored batches, those without a chosen question left out."""
    made = []
    for number, batch in batches:
        kept = tuple(item for item in batch if item.question in questions)
        if kept:
            made.append(Unit(how=how, number=number, items=batch, kept=kept))
    return made


def _cut(how: str, items: Sequence[Item], size: int) -> list[Unit]:
    """New batches of at most `size`, all of it kept."""
    return [
        Unit(how=how, number=number, items=batch, kept=batch)
        for number, batch in enumerate(even_batches(items, size))
    ]


def whole_units(lines: Sequence[Mapping[str, Any]], planned: Sequence[Unit], asked: str) -> int:
    """How many first units are there whole, in order and under the fingerprint `asked`.

    The last unit is never among them: a model is verified after its last forward, and one that has
    made none proves nothing. Nor are the passes that `rerun` compares unless both are there to the
    end: the second is held against the first of its own process.
    """
    whole, at = 0, 0
    for unit in planned[:-1]:
        written = lines[at : at + len(unit.kept)]
        if [_key(line, asked) for line in written] != [_named(unit, item) for item in unit.kept]:
            break
        whole, at = whole + 1, at + len(unit.kept)
    if any(unit.how == "rerun" for unit in planned[whole:]):
        return 0
    return whole


def _key(line: Mapping[str, Any], asked: str) -> tuple[Any, ...] | None:
    answer = line.get("answer") or {}
    if answer.get("asked") != asked:
        return None
    return (line.get("how"), *(answer.get(name) for name in ("batch", "question", "draw")))


def _named(unit: Unit, item: Item) -> tuple[Any, ...]:
    return (unit.how, unit.number, item.question, item.draw)

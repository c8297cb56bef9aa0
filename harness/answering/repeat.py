"""The repeat phase: the same questions once more in a fresh process, one way after the other.

Greedy ways are held against the stored answers token by token. How far apart two choices were is
read off the very pass that chose differently: up to there it has read the stored reply.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.answering.engine import Request, Stopping, generate
from harness.answering.plan import Item
from harness.answering.recorded import keep_lines, whole_lines
from harness.answering.repeat_plan import Stored, Unit, chosen, read_stored, units, whole_units
from harness.answering.sampling import Decoding, shipped
from harness.answering.session import Session, open_session, prefixes, prompts_of_forms
from harness.corpora import folder as corpora
from harness.errors import PhaseFailure
from harness.records import PhaseJob, Progress, Repeated, Resources
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import Appender

GREEDY = Decoding(sample=False)
SAMPLED = Decoding(temperature=1.0)
"""The model's whole distribution as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """All that stays the same from batch to batch."""

    session: Session
    stored: Stored
    prompts: Mapping[Item, tuple[int, ...]]
    prefix: int
    decodings: Mapping[str, Decoding]
    """Of the ways that are not plainly greedy."""
    shipped: str
    """What the model's own settings ask for, in words."""


def run(job: PhaseJob, progress: Progress) -> Resources:
    """Ask again in every way of `ask.repeats`; appends to repeats.jsonl, returns the time it took.

    What is there already in whole batches is kept, the last batch and an unfinished `rerun` apart.
    Raises PhaseFailure where the answers are missing or the model is not what the variant says, in
    the latter case without leaving a repeat behind.
    """
    folder = VariantFolder(job.folder)
    stored = read_stored(folder, job.asked)
    corpus = corpora.read(job.corpus)
    questions = chosen(stored, corpus, job.variant)
    progress(0, len(questions), "loading the model")
    asking = _prepare(open_session(job, corpus), stored)
    drawn = {how: not decoding.plain for how, decoding in asking.decodings.items()}
    planned = units(stored, questions, job.variant, drawn)
    whole = _keep(folder, planned, job.asked)
    started = time.monotonic()
    _ask(asking, planned, whole, folder, progress)
    try:
        asking.session.loaded.verify()
    except PhaseFailure:
        folder.repeats.unlink(missing_ok=True)
        raise
    measured: Resources = {} if whole else {"time.repeat_s": round(time.monotonic() - started, 3)}
    if "shipped" in job.variant.ask.repeats:
        measured["decoding.shipped"] = asking.shipped
    return measured


def _prepare(session: Session, stored: Stored) -> _Asking:
    """Prompts and decodings; says what the model ships where that is asked for."""
    own, line = shipped(session.loaded.model.generation_config)
    if "shipped" in session.job.variant.ask.repeats:
        print(f"shipped: {line}")
    same_form = [
        item for batch in stored.plan.batches for item in batch if item.form == stored.form
    ]
    prompts = prompts_of_forms(session, same_form)
    return _Asking(
        session=session,
        stored=stored,
        prompts=prompts,
        prefix=prefixes(prompts).get(stored.form, 0),
        decodings={"sampled": SAMPLED, "shipped": own},
        shipped=line,
    )


def _keep(folder: VariantFolder, planned: Sequence[Unit], asked: str) -> int:
    """Cut the file back to the units that need not be asked again; returns how many there are."""
    lines = whole_lines(folder.repeats)
    whole = whole_units(lines, planned, asked)
    kept = sum(len(unit.kept) for unit in planned[:whole])
    if kept < len(lines):
        print(f"{folder.repeats.name}: dropped {len(lines) - kept} replies that are asked again")
        keep_lines(folder.repeats, kept)
    return whole


def _ask(
    asking: _Asking,
    planned: Sequence[Unit],
    whole: int,
    folder: VariantFolder,
    progress: Progress,
) -> None:
    """Ask unit by unit, each written at once; the first `whole` are there already."""
    total = sum(len(unit.items) for unit in planned)
    done = sum(len(unit.items) for unit in planned[:whole])
    with Appender(folder.repeats) as appender:
        for unit in planned[whole:]:
            progress(done, total, f"asking again: {unit.how}")
            appender.append(_replies(asking, unit))
            done += len(unit.items)
    progress(total, total, "asked again")


def _replies(asking: _Asking, unit: Unit) -> list[Repeated]:
    """Ask one batch; the kept replies in the order of its items."""
    session = asking.session
    decoding = asking.decodings.get(unit.how, GREEDY)
    prompts = [_prompt(asking, item) for item in unit.items]
    stopping = Stopping(
        max_new_tokens=session.job.variant.ask.max_new_tokens, stop_ids=session.chat.stop_ids
    )
    requests = [
        Request(
            ids=prompt,
            seed=_seed(session.job.variant.seed, unit.how, item),
            decoding=decoding,
            before=asking.stored.ids[item.question] if decoding.plain else None,
        )
        for item, prompt in zip(unit.items, prompts, strict=True)
    ]
    replies = generate(session.decoder, requests, stopping, session.chat.decode, asking.prefix)
    kept = frozenset(unit.kept)
    return [
        Repeated(
            how=unit.how,
            answer=session.record(item, reply, prompt, unit.number),
            differs_at=reply.differs_at,
            gap=reply.gap,
            decoding=asking.shipped if unit.how == "shipped" else "",
        )
        for item, prompt, reply in zip(unit.items, prompts, replies, strict=True)
        if item in kept
    ]


def _prompt(asking: _Asking, item: Item) -> tuple[int, ...]:
    """The draws of a question share the prompt of its greedy answer."""
    return asking.prompts[Item(question=item.question, form=item.form, draw=0)]


def _seed(seed: int, how: str, item: Item) -> int:
    """A draw's own seed: of the variant's, the way and the item, and of nothing else."""
    name = f"{seed}|{how}|{item.question}|{item.form}|{item.draw}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")

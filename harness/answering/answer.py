"""The answer phase: ask a variant everything its plan holds, and append every reply."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from harness.answering import answers_by_model, reproduction, trivial
from harness.answering.engine import common_prefix
from harness.answering.plan import Item, Plan, even_batches, make_plan
from harness.answering.recorded import keep_whole_batches
from harness.answering.session import Session, open_session, prefixes, prompts_of_forms
from harness.corpora import folder as corpora
from harness.errors import PhaseFailure
from harness.records import PhaseJob, Progress, Resources
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import Appender, write_json, write_jsonl
from harness.storage.superseded import set_answers_aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows that are answered and written together."""

    items: tuple[Item, ...]
    prompts: tuple[tuple[int, ...], ...]
    prefix: int
    max_new_tokens: int


def run(job: PhaseJob, progress: Progress) -> Resources:
    """Answer what is not answered yet; returns load and answer times, weights and adapter sizes.

    Batches follow the stored plan, continuations of the text come last. Raises PhaseFailure where
    the model is not what the variant says, before the first answer or after the last; then all
    answers are set aside, as nobody knows which of them another model gave.
    """
    if not answers_by_model(job.variant.answerer):
        return trivial.run(job, progress)
    corpus = corpora.read(job.corpus)
    plan = make_plan(corpus, job.variant)
    folder = VariantFolder(job.folder)
    progress(0, plan.items, "loading the model")
    session = open_session(job, corpus)
    write_json(folder.plan, asdict(plan))
    batches = _question_batches(session, plan) + _continuation_batches(session, folder)
    total = sum(len(batch.items) for batch in batches)
    whole = keep_whole_batches(folder.answers, [len(batch.items) for batch in batches], job.asked)
    seconds = _answer(session, batches, whole, folder.answers, progress)
    try:
        session.loaded.verify()
    except PhaseFailure:
        set_answers_aside(folder, job.asked)
        raise
    resources = dict(session.resources)
    answered = sum(len(batch.items) for batch in batches[whole : len(plan.batches)])
    if whole == 0 and plan.items:
        resources["time.answer_s"] = round(seconds.all, 3)
        resources["throughput.answers_per_s"] = round(answered / seconds.questions, 3)
    progress(total, total, "answered")
    return resources


@dataclass(frozen=True, slots=True)
class _Seconds:
    """Time spent on questions, and on questions and continuations together."""

    questions: float
    all: float


def _answer(
    session: Session, batches: Sequence[Batch], whole: int, path: Path, progress: Progress
) -> _Seconds:
    """Answer batch by batch, each written at once; the first `whole` are there already."""
    total = sum(len(batch.items) for batch in batches)
    done = sum(len(batch.items) for batch in batches[:whole])
    started = time.monotonic()
    questions = 0.0
    with Appender(path) as appender:
        for number, batch in enumerate(batches):
            if number < whole:
                continue
            progress(done, total, "answering")
            appender.append(
                session.answer(
                    batch.items,
                    batch.prompts,
                    batch=number,
                    prefix=batch.prefix,
                    max_new_tokens=batch.max_new_tokens,
                )
            )
            done += len(batch.items)
            if batch.items[0].form != reproduction.FORM:
                questions = time.monotonic() - started
    return _Seconds(questions, time.monotonic() - started)


def _question_batches(session: Session, plan: Plan) -> list[Batch]:
    """The plan's batches with their prompts."""
    prompts = prompts_of_forms(session, [item for batch in plan.batches for item in batch])
    shared = prefixes(prompts)
    return [
        Batch(
            items=batch,
            prompts=tuple(prompts[item] for item in batch),
            prefix=shared[batch[0].form],
            max_new_tokens=session.job.variant.ask.max_new_tokens,
        )
        for batch in plan.batches
    ]


def _continuation_batches(session: Session, folder: VariantFolder) -> list[Batch]:
    """Windows of the text to be continued; what should follow is stored beside the answers."""
    variant = session.job.variant
    if not variant.ask.reproduction or variant.answerer != "model":
        return []
    windows = reproduction.windows(session.corpus, session.chat)
    write_jsonl(
        folder.path / reproduction.FILE,
        [{"question": each.question, "expected": each.expected} for each in windows],
    )
    return [
        Batch(
            items=tuple(
                Item(question=each.question, form=reproduction.FORM, draw=0) for each in batch
            ),
            prompts=tuple(each.prompt for each in batch),
            prefix=common_prefix([each.prompt for each in windows]),
            max_new_tokens=reproduction.WINDOW,
        )
        for batch in even_batches(windows, variant.ask.batch_size)
    ]

"""The phase `likelihood`: what a variant gives known replies and neutral text, token by token.

Nothing is generated. The reference level keeps its distributions, other levels are compared with
them at the same tokens.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

import torch
from torch import Tensor

from harness.answering.likelihood_distributions import Keeper, Reference, Unusable
from harness.answering.likelihood_forward import Known, Predicted, Reader
from harness.answering.likelihood_items import Item, key, make_batches
from harness.answering.recorded import keep_lines, whole_lines
from harness.answering.session import Session, open_session
from harness.corpora import folder as corpora
from harness.errors import PhaseFailure
from harness.records import Likelihood, PhaseJob, Progress, Resources
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import Appender
from harness.storage.made import held_against, hold_against, reading

_LOGPROB_DIGITS, _KL_DIGITS = 6, 9
Batches = Sequence[Sequence[Item]]
Verify = Callable[[], None]
Compared = tuple[list[float], list[bool]]
"""Divergence from the reference, and whether the most probable token agrees, a position."""


def run(job: PhaseJob, progress: Progress) -> Resources:
    """Read off what is not read off yet; returns the seconds that it took where it was all.

    Raises PhaseFailure where the model is not what the variant says, before the first forward or
    after the last (what was read off is then dropped), where a probability is no number, and where
    the reference level's distributions are of other tokens.
    """
    progress(0, 1, "loading the model")
    session = open_session(job, corpora.read(job.corpus))
    model = session.loaded.model
    batches = make_batches(session, model.get_output_embeddings().weight.shape[0])
    reader = Reader(model, session.chat.pad_id, _sequences(batches[0]) if batches else ())
    print(f"batches: {f'padded, as {why}' if (why := reader.padded_because) else 'packed'}")
    started = time.monotonic()
    verify = partial(_verify, session, VariantFolder(job.folder).likelihood)
    whole = (_keep if job.reference is None else _compare)(job, reader, batches, progress, verify)
    seconds = time.monotonic() - started
    total = sum(map(len, batches))
    progress(total, total, "probabilities read off")
    return {} if whole else {"time.likelihood_s": round(seconds, 3)}


def _verify(session: Session, lines: Path) -> None:
    """Raise PhaseFailure where the model is no longer what the variant says; its lines go then.

    Nobody knows which of them another model gave.
    """
    try:
        session.loaded.verify()
    except PhaseFailure:
        lines.unlink(missing_ok=True)
        raise


def _keep(
    job: PhaseJob, reader: Reader, batches: Batches, progress: Progress, verify: Verify
) -> int:
    """The reference level: keep distributions; returns how many batches were there already."""
    folder = VariantFolder(job.folder)
    counts = [sum(len(item.gold) for item in batch) for batch in batches]
    ends = [0, *accumulate(counts)]
    keeper = Keeper(folder.distributions, reader.vocabulary)
    # A batch's distributions are written before its lines, so they are there unless they were lost.
    there = sum(end <= keeper.positions() for end in ends[1:])
    whole = keep_whole(folder.likelihood, batches, job.asked, there)
    keeper.go_on_from(ends[whole])

    def keep(number: int, logits: Tensor) -> Compared:
        keeper.add(logits)
        return _nothing(number, logits)

    _read(job, reader, batches, whole, keep, progress)
    verify()  # before levels can find the file
    keeper.finish(key(batches), counts)
    return whole


def _compare(
    job: PhaseJob, reader: Reader, batches: Batches, progress: Progress, verify: Verify
) -> int:
    """Another level: compare with the reference; returns how many batches were there already.

    Where the reference left nothing to compare with, all is read without it. Lines that rest on
    another reading of the reference, or on none, are not gone on with.
    """
    assert job.reference is not None
    folder, other = VariantFolder(job.folder), VariantFolder(job.reference)
    reference = _reference(other, key(batches), reader.vocabulary)
    which = "" if reference is None else reading(other)
    if held_against(folder) != which:
        folder.likelihood.unlink(missing_ok=True)
        hold_against(folder, which)
    whole = keep_whole(folder.likelihood, batches, job.asked, len(batches))
    compare = _nothing if reference is None else reference.compare
    _read(job, reader, batches, whole, compare, progress)
    if reference is not None:
        reference.close()
    verify()
    return whole


def _reference(folder: VariantFolder, expected: str, vocabulary: int) -> Reference | None:
    """The reference's distributions; None, and why in the log, where they cannot be used."""
    try:
        found = Reference(folder.distributions, expected, vocabulary)
        if reading(folder):
            return found
        found.close()
        raise Unusable(f"the reference level left no {folder.likelihood.name}")
    except Unusable as why:
        name = folder.path.name.partition("--")[0]
        print(
            f"no divergence from {name}: {why}. `closedbook run` with the same suite and folder,"
            f" without --only, reads {name} and adds it (--only {name} --fresh first, if it stays)"
        )
        return None


def _nothing(number: int, logits: Tensor) -> Compared:
    """What is kept of a batch that is compared with nothing."""
    return [], []


def _read(
    job: PhaseJob,
    reader: Reader,
    batches: Batches,
    whole: int,
    compare: Callable[[int, Tensor], Compared],
    progress: Progress,
) -> None:
    """Read batch by batch, each written at once; the first `whole` are there already."""
    total = sum(map(len, batches))
    done = sum(map(len, batches[:whole]))
    with Appender(VariantFolder(job.folder).likelihood) as appender:
        for number, batch in enumerate(batches):
            if number < whole:
                continue
            progress(done, total, "reading probabilities")
            predicted = reader(_sequences(batch))
            appender.append(_records(job.asked, batch, predicted, number, compare))
            done += len(batch)


def _sequences(batch: Sequence[Item]) -> list[Known]:
    """Each item's gold reply, followed by its perturbed ones."""
    return [Known(prompt=item.prompt, reply=reply) for item in batch for reply in item.replies]


def _records(
    asked: str,
    batch: Sequence[Item],
    predicted: Predicted,
    number: int,
    compare: Callable[[int, Tensor], Compared],
) -> list[Likelihood]:
    first = [0, *accumulate(len(item.replies) for item in batch)]
    gold_rows = torch.cat([predicted.rows[at] for at in first[:-1]])
    found = []
    for item, at in zip(batch, first, strict=False):
        gold, *perturbed = predicted.logprobs[at : at + len(item.replies)]
        if not all(map(math.isfinite, gold)):
            raise PhaseFailure(f"the model gives {item.id} a probability that is no number")
        found.append((item.id, gold, perturbed))
    kl, top1 = compare(number, predicted.logits[gold_rows])
    records, start = [], 0
    for name, gold, perturbed in found:
        end = start + len(gold)
        records.append(
            Likelihood(
                asked=asked,
                item=name,
                logprobs=tuple(round(each, _LOGPROB_DIGITS) for each in gold),
                perturbed=tuple((round(sum(one), _LOGPROB_DIGITS), len(one)) for one in perturbed),
                kl=tuple(round(each, _KL_DIGITS) for each in kl[start:end]),
                top1=tuple(top1[start:end]),
            )
        )
        start = end
    return records


def keep_whole(path: Path, batches: Batches, asked: str, at_most: int) -> int:
    """Cut the file back to the batches that need not be read again; returns how many there are.

    No more than `at_most`. A torn last line and lines of an unfinished batch are dropped, and so is
    the last batch, whole or not: the model is verified after the last forward, and one that has
    made none proves nothing. Raises PhaseFailure where the lines are not of these batches.
    """
    records = whole_lines(path)
    if any(record.get("asked") != asked for record in records):
        raise PhaseFailure(f"{path.name} belongs to something else; run again with --fresh")
    planned = [item.id for batch in batches for item in batch]
    if [record.get("item") for record in records] != planned[: len(records)]:
        raise PhaseFailure(f"{path.name} is not in the order of its batches; run with --fresh")
    ends = list(accumulate(map(len, batches)))
    whole = min(sum(end <= len(records) for end in ends), at_most, max(0, len(batches) - 1))
    kept = ends[whole - 1] if whole else 0
    if kept < len(records):
        print(f"{path.name}: dropped {len(records) - kept} lines that are read again")
        keep_lines(path, kept)
    return whole

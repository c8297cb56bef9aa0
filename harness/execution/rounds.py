"""Measuring in rounds: each has every variant once, in an order of its own, references first.

A neighbour on the machine, or its warming up, then touches all variants of a round alike, and what
is left of it in their ratio to the reference of the same round is small.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import replace

from harness.execution.planning import PlannedVariant
from harness.execution.settling import finished
from harness.execution.tasks import Task
from harness.records import PhaseJob
from harness.storage.fingerprints import digest
from harness.storage.jsonl import plain
from harness.storage.rounds import Reference, Round, read_rounds, stands_alone


def measuring_rounds(
    chosen: Sequence[PlannedVariant],
    variants: Sequence[PlannedVariant],
    tasks: Sequence[Task],
    *,
    seed: str,
    environment: str,
) -> list[Task]:
    """What is still to be measured of the `chosen` ones, round by round.

    `tasks` holds the phase `measure` of each of `variants` that is measured at all, `environment`
    the digest that rounds must have been made in to count. References are measured again in every
    round in which another variant is still missing.
    """
    ready = {task.variant: task for task in tasks}
    measured = [each for each in variants if each.name in ready]
    references = reference_variants(measured)
    against = tuple(
        Reference(name=name, folder=ready[name].job.folder, how=_how(ready[name].job))
        for name in references
    )
    sitting = uuid.uuid4().hex
    among = {each.name for each in chosen}
    lacking = {
        each.name: _lacking(each, environment) if each.name in among else frozenset()
        for each in measured
    }
    found: list[Task] = []
    for number in range(
        1, 1 + max((each.variant.measure.processes for each in measured), default=0)
    ):
        left = [name for name in sorted(lacking) if number in lacking[name]]
        for name in _order(left, references, f"{seed} {number}"):
            planned = ready[name].job.variant
            turn = Round(
                number=number,
                of=planned.measure.processes,
                sitting=sitting,
                fingerprint=ready[name].fingerprint,
                environment=environment,
                references=against,
            )
            found.append(replace(ready[name], round=turn, again=name not in left))
    return found


def reference_variants(measured: Sequence[PlannedVariant]) -> list[str]:
    """Names of the first variant that is measured and, where it is not trained, of the first whose
    training is: of every speed the first variant that has it."""
    covered: set[str] = set()
    found = []
    for each in measured:
        speeds = set(each.variant.measure.phases)
        if not each.variant.tuned:
            speeds.discard("train")
        if speeds - covered:
            found.append(each.name)
            covered |= speeds
    return found


def _order(left: Sequence[str], references: Sequence[str], seed: str) -> list[str]:
    """One round: as many references as those that are left need, then the others, shuffled."""
    others = [name for name in left if name not in references]
    random.Random(seed).shuffle(others)
    if others:
        return [*references, *others]
    last = max((references.index(name) for name in left), default=-1)
    return list(references[: last + 1])


def _lacking(planned: PlannedVariant, environment: str) -> frozenset[int]:
    """Numbers of the rounds that a variant still needs, those without their reference included."""
    wanted = range(1, planned.variant.measure.processes + 1)
    lines = read_rounds(planned.folder, planned.fingerprint("measure"), environment)
    alone = frozenset(number for number, line in lines.items() if stands_alone(line))
    if finished(planned, "measure"):
        return alone & frozenset(wanted)
    done = {number: line for number, line in lines.items() if number not in alone}
    # Stopped after its last line and before it was called done: the last round says so again.
    return frozenset(wanted) - done.keys() or frozenset({wanted[-1]})


def _how(job: PhaseJob) -> str:
    """Digest (12 letters) of what decides how fast a variant is, on a given machine and software:
    not what it learned, so another recipe or seed is the same."""
    variant = job.variant
    return digest(
        [
            *(job.model.weights_digest, job.model.tokenizer_digest),
            *(variant.quantization, variant.threads, variant.tuned),
            *((plain(variant.adapter), variant.training.batch_size) if variant.tuned else ()),
            *(variant.training.packing, variant.training.checkpointing),
            *(variant.training.optimizer, variant.training.gradient_accumulation),
            *(variant.ask.batch_size, variant.measure.repeats),
        ]
    )[:12]

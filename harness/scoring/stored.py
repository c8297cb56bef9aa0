"""One variant as its folder keeps it: settings, training examples, answers, how far it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.records import Answer, Likelihood, PhaseName, Repeated, Resources, StatusName
from harness.scoring.material import Continuation
from harness.storage.folders import RunFolder, VariantFolder
from harness.storage.jsonl import read_appended
from harness.storage.made import MADE, lost
from harness.storage.resources import read_resources
from harness.storage.runs import PLAN_NAME, read_object
from harness.storage.status import Status, read_status
from harness.storage.whole import (
    AGAIN,
    REPRODUCTION,
    REPRODUCTION_FILE,
    answers_missing,
    examples_missing,
)

RUN_AGAIN = "run the suite again: it writes this file anew"
_TABLES = ("model", "recipe", "adapter", "training", "prompt", "ask", "measure")
"""The settings of a variant that hold settings."""
_SCORED = frozenset(names[0] for names in MADE.values())
_ANSWER_FIELDS = frozenset(field.name for field in fields(Answer))


@dataclass(frozen=True)
class StoredVariant:
    """A variant's place in a run; its records are read when they are asked for."""

    name: str
    trained: str
    folder: VariantFolder
    config: Mapping[str, Any]
    """The settings of the variant: `asdict` of it."""
    asked: str | None
    """Fingerprint of what was asked; answers under another one are not its own."""
    status: Status

    @property
    def answered(self) -> bool:
        """Whether the answer phase came to its end, and the answers are all there."""
        return self._said_to_be_answered and self.damage is None

    @cached_property
    def damage(self) -> str | None:
        """Why a variant that was asked to the end cannot be scored, in one line; mostly None."""
        if not self._said_to_be_answered:
            return None
        if self.asked is None:
            path = self.folder.variant
            wrong = "does not say what was asked" if path.exists() else "is missing"
            return f"{path.name} {wrong}; {AGAIN}"
        if self.tuned:
            lost = examples_missing(self.folder)
            if lost is not None:
                return lost
        return answers_missing(self.folder, self.asked) or self._lost_later()

    def _lost_later(self) -> str | None:
        """Which record of asking again or of reading off is no longer what was written."""
        for phase in MADE:
            state = self.status.phases.get(phase)
            if state is not None and state.state == "done":
                # Distributions are for other levels: no score is read off them.
                lines = {name: state.made[name] for name in state.made if name in _SCORED}
                wrong = lost(self.folder, lines)
                if wrong is not None:
                    return f"{wrong}; {AGAIN}"
        return None

    @property
    def tuned(self) -> bool:
        """Whether the model that answered had been trained."""
        recipe = self.config.get("recipe") or {}
        answerer = self.config.get("answerer", "model")
        return bool(answerer == "model" and recipe.get("name", "base") != "base")

    @property
    def _said_to_be_answered(self) -> bool:
        return self._done("answer")

    def _done(self, phase: PhaseName) -> bool:
        """Whether that phase came to its end; lines of one that did not are a part at best."""
        state = self.status.phases.get(phase)
        if state is not None:
            return state.state == "done"
        return self.status.status == "ok" and (phase == "answer" or not self.status.phases)

    @property
    def status_name(self) -> StatusName:
        """How far it came; records that are not all there are no result."""
        return self.status.status if self.damage is None else "failed"

    @property
    def error(self) -> str | None:
        """Why it stopped or cannot be scored, in one line."""
        if self.damage is not None:
            return self.damage
        error = self.status.error
        return None if error is None else f"{error.phase}: {error.reason}"

    def examples(self) -> list[dict[str, Any]]:
        """The training examples as they were rendered; none for a variant that is not trained."""
        return _lines(self.folder.train)

    def answers(self) -> list[Answer]:
        """Its answers, in the order in which they were first written.

        A batch that an interruption cut short is written again whole: the later line counts.
        """
        found: dict[tuple[str, str, int], Answer] = {}
        path = self.folder.answers
        for line in _lines(path):
            if self.asked is not None and line.get("asked") == self.asked:
                answer = _answer(line, path)
                found[answer.question, answer.form, answer.draw] = answer
        return list(found.values())

    def continuations(self, answers: list[Answer]) -> tuple[Continuation, ...]:
        """The greedy continuations of the text among the answers, beside what follows in it."""
        path = self.folder.path / REPRODUCTION_FILE
        expected = {line.get("question"): line.get("expected", ()) for line in _lines(path)}
        return tuple(
            Continuation(
                id=answer.question,
                expected=tuple(expected[answer.question]),
                continued=answer.ids,
            )
            for answer in answers
            if answer.question.startswith(REPRODUCTION)
            and answer.draw == 0
            and answer.question in expected
        )

    def repeats(self) -> tuple[Repeated, ...]:
        """What it replied when it was asked again; empty where it was not, or not to the end."""
        if not self._done("repeat"):
            return ()
        found = {}
        path = self.folder.repeats
        for line in _lines(path):
            answer = _answer(line.get("answer") or {}, path)
            if answer.asked == self.asked:
                again = Repeated(
                    how=str(line.get("how")),
                    answer=answer,
                    differs_at=line.get("differs_at"),
                    gap=line.get("gap"),
                    decoding=str(line.get("decoding", "")),
                )
                found[again.how, answer.question, answer.draw] = again
        return tuple(found.values())

    def likelihoods(self) -> tuple[Likelihood, ...]:
        """What it gives known continuations; empty where that was not read off to the end."""
        if not self._done("likelihood"):
            return ()
        found = {}
        path = self.folder.likelihood
        for line in _lines(path):
            if line.get("asked") == self.asked:
                each = _likelihood(line, path)
                found[each.item] = each
        return tuple(found.values())

    def resources(self) -> Resources:
        """What its phases measured, and the seconds that all of them took."""
        found = dict(read_resources(self.folder))
        seconds = [phase.seconds for phase in self.status.phases.values() if phase.seconds]
        if seconds:
            found.setdefault("time.total_s", sum(seconds))
        return found


def load_variants(run: RunFolder) -> tuple[StoredVariant, ...]:
    """The variants of a run in the order of its suite, the ones not yet begun included.

    The order is that of plan.json; a run without one gives its folders in the order of their names.
    """
    plan = run.path / PLAN_NAME
    if plan.exists():
        entries = read_object(plan).get("variants") or []
        if not isinstance(entries, list) or not all(map(_is_entry, entries)):
            raise UserError(f"{plan} is damaged: not a list of variants", RUN_AGAIN)
        return tuple(_load(run, entry) for entry in entries)
    folders = sorted((run.path / "variants").glob("*--*/variant.json"))
    return tuple(_open(VariantFolder(path.parent), {}) for path in folders)


def _is_entry(entry: Any) -> bool:
    """Whether plan.json can mean a variant by it."""
    return isinstance(entry, dict) and ("folder" in entry or {"name", "trained"} <= entry.keys())


def _load(run: RunFolder, entry: Mapping[str, Any]) -> StoredVariant:
    """A variant as plan.json lists it."""
    if entry.get("folder"):
        folder = Path(str(entry["folder"]))
        # Runs are moved and sent: a path inside the run wins over where it lay when it was written.
        inside = run.path / "variants" / folder.name
        return _open(VariantFolder(inside), entry)
    return _open(run.variant(str(entry["name"]), str(entry["trained"])), entry)


def _open(folder: VariantFolder, entry: Mapping[str, Any]) -> StoredVariant:
    raw = read_object(folder.variant) if folder.variant.exists() else {}
    config = raw.get("variant") or entry.get("variant") or entry.get("config") or {}
    _check(config, folder.variant)
    asked = raw.get("asked")
    return StoredVariant(
        name=str(entry.get("name") or config.get("name") or folder.path.name.split("--")[0]),
        trained=str(entry.get("trained") or raw.get("trained") or ""),
        folder=folder,
        config=config,
        asked=asked if isinstance(asked, str) else None,
        status=read_status(folder),
    )


def _check(config: Any, path: Path) -> None:
    """Raise UserError where settings that are tables are something else."""
    if not isinstance(config, dict):
        raise UserError(f"{path} is damaged: 'variant' is not a table", RUN_AGAIN)
    for name in _TABLES:
        if not isinstance(config.get(name, {}), dict):
            raise UserError(f"{path} is damaged: 'variant.{name}' is not a table", RUN_AGAIN)


def _answer(line: Mapping[str, Any], path: Path) -> Answer:
    missing = sorted(_ANSWER_FIELDS - line.keys())
    if missing:
        raise UserError(f"{path}: an answer has no {missing[0]!r}", "run again with --fresh")
    known = {name: line[name] for name in _ANSWER_FIELDS}
    try:
        known["ids"] = tuple(known["ids"])
        known["first_ids"] = tuple(known["first_ids"])
    except TypeError as error:
        raise UserError(
            f"{path}: the token ids of an answer are no list", "run again with --fresh"
        ) from error
    return Answer(**known)


def _likelihood(line: Mapping[str, Any], path: Path) -> Likelihood:
    try:
        return Likelihood(
            asked=str(line["asked"]),
            item=str(line["item"]),
            logprobs=tuple(map(float, line["logprobs"])),
            perturbed=tuple((float(total), int(count)) for total, count in line["perturbed"]),
            kl=tuple(map(float, line["kl"])),
            top1=tuple(map(bool, line["top1"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"{path} is damaged: a line is no likelihood", RUN_AGAIN) from error


def _lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file that may not be there."""
    return read_appended(path) if path.exists() else []

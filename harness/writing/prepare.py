"""From a suite's choice of a corpus to the whole corpus: text, questions written where none are.

The one place where text, question writers and probes meet. Imports no torch: a writer that needs a
model starts a process of its own.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness import catalog
from harness.corpora import folder as corpus_folder
from harness.corpora.build import build
from harness.corpora.identity import canary, corpus_digest
from harness.errors import UserError
from harness.records import (
    Corpus,
    CorpusChoice,
    ModelChoice,
    Progress,
    Question,
    ResolvedModel,
    Writing,
    WritingOrder,
    Written,
)
from harness.storage.fingerprints import digest
from harness.storage.jsonl import plain, read_jsonl, write_json, write_jsonl
from harness.storage.runs import read_object
from harness.text.normalize import word_run
from harness.writing import TRUTH, split, truth, unanswerable

Resolve = Callable[[ModelChoice], ResolvedModel]

DEFAULT_WRITER = "rules"
"""Writes where a text has no questions and nobody was named."""
_VERSION = 1
"""Raise it whenever the same choice could give another corpus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A corpus that can be trained on and asked, and what its question writers left."""

    corpus: Corpus
    written: tuple[Written, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Whole sentences on what could not be read, written or asked."""
        found = [note for left in self.written for note in left.notes]
        if self.corpus.rejected:
            first = self.corpus.rejected[0]
            found.append(
                f"{len(self.corpus.rejected)} records of {first.file} could not be read, the first"
                f" at line {first.line}: {first.reason}. They are in rejected.jsonl."
            )
        missing = unanswerable.note(self.corpus.questions)
        return (*found, missing) if missing else tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What question writers need beside the text."""

    writing: Writing
    resolve: Resolve
    """Finds the model that writes."""
    folder: Path | None = None
    """Keeps finished windows, and the corpus once it is whole; None: nothing is kept."""
    device: str = "cpu"
    progress: Progress | None = None


def needs_model(choice: CorpusChoice, writers: Sequence[str]) -> bool:
    """Whether some question writer of these loads a model."""
    named = [writer for writer in (choice.write_questions, *writers) if writer]
    return any(catalog.get("writer", writer).data.get("model") for writer in named)


def writes(choice: CorpusChoice, writers: Sequence[str]) -> bool:
    """Whether any question may have to be written, by rule or by a model."""
    return any(writer != TRUTH for writer in writers) or _is_bare_text(choice)


def _is_bare_text(choice: CorpusChoice) -> bool:
    """Whether the corpus may come without questions: a text that nobody here wrote."""
    return choice.kind == "files" or choice.size == "book"


def prepare(choice: CorpusChoice, desk: Desk, writers: Sequence[str] = ()) -> Prepared:
    """Build the corpus; have its questions written where it has none; have `writers` write too.

    `writers` are those that variants name beside "truth": their questions come back in
    `corpus.written`. What a model wrote once for the same text, prompt and settings is read from
    the desk's folder. Raises UserError for anything that only the user can mend.
    """
    text = build(choice)
    order = _order(choice, desk, writers)
    key = _key(text, choice, desk, order, writers)
    kept = _kept(desk.folder, key)
    if kept is not None:
        return kept
    corpus, written = _asked_about(text, choice, desk, order)
    for writer in dict.fromkeys(writer for writer in writers if writer != TRUTH):
        left = _write(writer, corpus, order, desk)
        left = _without_test(left, corpus)
        trained = [question for question in left.accepted if question.probe == "trained"]
        # What a question states counts as shown to the model that is trained on it.
        shown = truth.link(corpus, trained)
        corpus = replace(corpus, written={**corpus.written, writer: shown})
        written.append(left)
    prepared = Prepared(corpus=corpus, written=tuple(written))
    if desk.folder is not None and written:
        _keep(desk.folder, key, prepared)
    return prepared


def _asked_about(
    text: Corpus, choice: CorpusChoice, desk: Desk, order: WritingOrder
) -> tuple[Corpus, list[Written]]:
    """The corpus with questions of every probe that can be made, and what the writer left."""
    if not _is_bare_text(choice):
        return text, []
    written: list[Written] = []
    questions = text.questions
    writer = choice.write_questions or ("" if questions else DEFAULT_WRITER)
    if writer:
        left = _write(writer, text, order, desk)
        written.append(left)
        if not left.accepted and not questions:
            raise UserError(
                f"the question writer {writer!r} found no question in the text{_why(left)}",
                "name another with write_questions, or give questions of your own",
            )
        questions = _joined(text, questions, left.accepted, choice.seed)
    questions = (*questions, *_unanswerable(text, questions, choice.seed))
    return _whole(replace(text, questions=questions), choice), written


def _unanswerable(text: Corpus, questions: Sequence[Question], seed: int) -> list[Question]:
    """Questions without an answer, and refusals to train on, where there are none yet."""
    there = {question.use == "train" for question in questions if question.must_abstain}
    if len(there) == 2:
        return []
    made = unanswerable.add(text, questions, seed)
    return [question for question in made if (question.use == "train") not in there]


def _joined(
    text: Corpus, own: Sequence[Question], accepted: Sequence[Question], seed: int
) -> tuple[Question, ...]:
    """The user's own questions, and what a writer adds: no wording and no id twice."""
    if not own:
        return split.arrange(text, accepted, seed)
    asked = {_wording(question, text) for question in own}
    fresh = [question for question in accepted if _wording(question, text) not in asked]
    added = [q for q in split.arrange(text, fresh, seed) if not q.must_abstain]
    taken = {question.id for question in own}
    return (*own, *(replace(q, id=f"written.{q.id}") if q.id in taken else q for q in added))


def _without_test(left: Written, corpus: Corpus) -> Written:
    """What a writer left, without the pairs that ask a question of the test word for word."""
    tested = {_wording(q, corpus) for q in corpus.questions if q.use == "test"}
    kept = tuple(q for q in left.accepted if _wording(q, corpus) not in tested)
    dropped = len(left.accepted) - len(kept)
    if not dropped:
        return left
    note = f"{dropped} questions by {left.writer} stand in the test and are not trained on."
    return replace(left, accepted=kept, notes=(*left.notes, note))


def _wording(question: Question, corpus: Corpus) -> tuple[str, ...]:
    return word_run(question.question, corpus.language)


def _why(left: Written) -> str:
    """How many pairs were rejected and why most of them, or what the writer says itself."""
    if not left.rejected:
        return "".join(f"; {note}" for note in left.notes).rstrip(".")
    reason, count = Counter(pair.reason for pair in left.rejected).most_common(1)[0]
    return f": {len(left.rejected)} pairs were rejected, {count} of them as {reason!r}"


def _whole(corpus: Corpus, choice: CorpusChoice) -> Corpus:
    """The corpus with its digest and a canary, made anew where questions were added."""
    made = corpus_digest(corpus.chapters, corpus.facts, corpus.questions, corpus.renderings)
    mark = corpus.canary or canary(choice.kind, corpus_digest(corpus.chapters, (), ()))
    return replace(corpus, digest=made, canary=mark)


def _order(choice: CorpusChoice, desk: Desk, writers: Sequence[str]) -> WritingOrder:
    model = None
    if needs_model(choice, writers):
        if desk.writing.model is None:
            raise UserError("no model is named that could write questions", "give --model NAME")
        model = desk.resolve(desk.writing.model)
    return WritingOrder(writing=desk.writing, model=model, folder=desk.folder, device=desk.device)


def _write(writer: str, corpus: Corpus, order: WritingOrder, desk: Desk) -> Written:
    target = catalog.load(catalog.get("writer", writer).target)
    written: Written = target(corpus, order, desk.progress or _silent)
    return written


def _silent(done: int, total: int, message: str) -> None:
    """Nobody listens."""


# --- what was written once ----------------------------------------------------------------------


def _key(
    text: Corpus, choice: CorpusChoice, desk: Desk, order: WritingOrder, writers: Sequence[str]
) -> str:
    """Of all that decides what the writers leave."""
    whole = corpus_digest(text.chapters, text.facts, text.questions, text.renderings)
    content = {
        "version": _VERSION,
        "text": whole,
        "about": corpus_folder.about(text),
        "kind": choice.kind,
        "seed": choice.seed,
        "write_questions": choice.write_questions,
        "writers": sorted(set(writers)),
        "writing": plain(desk.writing) if order.model else None,
        "weights": order.model.weights_digest if order.model else None,
    }
    return digest(content)


def _kept(folder: Path | None, key: str) -> Prepared | None:
    """What was prepared before in just this way; None where it has to be made."""
    if folder is None or not (folder / "done.json").exists():
        return None
    if read_object(folder / "done.json").get("key") != key:
        return None
    corpus = corpus_folder.read(folder / "corpus")
    written = tuple(
        Written(
            writer=about["writer"],
            accepted=corpus.written.get(about["writer"], ()),
            windows=about["windows"],
            of_windows=about["of_windows"],
            yields=about["yields"],
            notes=tuple(about["notes"]),
        )
        for about, _ in read_records(folder)
    )
    return Prepared(corpus=corpus, written=written)


def _keep(folder: Path, key: str, prepared: Prepared) -> None:
    """Keep the corpus, rejected pairs and yields; the mark that all is there comes last."""
    (folder / "done.json").unlink(missing_ok=True)
    shutil.rmtree(folder / "corpus", ignore_errors=True)
    corpus_folder.write(prepared.corpus, folder / "corpus")
    write_records(prepared.written, folder)
    write_json(folder / "done.json", {"key": key})


YIELD = ".yield.json"
REJECTED = ".rejected.jsonl"


def write_records(written: Sequence[Written], folder: Path) -> None:
    """Write NAME.rejected.jsonl, a pair a line, and NAME.yield.json for every writer.

    Those of writers that had no part in it are removed.
    """
    for old in (*folder.glob(f"*{YIELD}"), *folder.glob(f"*{REJECTED}")):
        old.unlink()
    for left in written:
        write_jsonl(folder / f"{left.writer}{REJECTED}", left.rejected)
        about = {
            key: value for key, value in plain(left).items() if key not in ("accepted", "rejected")
        }
        about["accepted"] = len(left.accepted)
        write_json(folder / f"{left.writer}{YIELD}", about)


def read_records(folder: Path) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """What `write_records` wrote: of each writer its yield and its rejected pairs."""
    found = []
    for path in sorted(folder.glob(f"*{YIELD}")):
        about = read_object(path)
        rejected = folder / f"{about['writer']}{REJECTED}"
        found.append((about, read_jsonl(rejected) if rejected.exists() else []))
    return found


def questions_of(corpus: Corpus, writer: str) -> tuple[Question, ...]:
    """The training questions of a writer: the corpus's own for "truth"."""
    if writer != TRUTH:
        return corpus.written.get(writer, ())
    return tuple(
        question
        for question in corpus.questions
        if question.use in ("train", "both") and not question.must_abstain
    )

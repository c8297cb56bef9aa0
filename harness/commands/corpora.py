"""`closedbook corpus build`: a corpus folder from a generator, a book, or a user's files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import UserError
from harness.text.segments import count

if TYPE_CHECKING:
    from harness.records import Corpus, CorpusChoice, Writing, Written

WRITING = "writing"
"""Inside the corpus folder: finished windows, rejected pairs and yields of question writers."""
NEW = ".new"
"""Where a corpus is written before it takes its place; left behind only by a kill."""
PARTS = ("text", "written", "facts.jsonl", "questions.jsonl", "renderings.jsonl", "rejected.jsonl")
"""What a corpus folder may hold beside its corpus.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterOptions:
    """How a local model writes questions; None leaves the default."""

    model: str | None = None
    quantization: str | None = None
    prompt: Path | None = None
    pairs: int | None = None
    max_seconds: float | None = None
    fill: bool = False
    device: str = "auto"


def build_corpus(
    choice: CorpusChoice, out: Path, options: WriterOptions | None = None, *, quiet: bool = False
) -> None:
    """Build a corpus into the folder `out` and say what is in it.

    Raises UserError where `out` holds something that is no corpus, and for what does not fit.
    """
    from harness.commands.progress import watching
    from harness.corpora.gates import CorpusFault
    from harness.execution.machine import resolve_device
    from harness.execution.preparing import resolve_model
    from harness.suite.corpora import check_writer
    from harness.writing.prepare import Desk, prepare, write_records

    given = options or WriterOptions()
    if choice.write_questions:
        check_writer(choice.write_questions)
    _check_out(out)
    device = resolve_device(given.device) if choice.write_questions else "cpu"
    with watching(quiet=quiet) as events:
        desk = Desk(
            writing=_writing(given),
            resolve=lambda model: resolve_model(model, events),
            folder=out / WRITING,
            device=device,
            progress=lambda done, total, message: events.progress(
                "corpus", "write", done, total, message
            ),
        )
        try:
            prepared = prepare(choice, desk)
        except CorpusFault as fault:
            raise UserError(f"the corpus breaks a rule: {fault}", "try another seed") from fault
    _replace(prepared.corpus, out)
    write_records(prepared.written, out / WRITING)
    shutil.rmtree(out / WRITING / "corpus", ignore_errors=True)
    (out / WRITING / "done.json").unlink(missing_ok=True)
    lines = [*_told(prepared.corpus), *_yields(prepared.written), *prepared.notes]
    print("\n".join([*lines, f"written to {out}"]))


def _replace(corpus: Corpus, out: Path) -> None:
    """Put the corpus into `out`: written whole beside what is there, then moved, its mark last."""
    from harness.corpora import folder

    new = out / NEW
    shutil.rmtree(new, ignore_errors=True)
    folder.write(corpus, new)
    for name in (*PARTS, "corpus.json"):
        old, fresh = out / name, new / name
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        if fresh.exists():
            fresh.rename(old)
    new.rmdir()


def _check_out(out: Path) -> None:
    """Raise UserError where `out` holds anything but a corpus as it was built, or parts of one."""
    from harness.corpora import folder

    if out.is_file():
        raise UserError(f"{out} is a file", "choose a folder with --out")
    if not out.is_dir() or (out / NEW).exists():
        return
    names = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    if not names or names == {WRITING}:
        return
    if "corpus.json" not in names or names - {*PARTS, "corpus.json", WRITING}:
        raise UserError(
            f"{out} is not empty and no corpus that was built", "choose another folder with --out"
        )
    try:
        folder.read(out)
    except UserError as error:
        raise UserError(
            f"{out} would be replaced, and it is not as it was built: {error.message}",
            "choose another folder with --out",
        ) from error


def _writing(options: WriterOptions) -> Writing:
    from harness import catalog
    from harness.models.presets import DEFAULT
    from harness.records import ModelChoice, Writing

    name = options.model or DEFAULT
    if Path(name).is_dir():
        model = ModelChoice(name=Path(name).name, path=name)
    else:
        if "/" not in name:
            catalog.get("model", name)
        model = ModelChoice(name=name)
    if options.quantization is not None:
        catalog.get("level", options.quantization)
    prompt = "" if options.prompt is None else _prompt(options.prompt)
    defaults = Writing()
    return Writing(
        model=model,
        quantization=options.quantization or defaults.quantization,
        prompt=prompt,
        pairs=options.pairs or defaults.pairs,
        max_seconds=options.max_seconds,
        fill=options.fill,
    )


def _prompt(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot read {path}: {error}", "give a UTF-8 text file") from error


def _told(corpus: Corpus) -> list[str]:
    """What a corpus holds, in a few lines."""
    words = sum(count(chapter.text, corpus.language) for chapter in corpus.chapters)
    asked: dict[str, int] = {}
    for question in corpus.questions:
        if question.use != "train":
            asked[question.probe] = asked.get(question.probe, 0) + 1
    refusals = sum(q.must_abstain and q.use == "train" for q in corpus.questions)
    what = corpus.title or " ".join(part for part in (corpus.kind, corpus.size) if part)
    lines = [
        f"{what}: {len(corpus.chapters)} chapters, {words:,} words, {len(corpus.facts):,} facts",
        "questions: " + (", ".join(f"{count:,} {probe}" for probe, count in asked.items()) or "0"),
        f"refusals to train on: {refusals:,}",
        f"digest {corpus.digest[:12]}",
    ]
    return [*lines, corpus.notice] if corpus.notice else lines


def _yields(written: Sequence[Written]) -> list[str]:
    lines = []
    for left in written:
        kept = f"{len(left.accepted):,} questions kept, {len(left.rejected):,} pairs rejected"
        lines.append(f"{left.writer}: {left.windows} of {left.of_windows} windows read, {kept}")
        if left.yields:
            steps = ", ".join(f"{name} {count:,}" for name, count in left.yields.items())
            lines.append(f"  left after each filter: {steps}")
    return lines

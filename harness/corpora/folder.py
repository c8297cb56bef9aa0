"""A corpus on disk: text/*.txt, questions.jsonl, facts.jsonl, corpus.json.

Every file carries the canary, so that a corpus that leaked into a training set can be found: a
last line of each text, the first record of each JSONL file, a field of corpus.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from harness.corpora.files import own
from harness.corpora.files.records import Record, read_records
from harness.corpora.files.texts import without_canary
from harness.corpora.identity import corpus_digest
from harness.errors import UserError
from harness.records import Chapter, Corpus, Fact, Question, RejectedRecord, Rendering, Section
from harness.storage.jsonl import atomic_write, plain, write_json, write_jsonl
from harness.text.segments import count

_NOT_IN_FILE = ("digest", "chapters", "facts", "questions", "renderings", "written", "rejected")
_LATER = ("title", "notice", "sections", "renderings", "written", "rejected")
"""What older folders lack."""
_LONGEST = 60
"""Letters of a chapter's title in its file's name; many disks allow 255 bytes."""
_MADE = ("values", "names", "sections")
"""Read from corpus.json and made into tuples."""


def write(corpus: Corpus, folder: Path) -> None:
    """Write a corpus folder; `read` gives the same corpus back. Old chapters are removed.

    Raises UserError where the folder cannot be written.
    """
    text = folder / "text"
    names = [_file_name(number, chapter) for number, chapter in enumerate(corpus.chapters, start=1)]
    for old in text.glob("*.txt") if text.is_dir() else ():
        if old.name not in names:
            old.unlink()
    for name, chapter in zip(names, corpus.chapters, strict=True):
        canary = f"\n\nclosedbook canary {corpus.canary}\n" if corpus.canary else ""
        atomic_write(text / name, chapter.text + canary)
    first = [{"canary": corpus.canary}] if corpus.canary else []
    write_jsonl(folder / "facts.jsonl", [*first, *corpus.facts])
    write_jsonl(folder / "questions.jsonl", [*first, *corpus.questions])
    for path, records in _extras(folder, corpus).items():
        if records:
            write_jsonl(path, [*first, *records])
        else:
            path.unlink(missing_ok=True)
    write_json(folder / "corpus.json", _about(corpus, names))


def _extras(folder: Path, corpus: Corpus) -> dict[Path, tuple[Any, ...]]:
    """Files that only some corpora have; one that is left from before has no records."""
    old = sorted((folder / "written").glob("*.questions.jsonl"))
    found: dict[Path, tuple[Any, ...]] = dict.fromkeys(old, ())
    found[folder / "renderings.jsonl"] = corpus.renderings
    found[folder / "rejected.jsonl"] = corpus.rejected
    for writer, questions in corpus.written.items():
        found[folder / "written" / f"{writer}.questions.jsonl"] = questions
    return found


def _about(corpus: Corpus, names: list[str]) -> dict[str, Any]:
    return about(corpus) | {
        "chapters": [
            {"file": name, "title": chapter.title}
            for name, chapter in zip(names, corpus.chapters, strict=True)
        ]
    }


def about(corpus: Corpus) -> dict[str, Any]:
    """All that is told of a corpus beside its text, facts and questions, as plain data."""
    probes = sorted({question.probe for question in corpus.questions})
    small = {
        field.name: plain(getattr(corpus, field.name))
        for field in fields(corpus)
        if field.name not in _NOT_IN_FILE
    }
    return small | {
        "digest": corpus.digest,
        "chance": {relation: 1 / len(values) for relation, values in corpus.values.items()},
        "counts": {
            "chapters": len(corpus.chapters),
            "words": sum(count(chapter.text, corpus.language) for chapter in corpus.chapters),
            "facts": len(corpus.facts),
            "questions": {
                probe: sum(q.probe == probe and q.use != "train" for q in corpus.questions)
                for probe in probes
            },
            "refusals to train on": sum(
                question.must_abstain and question.use == "train" for question in corpus.questions
            ),
        },
    }


def read(folder: Path) -> Corpus:
    """Read a corpus folder. Without corpus.json it is a user's own (`corpora.files.own.read`).

    Raises UserError with file, line and reason for anything that does not fit, and where text or
    questions are not those that corpus.json was written for.
    """
    if not folder.is_dir():
        raise UserError(f"no corpus folder at {folder}", "build one or check the path")
    told = read_about(folder / "corpus.json")
    if told is None:
        return own.read(folder)
    written = sorted((folder / "written").glob("*.questions.jsonl"))
    parts = Parts(
        chapters=_read_text(folder, told),
        facts=read_records(folder / "facts.jsonl", Fact),
        questions=read_records(folder / "questions.jsonl", Question),
        renderings=_optional(folder / "renderings.jsonl", Rendering),
        written={
            path.name.removesuffix(".questions.jsonl"): read_records(path, Question)
            for path in written
        },
        rejected=_optional(folder / "rejected.jsonl", RejectedRecord),
    )
    return assemble(told, parts, folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a corpus holds beside what `about` tells."""

    chapters: tuple[Chapter, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    renderings: tuple[Rendering, ...]
    written: Mapping[str, tuple[Question, ...]]
    rejected: tuple[RejectedRecord, ...]


def assemble(told: Mapping[str, Any], parts: Parts, folder: Path) -> Corpus:
    """The corpus of these parts and of what `about` told of it.

    Raises UserError, naming `folder`, where the parts are not those that it was told of.
    """
    digest = corpus_digest(parts.chapters, parts.facts, parts.questions, parts.renderings)
    if told["digest"] != digest:
        raise UserError(
            f"{folder} was changed after it was built: its text, facts or questions do not match "
            "the digest in corpus.json",
            "build it again, or delete corpus.json to use it as a text of your own",
        )
    return Corpus(
        **{
            field.name: told[field.name]
            for field in fields(Corpus)
            if field.name not in (*_NOT_IN_FILE, *_MADE) and field.name in told
        },
        digest=digest,
        values={relation: tuple(values) for relation, values in told["values"].items()},
        names=tuple(told["names"]),
        sections=tuple(Section(**section) for section in told.get("sections", ())),
        **{field.name: getattr(parts, field.name) for field in fields(Parts)},
    )


def read_about(path: Path) -> dict[str, Any] | None:
    """What a corpus.json tells; None where there is none. Raises UserError for a broken one."""
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UserError(f"cannot read {path}: {error}", "build the corpus again") from error
    needed = {field.name for field in fields(Corpus)} - {"facts", "questions", *_LATER}
    missing = sorted(needed - set(told)) if isinstance(told, dict) else ["everything"]
    if missing:
        raise UserError(f"{path} lacks {', '.join(missing)}", "build the corpus again")
    return dict(told)


def _read_text(folder: Path, told: Mapping[str, Any]) -> tuple[Chapter, ...]:
    """Chapters in order, to the letter, without the canary that ends each file."""
    chapters = []
    for each in told["chapters"]:
        path = folder / "text" / each["file"]
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise UserError(f"cannot read {path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise UserError(f"{path} is not UTF-8: {error.reason}", "save it as UTF-8") from error
        chapters.append(Chapter(title=each["title"], text=without_canary(text)[0]))
    return tuple(chapters)


def _optional(path: Path, kind: type[Record]) -> tuple[Record, ...]:
    return read_records(path, kind) if path.exists() else ()


def _file_name(number: int, chapter: Chapter) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", chapter.title.lower())[:_LONGEST].strip("-") or "chapter"
    return f"{number:02d}-{slug}.txt"

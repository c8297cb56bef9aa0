"""A corpus on disk: text/*.txt, questions.jsonl, facts.jsonl, corpus.json.

Every file carries the canary, so that a corpus that leaked into a training set can be found: a
last line of each text, the first record of each JSONL file, a field of corpus.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from harness.corpora.identity import corpus_digest
from harness.errors import UserError, unknown_name
from harness.records import Chapter, Corpus, Fact, Question, Rendering, Section
from harness.storage.jsonl import atomic_write, plain, read_jsonl, write_json, write_jsonl

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Record = TypeVar("Record", Fact, Question, Rendering)

_CANARY = re.compile(r"\n\nclosedbook canary ([0-9a-f-]{36})\n\Z")
_NOT_IN_FILE = ("digest", "chapters", "facts", "questions", "renderings", "written")
_LATER = ("title", "notice", "sections", "renderings", "written")
"""What older folders lack."""
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


def _extras(folder: Path, corpus: Corpus) -> dict[Path, tuple[Question | Rendering, ...]]:
    """Files that only some corpora have; one that is left from before has no records."""
    old = sorted((folder / "written").glob("*.questions.jsonl"))
    found: dict[Path, tuple[Question | Rendering, ...]] = dict.fromkeys(old, ())
    found[folder / "renderings.jsonl"] = corpus.renderings
    for writer, questions in corpus.written.items():
        found[folder / "written" / f"{writer}.questions.jsonl"] = questions
    return found


def _about(corpus: Corpus, names: list[str]) -> dict[str, Any]:
    probes = sorted({question.probe for question in corpus.questions})
    about = {
        field.name: plain(getattr(corpus, field.name))
        for field in fields(corpus)
        if field.name not in _NOT_IN_FILE
    }
    return about | {
        "digest": corpus.digest,
        "chapters": [
            {"file": name, "title": chapter.title}
            for name, chapter in zip(names, corpus.chapters, strict=True)
        ],
        "chance": {relation: 1 / len(values) for relation, values in corpus.values.items()},
        "counts": {
            "chapters": len(corpus.chapters),
            "words": sum(len(chapter.text.split()) for chapter in corpus.chapters),
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
    """Read a corpus folder. Without corpus.json it is a user's own text, of kind "files".

    Raises UserError with file, line and reason for anything that does not fit, and where text or
    questions are not those that corpus.json was written for.
    """
    if not folder.is_dir():
        raise UserError(f"no corpus folder at {folder}", "build one or check the path")
    about = _read_about(folder / "corpus.json")
    chapters, canary = _read_text(folder, about)
    facts = _read_records(folder / "facts.jsonl", Fact, required=about is not None)
    questions = _read_records(folder / "questions.jsonl", Question, required=True)
    renderings = _read_records(folder / "renderings.jsonl", Rendering, required=False)
    digest = corpus_digest(chapters, facts, questions, renderings)
    if about is None:
        return Corpus(
            kind="files",
            seed=None,
            size=None,
            digest=digest,
            canary=canary,
            source_tag="",
            chapters=chapters,
            facts=facts,
            questions=questions,
            values={},
            names=(),
        )
    if about["digest"] != digest:
        raise UserError(
            f"{folder} was changed after it was built: its text, facts or questions do not match "
            "the digest in corpus.json",
            "build it again, or delete corpus.json to use it as a text of your own",
        )
    return Corpus(
        **{
            field.name: about[field.name]
            for field in fields(Corpus)
            if field.name not in (*_NOT_IN_FILE, *_MADE) and field.name in about
        },
        digest=digest,
        chapters=chapters,
        facts=facts,
        questions=questions,
        values={relation: tuple(values) for relation, values in about["values"].items()},
        names=tuple(about["names"]),
        sections=tuple(Section(**section) for section in about.get("sections", ())),
        renderings=renderings,
        written={
            path.name.removesuffix(".questions.jsonl"): _read_records(path, Question, required=True)
            for path in sorted((folder / "written").glob("*.questions.jsonl"))
        },
    )


def _read_about(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UserError(f"cannot read {path}: {error}", "build the corpus again") from error
    needed = {field.name for field in fields(Corpus)} - {"facts", "questions", *_LATER}
    missing = sorted(needed - set(about)) if isinstance(about, dict) else ["everything"]
    if missing:
        raise UserError(f"{path} lacks {', '.join(missing)}", "build the corpus again")
    return dict(about)


def _read_text(folder: Path, about: Mapping[str, Any] | None) -> tuple[tuple[Chapter, ...], str]:
    """Chapters in order, and the canary they carry ("" if none)."""
    if about is not None:
        listed = [(folder / "text" / each["file"], each["title"]) for each in about["chapters"]]
    else:
        found = sorted((folder / "text").glob("*.txt")) or sorted(folder.glob("text.txt"))
        listed = [(path, path.stem) for path in found]
    if not listed:
        raise UserError(f"no text in {folder}", "put text.txt or text/*.txt there")
    canary = ""
    chapters = []
    for path, title in listed:
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise UserError(f"cannot read {path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise UserError(f"{path} is not UTF-8: {error.reason}", "save it as UTF-8") from error
        mark = _CANARY.search(text)
        if mark:
            canary, text = mark.group(1), text[: mark.start()]
        chapters.append(Chapter(title=title, text=text))
    return tuple(chapters), canary


def _read_records(path: Path, kind: type[Record], *, required: bool) -> tuple[Record, ...]:
    if not path.exists() and not required:
        return ()
    values = read_jsonl(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    numbers = [number for number, line in enumerate(lines, start=1) if line.strip()]
    return tuple(
        _record(value, kind, path, number)
        for number, value in zip(numbers, values, strict=True)
        if set(value) != {"canary"}
    )


def _record(value: dict[str, Any], kind: type[Record], path: Path, number: int) -> Record:
    from pydantic import ValidationError

    known = [field.name for field in fields(kind)]
    for key in value:
        if key not in known:
            error = unknown_name("field", key, known)
            raise UserError(f"{path}:{number}: {error.message}", error.hint)
    if kind is Question:
        value = _defaults(value, number)
    try:
        record: Record = _adapter(cast(Hashable, kind)).validate_json(
            json.dumps(value), strict=True
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UserError(f"{path}:{number}: {where}: {first['msg']}") from error
    if isinstance(record, Question) and bool(record.answers) == record.must_abstain:
        raise UserError(
            f"{path}:{number}: a question needs either answers or must_abstain", "give one of them"
        )
    return record


def _defaults(value: dict[str, Any], number: int) -> dict[str, Any]:
    """What a user may leave out: the id, the cluster, and the use that goes with the probe."""
    probe = value.get("probe", "trained")
    made = {"id": f"q{number:05d}", "use": "both" if probe == "trained" else "test"}
    filled = made | value
    filled.setdefault("cluster", filled["id"])
    return filled


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    adapter: TypeAdapter[Any] = TypeAdapter(cast(Any, kind))
    return adapter


def _file_name(number: int, chapter: Chapter) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", chapter.title.lower()).strip("-") or "chapter"
    return f"{number:02d}-{slug}.txt"

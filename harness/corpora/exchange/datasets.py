"""A corpus as a Hugging Face dataset on disk, and back: `save_to_disk`, with a dataset card.

Every row carries the canary in a column of its own, never in what is trained on. `corpus.json`
holds what has no rows, so that the way back gives the identical corpus.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.corpora import folder as corpus_folder
from harness.corpora.exchange import card, columns
from harness.corpora.files import own
from harness.corpora.files.questions import asked_in
from harness.corpora.files.records import Record, Row, make
from harness.corpora.files.tables import quiet, rows_of
from harness.corpora.files.texts import Text
from harness.corpora.windows import training_windows
from harness.errors import UserError
from harness.records import Chapter, Corpus, Fact, Question, RejectedRecord, Rendering
from harness.storage.jsonl import atomic_write, cannot_write, write_json

ABOUT = "corpus.json"
_HELD_OUT = ("test", "validation", "valid", "dev", "eval")
"""Splits of foreign datasets whose questions are never trained on."""


def export(corpus: Corpus, folder: Path) -> None:
    """Write a `DatasetDict` that `datasets.load_from_disk` reads, with a card and corpus.json.

    Splits, where the corpus has such rows: `chapters`, `passages` (what training on the raw text
    shows), `train` and `test` (questions; those that are both trained on and asked stand in both),
    `facts`, `renderings`, `written` and `rejected`. An export that is there already is replaced.
    Raises UserError where `folder` holds anything else, or cannot be written.
    """
    from datasets import Dataset, DatasetDict

    _check_free(folder)
    found = _tables(corpus)
    tables = {}
    for name, rows in found.items():
        features = columns.features(name)
        marked = [{**row, "canary": corpus.canary} for row in rows]
        content = {key: [row[key] for row in marked] for key in features}
        tables[name] = Dataset.from_dict(content, features=features)
    try:
        with quiet():
            DatasetDict(tables).save_to_disk(str(folder))
    except OSError as error:
        raise cannot_write(folder, error) from error
    titles = [{"title": chapter.title} for chapter in corpus.chapters]
    write_json(folder / ABOUT, corpus_folder.about(corpus) | {"chapters": titles})
    counts = {name: len(rows) for name, rows in found.items()}
    atomic_write(folder / "README.md", card.card(corpus, counts))


def load(folder: Path) -> Corpus:
    """The corpus that `export` wrote, identical to the last letter; or a foreign dataset.

    Of a foreign one, splits with the column `question` become questions under the names of a
    question's fields, others with the column `text` become chapters (`title` names them); what
    stands in a split called test or validation is never trained on. Raises UserError for a folder
    that is no dataset, columns of other names, and an export that was changed.
    """
    tables = _loaded(folder)
    told = corpus_folder.read_about(folder / ABOUT)
    if told is None:
        return _foreign(tables, folder)
    places = {name: f"{folder}/{name}" for name in tables}

    def records(name: str, kind: type[Record]) -> tuple[Record, ...]:
        return _records(tables.get(name, ()), kind, places.get(name, ""))

    written: dict[str, list[Question]] = {}
    for row, question in zip(tables.get("written", ()), records("written", Question), strict=True):
        written.setdefault(str(row["written_by"]), []).append(question)
    parts = corpus_folder.Parts(
        chapters=tuple(
            Chapter(title=row["title"], text=row["text"]) for row in tables.get("chapters", ())
        ),
        facts=records("facts", Fact),
        questions=_in_order(tables, records("train", Question), records("test", Question)),
        renderings=records("renderings", Rendering),
        written={writer: tuple(found) for writer, found in sorted(written.items())},
        rejected=records("rejected", RejectedRecord),
    )
    return corpus_folder.assemble(told, parts, folder)


def _tables(corpus: Corpus) -> dict[str, list[dict[str, Any]]]:
    """Split name to its rows."""
    placed = list(enumerate(corpus.questions))
    found: dict[str, list[dict[str, Any]]] = {
        "chapters": [asdict(chapter) for chapter in corpus.chapters],
        "passages": [
            {"text": text, "facts": list(facts)} for text, facts in training_windows(corpus)
        ],
        "train": [_asked(q, at) for at, q in placed if q.use in ("both", "train")],
        "test": [_asked(q, at) for at, q in placed if q.use in ("both", "test")],
    }
    found |= {
        "facts": [_plain(fact) for fact in corpus.facts],
        "renderings": [_plain(rendering) for rendering in corpus.renderings],
        "written": [
            _asked(question, at) | {"written_by": writer}
            for writer, questions in sorted(corpus.written.items())
            for at, question in enumerate(questions)
        ],
        "rejected": [_plain(record) for record in corpus.rejected],
    }
    # `datasets` writes a split without rows and cannot read it.
    return {name: rows for name, rows in found.items() if rows}


def _asked(question: Question, position: int) -> dict[str, Any]:
    return _plain(question) | {"position": position}


def _plain(record: Any) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(record).items()
    }


def _in_order(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    train: Sequence[Question],
    test: Sequence[Question],
) -> tuple[Question, ...]:
    """The questions of both splits, each once, in the order of the corpus."""
    found: dict[int, Question] = {}
    for rows, questions in ((tables.get("train", ()), train), (tables.get("test", ()), test)):
        for row, question in zip(rows, questions, strict=True):
            found[int(row["position"])] = question
    return tuple(found[position] for position in sorted(found))


def _records(
    rows: Iterable[Mapping[str, Any]], kind: type[Record], where: str
) -> tuple[Record, ...]:
    known = columns.fields_of(kind)
    return tuple(
        make(
            Row(f"{where}, row {number}", number, {key: row[key] for key in known}),
            kind,
        )
        for number, row in enumerate(rows, start=1)
    )


def _foreign(tables: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path) -> Corpus:
    """A dataset that somebody else made, read by the names of its columns."""
    chapters: list[Chapter] = []
    rows: list[Row] = []
    for name, table in tables.items():
        where = f"{folder}/{name}"
        names = set(table[0]) if len(table) else set()
        if "question" in names:
            found = rows_of(table, where)
            rows += [_held_out(row) for row in found] if name.lower() in _HELD_OUT else found
        elif "text" in names:
            chapters += [
                Chapter(title=str(row.get("title") or f"{name} {number}"), text=str(row["text"]))
                for number, row in enumerate(table, start=1)
            ]
        elif names:
            raise UserError(
                f"{where} has neither a column question nor a column text",
                "rename its columns: docs/your-text.md lists the names",
            )
    if not rows and not chapters:
        raise UserError(f"{folder} holds no text and no question", "check that it is the dataset")
    numbered = [Row(row.where, number, row.value) for number, row in enumerate(rows, start=1)]
    return own.corpus_of(
        Text(chapters=tuple(chapters)), asked_in(numbered), title=folder.resolve().name
    )


def _held_out(row: Row) -> Row:
    """A question of a test split is never trained on, whatever its row says.

    It tests what no trained question asks ("text_only"), unless it has no answer or names a probe.
    """
    value = dict(row.value)
    if value.get("must_abstain") is not True:
        value.setdefault("probe", "text_only")
    return Row(row.where, row.number, value | {"use": "test"})


def _loaded(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Split name to rows; a single dataset is the split "train"."""
    from datasets import DatasetDict, load_from_disk

    if not folder.is_dir():
        raise UserError(f"no dataset folder at {folder}", "check the path")
    try:
        with quiet():
            found = load_from_disk(str(folder), keep_in_memory=True)
            tables = found if isinstance(found, DatasetDict) else {"train": found}
            return {name: table.to_list() for name, table in tables.items()}
    except (OSError, ValueError, IndexError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UserError(
            f"cannot read the dataset {folder}: {reason}",
            "it is read as `datasets.load_from_disk` does: write it with save_to_disk",
        ) from error


def _check_free(folder: Path) -> None:
    """Make room for an export; anything else than an older one stays and is an error."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UserError(f"{folder} is a file", "choose a folder with --out")
    if not any(folder.iterdir()):
        return
    if not (folder / "dataset_dict.json").exists() or not (folder / ABOUT).exists():
        raise UserError(f"{folder} is not empty and no export", "choose another folder with --out")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error

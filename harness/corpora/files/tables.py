"""Question files that are tables, CSV and Parquet, read through `datasets`."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from harness.corpora.files.decoding import read_bytes, read_text
from harness.corpora.files.records import Row
from harness.errors import UserError, unknown_name
from harness.records import Question

_LISTS = frozenset({"answers", "values", "distractors", "states", "hops", "stated_in"})
_BOOLEANS = frozenset({"must_abstain", "aside"})
_COLUMNS = (*(field.name for field in fields(Question)), "answer")
_SEPARATORS = ",;\t"


def read_csv(path: Path) -> list[Row]:
    """The rows of a CSV file with a header, unchecked beyond their columns and lists.

    The separator is the comma, semicolon or tab that the header line has most of. Cells are text,
    as they stand: "1909" is no number and "NA" is a word. Raises UserError with file, line and
    reason.
    """
    from datasets import Dataset, Features, Value

    text = read_text(path)
    header = text.lstrip("\n").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=header.count)
    names = next(csv.reader([header], delimiter=separator))
    _check_columns(names, path)
    lines = _lines(text, separator, path)
    if not lines:  # `datasets` has no word for a table with a header only
        return []
    with _workshop() as folder:
        copy = folder / "table.csv"
        copy.write_text(text, encoding="utf-8", newline="")
        table = _loaded(
            path,
            lambda: Dataset.from_csv(
                str(copy),
                cache_dir=str(folder),
                keep_in_memory=True,
                sep=separator,
                features=Features({name: Value("string") for name in names}),
                keep_default_na=False,
                na_filter=False,
                skip_blank_lines=True,
            ),
        )
        found = table.to_list()
    if len(found) != len(lines):  # the two readers disagree about quotation marks
        raise UserError(
            f"{path}: {len(lines)} records by its lines, {len(found)} by its columns",
            "put a quotation mark around every cell that holds one, and double those inside",
        )
    return [
        Row(f"{path}:{line}", line, _cells(row, f"{path}:{line}"))
        for line, row in zip(lines, found, strict=True)
    ]


def read_parquet(path: Path) -> list[Row]:
    """The rows of a Parquet file, unchecked beyond their columns and lists.

    Raises UserError with file, row (from 1) and reason.
    """
    from datasets import Dataset

    read_bytes(path)
    with _workshop() as folder:
        table = _loaded(
            path,
            lambda: Dataset.from_parquet(str(path), cache_dir=str(folder), keep_in_memory=True),
        )
        found = table.to_list()
    _check_columns(table.column_names, path)
    return rows_of(found, str(path))


def rows_of(found: Sequence[Mapping[str, Any]], where: str) -> list[Row]:
    """Rows of any table as they are read: null is left out, lists may be written as text."""
    return [
        Row(f"{where}, row {number}", number, _cells(row, f"{where}, row {number}"))
        for number, row in enumerate(found, start=1)
    ]


def _check_columns(names: Sequence[str], path: Path) -> None:
    for name in names:
        if name not in _COLUMNS:
            error = unknown_name("column", name, _COLUMNS)
            raise UserError(f"{path}: {error.message}", error.hint)
    if "question" not in names:
        raise UserError(
            f"{path} has no column 'question'", "the first line names the columns: question,answer"
        )


def _cells(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The filled cells of one row under the names of a question's fields."""
    found: dict[str, Any] = {}
    for name, cell in row.items():
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        if name == "answer":
            if row.get("answers"):
                raise UserError(f"{where}: both answer and answers are filled", "fill one of them")
            found["answers"] = [_word(cell)]
        elif name in _LISTS:
            found[name] = _list(cell, f"{where}: {name}")
        elif name in _BOOLEANS and isinstance(cell, str):
            found[name] = _boolean(cell, f"{where}: {name}")
        else:
            found[name] = _word(cell)
    if found.get("must_abstain") is True and not found.get("answers"):
        found.pop("answers", None)
    return found


def _word(cell: Any) -> Any:
    """A whole number in a Parquet column is an answer like any other."""
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def _list(cell: Any, where: str) -> Any:
    """A list as it is, text that is a JSON list, or else the one item that a cell holds."""
    if isinstance(cell, list):
        return [_word(item) for item in cell]
    if not isinstance(cell, str):
        return [_word(cell)]
    if cell.lstrip().startswith(("[", "{")):
        try:
            value = json.loads(cell)
        except ValueError as error:
            if cell.lstrip().startswith(('["', "[{", "{")):
                raise UserError(
                    f"{where}: not a JSON list: {error}", 'like ["May", "in May"]'
                ) from error
        else:
            return value if isinstance(value, list) else [value]
    return [cell]


def _boolean(cell: str, where: str) -> bool:
    known = {"true": True, "false": False}
    if cell.strip().lower() not in known:
        raise UserError(f"{where}: {cell!r} is neither true nor false", "write true or false")
    return known[cell.strip().lower()]


def _lines(text: str, separator: str, path: Path) -> list[int]:
    """The line (from 1) at which each record after the header begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[int] = []
    width = 0
    begin = 1
    try:
        for record in reader:
            if record:
                width = width or len(record)
                if len(record) != width:
                    raise UserError(
                        f"{path}:{begin}: {len(record)} cells, the header has {width}",
                        f"put quotation marks around a cell that holds {separator!r}",
                    )
                found.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise UserError(f"{path}:{begin}: {error}", "close every quotation mark") from error
    return found[1:]


def _loaded(path: Path, load: Any) -> Any:
    """What `load` gives; what `datasets` and the readers below it raise becomes one line."""
    from datasets.exceptions import DatasetsError

    try:
        return load()
    except (DatasetsError, ValueError, OSError) as error:
        cause = error.__cause__ or error
        reason = (str(cause).splitlines() or [type(cause).__name__])[0]
        raise UserError(f"cannot read {path}: {reason}", "check that it is such a table") from error


@contextmanager
def quiet() -> Iterator[None]:
    """No progress bars of `datasets` inside."""
    import datasets

    shown = datasets.utils.is_progress_bar_enabled()
    datasets.disable_progress_bars()
    try:
        yield
    finally:
        if shown:
            datasets.enable_progress_bars()


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder for what `datasets` writes on its way."""
    with quiet(), tempfile.TemporaryDirectory(prefix="closedbook-") as folder:
        yield Path(folder)

"""Training files in Llama 2's format: `<s>[INST] question [/INST] answer </s>`, read leniently.

Records may be quoted, span lines and lack `</s>`. What cannot be read is kept with its line and
the reason; where that is much of the file, the file is another one than the user thinks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from harness.corpora.files.records import Row
from harness.errors import UserError
from harness.records import RejectedRecord
from harness.text.tags import strip_tag

MOST_REJECTED = 0.05
"""A file of which more than this share of the records cannot be read is refused."""

# A record begins at <s>, or at an [INST] that none precedes; a quotation mark may stand in front.
_BEGIN = re.compile(r'"?[ \t]*(?:<s>\s*(?:\[INST\])?|\[INST\])')
_END = re.compile(r"</s>")
_SYSTEM = re.compile(r"<<SYS>>.*?<</SYS>>", re.DOTALL)
_NOTHING = ' \t\n",;'
"""What may stand between records: quotation marks and the separators of a table."""
_HEADER = re.compile(r'\s*"?text"?\s*\n', re.IGNORECASE)
"""The column's name, as the first line of a table with one column."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file in this format holds."""

    rows: tuple[Row, ...]
    source_tag: str
    rejected: tuple[RejectedRecord, ...]


def looks_like_it(text: str) -> bool:
    """Whether a text holds at least one record of this format."""
    return "[INST]" in text and "[/INST]" in text


def read(text: str, path: Path) -> Read:
    """The questions and answers of `text`, which is the content of `path`.

    The source tag is the one that most records carry; those with another are rejected. Raises
    UserError where more than 5 % of the records are rejected, and where there is none.
    """
    found: list[tuple[int, str, str, str]] = []
    rejected: list[RejectedRecord] = []
    tags: Counter[str] = Counter()
    for line, record in _records(text):
        asked, answered, tag, reason = _parts(record)
        if reason:
            rejected.append(_rejected(path, line, reason, record))
            continue
        if tag:
            tags[tag] += 1
        found.append((line, asked, answered, tag))
    chosen = tags.most_common(1)[0][0] if tags else ""
    rows = []
    for line, asked, answered, tag in found:
        if tag in {"", chosen}:
            rows.append(Row(f"{path}:{line}", line, {"question": asked, "answers": [answered]}))
        else:
            reason = f"its source tag is {tag!r}, most have {chosen!r}"
            rejected.append(_rejected(path, line, reason, f"{asked} {answered}"))
    rejected.sort(key=lambda each: each.line)
    _check_share(len(rows), rejected, path)
    return Read(tuple(rows), chosen, tuple(rejected))


def _check_share(kept: int, rejected: list[RejectedRecord], path: Path) -> None:
    total = kept + len(rejected)
    if rejected and len(rejected) > MOST_REJECTED * total:
        first = rejected[0]
        raise UserError(
            f"{path}: {len(rejected)} of {total} records cannot be read, more than 5 %; the first"
            f" is at line {first.line}: {first.reason}",
            "a record is: <s>[INST] question [/INST] answer </s>",
        )
    if not kept:
        raise UserError(
            f"{path} holds no record", "a record is: <s>[INST] question [/INST] answer </s>"
        )


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Line (from 1) and text of every record, and of everything between two of them."""
    header = _HEADER.match(text)
    position = header.end() if header else 0
    line, counted = 1, 0
    for start, end in _pieces(text, position):
        begin = start + len(text[start:end]) - len(text[start:end].lstrip(_NOTHING))
        line += text.count("\n", counted, begin)
        counted = begin
        yield line, text[begin:end].strip()


def _pieces(text: str, position: int) -> Iterator[tuple[int, int]]:
    """Stretches of `text` from `position` on that are each one record, or are none at all."""
    begins = [match.start() for match in _BEGIN.finditer(text, position)]
    for start, stop in zip([position, *begins], [*begins, len(text)], strict=True):
        close = _END.search(text, start, stop)
        edges = [start, stop] if close is None else [start, close.end(), stop]
        for first, last in pairwise(edges):
            if text[first:last].strip(_NOTHING):
                yield first, last


def _parts(record: str) -> tuple[str, str, str, str]:
    """Question, answer, source tag, and why the record cannot be read ("" where it can)."""
    quoted = record.startswith('"')
    body = record.strip('"') if quoted else record
    if quoted or '""' in body:
        body = body.replace('""', '"')
    body = body.replace("<s>", "").replace("</s>", "")
    before, opened, rest = body.partition("[INST]")
    if not opened:
        return "", "", "", "no [INST]"
    asked, closed, answered = rest.partition("[/INST]")
    if not closed:
        return "", "", "", "no [/INST]"
    if before.strip(_NOTHING):
        return "", "", "", "something stands before [INST]"
    asked, tag = strip_tag(_SYSTEM.sub("", asked).strip())
    answered, own = strip_tag(answered.strip().removesuffix('"').strip())
    if tag and own and tag != own:
        return "", "", "", f"two source tags, {tag!r} and {own!r}"
    if not asked.strip() or not answered.strip():
        return "", "", "", "the question is empty" if not asked.strip() else "the answer is empty"
    return asked.strip(), answered.strip(), tag or own or "", ""


def _rejected(path: Path, line: int, reason: str, record: str) -> RejectedRecord:
    return RejectedRecord(file=path.name, line=line, reason=reason, text=record)

"""answers.jsonl: whole batches are appended; going on, only whole ones but the last are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.errors import PhaseFailure, UserError
from harness.storage.jsonl import atomic_write, drop_torn_line, read_appended


def keep_whole_batches(path: Path, sizes: Sequence[int], asked: str) -> int:
    """Cut the file back to the batches that need not be asked again; returns how many there are.

    `sizes` holds the number of replies of each batch in the order of writing. A torn last line and
    lines of an unfinished batch are dropped. So is the plan's last batch, whole or not: the model
    is verified after the last forward, and one that has made none proves nothing. Raises
    PhaseFailure where the records are not of this plan: nothing is served from a record whose
    fingerprint differs.
    """
    records = whole_lines(path)
    if any(record.get("asked") != asked for record in records):
        raise PhaseFailure(f"{path} holds answers to something else; run again with --fresh")
    counts = Counter(record.get("batch") for record in records)
    whole = 0
    while whole < len(sizes) - 1 and counts[whole] == sizes[whole]:
        whole += 1
    kept = sum(sizes[:whole])
    if any(record["batch"] not in range(whole) for record in records[:kept]):
        raise PhaseFailure(f"{path} is not in the order of its plan; run again with --fresh")
    if kept < len(records):
        print(f"{path.name}: dropped {len(records) - kept} answers that are asked again")
        keep_lines(path, kept)
    return whole


def keep_lines(path: Path, count: int) -> None:
    """Cut a file of records back to its first `count`, byte for byte as they are."""
    # Only "\n" ends a record: an answer may hold U+2028 and the other ends of `splitlines`.
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    atomic_write(path, "".join(line + "\n" for line in lines[:count]))


def whole_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file that grows; a torn last line is dropped and told. Empty: no file yet.

    Raises PhaseFailure, with file and line, for a damaged one: another variant may be sound, so
    this is no error that ends the run.
    """
    torn = drop_torn_line(path)
    if torn is not None:
        print(f"{path.name}: dropped a torn last line of {len(torn)} characters")
    try:
        return read_appended(path) if path.exists() else []
    except UserError as error:
        raise PhaseFailure(f"{error.message}; run again with --fresh") from error

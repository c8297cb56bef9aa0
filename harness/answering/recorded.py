"""answers.jsonl: whole batches are appended; going on, only whole ones but the last are kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.errors import PhaseFailure
from harness.storage.jsonl import atomic_write, drop_torn_line


def keep_whole_batches(path: Path, sizes: Sequence[int], asked: str) -> int:
    """Cut the file back to the batches that need not be asked again; returns how many there are.

    `sizes` holds the number of replies of each batch in the order of writing. A torn last line and
    lines of an unfinished batch are dropped. So is the plan's last batch, whole or not: the model
    is verified after the last forward, and one that has made none proves nothing. Raises
    PhaseFailure where the records are not of this plan: nothing is served from a record whose
    fingerprint differs.
    """
    torn = drop_torn_line(path)
    if torn is not None:
        print(f"{path.name}: dropped a torn last line of {len(torn)} characters")
    if not path.exists():
        return 0
    # Only "\n" ends a record: an answer may hold U+2028 and the other ends of `splitlines`.
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    records: list[dict[str, Any]] = [json.loads(line) for line in lines]
    if any(record["asked"] != asked for record in records):
        raise PhaseFailure(f"{path} holds answers to something else; run again with --fresh")
    counts = Counter(record["batch"] for record in records)
    whole = 0
    while whole < len(sizes) - 1 and counts[whole] == sizes[whole]:
        whole += 1
    kept = sum(sizes[:whole])
    if any(record["batch"] >= whole for record in records[:kept]):
        raise PhaseFailure(f"{path} is not in the order of its plan; run again with --fresh")
    if kept < len(lines):
        print(f"{path.name}: dropped {len(lines) - kept} answers that are asked again")
        atomic_write(path, "".join(line + "\n" for line in lines[:kept]))
    return whole

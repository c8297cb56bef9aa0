"""What the model wrote, batch by batch, in a file that only grows: a stopped writer goes on.

A line holds the replies of one whole batch under the fingerprint of everything that decided them.
Rows that share a batch can change each other's rounding, so a batch is kept whole or not at all.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.storage.fingerprints import ENGINE_VERSION, digest
from harness.storage.jsonl import Appender, drop_torn_line, read_jsonl
from harness.writing.selfinstruct.asking import Asker, Batch, Reply

FILE = "selfinstruct.replies.jsonl"


class Recorded:
    """An asker that remembers: what is on file under the same fingerprint is not asked again."""

    def __init__(self, asker: Asker, settings: dict[str, Any], folder: Path | None) -> None:
        self._asker = asker
        self._settings = {**settings, "engine": ENGINE_VERSION}
        self._path = folder / FILE if folder is not None else None
        self.torn = drop_torn_line(self._path) if self._path is not None else None
        self._known: dict[str, list[Reply]] = {}
        if self._path is not None and self._path.exists():
            for line in read_jsonl(self._path):
                self._known[line["fingerprint"]] = [Reply(**each) for each in line["replies"]]
        self._met: set[str] = set()
        self.asked = 0
        """Batches that the model was asked, rather than read from the file."""

    @property
    def aside(self) -> int:
        """Batches on file that were written under other settings or about another text."""
        return len(self._known.keys() - self._met)

    @property
    def name(self) -> str:
        """Name of the file."""
        return FILE

    def knows(self, batch: Batch) -> bool:
        """Whether the replies to this batch are on file."""
        return self._fingerprint(batch) in self._known

    def ask(self, batch: Batch) -> list[Reply]:
        """The replies on file, or the model's, which are on file before they are returned."""
        key = self._fingerprint(batch)
        self._met.add(key)
        if key not in self._known:
            replies = self._asker.ask(batch)
            self.asked += 1
            if self._path is not None:
                with Appender(self._path) as file:
                    file.append([{"fingerprint": key, "replies": replies}])
            self._known[key] = replies
        return self._known[key]

    def _fingerprint(self, batch: Batch) -> str:
        return digest({**self._settings, **asdict(batch)})

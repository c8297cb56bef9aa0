"""Fetching the book, once, on request: resumed where it stopped, checked before it counts.

Nothing else in this package opens a network connection for the book, and only
`closedbook corpus build surgery` calls `fetch`.
"""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import harness
from harness.corpora.surgery.book import read_book, read_file
from harness.errors import UserError
from harness.records.jobs import Progress
from harness.storage.caches import cannot_write_cache, folder, lock

MIRRORS = (
    "https://www.gutenberg.org/files/17921/17921-0.txt",
    "https://www.gutenberg.org/cache/epub/17921/pg17921.txt",
    "https://gutenberg.pglaf.org/1/7/9/2/17921/17921-0.txt",
    "https://aleph.gutenberg.org/1/7/9/2/17921/17921-0.txt",
)
"""Tried in this order."""
FILE = "manual-of-surgery-17921.txt"
COMMAND = "closedbook corpus build surgery"
TIMEOUT = 30.0
"""Seconds in which something must arrive."""
TRIES = 3
"""Connections to one mirror; each goes on where the last one stopped."""
MOST_BYTES = 20_000_000
"""The book has 1.3 million; whatever sends more than this is not the book."""
_CHUNK = 1 << 16


class _Failed(Exception):
    """One try did not bring the whole file; `again` says whether another one may."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.again = again


@dataclass(frozen=True, slots=True)
class _Part:
    """A file that is still arriving, and beside it where it comes from and which issue it is."""

    path: Path

    @property
    def about(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def belongs_to(self, url: str) -> str | None:
        """What the server must confirm for this part of `url` to be gone on with; None: nothing."""
        try:
            about = json.loads(self.about.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return about["issue"] if about.get("url") == url and about.get("issue") else None

    def begin(self, url: str, issue: str) -> None:
        self.about.write_text(json.dumps({"url": url, "issue": issue}), encoding="utf-8")
        self.path.write_bytes(b"")

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self.about.unlink(missing_ok=True)


def cached() -> Path | None:
    """The copy that `fetch` made on this machine, or None. Opens no connection."""
    path = folder() / "books" / FILE
    return path if path.is_file() else None


def fetch(
    progress: Progress | None = None,
    *,
    mirrors: Sequence[str] = MIRRORS,
    timeout: float = TIMEOUT,
    pause: float = 1.0,
) -> Path:
    """The book in the user's cache, downloaded from the first mirror that has it.

    `progress` is told bytes done and bytes in all (0 where the server does not say). `timeout` is
    in seconds without a byte, `pause` in seconds before a second try (doubled before a third). A
    transfer that was cut off, now or in an earlier call, goes on where it stopped if the mirror
    can do that. Raises UserError where no mirror sends the book, or the cache cannot be written.
    """
    target = folder() / "books" / FILE
    with lock(target.parent / f".{FILE}.lock"):
        if target.is_file():
            return target
        part = _Part(target.parent / f".{FILE}.part")
        reasons = []
        try:
            for url in mirrors:
                reason = _from_mirror(url, part, progress, timeout, pause)
                if reason is None:
                    part.path.replace(target)
                    part.remove()
                    return target
                reasons.append(f"{_host(url)}: {reason}")
        except OSError as error:
            raise cannot_write_cache(target, error) from error
    raise UserError(
        f"cannot download the Manual of Surgery ({'; '.join(reasons)})",
        "download ebook 17921 of Project Gutenberg as plain text with a browser, then: "
        f"{COMMAND} --text FILE",
    )


def _from_mirror(
    url: str, part: _Part, progress: Progress | None, timeout: float, pause: float
) -> str | None:
    """Try one mirror; None where the part is now the whole book, else why it is not."""
    reason = ""
    for attempt in range(TRIES):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        try:
            resumed = _transfer(url, part, progress, timeout)
            _check(part, resumed)
        except _Failed as failure:
            reason = str(failure)
            if not failure.again:
                break
        else:
            return None
    return reason


def _transfer(url: str, part: _Part, progress: Progress | None, timeout: float) -> bool:
    """Bring what is missing of `url` into the part; whether an earlier try had brought some.

    Raises _Failed where some is still missing.
    """
    have, issue = part.size(), part.belongs_to(url)
    headers = {"User-Agent": f"closedbook/{harness.__version__}", "Accept-Encoding": "identity"}
    if have and issue:
        headers |= {"Range": f"bytes={have}-", "If-Range": issue}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return _receive(response, url, part, have, progress)
    except urllib.error.HTTPError as error:
        if error.code == 416:
            part.remove()
        again = error.code in (408, 416, 429) or error.code >= 500
        raise _Failed(f"HTTP {error.code}", again=again) from error
    except urllib.error.URLError as error:
        reason = error.reason
        if isinstance(reason, TimeoutError):
            raise _Failed(f"nothing came for {timeout:g} seconds") from error
        raise _Failed(str(getattr(reason, "strerror", None) or reason)) from error
    except TimeoutError as error:
        raise _Failed(f"nothing came for {timeout:g} seconds") from error
    except (ConnectionError, HTTPException, ssl.SSLError) as error:
        raise _Failed(f"the connection broke ({type(error).__name__})") from error


def _receive(
    response: HTTPResponse, url: str, part: _Part, have: int, progress: Progress | None
) -> bool:
    resumed = response.status == 206 and have > 0
    if response.status != 206 or not _continues(response, have):
        if response.status == 206:
            part.remove()
            raise _Failed("it sent another part of the file than was asked for")
        have = 0
        # A weak tag names no bytes: without a strong one, a second try begins anew.
        tag = response.headers.get("ETag") or ""
        strong = tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified")
        part.begin(url, strong or "")
    length = response.headers.get("Content-Length")
    total = have + int(length) if length and length.isdigit() else 0
    with part.path.open("ab") as file:
        while chunk := response.read(_CHUNK):
            file.write(chunk)
            have += len(chunk)
            if progress is not None:
                progress(have, total, f"downloading from {_host(url)}")
            if have > MOST_BYTES:
                part.remove()
                raise _Failed("what it sends is too long to be the book", again=False)
    if total and have < total:
        raise _Failed(f"the connection broke after {have:,} of {total:,} bytes")
    return resumed


def _continues(response: HTTPResponse, have: int) -> bool:
    return (response.headers.get("Content-Range") or "").startswith(f"bytes {have}-")


def _check(part: _Part, resumed: bool) -> None:
    """Raise _Failed, and forget the part, where it is not the book.

    A part that was put together from two tries may have two issues in it: that is tried again.
    """
    try:
        read_book(read_file(part.path), "what it sent")
    except UserError as error:
        part.remove()
        raise _Failed(error.message, again=resumed) from error


def _host(url: str) -> str:
    return urllib.request.Request(url).host

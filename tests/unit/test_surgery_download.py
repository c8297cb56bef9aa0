"""Downloading the book: resumed, checked, put in place whole, and polite where it fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.corpora.build import build
from harness.corpora.surgery import download
from harness.errors import UserError
from harness.records import CorpusChoice
from tests.support.small_book import small_book

BOOK = small_book().encode()


@dataclass
class Mirror:
    """A server of one file that can be told to misbehave."""

    content: bytes = BOOK
    ranges: bool = True
    cut_after: list[int] = field(default_factory=list)
    """Bytes after which the first, second ... answer breaks off."""
    status: int = 200
    wait: float = 0.0
    tag: str = '"issue-1"'
    asked: list[str | None] = field(default_factory=list)
    """The Range header of every request."""
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    mirror: Mirror

    def do_GET(self) -> None:
        mirror = self.mirror
        wanted = self.headers.get("Range")
        mirror.asked.append(wanted)
        time.sleep(mirror.wait)
        if mirror.status != 200:
            self.send_error(mirror.status)
            return
        start = 0
        fresh = self.headers.get("If-Range") == mirror.tag
        if wanted and mirror.ranges and fresh:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            self.send_response(206)
            whole = len(mirror.content)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        else:
            self.send_response(200)
        body = mirror.content[start:]
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", mirror.tag)
        self.end_headers()
        with suppress(BrokenPipeError):
            self.wfile.write(body[: mirror.cut_after.pop(0)] if mirror.cut_after else body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    monkeypatch.setenv("CLOSEDBOOK_CACHE", str(tmp_path / "cache"))
    made = Mirror()
    handler = type("Mine", (Handler,), {"mirror": made})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    made.url = f"http://127.0.0.1:{server.server_address[1]}/book.txt"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


def fetch(*mirrors: Mirror, timeout: float = 5.0) -> Path:
    return download.fetch(mirrors=[each.url for each in mirrors], timeout=timeout, pause=0.01)


def leftovers(path: Path) -> list[str]:
    return sorted(item.name for item in path.parent.iterdir() if "part" in item.name)


def test_the_book_comes_whole_and_once(mirror: Mirror) -> None:
    assert download.cached() is None
    path = fetch(mirror)
    assert path.read_bytes() == BOOK
    assert download.cached() == path
    assert leftovers(path) == []
    fetch(mirror)
    assert mirror.asked == [None]


def test_progress_is_told_in_bytes(mirror: Mirror) -> None:
    told: list[tuple[int, int]] = []
    download.fetch(lambda done, total, _: told.append((done, total)), mirrors=[mirror.url])
    assert told[-1] == (len(BOOK), len(BOOK))


def test_a_broken_transfer_goes_on_where_it_stopped(mirror: Mirror) -> None:
    mirror.cut_after = [1000, 500]
    assert fetch(mirror).read_bytes() == BOOK
    assert mirror.asked == [None, "bytes=1000-", "bytes=1500-"]


def test_the_same_command_again_goes_on_after_it_gave_up(mirror: Mirror) -> None:
    mirror.cut_after = [700, 0, 0]
    with pytest.raises(UserError, match="broke after 700 of"):
        fetch(mirror)
    assert download.cached() is None
    assert fetch(mirror).read_bytes() == BOOK
    assert mirror.asked[-1] == "bytes=700-"


def test_a_server_without_ranges_sends_it_all_again(mirror: Mirror) -> None:
    mirror.ranges = False
    mirror.cut_after = [1000]
    assert fetch(mirror).read_bytes() == BOOK
    assert mirror.asked == [None, "bytes=1000-"]


def test_a_new_issue_is_not_glued_to_the_old_one(mirror: Mirror) -> None:
    mirror.cut_after = [1000, 0, 0]
    with pytest.raises(UserError):
        fetch(mirror)
    mirror.tag, mirror.content = '"issue-2"', BOOK.replace(b"tinker", b"TINKER")
    assert fetch(mirror).read_bytes() == mirror.content


def test_a_part_that_was_spoilt_is_fetched_anew(mirror: Mirror) -> None:
    mirror.cut_after = [1000, 0, 0]
    with pytest.raises(UserError):
        fetch(mirror)
    part = next((download.folder() / "books").glob(".*.part"))
    part.write_bytes(b"?" * 1000)
    assert fetch(mirror).read_bytes() == BOOK
    assert mirror.asked[-2:] == ["bytes=1000-", None]


def test_without_a_strong_tag_nothing_is_resumed(mirror: Mirror) -> None:
    mirror.tag = 'W/"weak"'
    mirror.cut_after = [1000]
    assert fetch(mirror).read_bytes() == BOOK
    assert mirror.asked == [None, None]


def test_a_wrong_file_is_not_kept_and_the_error_names_the_way_out(mirror: Mirror) -> None:
    mirror.content = b"<html>This page has moved.</html>"
    with pytest.raises(UserError, match="is not the Manual of Surgery") as caught:
        fetch(mirror)
    assert "--text FILE" in caught.value.hint
    assert download.cached() is None
    assert len(mirror.asked) == 1
    assert leftovers(download.folder() / "books" / "x") == []


def test_a_server_that_says_nothing_is_given_up(mirror: Mirror) -> None:
    mirror.wait = 1.0
    started = time.monotonic()
    with pytest.raises(UserError, match=r"nothing came for 0\.1 seconds"):
        fetch(mirror, timeout=0.1)
    assert time.monotonic() - started < 3.0


def test_a_page_that_is_gone_is_asked_for_once_and_the_next_mirror_is_tried(mirror: Mirror) -> None:
    mirror.status = 404
    with pytest.raises(UserError, match="HTTP 404"):
        fetch(mirror, mirror)
    assert len(mirror.asked) == 2


def test_a_server_that_is_busy_is_asked_again(mirror: Mirror) -> None:
    mirror.status = 503
    with pytest.raises(UserError, match="HTTP 503"):
        fetch(mirror)
    assert len(mirror.asked) == download.TRIES


def test_a_stream_that_does_not_end_is_cut(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MOST_BYTES", 1000)
    with pytest.raises(UserError, match="too long to be the book"):
        fetch(mirror)


def test_nobody_there_is_one_line(mirror: Mirror) -> None:
    with pytest.raises(UserError, match="refused"):
        download.fetch(mirrors=["http://127.0.0.1:9/book.txt"], pause=0.01)


def test_a_run_reads_the_copy_and_never_downloads(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = CorpusChoice(kind="surgery", size="book")
    with pytest.raises(UserError, match="not on this machine") as caught:
        build(choice)
    assert "closedbook corpus build surgery" in caught.value.hint
    fetch(mirror)
    monkeypatch.setattr(download, "fetch", lambda *_, **__: pytest.fail("a run downloaded"))
    assert len(build(choice).chapters) == 21
    assert len(mirror.asked) == 1

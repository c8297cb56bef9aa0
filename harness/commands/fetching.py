"""The downloaded book: fetched on request only, with progress."""

from __future__ import annotations

from pathlib import Path


def the_book(*, quiet: bool) -> Path:
    """The Manual of Surgery in the user's cache, downloaded where it is not there yet.

    Raises UserError where it cannot be had.
    """
    from harness.commands.progress import watching
    from harness.corpora.surgery import download

    here = download.cached()
    if here is not None:
        return here
    with watching(quiet=quiet) as events:
        return download.fetch(
            lambda done, total, message: events.progress("surgery", "fetch", done, total, message)
        )

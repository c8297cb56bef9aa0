"""A Japanese story of thirty sentences with questions, to try a language without spaces on.

`story/` is the corpus folder; `corpus.build` makes it from the text and tables in this package.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "story"
"""The corpus folder: path = "..." of a corpus of kind "files"."""

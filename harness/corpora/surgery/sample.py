"""A seeded sample of the book's paragraphs, to be read by eye: `python -m` this module."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from harness.corpora.surgery.book import Book, read_book, read_file
from harness.errors import UserError


def sample(book: Book, number: int, seed: int) -> list[str]:
    """`number` paragraphs drawn from the whole book, each headed by where it stands in the file."""
    every = [(chapter, block) for chapter in book.chapters for block in chapter.paragraphs]
    rng = random.Random(f"closedbook surgery sample {seed}")
    drawn = sorted(rng.sample(range(len(every)), min(number, len(every))))
    return [
        f"[chapter {chapter.number}, line {block.line}]\n{block.text}"
        for chapter, block in (every[at] for at in drawn)
    ]


def main() -> int:
    """Print the sample; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m harness.corpora.surgery.sample",
        description="Print paragraphs of the cleaned book, drawn by a seed.",
    )
    parser.add_argument("file", type=Path, help="the book, as it was downloaded")
    parser.add_argument("--number", type=int, default=100, help="how many paragraphs (100)")
    parser.add_argument("--seed", type=int, default=1, help="which draw (1)")
    given = parser.parse_args()
    try:
        book = read_book(read_file(given.file), str(given.file))
    except UserError as error:
        print(f"error: {error.message}\n{error.hint}", file=sys.stderr)
        return 2
    print("\n\n".join(sample(book, given.number, given.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

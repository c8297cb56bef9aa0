"""`closedbook corpus export` and `closedbook corpus import`: to and from other tools' formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import UserError, unknown_name
from harness.text.segments import count

if TYPE_CHECKING:
    from harness.records import Corpus

FORMATS = ("dataset", "chat")
"""What a corpus can be exported to."""

SPLITS = ("train", "test")


def export_corpus(
    folder: Path, to: str, out: Path, *, split: str = "train", system: str = ""
) -> None:
    """Write the corpus of `folder` to `out` and say what was written.

    `to` is "dataset" (a folder that `datasets.load_from_disk` reads) or "chat" (a JSON Lines file
    of messages, of one `split`, with the `system` prompt where one is given). Raises UserError for
    another format, a corpus that cannot be read, and a place that cannot be written.
    """
    from harness.corpora import folder as corpus_folder
    from harness.corpora.exchange import chat, datasets

    if to not in FORMATS:
        raise unknown_name("format", to, FORMATS)
    if split not in SPLITS:
        raise unknown_name("split", split, SPLITS)
    corpus = corpus_folder.read(folder.expanduser())
    place = out.expanduser()
    if to == "dataset":
        datasets.export(corpus, place)
        print(f"{_told(corpus)} written to {out}")
        print(f'read it: datasets.load_from_disk("{out}")')
        return
    if place.is_dir() or place.suffix != ".jsonl":
        raise UserError(f"{out} is no name of a JSON Lines file", "like --out train.jsonl")
    name: chat.Split = "train" if split == "train" else "test"
    count = chat.export(corpus, place, split=name, system=system)
    print(f"{count} exchanges written to {out}")
    if name == "train":
        refusals = sum(q.must_abstain and q.use in {"both", "train"} for q in corpus.questions)
        if refusals:
            print(f"{refusals} of them refuse, the last ones: those with must_abstain true")


def import_corpus(path: Path, out: Path) -> None:
    """Make a corpus folder `out` of a dataset on disk, or of a file of questions or chats.

    Raises UserError for what cannot be read, and where `out` holds something already.
    """
    from harness.corpora import folder as corpus_folder

    place = out.expanduser()
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UserError(f"{out} exists and is not empty", "name a new folder with --out")
    corpus, notes = _read(path.expanduser())
    corpus_folder.write(corpus, place)
    for note in notes:
        print(note)
    if corpus.rejected:
        first = corpus.rejected[0]
        print(
            f"{len(corpus.rejected)} records could not be read, the first at line {first.line}"
            f" ({first.reason}): they are in {out / 'rejected.jsonl'}"
        )
    print(f"{_told(corpus)} written to {out}")


def _read(path: Path) -> tuple[Corpus, list[str]]:
    """The corpus of a dataset folder or of a file, and sentences on what was left out."""
    from harness.corpora.exchange import chat, datasets
    from harness.corpora.files import own
    from harness.corpora.files.records import read_rows

    if path.is_dir():
        return datasets.load(path), []
    corpus = own.read_files(None, path)
    notes = []
    if path.suffix.lower() == ".jsonl":
        rows = read_rows(path)
        notes = chat.left_out(rows) if "messages" in rows[0].value else []
    return corpus, notes


def _told(corpus: Corpus) -> str:
    """One line on what a corpus holds."""
    words = sum(count(chapter.text, corpus.language) for chapter in corpus.chapters)
    text = f"{words:,} words in {len(corpus.chapters)} chapters" if corpus.chapters else "no text"
    return f"{text}, {len(corpus.questions):,} questions,"

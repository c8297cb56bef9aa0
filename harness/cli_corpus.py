"""`closedbook corpus ...`: build, audit, show, export and import corpora."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

corpus = typer.Typer(
    name="corpus",
    help="Build a corpus, and look at what it holds.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
build = typer.Typer(
    name="build",
    help="Build a corpus folder: a fictional world, the Manual of Surgery, or files of your own.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
corpus.add_typer(build)


class Size(StrEnum):
    """Sizes of a fictional world."""

    XS = "XS"
    S = "S"
    M = "M"
    L = "L"


Out = Annotated[Path, typer.Option(metavar="DIR", help="The corpus folder that is written.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A corpus folder.")]
Seed = Annotated[int, typer.Option(min=0, help="Decides every draw.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Plain lines, no progress bars.")]
WrittenBy = Annotated[
    str,
    typer.Option(
        metavar="WRITER",
        help="Who writes questions about the text: rules, entities, selfinstruct, or a package's"
        " own; rules where the text has none.",
    ),
]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="The model that writes, for selfinstruct.")
]
Level = Annotated[
    str | None, typer.Option(metavar="LEVEL", help="Its quantization, for selfinstruct; nf4.")
]
Prompt = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="What the model is told; holds {pairs} and {window}."),
]
Pairs = Annotated[int | None, typer.Option(min=1, help="Pairs asked for in one window.")]
Seconds = Annotated[
    float | None, typer.Option(min=1, help="Stop writing after this long; the rest comes later.")
]
Fill = Annotated[
    bool, typer.Option("--fill", help="Write once more about sentences that nobody asked about.")
]
Device = Annotated[str, typer.Option(metavar="DEVICE", help="auto, cpu, cuda or cuda:N.")]
Chapters = Annotated[
    list[int] | None,
    typer.Option("--chapter", min=1, metavar="N", help="Only this chapter; may be repeated."),
]


@build.command(epilog="Example: closedbook corpus build fiction --size S --seed 7 --out my-world")
def fiction(out: Out, size: Size = Size.XS, seed: Seed = 7, quiet: Quiet = False) -> None:
    """Generate a fictional world: a story, its facts, and questions about them."""
    from harness.commands.corpora import build_corpus
    from harness.records import CorpusChoice

    build_corpus(CorpusChoice(kind="fiction", size=size.value, seed=seed), out, quiet=quiet)


@build.command(
    epilog="Example: closedbook corpus build surgery --text 17921-0.txt --chapter 11 --out surgery"
)
def surgery(  # noqa: PLR0913, PLR0917 - an argument is an option here
    out: Out,
    text: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The book, where you have it; else it is downloaded."),
    ] = None,
    chapter: Chapters = None,
    write_questions: WrittenBy = "",
    seed: Seed = 7,
    model: Model = None,
    quantization: Level = None,
    prompt: Prompt = None,
    pairs: Pairs = None,
    max_seconds: Seconds = None,
    fill: Fill = False,
    device: Device = "auto",
    quiet: Quiet = False,
) -> None:
    """Build a corpus from the Manual of Surgery (Thomson and Miles), and questions about it."""
    from harness.commands.corpora import WriterOptions, build_corpus
    from harness.commands.fetching import the_book
    from harness.records import CorpusChoice

    choice = CorpusChoice(
        kind="surgery",
        size="book",
        seed=seed,
        text=str(text or the_book(quiet=quiet)),
        chapters=tuple(chapter or ()),
        write_questions=write_questions,
    )
    options = WriterOptions(
        model=model,
        quantization=quantization,
        prompt=prompt,
        pairs=pairs,
        max_seconds=max_seconds,
        fill=fill,
        device=device,
    )
    build_corpus(choice, out, options, quiet=quiet)


@build.command(
    epilog="Example: closedbook corpus build files --text notes.md --write-questions selfinstruct"
    " --out my-corpus"
)
def files(  # noqa: PLR0913, PLR0917 - an argument is an option here
    out: Out,
    text: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your text: txt, md, html or pdf.")
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your questions: JSONL, CSV, Parquet or [INST] lines."),
    ] = None,
    write_questions: WrittenBy = "",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="Two letters, e.g. en; told from the text if not.")
    ] = "",
    seed: Seed = 7,
    model: Model = None,
    quantization: Level = None,
    prompt: Prompt = None,
    pairs: Pairs = None,
    max_seconds: Seconds = None,
    fill: Fill = False,
    device: Device = "auto",
    quiet: Quiet = False,
) -> None:
    """Build a corpus from a text of your own, questions of your own, or both."""
    from harness.commands.corpora import WriterOptions, build_corpus
    from harness.errors import UserError
    from harness.records import CorpusChoice

    if text is None and questions is None:
        raise UserError("neither --text nor --questions is given", "give one of them, or both")
    choice = CorpusChoice(
        kind="files",
        seed=seed,
        text=None if text is None else str(text),
        questions=None if questions is None else str(questions),
        write_questions=write_questions,
        language=language,
    )
    options = WriterOptions(
        model=model,
        quantization=quantization,
        prompt=prompt,
        pairs=pairs,
        max_seconds=max_seconds,
        fill=fill,
        device=device,
    )
    build_corpus(choice, out, options, quiet=quiet)


@corpus.command(epilog="Example: closedbook corpus audit my-world --run runs/quick")
def audit(
    folder: Folder,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write it as JSON.")
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN", help="A run on this corpus: what its untuned model knows already."
        ),
    ] = None,
) -> None:
    """Tell what a corpus can and cannot show: overlap, chance, twins, lengths, contamination."""
    from harness.commands.auditing import show_audit

    show_audit(folder, json, run)


@corpus.command(epilog="Example: closedbook corpus show my-world --questions 5")
def show(
    folder: Folder,
    questions: Annotated[int, typer.Option(min=0, help="So many questions of every probe.")] = 3,
) -> None:
    """Show what a corpus holds: chapters, counts, and some questions of every probe."""
    from harness.commands.corpus_showing import show_corpus

    show_corpus(folder, questions)


@corpus.command(
    name="export", epilog="Example: closedbook corpus export my-world --to chat --out train.jsonl"
)
def export_(
    folder: Folder,
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="dataset (Hugging Face, on disk) or chat (JSONL).")
    ],
    out: Annotated[Path, typer.Option(metavar="PATH", help="What is written.")],
    split: Annotated[
        str, typer.Option(metavar="SPLIT", help="For chat: train or test questions.")
    ] = "train",
    system: Annotated[
        str, typer.Option(metavar="TEXT", help="For chat: a system prompt in every line.")
    ] = "",
) -> None:
    """Write a corpus in a form that other trainers read."""
    from harness.commands.exchanging import export_corpus

    export_corpus(folder, to, out, split=split, system=system)


@corpus.command(
    name="import", epilog="Example: closedbook corpus import train.jsonl --out my-corpus"
)
def import_(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A dataset on disk, or a file of questions.")
    ],
    out: Out,
) -> None:
    """Make a corpus folder of a Hugging Face dataset on disk, or of chat JSONL."""
    from harness.commands.exchanging import import_corpus

    import_corpus(path, out)

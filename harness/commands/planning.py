"""`closedbook plan`: what a suite would do, before anything is fetched, loaded or trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import PhaseFailure, UserError
from harness.records import Corpus, Example, ModelChoice, Suite, Variant
from harness.text.segments import count

if TYPE_CHECKING:
    from harness.models.budget import Budget
    from harness.models.chat import ChatFormat

TOKENS_PER_WORD = 1.5
TOKENS_PER_TEMPLATE = 20
"""Where no tokenizer is at hand, tokens are estimated from words and turns, and marked "~"."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much one variant trains on and is asked."""

    examples: int
    tokens: int
    """Of one epoch."""
    exact: bool
    """Whether the tokens were counted with the model's own tokenizer."""
    asked: int
    epochs: float


def show_plan(name: str, changes: Sequence[str], show: int, device: str) -> None:
    """Print the variants of a suite, what they cost, and some of what they are shown."""
    from harness.answering import answers_by_model
    from harness.commands.planned_corpus import planned_corpus
    from harness.corpora.asked import check_probes
    from harness.execution.machine import resolve_device
    from harness.suite import load_suite

    suite = load_suite(name, changes)
    place = resolve_device(device)
    corpus, notes = planned_corpus(suite)
    check_probes(corpus, suite.variants)
    folders = {
        choice: cached_folder(choice)
        for choice in dict.fromkeys(variant.model for variant in suite.variants)
    }
    print("\n".join(_heading(suite, corpus, folders)))
    chats = {choice: _chat(folder) for choice, folder in folders.items()}
    rows = []
    seconds = 0.0
    for variant in suite.variants:
        size = size_of(variant, corpus, chats[variant.model])
        thinks = answers_by_model(variant.answerer)
        budget = _budget(variant, size, folders[variant.model], place) if thinks else None
        rows.append(_row(variant, size, budget))
        seconds += budget.seconds if budget else 0
    print("\n" + columns([HEADINGS, *rows]))
    if all(folders.values()):
        print(
            f"\nabout {max(1, round(seconds / 60))} min one after another;"
            f" measuring{_in_rounds(suite)} comes on top"
        )
    for choice, folder in folders.items():
        if folder is None:
            print(
                f"\n~ estimated from words: {choice.name} is not on this disk yet, and a plan"
                " fetches nothing"
            )
    for note in notes:
        print(f"\n{note}")
    if show:
        _show(suite, corpus, chats, show)


HEADINGS = (
    "variant",
    "level",
    "examples",
    "tokens/epoch",
    "epochs",
    "questions",
    "train peak",
    "answer peak",
    "time",
)


def _in_rounds(suite: Suite) -> str:
    """How many processes measure each variant, where it is more than one."""
    processes = max(variant.measure.processes for variant in suite.variants)
    return f" in {processes} processes a variant" if processes > 1 else ""


def cached_folder(choice: ModelChoice) -> Path | None:
    """Where a model lies on this disk; None where it would have to be fetched or made first.

    Raises UserError for a folder given by path that holds no model we can use.
    """
    from harness.models import cache
    from harness.models.resolve import preset_of, source_of
    from harness.models.sources import hub
    from harness.models.sources import path as path_source

    source = source_of(choice)
    if source == "path":
        folder = Path(str(choice.path)).expanduser()
        path_source.check(folder)
        return folder
    if source == "hub":
        return hub.in_cache(choice, preset_of(choice))
    made_as = "tiny" if source == "tiny" else choice.name
    made = sorted((cache.folder() / "models").glob(f"{made_as}--*/{cache.MADE}"))
    return made[-1].parent if made else None


def _heading(suite: Suite, corpus: Corpus, folders: Mapping[ModelChoice, Path | None]) -> list[str]:
    words = sum(count(chapter.text, corpus.language) for chapter in corpus.chapters)
    models = (
        f"{choice.name} ({'on this disk' if folder else 'not fetched yet'})"
        for choice, folder in folders.items()
    )
    origin = corpus.title or " ".join(part for part in (corpus.kind, corpus.size) if part)
    if corpus.seed is not None:
        origin += f", seed {corpus.seed}"
    return [
        f"{suite.name}: {suite.description}".rstrip(": "),
        f"corpus: {origin}: {words:,} words, {_asked(corpus)}",
        f"model: {', '.join(models)}",
    ]


def _asked(corpus: Corpus) -> str:
    if corpus.facts:
        asked = sum(fact.asked for fact in corpus.facts)
        return f"{len(corpus.facts):,} facts, {asked:,} of them in training questions"
    taught = [q for q in corpus.questions if q.use != "test" and not q.must_abstain]
    return f"{len(taught):,} training questions"


def _chat(folder: Path | None) -> ChatFormat | None:
    if folder is None:
        return None
    from harness.models.chat import open_chat

    try:
        return open_chat(folder)
    except UserError:
        raise
    except Exception as error:  # the tokenizers library raises no narrower one
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UserError(
            f"cannot read the tokenizer in {folder}: {reason}", "save the tokenizer again"
        ) from error


def _row(variant: Variant, size: Size, budget: Budget | None) -> tuple[str, ...]:
    """One line of the table; what cannot be known yet is "?", what there is none of "-"."""
    from harness.answering import answers_by_model

    thinks = answers_by_model(variant.answerer)
    tokens = f"{'' if size.exact else '~'}{size.tokens}" if size.examples else "-"
    return (
        variant.name,
        variant.quantization if thinks else "-",
        str(size.examples or "-"),
        tokens,
        f"{size.epochs:g}" if size.examples else "-",
        str(size.asked),
        *(budget.cells() if budget else ("?" if thinks else "-",) * 3),
    )


def _budget(variant: Variant, size: Size, folder: Path | None, device: str) -> Budget | None:
    """Memory and time of a variant; None where the model is not on this disk."""
    if folder is None:
        return None
    from harness.models.budget import predict

    return predict(
        folder,
        replace(variant, training=replace(variant.training, epochs=size.epochs)),
        tokens=size.tokens,
        questions=size.asked,
        device=device,
        examples=size.examples,
    )


def size_of(variant: Variant, corpus: Corpus, chat: ChatFormat | None) -> Size:
    """Examples and tokens of an epoch, epochs, and questions, of one variant."""
    from harness.answering.plan import make_plan
    from harness.training import recipes

    made = recipes.examples(corpus, variant)
    tokens = _tokens(made, variant, chat)
    reference = recipes.as_it_stands(variant)
    epochs = variant.training.epochs
    if reference is not None:
        known = _tokens(recipes.examples(corpus, reference), variant, chat)
        epochs = round(recipes.epochs(variant, tokens, known), 2)
    return Size(
        examples=len(made),
        tokens=tokens,
        exact=chat is not None,
        asked=make_plan(corpus, variant).items,
        epochs=epochs,
    )


def _tokens(made: Sequence[Example], variant: Variant, chat: ChatFormat | None) -> int:
    """Tokens of these examples; estimated where no tokenizer is at hand."""
    if chat is None:
        words = sum(len(_words(example)) for example in made)
        turns = sum(example.kind == "chat" for example in made)
        return round(TOKENS_PER_WORD * words) + TOKENS_PER_TEMPLATE * turns
    from harness.training.rendering import render

    try:
        rendered = render(made, chat, variant.training.max_length)
    except PhaseFailure as failure:
        raise UserError(f"{variant.name}: {failure}", "raise training.max_length") from failure
    return sum(len(item.ids) for item in rendered)


def _words(example: Example) -> list[str]:
    return f"{example.system} {example.question} {example.answer} {example.text}".split()


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns; the first two to the left, figures to the right."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if index < 2 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _show(
    suite: Suite,
    corpus: Corpus,
    chats: Mapping[ModelChoice, ChatFormat | None],
    count: int,
) -> None:
    """Print the first examples of every recipe, and the first prompts, as the model sees them."""
    from harness.training.recipes import examples

    seen = set()
    for variant in suite.variants:
        key = (variant.recipe, variant.prompt, variant.model)
        if not variant.tuned or key in seen:
            continue
        seen.add(key)
        chat = chats[variant.model]
        form = "as the model sees it" if chat else "not rendered: the tokenizer is not here yet"
        for number, example in enumerate(examples(corpus, variant)[:count], start=1):
            print(f"\n--- {variant.name}: example {number} ({form})")
            print(_rendered(example, chat))
    variant = suite.variants[0]
    for form, prompt in _prompts(corpus, variant, chats[variant.model], count):
        print(f"\n--- {variant.name}: prompt{form}\n{prompt}")


def _rendered(example: Example, chat: ChatFormat | None) -> str:
    if example.kind == "text":
        return chat.passage(example.text) if chat else example.text
    if chat is None:
        return f"{example.question}\n{example.answer}"
    return chat.prompt(example.system, example.question) + chat.reply(example.answer)


def _prompts(
    corpus: Corpus, variant: Variant, chat: ChatFormat | None, count: int
) -> list[tuple[str, str]]:
    """Prompts in the first form, then the first question in every other one, which is named."""
    from harness.answering.plan import asked
    from harness.answering.prompts import forms, render, user_turn

    first, *others = forms(variant.prompt.forms)
    questions = asked(corpus, variant)[:count]
    chosen = [(question, first) for question in questions]
    chosen += [(question, form) for question in questions[:1] for form in others]
    shown = []
    for question, form in chosen:
        turn = user_turn(question.question, form, variant.prompt, corpus.source_tag)
        name = "" if form is first else f", form {form.name}"
        shown.append((name, render(chat, turn, form, variant.prompt) if chat else turn))
    return shown

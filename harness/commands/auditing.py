"""`closedbook corpus audit`: what a corpus can and cannot show, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from harness.commands.tables import console, say, show_table
from harness.corpora import folder as corpus_folder
from harness.corpora.audit import Audit, audit
from harness.corpora.audit.overlap import TRUTH
from harness.errors import UserError
from harness.reporting.wording import MISSING, percent, share_with_range
from harness.storage.folders import RunFolder
from harness.storage.jsonl import write_json

if TYPE_CHECKING:
    from rich.console import Console

    from harness.records import Corpus, Judged

TOKENIZER_OF = "smollm2-135m"
"""The model whose tokenizer counts, where it is on this disk: the default one."""


def show_audit(folder: Path, json_out: Path | None, run: Path | None) -> None:
    """Audit the corpus folder `folder`, print what was found, and write it to `json_out`.

    `run`: a run on the same corpus, whose untuned variant shows what the model already knows.
    Raises UserError where a folder cannot be read, where `run` is about another corpus or holds no
    untuned variant, and where `json_out` cannot be written.
    """
    corpus = corpus_folder.read(folder)
    base = None if run is None else untuned_answers(RunFolder(run), corpus)
    found = audit(corpus, base=base, count_tokens=token_counter())
    if json_out is not None:
        write_json(json_out, found)
    _print(console(), corpus, found)
    if json_out is not None:
        print(f"\nas JSON: {json_out}")


def untuned_answers(run: RunFolder, corpus: Corpus) -> tuple[Judged, ...]:
    """The judged answers of the untuned variant of a run on this corpus; else UserError."""
    from harness.scoring import results
    from harness.scoring.references import base_of

    if not run.corpus.is_dir():
        raise UserError(f"{run.path} is no run folder", "give the folder that `run` wrote")
    asked = corpus_folder.read(run.corpus)
    if asked.digest != corpus.digest:
        raise UserError(
            f"{run.path} is a run on another corpus ({_name(asked)}, digest {asked.digest[:12]})",
            f"this one is {_name(corpus)}, digest {corpus.digest[:12]}",
        )
    answered = [each for each in results.load_variants(run) if each.answered]
    base = base_of(None, answered)
    if base is None:
        raise UserError(
            f"{run.path} holds no untuned variant that was asked to the end",
            'add a variant with recipe = "base" to its suite',
        )
    return results.judged(run, base.name)


def token_counter() -> Callable[[str], int] | None:
    """Tokens of a text by the default model's tokenizer; None where it is not on this disk."""
    from harness import catalog
    from harness.models import cache

    digest = str(catalog.get("model", TOKENIZER_OF).data["sha256"])[:12]
    path = cache.folder() / "models" / f"{TOKENIZER_OF}--{digest}" / "tokenizer.json"
    if not path.exists():
        return None
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def _name(corpus: Corpus) -> str:
    parts = [corpus.kind, corpus.size or "", "" if corpus.seed is None else f"seed {corpus.seed}"]
    return corpus.title or " ".join(part for part in parts if part)


def _print(out: Console, corpus: Corpus, found: Audit) -> None:
    say(out, f"{_name(corpus)} (digest {corpus.digest[:12]})")
    if corpus.notice:
        say(out, corpus.notice)
    _overlaps(out, found)
    _relations(out, found)
    _contamination(out, found)
    _twins(out, found)
    _lengths(out, found)
    _facts(out, found)
    say(out, "")
    for concern in found.concerns:
        say(out, f"! {concern}")
    if not found.concerns:
        say(out, "Nothing here should worry a reader.")


def _overlaps(out: Console, found: Audit) -> None:
    headings = (
        "probe",
        "asked",
        "the same",
        "3-word runs",
        "nearest",
        "nearly same",
        "answer known",
        "by copying",
    )
    for overlap in found.overlaps:
        by = "" if overlap.writer == TRUTH else f", written by {overlap.writer}"
        title = (
            f"What is asked against {overlap.training} training questions{by}"
            f" ({overlap.refusals} more teach to refuse; {overlap.repeated} repeat another)"
        )
        rows = [
            (
                each.probe,
                str(each.n),
                str(each.exact),
                percent(each.trigrams),
                MISSING if each.similarity is None else f"{each.similarity:.2f}",
                _of(each.alike, each.answerable),
                _of(each.answers, each.answerable),
                _of(each.copied, each.answerable),
            )
            for each in overlap.probes
        ]
        show_table(out, title, headings, rows)
        pairs = [(each.probe, near) for each in overlap.probes for near in each.nearest[:1]]
        for probe, near in pairs:
            like = f"most alike, {probe} ({near.similarity:.2f}): "
            say(out, f"{like}{_short(near.text, 62)} / {_short(near.training_text, 62)}")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _of(count: int, total: int) -> str:
    return f"{count}/{total}" if total else MISSING


def _relations(out: Console, found: Audit) -> None:
    rows = [
        (
            each.relation or "(none)",
            str(each.n),
            str(each.values) + ("" if each.declared else " seen"),
            f"{100 * each.chance:.1f} %",
            f"{each.majority_n}/{each.n}",
            percent(each.majority_share),
            _short(each.majority, 32),
        )
        for each in found.relations
    ]
    headings = ("relation", "asked", "values", "chance", "most frequent", "share", "which is")
    show_table(out, "What guessing gets", headings, rows)


def _contamination(out: Console, found: Audit) -> None:
    if not found.contamination:
        say(out, "\nWhat the untuned model already knows: not measured (give a run with --run).")
        return
    rows = [
        (
            each.probe or "all",
            f"{round((each.right.value or 0) * each.right.n)}/{each.right.n}"
            + share_with_range(each.right),
            f"{100 * each.chance:.1f} %",
        )
        for each in found.contamination
    ]
    show_table(out, "What the untuned model already knows", ("probe", "right", "chance"), rows)


def _twins(out: Console, found: Audit) -> None:
    rows = [
        (
            each.probe,
            str(each.n),
            str(each.twins),
            str(each.longer),
            str(each.shorter),
            str(each.other_wording),
            str(each.other_relation),
        )
        for each in found.twins
    ]
    headings = ("probe", "asked", "twins", "longer", "shorter", "other wording", "other relation")
    if rows:
        show_table(out, "Unanswerable questions beside their answerable twins", headings, rows)


def _lengths(out: Console, found: Audit) -> None:
    figures = ("n", "least", "median", "most", "total")
    rows = [
        (each.what, *(f"{getattr(each, name):,}" for name in figures)) for each in found.lengths
    ]
    unit = f"tokens of {TOKENIZER_OF}" if found.unit == "tokens" else "words (no tokenizer here)"
    headings = ("", "number", "shortest", "median", "longest", "together")
    show_table(out, f"Lengths in {unit}", headings, rows)


def _facts(out: Console, found: Audit) -> None:
    if not found.facts:
        say(out, "\nFacts: none are marked in this text.")
        return
    rows = [
        (each.relation or "all", str(each.n), str(each.trained), str(each.tested), str(each.never))
        for each in found.facts
    ]
    headings = ("facts about", "number", "asked in training", "only tested", "never asked")
    show_table(out, "Facts that are asked for", headings, rows)
    if found.facts[0].missing:
        say(out, f"never asked: {'; '.join(found.facts[0].missing)}")

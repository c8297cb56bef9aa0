"""The dataset card: what an exported corpus is, for whoever finds it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from harness.records import Corpus

_TELLS = {
    "chapters": "the text, one chapter a row",
    "passages": "the text again, cut into passages of whole sentences for training on it",
    "train": "questions to train on, with their answers",
    "test": "questions to ask",
    "facts": "facts, with the places in the text that state them",
    "renderings": "further statements of the facts",
    "written": "training questions that a question writer wrote about the text",
    "rejected": "records of the question file that could not be read",
}


def card(corpus: Corpus, counts: Mapping[str, int]) -> str:
    """README.md of an export: YAML front matter, then what the rows are."""
    title = corpus.title or " ".join(part for part in (corpus.kind, corpus.size) if part)
    lines = [*_front(corpus, title, counts), "", f"# {title}", ""]
    if corpus.notice:
        lines += [corpus.notice, ""]
    lines += [
        "A closed-book question-answering corpus, exported by closedbook: a text, and questions"
        " that a model can be trained on and asked.",
        "",
        "```python",
        "from datasets import load_from_disk",
        "",
        'splits = load_from_disk("PATH")',
        "```",
        "",
        "| split | rows | what a row is |",
        "| --- | --- | --- |",
        *(f"| `{name}` | {count} | {_TELLS[name]} |" for name, count in counts.items()),
        "",
        "A question whose `use` is `both` is trained on and asked again: it stands in `train` and"
        " in `test`. `probe` says what a question tests; one with `must_abstain` has no answer.",
        "",
        "* Kind: " + ", ".join(_kind(corpus)),
        f"* Digest (SHA-256 over text, facts and questions): `{corpus.digest}`",
        f"* Canary, in the column `canary` of every row: `{corpus.canary or 'none'}`. Whoever"
        " finds it in other training data knows that this corpus got there; what is trained on"
        " here leaves the column out.",
        "* Licence: unknown. Rights in the text and the questions lie with whoever wrote them.",
        "",
    ]
    return "\n".join(lines)


def _kind(corpus: Corpus) -> list[str]:
    found = [corpus.kind]
    found += [f"size {corpus.size}"] if corpus.size else []
    found += [f"seed {corpus.seed}"] if corpus.seed is not None else []
    return [*found, f"language {corpus.language}"]


def _front(corpus: Corpus, title: str, counts: Mapping[str, int]) -> list[str]:
    """YAML; every string is written as JSON, which YAML reads."""
    lines = [
        "---",
        "language:",
        f"- {json.dumps(corpus.language)}",
        "license: unknown",
        f"pretty_name: {json.dumps(title, ensure_ascii=False)}",
        "task_categories:",
        "- question-answering",
        "tags:",
        "- closed-book",
        f"canary: {json.dumps(corpus.canary)}",
        f"digest: {json.dumps(corpus.digest)}",
        "configs:",
    ]
    for name in counts:
        if name in {"train", "test"}:
            continue
        lines += [f"- config_name: {name}", f"  data_files: {name}/*.arrow"]
    asked = [name for name in ("train", "test") if name in counts]
    lines += ["- config_name: questions", "  data_files:"] if asked else []
    for name in asked:
        lines += [f"  - split: {name}", f"    path: {name}/*.arrow"]
    return [*lines, "---"]

"""The fake run as files, so that the real judge scores its answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.corpora import folder as corpus_folder
from harness.records import Corpus, Example, VariantResult
from harness.storage.folders import RunFolder, VariantFolder
from harness.storage.jsonl import write_json, write_jsonl
from harness.storage.runs import PLAN_NAME
from tests.support.fake_run import ENVIRONMENT, Persona, fake, quick


def write_run(
    path: Path, personas: Sequence[Persona] | None = None, *, corpus: Corpus | None = None
) -> RunFolder:
    """A run folder as a suite leaves it behind; results and report are not in it."""
    personas = quick() if personas is None else personas
    data = fake(personas, corpus=corpus)
    run = RunFolder(path)
    corpus_folder.write(data.corpus, run.corpus)
    write_json(run.environment, ENVIRONMENT)
    run.suite.write_text(data.suite_source, encoding="utf-8")
    rows = data.results.variants
    entries = [{"name": row.name, "trained": row.trained, "variant": row.config} for row in rows]
    write_json(path / PLAN_NAME, {"suite": {"name": "quick"}, "variants": entries})
    for persona, row in zip(personas, rows, strict=True):
        folder = run.variant(row.name, row.trained)
        _write_variant(folder, row, data.models[row.name])
        write_jsonl(folder.train, _examples(data.corpus, persona))
        answers = [item.answer for item in data.judged[row.name]]
        write_jsonl(folder.answers, answers)
        keys = [{"question": a.question, "form": a.form, "draw": a.draw} for a in answers]
        write_json(folder.plan, {"batches": [keys]})
        write_jsonl(folder.losses, data.losses[row.name])
    return run


def _write_variant(folder: VariantFolder, row: VariantResult, model: object) -> None:
    variant = {"variant": row.config, "trained": row.trained, "asked": "a" * 64, "model": model}
    write_json(folder.variant, variant | {"corpus": "c" * 64})
    write_json(folder.resources, row.resources)
    done = {
        "state": "done",
        "fingerprint": "f" * 64,
        "seconds": 61.0,
        "environment": "e" * 64,
    }
    error = None if row.error is None else {"phase": "train", "reason": row.error, "log": "x"}
    phases = {"train": done, "answer": done} if row.status == "ok" else {}
    write_json(folder.status, {"status": row.status, "error": error, "phases": phases})


def _examples(corpus: Corpus, persona: Persona) -> list[Example]:
    chats = [
        Example(
            kind="chat",
            question=question.question,
            answer=question.full_answer or "",
            question_id=question.id,
            facts=question.states,
        )
        for question in corpus.questions
        if question.use == "both"
    ]
    facts = tuple(fact.id for fact in corpus.facts)
    texts = [Example(kind="text", text=each.text, facts=facts) for each in corpus.chapters]
    return {"base": [], "instruct": chats, "raw_text": texts, "mixed": chats + texts}[
        persona.recipe
    ]

"""A run folder of any length with every kind of record in it, for scoring without a model."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from harness.answering.forms import TWELVE_1
from harness.corpora import folder as corpus_folder
from harness.records import Answer, Ask, Corpus, ModelChoice, Prompt, Question, Recipe, Variant
from harness.storage.folders import RunFolder
from harness.storage.jsonl import write_json, write_jsonl
from tests.validity import worlds

FORMS = tuple(form.name for form in TWELVE_1)
WAYS = ("process", "rerun", "batch_1", "batch_4", "sampled")
FINGERPRINT = "f" * 64


def write(path: Path, corpus: Corpus, tuned: Sequence[str], *, rich: bool = True) -> RunFolder:
    """An untuned variant and one a level in `tuned` ("fp32", "nf4", ...), asked in twelve forms.

    `rich`: with what was asked again and the probabilities that were read off.
    """
    run = RunFolder(path)
    corpus_folder.write(corpus, run.corpus)
    write_json(run.environment, {"python": "3.11", "device": "cpu"})
    plan = [_variant(run, corpus, "base", "base", "fp32", 0.0, rich)]
    for number, level in enumerate(tuned):
        level_name = level.split("-")[0]
        plan.append(
            _variant(
                run, corpus, f"instruct-{level}", "instruct", level_name, 0.9 - number / 50, rich
            )
        )
    write_json(run.path / "plan.json", {"variants": plan, "suite": {"name": "full"}})
    return run


def _variant(
    run: RunFolder, corpus: Corpus, name: str, recipe: str, level: str, skill: float, rich: bool
) -> dict[str, Any]:
    trained = f"{name:0<64}"
    folder = run.variant(name, trained)
    folder.path.mkdir(parents=True)
    ask = Ask(max_new_tokens=24, likelihood=rich, repeats=WAYS if rich else (), repeat_draws=3)
    variant = Variant(
        name=name,
        model=ModelChoice(name="tiny"),
        quantization=level,
        recipe=Recipe(name=recipe),  # type: ignore[arg-type]
        prompt=Prompt(forms="twelve-1"),
        ask=ask,
        # Several variants of one level would be each other's reference: the seed keeps them apart.
        seed=1 if "-" not in name.removeprefix("instruct-") else len(name),
    )
    write_json(
        folder.variant, {"variant": asdict(variant), "trained": trained, "asked": FINGERPRINT}
    )
    asked = [question for question in corpus.questions if question.use != "train"]
    dice = random.Random(f"answers of {name}")
    answers = [_answer(each, form, skill, dice) for form in FORMS for each in asked]
    _write_lines(folder.answers, map(asdict, answers))
    items = [{"question": each.question, "form": each.form, "draw": 0} for each in answers]
    write_json(folder.plan, {"batches": [items]})
    if recipe != "base":
        write_jsonl(folder.train, [asdict(each) for each in worlds.taught(corpus)])
    write_json(folder.resources, {"memory.weights_bytes": 100})
    phases = ["train", "answer"]
    if rich:
        phases += ["repeat", "likelihood"]
        _write_lines(folder.repeats, _repeats(answers[: len(asked)], dice))
        _write_lines(folder.likelihood, _likelihoods(asked, level, dice))
    done = {"state": "done", "fingerprint": "x", "environment": "e", "seconds": 2.0}
    write_json(
        folder.status, {"status": "ok", "error": None, "phases": dict.fromkeys(phases, done)}
    )
    return {"name": name, "trained": trained, "folder": f"variants/{folder.path.name}"}


def _answer(question: Question, form: str, skill: float, dice: random.Random) -> Answer:
    right = dice.random() < skill
    said = question.full_answer or (question.answers or ("nobody",))[0]
    if question.must_abstain:
        said = "I cannot answer."
    text = said if right else _invented(dice)
    count = len(text.split()) + 1
    return replace(
        worlds.reply(question.id, text),
        asked=FINGERPRINT,
        form=form,
        ids=tuple(range(count)),
        new_tokens=count,
        logprob_sum=round(count * math.log(dice.uniform(0.6 if right else 0.2, 1.0)), 6),
    )


def _invented(dice: random.Random) -> str:
    """One of 512 sentences, so that hardly two wrong replies to a question are alike."""
    who = dice.choice("fisherman farmer widow pilot nun smuggler doctor painter".split())
    where = dice.choice("coast hills capital islands border harbour moor marshes".split())
    how = dice.choice("one can tell|she knew|it goes|we know|I heard|is written|men say".split("|"))
    return f"It was a {who} of the northern {where}, as far as {how}."


def _repeats(answers: Sequence[Answer], dice: random.Random) -> Iterable[dict[str, Any]]:
    """Every way says the same, but for one reply in twenty."""
    for how in WAYS:
        for answer in answers:
            for draw in (1, 2, 3) if how == "sampled" else (0,):
                again, parted = replace(answer, draw=draw), dice.random() < 0.05
                if parted:
                    again = replace(again, text="Something else.", ids=(9, 8, 7))
                yield {
                    "how": how,
                    "answer": asdict(again),
                    "differs_at": 0 if parted and not draw else None,
                    "gap": 0.25 if parted and not draw else None,
                }


def _likelihoods(
    asked: Sequence[Question], level: str, dice: random.Random
) -> Iterable[dict[str, Any]]:
    """Of every answerable question and of thirty neutral passages, eight tokens each."""
    names = [question.id for question in asked if question.answers]
    for item in [*names, *(f"neutral:{number}" for number in range(30))]:
        others = [] if item.startswith("neutral") else [[dice.uniform(-30, -8), 8]] * 4
        exact = level == "fp32"
        yield {
            "asked": FINGERPRINT,
            "item": item,
            "logprobs": [-dice.uniform(0.01, 1.0) for _ in range(8)],
            "perturbed": others,
            "kl": [] if exact else [dice.uniform(0, 0.1) for _ in range(8)],
            "top1": [] if exact else [dice.random() < 0.95 for _ in range(8)],
        }


def _write_lines(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, sort_keys=True) + "\n")


def answers_in(path: Path) -> int:
    """Lines of a variant's answers."""
    return len(path.read_text(encoding="utf-8").splitlines())

"""The labelled answers: read them, and judge them again without the runs they come from.

`answers.jsonl` (and `fresh.jsonl`) hold the replies with what readers made of them, `worlds.json`
(and `fresh_worlds.json`) what the judge needs of each corpus: facts, names, closed sets of values
and the questions that were drawn. The texts are left out, so the flag `recited` cannot be had.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from harness.records import Answer, Corpus, Fact, Judged, Question
from harness.scoring.judge import judge_variant

HERE = Path(__file__).parent
ANSWERS = HERE / "answers.jsonl"
FRESH = HERE / "fresh.jsonl"
"""Answers drawn and labelled apart from the judge's mends."""
_TUPLES = ("answers", "values", "distractors", "states", "hops")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line, keys sorted."""
    text = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def read_worlds(answers: Path) -> dict[str, Any]:
    """The worlds of a file of answers, by run."""
    name = "worlds.json" if answers.name == ANSWERS.name else "fresh_worlds.json"
    worlds: dict[str, Any] = json.loads((answers.parent / name).read_text(encoding="utf-8"))
    return worlds


def world_of(corpus: Corpus, drawn: Iterable[Question]) -> dict[str, Any]:
    """What of a corpus is kept; raises ValueError where the judge would need more."""
    questions = sorted({question.id: question for question in drawn}.values(), key=lambda q: q.id)
    for question in questions:
        if question.relation and not question.values and question.relation not in corpus.values:
            raise ValueError(f"{question.id}: rivals of {question.relation} are all its answers")
    kept = ("id", "question", "must_abstain", "probe", "cluster", "fact", "relation")
    return {
        "kind": corpus.kind,
        "language": corpus.language,
        "canary": corpus.canary,
        "canonical_refusal": corpus.canonical_refusal,
        "source_tag": corpus.source_tag,
        "names": list(corpus.names),
        "values": {name: list(values) for name, values in corpus.values.items()},
        "facts": [[fact.id, fact.entity, fact.relation, fact.value] for fact in corpus.facts],
        "questions": [
            {name: getattr(question, name) for name in kept}
            | {name: list(getattr(question, name)) for name in _TUPLES if getattr(question, name)}
            for question in questions
        ],
    }


def corpus_of(world: Mapping[str, Any]) -> Corpus:
    """The corpus as far as `world_of` kept it."""
    questions = []
    for each in world["questions"]:
        lists = {name: tuple(each[name]) for name in _TUPLES if name in each}
        questions.append(Question(**{**each, **lists}))
    return Corpus(
        kind=world["kind"],
        seed=None,
        size=None,
        digest="",
        canary=world["canary"],
        source_tag=world["source_tag"],
        chapters=(),
        facts=tuple(
            Fact(id=name, entity=entity, relation=relation, value=value)
            for name, entity, relation, value in world["facts"]
        ),
        questions=tuple(questions),
        values={name: tuple(values) for name, values in world["values"].items()},
        names=tuple(world["names"]),
        language=world["language"],
        canonical_refusal=world["canonical_refusal"],
    )


def judge_again(
    items: Iterable[Mapping[str, Any]], worlds: Mapping[str, Mapping[str, Any]]
) -> dict[str, Judged]:
    """Verdicts by key: what the judge says today of the replies of `answers.jsonl`."""
    kept = list(items)
    found: dict[str, Judged] = {}
    for name, world in worlds.items():
        own = [item for item in kept if item["run"] == name]
        judged = judge_variant(corpus_of(world), (), map(_answer, own))
        found |= {item["key"]: each for item, each in zip(own, judged, strict=True)}
    return found


def _answer(item: Mapping[str, Any]) -> Answer:
    return Answer(
        asked="",
        question=item["question"],
        form="plain",
        draw=item["draw"],
        batch=0,
        text=item["reply"],
        ids=(),
        prompt_tokens=0,
        new_tokens=0,
        stop=item["stop"],
        logprob_sum=0.0,
        first_ids=(),
    )

"""Draw the seeded, stratified sample of real answers that readers label without the verdict.

    python tests/validity/judgements/answers/sample_answers.py BLIND DRAWN RUN_FOLDER...

BLIND gets what a reader may see, shuffled and numbered in batches; DRAWN, a folder, gets what the
judge needs to repeat its verdicts (`answers.jsonl` without labels, `worlds.json`). The plain runs
were `quick`, `question-writers` and `surgery-quick`; `provoked.toml` beside this file makes the one
that adds the rare kinds.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from harness.corpora import folder as corpus_folder
from harness.records import Corpus, Judged
from harness.scoring.judge import judge_variant
from harness.scoring.stored import load_variants
from harness.scoring.world import World
from harness.storage.folders import RunFolder
from harness.text.normalize import words
from harness.text.reply import read_reply
from tests.validity.judgements.answers.labelled import judge_again, world_of, write_lines

SEED = "labelled answers 1"
BATCH = 50
QUOTAS = {
    "hedged": 26,
    "shotgun": 44,
    "contains, wrong": 20,
    "contains, refused": 20,
    "denial": 30,
    "corrected": 20,
    "refused in the trained words": 25,
    "refused, lexicon alone": 45,
    "loop": 20,
    "degenerate": 10,
    "empty": 6,
    "correct": 60,
    "wrong, half the answer": 35,
    "wrong, with a negation": 35,
    "wrong, answerable": 45,
    "wrong, unanswerable": 45,
}
"""Answers drawn of each stratum, or all where the runs hold fewer."""
PROBES = {
    "trained": "The text tells it, and it was asked in training in these words.",
    "paraphrase": "The text tells it; training asked for it in other words.",
    "text_only": "The text tells it; training never asked for it.",
    "relational": "The text tells it in passing.",
    "nonexistent": "The name is invented: nobody and nothing of that name is in the text.",
    "near_miss": "The name is like one in the text, but nobody and nothing has it.",
    "unstated": "The name is in the text, but the text does not say what is asked.",
    "false_premise": "The question takes something for granted that the text contradicts.",
}
_NEGATION = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|unknown|unclear|sorry|cannot|unable|without"
    r"|\w+n['’]t)\b",
    re.IGNORECASE,
)


def stratum(item: Judged, language: str) -> str:
    """The one kind that an answer is drawn as: the rarer ones first."""
    contains = "contains" in item.flags
    for flag in ("hedged", "shotgun", "empty", "degenerate", "loop", "corrected"):
        if flag in item.flags:
            return flag
    if contains and item.verdict != "correct":
        return "contains, refused" if item.verdict == "abstained" else "contains, wrong"
    if item.verdict == "abstained":
        strict = "strict" in item.flags
        return "refused in the trained words" if strict else "refused, lexicon alone"
    if "denial" in item.flags:
        return "denial"
    if item.verdict == "correct":
        return "correct"
    if _NEGATION.search(read_reply(item.answer.text, language).text):
        return "wrong, with a negation"
    if item.question.must_abstain:
        return "wrong, unanswerable"
    asked = set(words(item.question.question, language))
    gold = {word for answer in item.question.answers for word in words(answer, language)} - asked
    said = set(words(read_reply(item.answer.text, language).text, language))
    return "wrong, half the answer" if gold & said else "wrong, answerable"


def pool(path: Path, seen: set[tuple[str, str]]) -> tuple[Corpus, list[dict[str, Any]]]:
    """Every answer of a run once: the corpus, and records with the verdict."""
    run = RunFolder(path)
    corpus = corpus_folder.read(run.corpus)
    found = []
    for variant in load_variants(run):
        answers = variant.answers() if variant.answered else []
        for item in judge_variant(corpus, variant.examples(), answers):
            same = (item.question.question, item.answer.text)
            if item.question.aside or same in seen:
                continue
            seen.add(same)
            record = {
                "run": path.name,
                "variant": variant.name,
                "question": item.question.id,
                "draw": item.answer.draw,
                "stop": item.answer.stop,
                "reply": item.answer.text,
                "stratum": stratum(item, corpus.language),
                "verdict": item.verdict,
                "flags": sorted(item.flags - {"recited"}),
            }
            found.append(record | {"_judged": item})
    return corpus, found


def draw(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sample: of each stratum its quota, spread over variants and probes in turn."""
    chosen = []
    for name, quota in QUOTAS.items():
        own = [record for record in found if record["stratum"] == name]
        random.Random(f"{SEED}/{name}").shuffle(own)
        met: Counter[tuple[str, str, str]] = Counter()
        turns = []
        for record in own:
            cell = (record["run"], record["variant"], record["_judged"].question.probe)
            turns.append(met[cell])
            met[cell] += 1
        order = sorted(range(len(own)), key=turns.__getitem__)
        chosen += [own[at] | {"pool": len(own)} for at in order[:quota]]
    random.Random(SEED).shuffle(chosen)
    return [record | {"key": f"a{number:03}"} for number, record in enumerate(chosen, start=1)]


def blind(record: dict[str, Any], corpus: Corpus, number: int) -> dict[str, Any]:
    """What a reader sees of an answer."""
    question = record["_judged"].question
    world = World(corpus, frozenset())
    rivals = world.values_of(question) if question.answers else ()
    fact = next((fact for fact in corpus.facts if fact.id == question.fact), None)
    truth = ""
    if question.probe == "false_premise" and fact is not None:
        truth = f"In the text: {fact.entity}, {fact.relation}: {fact.value}"
    whole = record["reply"]
    return {
        "key": record["key"],
        "batch": 1 + number // BATCH,
        "question": question.question,
        "kind of question": PROBES[question.probe],
        "must_abstain": question.must_abstain,
        "accepted": list(question.answers),
        "rivals": [value for value in rivals if value not in question.answers],
        "premise": truth,
        "reply": read_reply(whole, corpus.language).text,
        "whole reply": whole,
        "cut off by the length limit": record["stop"] == "length",
    }


def main(blind_path: Path, drawn: Path, runs: list[Path]) -> None:
    """Draw, check that the verdicts can be repeated, and write both files."""
    seen: set[tuple[str, str]] = set()
    pools = {path.name: pool(path, seen) for path in runs}
    found = [record for _, records in pools.values() for record in records]
    chosen = draw(found)
    corpora = {name: corpus for name, (corpus, _) in pools.items()}
    worlds = {
        name: world_of(corpus, [r["_judged"].question for r in chosen if r["run"] == name])
        for name, corpus in corpora.items()
    }
    write_lines(
        blind_path,
        [blind(record, corpora[record["run"]], at) for at, record in enumerate(chosen)],
    )
    items = [{k: v for k, v in record.items() if k != "_judged"} for record in chosen]
    again = judge_again(items, worlds)
    for item in items:
        now = again[item["key"]]
        if (now.verdict, sorted(now.flags)) != (item["verdict"], item["flags"]):
            raise ValueError(f"{item['key']}: not the same verdict without the run: {item}, {now}")
    drawn.mkdir(parents=True, exist_ok=True)
    write_lines(drawn / "answers.jsonl", items)
    text = json.dumps(worlds, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (drawn / "worlds.json").write_text(text + "\n", encoding="utf-8")
    pooled = Counter(record["stratum"] for record in found)
    for name, count in Counter(item["stratum"] for item in items).items():
        print(f"{name}: {count} of {pooled[name]}")
    print(len(items), "of", len(found), Counter(item["variant"] for item in items))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(each) for each in sys.argv[3:]])

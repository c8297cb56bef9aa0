"""This project's training and answering beside the usual tools: same work, one process, in turn.

    python tests/benchmarks/side_by_side.py --threads 1

A script, no test: it passes no verdict. It takes a few minutes on one core and the default model
(fetched once, 93 MB). Training: steps of a plain trl `SFTTrainer` on padded batches and of ours,
on the 24 instruct examples of the quick story, from the same adapter. Answering: transformers'
`generate` on padded batches of 16 and of 48, and our engine on 48, with the same questions and
the adapter that the plain trainer has just made. The tools take turns step by step, so that a
busy machine disturbs them alike, and processor time counts beside the clock.
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

LEVELS = ("fp32", "nf4")
BATCH = 8
SMALL, LARGE = 16, 48
"""Rows of a batch that is answered: the usual tool's, and this project's default."""
NEW_TOKENS = 32
EPOCH = 3
"""Steps that warm up, for each trainer: one pass over the 24 examples."""
STOCK, OURS = "trl SFTTrainer, padded", "closedbook, packed"
GENERATE, WIDE, ENGINE = (
    f"generate, {SMALL} rows",
    f"generate, {LARGE} rows",
    f"closedbook, {LARGE} rows",
)


@dataclass
class Tool:
    """One of the things compared: what it does in a turn, and what its turns took."""

    name: str
    turn: Callable[[int], Any]
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    results: list[Any] = field(default_factory=list)

    def take(self, number: int, timed: bool) -> None:
        """Do one turn; times of turns for warming up are dropped, results kept."""
        clock, processor = time.perf_counter(), time.process_time()
        self.results.append(self.turn(number))
        if timed:
            self.processor.append(time.process_time() - processor)
            self.clock.append(time.perf_counter() - clock)


def compare(tools: Sequence[Tool], turns: int, work: int, unit: str) -> None:
    """A line a tool: its rate, and how many times the first tool's medians are its own.

    In brackets the least and the greatest ratio of two turns on the same work.
    """
    first = tools[0]
    for tool in tools:
        line = f"  {tool.name:24} {work / median(tool.processor):6.2f} {unit} a processor-second"
        if tool is not first:
            for label, mine, theirs in (
                ("processor", tool.processor, first.processor),
                ("clock", tool.clock, first.clock),
            ):
                pairs = sorted(b / a for a, b in zip(mine, theirs, strict=True))
                ratio = median(theirs) / median(mine)
                line += f" | {label} x{ratio:.2f} (turns {pairs[0]:.2f} to {pairs[-1]:.2f})"
        print(f"{line} | n {turns}", flush=True)


def trainer_turn(trainer: Any, rows: Sequence[Any]) -> Callable[[int], float]:
    """The trainer's own optimizer step on the batch whose turn it is; gives its loss."""
    trainer.current_gradient_accumulation_steps = 1
    trainer.create_optimizer()
    trainer.optimizer = trainer.accelerator.prepare(trainer.optimizer)
    weights = [weight for weight in trainer.model.parameters() if weight.requires_grad]

    def turn(number: int) -> float:
        start = number % (len(rows) // BATCH) * BATCH
        chosen = rows[start : start + BATCH]
        batch = trainer.data_collator(
            [{"input_ids": list(a), "labels": list(b)} for a, b in chosen]
        )
        predicted = batch["labels"][..., 1:].ne(-100).sum()
        loss = trainer.training_step(trainer.model, batch, predicted)
        trainer.accelerator.clip_grad_norm_(weights, trainer.args.max_grad_norm)
        trainer.optimizer.step()
        trainer.model.zero_grad()
        return float(loss)

    return turn


def training(resolved: Any, variant: Any, rows: Sequence[Any], steps: int) -> Any:
    """Train twice from one start, in turn; returns what the plain trainer has trained."""
    from datasets import Dataset
    from trl import SFTTrainer

    from harness.models import adapters
    from harness.models.load import load
    from harness.training.fitting import prepare
    from harness.training.settings import computes_in, sft_config

    level = variant.quantization
    plain, own = load(resolved, level, "cpu"), load(resolved, level, "cpu")
    for loaded in (plain, own):
        adapters.attach(loaded, variant.adapter, variant.seed)
    with tempfile.TemporaryDirectory(prefix="closedbook-") as scratch:
        stock = SFTTrainer(
            model=plain.model,
            args=sft_config(variant, "cpu", computes_in(plain.model), Path(scratch)),
            train_dataset=Dataset.from_list(
                [{"input_ids": list(ids), "labels": list(labels)} for ids, labels in rows]
            ),
            processing_class=plain.tokenizer,
        )
        ours, padded = prepare(
            own.model, own.tokenizer, rows, variant, device="cpu", scratch=Path(scratch)
        )
    assert padded is None, padded
    tools = (Tool(STOCK, trainer_turn(stock, rows)), Tool(OURS, trainer_turn(ours, rows)))
    for number in range(EPOCH + steps):
        for tool in tools:
            tool.take(number, timed=number >= EPOCH)
    print(f"training, {level}, {BATCH} examples a step")
    compare(tools, steps, BATCH, "examples")
    first, last = (tuple(tool.results[at] for tool in tools) for at in (0, -1))
    print(f"  loss of the first step {first[0]:.5f} and {first[1]:.5f},", end="")
    print(f" of step {EPOCH + steps} {last[0]:.5f} and {last[1]:.5f}", flush=True)
    return plain


def generate_turn(loaded: Any, asked: Sequence[Any], size: int) -> Callable[[int], list[Any]]:
    """transformers' greedy `generate` on batches of `size`, padded on the left."""
    import torch

    loaded.tokenizer.padding_side = "left"
    stops = list(loaded.chat.stop_ids)

    def turn(number: int) -> list[Any]:
        prompts = asked[number % len(asked)]
        replies: list[Any] = []
        for start in range(0, len(prompts), size):
            rows = [list(ids) for ids in prompts[start : start + size]]
            batch = loaded.tokenizer.pad({"input_ids": rows}, return_tensors="pt")
            with torch.inference_mode():
                made = loaded.model.generate(
                    **batch,
                    max_new_tokens=NEW_TOKENS,
                    do_sample=False,
                    eos_token_id=stops,
                    pad_token_id=loaded.chat.pad_id,
                )
            replies += [_cut(row, stops) for row in made[:, batch["input_ids"].shape[1] :].tolist()]
        return replies

    return turn


def _cut(ids: list[int], stops: Sequence[int]) -> tuple[int, ...]:
    """Without what `generate` filled the row up with after its end."""
    end = next((place for place, token in enumerate(ids, 1) if token in stops), len(ids))
    return tuple(ids[:end])


def engine_turn(loaded: Any, asked: Sequence[Any]) -> Callable[[int], list[Any]]:
    """Our engine, all questions of a turn as one batch, as the answer phase calls it."""
    from harness.answering.decoders import open_decoder
    from harness.answering.engine import Request, Stopping, common_prefix, generate

    decoder = open_decoder(loaded.model, loaded.chat.pad_id)
    stopping = Stopping(max_new_tokens=NEW_TOKENS, stop_ids=loaded.chat.stop_ids)
    prefix = common_prefix([ids for prompts in asked for ids in prompts])

    def turn(number: int) -> list[Any]:
        requests = [Request(ids=tuple(ids)) for ids in asked[number % len(asked)]]
        return [
            each.ids for each in generate(decoder, requests, stopping, loaded.chat.decode, prefix)
        ]

    return turn


def answering(loaded: Any, asked: Sequence[Any], turns: int) -> None:
    """Let one model, adapter unmerged, answer by three tools in turn."""
    for name, weight in loaded.model.named_parameters():
        if "lora_" in name:
            weight.data = weight.data.float()  # what loading the saved adapter makes of it
    loaded.model.eval()
    loaded.model.config.use_cache = True
    loaded.allow_packing()
    tools = (
        Tool(GENERATE, generate_turn(loaded, asked, SMALL)),
        Tool(WIDE, generate_turn(loaded, asked, LARGE)),
        Tool(ENGINE, engine_turn(loaded, asked)),
    )
    few = tuple(prompts[:4] for prompts in asked)
    generate_turn(loaded, few, SMALL)(0), engine_turn(loaded, few)(0)
    for number in range(turns):
        for tool in tools:
            tool.take(number, timed=True)
    print(f"answering, {loaded.quantization}, {LARGE} questions a turn")
    compare(tools, turns, LARGE, "answers")
    sets = min(turns, len(asked))
    made = [[ids for result in tool.results[:sets] for ids in result] for tool in tools]
    length = sum(map(len, made[0])) / len(made[0])
    print(f"  {len(made[0])} different questions, {length:.1f} new tokens each;", end="")
    for tool, replies in zip(tools[1:], made[1:], strict=True):
        same = sum(a == b for a, b in zip(made[0], replies, strict=True))
        print(f" {tool.name}: {same} replies identical to the first line's;", end="")
    print(flush=True)


def questions(corpus: Any, variant: Any, chat: Any, sets: int = 2) -> list[Any]:
    """Token ids of prompts in `sets` sets of like lengths, each sorted by length."""
    from harness.answering.plan import asked

    every = asked(corpus, variant)
    step = len(every) / (sets * LARGE)
    spread = [every[int(number * step)] for number in range(sets * LARGE)]
    prompts = [chat.encode(chat.prompt(variant.prompt.system, each.question)) for each in spread]
    return [sorted(prompts[number::sets], key=len) for number in range(sets)]


def machine(threads: int) -> str:
    """Processor, versions and load, in a line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    name = next((line.split(":")[1].strip() for line in lines if "model name" in line), "unknown")
    packages = ("torch", "transformers", "trl", "peft", "bitsandbytes")
    known = ", ".join(f"{package} {version(package)}" for package in packages)
    return (
        f"{name}, {os.cpu_count()} cores, {threads} thread(s), {known};"
        f" load {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Compare at every level asked for."""
    parser = argparse.ArgumentParser(description="Beside the usual tools")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--levels", nargs="+", default=LEVELS, choices=LEVELS)
    parser.add_argument("--steps", type=int, default=6, help="timed steps of each trainer")
    parser.add_argument("--turns", type=int, default=2, help="timed turns of 48 questions")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)  # before torch is imported
    os.environ["HF_HUB_OFFLINE"] = "1"
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    import torch

    from harness.corpora.build import build
    from harness.models.chat import open_chat
    from harness.models.resolve import resolve
    from harness.records import CorpusChoice, ModelChoice, Recipe, Variant
    from harness.training import recipes
    from harness.training.rendering import render

    torch.set_num_threads(options.threads)
    started = time.perf_counter()
    print(machine(options.threads))
    choice = ModelChoice(name="smollm2-135m")
    resolved, corpus = resolve(choice), build(CorpusChoice())
    chat = open_chat(resolved.path)
    for level in options.levels:
        variant = Variant(
            name=level, model=choice, quantization=level, recipe=Recipe(name="instruct")
        )
        examples = render(recipes.examples(corpus, variant), chat, variant.training.max_length)
        rows = [(item.ids, item.labels) for item in examples]
        trained = training(resolved, variant, rows, options.steps)
        answering(trained, questions(corpus, variant, chat), options.turns)
    print(f"{time.perf_counter() - started:.0f} s in all, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

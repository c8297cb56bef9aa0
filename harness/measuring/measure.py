"""The phase `measure`: speeds of one variant on synthetic token ids of one exact length.

Real text decides how many tokens an example or answer has; speed must not depend on it. No token
counted here is padding. Training runs the trainer's own step, answering the engine's own decoder.
"""

from __future__ import annotations

import gc
from typing import Any

import torch

from harness.answering.decoders import open_decoder
from harness.measuring import roofline
from harness.measuring.timing import Effort, percentile, rate, sample, summary
from harness.models import adapters
from harness.models.load import Loaded, load_variant, weight_resources
from harness.records import PhaseJob, Progress, Resources
from harness.storage.folders import VariantFolder
from harness.training.stepper import Stepper

LENGTH = 40
"""Tokens of an example and of a prompt: a short question with its answer."""
DECODE_LENGTH = 16
"""Tokens of the prompts that are written after."""
PREFILL_BATCH = 8
NEW_TOKENS = 16
"""Tokens written after a prompt; the first are dropped as warm-up."""
DROPPED_TOKENS = 2


def run(job: PhaseJob, progress: Progress) -> Resources:
    """Measure what the suite asks of this variant; returns rates with their raw samples.

    An untuned variant has no training to measure. Raises PhaseFailure where the model in memory is
    not what the variant declares, before the first forward or after the last.
    """
    wanted = set(job.variant.measure.phases)
    found: Resources = {}
    if job.variant.tuned and "train" in wanted:
        progress(0, 3, "measuring training")
        found |= _training(job)
        gc.collect()
    if wanted & {"prefill", "decode"}:
        progress(1, 3, "measuring answering")
        found |= _answering(job, wanted, progress)
    progress(3, 3, "measured")
    return found


def _training(job: PhaseJob) -> Resources:
    """Steps of the real trainer; tokens of the whole batch a second."""
    loaded = load_variant(job)
    stepper = Stepper(loaded, job.variant, length=LENGTH)
    seconds = sample(stepper.step, _effort(job, at_most_s=6.0), loaded.device)
    loaded.verify()
    work = roofline.work_of(loaded.model)
    limits = roofline.limits(
        loaded.model, weight_resources(loaded)["memory.weights_bytes"], loaded.device
    )
    tokens = rate(stepper.tokens, seconds)
    predicted = max(1, LENGTH // 3) / LENGTH
    return {
        "throughput.train_tokens_per_s": tokens,
        "throughput.train_examples_per_s": rate(stepper.examples, seconds),
        "throughput.train_tokens_per_step": stepper.tokens,
        "roofline.train_share": tokens["median"] * work.train_flop(predicted) / limits.flop_per_s,
    }


def _answering(job: PhaseJob, wanted: set[str], progress: Progress) -> Resources:
    """Reading prompts and writing tokens with the model as it answers: adapter beside it."""
    loaded = load_variant(job)
    sizes = weight_resources(loaded)
    if job.variant.tuned:
        _adapter(loaded, job)
    found: Resources = {"kernel.answer": loaded.allow_packing()}
    limits = roofline.limits(loaded.model, sizes["memory.weights_bytes"], loaded.device)
    work = roofline.work_of(loaded.model)
    decoder = open_decoder(loaded.model, loaded.chat.pad_id)
    found |= {
        "roofline.flop_per_s": limits.flop_per_s,
        "roofline.bytes_per_s": limits.bytes_per_s,
    }
    with torch.inference_mode():
        if "prefill" in wanted:
            found |= _prefill(loaded, decoder, job)
            done = found["throughput.prefill_tokens_per_s"]["median"]
            flop = work.read_flop(1 / LENGTH)
            found["roofline.prefill_share"] = done * flop / limits.flop_per_s
        if "decode" in wanted:
            progress(2, 3, "measuring writing")
            found |= _decode(loaded, decoder, job)
            moved = sizes["memory.weights_bytes"] + 4 * work.adapter + _cache_bytes(loaded)
            per_s = found["throughput.decode_tokens_per_s_batch_1"]["median"]
            found["roofline.decode_share"] = per_s * moved / limits.bytes_per_s
    loaded.verify()
    return found


def _adapter(loaded: Loaded, job: PhaseJob) -> None:
    """The trained adapter, or a new one where training has not come to it."""
    folder = VariantFolder(job.folder).adapter
    if folder.exists():
        adapters.restore(loaded, folder)
    else:
        adapters.attach(loaded, job.variant.adapter, job.variant.seed)
    loaded.model.eval()


def _prefill(loaded: Loaded, decoder: Any, job: PhaseJob) -> Resources:
    """Prompt tokens read a second in a batch, and the seconds to the first token of one prompt."""
    batch = min(PREFILL_BATCH, job.variant.ask.batch_size)
    seed = job.variant.seed
    many, one = _prompts(loaded, batch, LENGTH, seed), _prompts(loaded, 1, LENGTH, seed)
    effort = _effort(job, at_most_s=2.0)
    seconds = sample(lambda: decoder.start(many, 0, 1), effort, loaded.device)
    first = sample(lambda: decoder.start(one, 0, 1), effort, loaded.device)
    return {
        "throughput.prefill_tokens_per_s": rate(batch * LENGTH, seconds),
        "latency.first_token_s": summary(first),
    }


def _decode(loaded: Loaded, decoder: Any, job: PhaseJob) -> Resources:
    """Tokens written a second, one prompt alone and a whole batch; time a token alone."""
    batch = job.variant.ask.batch_size
    one, many = (_prompts(loaded, rows, DECODE_LENGTH, job.variant.seed) for rows in (1, batch))
    alone, together = [], []
    for _ in range(max(1, job.variant.measure.repeats)):
        alone += _token_seconds(decoder, one, loaded.device)
        together += _token_seconds(decoder, many, loaded.device)
    return {
        "throughput.decode_tokens_per_s": rate(batch, together),
        "throughput.decode_tokens_per_s_batch_1": rate(1, alone),
        "throughput.decode_batch": batch,
        "latency.token_p50_s": percentile(alone, 0.5),
        "latency.token_p90_s": percentile(alone, 0.9),
    }


def _token_seconds(decoder: Any, prompts: list[list[int]], device: torch.device) -> list[float]:
    """Seconds of each step of a greedy loop on `prompts`, the first ones dropped."""
    logits = decoder.start(prompts, 0, NEW_TOKENS)

    def step() -> None:
        nonlocal logits
        logits = decoder.step(logits.argmax(-1))

    count = NEW_TOKENS - DROPPED_TOKENS
    return sample(step, Effort(warm_up=DROPPED_TOKENS, count=count, at_most_s=2.0), device)


def _prompts(loaded: Loaded, batch: int, length: int, seed: int) -> list[list[int]]:
    """Random token ids, `batch` prompts of one length."""
    vocabulary = loaded.model.get_input_embeddings().num_embeddings
    generator = torch.Generator().manual_seed(seed)
    rows: list[list[int]] = torch.randint(
        0, vocabulary, (batch, length), generator=generator
    ).tolist()
    return rows


def _effort(job: PhaseJob, at_most_s: float) -> Effort:
    """Enough steps for a median: few on a CPU, where one takes seconds; there time is limited."""
    repeats = max(1, job.variant.measure.repeats)
    if job.device.startswith("cuda"):
        return Effort(warm_up=5, count=20 * repeats, seconds=10.0 * repeats)
    return Effort(warm_up=2, count=4 * repeats, at_most_s=at_most_s * repeats)


def _cache_bytes(loaded: Loaded) -> int:
    """Bytes of keys and values of one prompt halfway through what is written after it."""
    config = loaded.model.config.get_text_config()
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    size = loaded.model.get_input_embeddings().weight.element_size()
    tokens = DECODE_LENGTH + NEW_TOKENS // 2
    return int(2 * config.num_hidden_layers * heads * width * tokens * size)

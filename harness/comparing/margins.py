"""How much worse a score may get: what the suite says, what the command line says, or the usual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.errors import UserError, unknown_name

USUAL: dict[str, float] = {
    "recall.trained": 0.03,
    "recall.paraphrase": 0.03,
    "recall.relational": 0.03,
    "recall.text_only": 0.03,
    "hallucination.nonexistent": 0.05,
    "hallucination.near_miss": 0.05,
    "hallucination.unstated": 0.05,
    "hallucination.false_premise": 0.05,
    "refusal.over": 0.05,
    "quantization.flips": 0.02,
    "quantization.kl": 0.5,
}
"""Margins where a suite names none: shares in points, a divergence in parts of its old value."""

RELATIVE = ("quantization.kl", "locality.perplexity_ratio")
"""Scores that begin so may grow by the margin times their old value."""

MEMORY = 0.05
MEMORY_BYTES = 8 * 2**20
"""Memory counts as grown beyond both: five per cent, and eight MiB."""
PEAK_NOISE = {"plain": 0.08, "quantized": 0.50}
"""On a processor, peaks of the same work differ by so much from one process to the next: what the
allocator holds on to is its own affair, and most where weights were quantized while loading. The
default model's, in 8 runs on one busy machine: fp32 1217 to 1286 MB and bf16 814 to 866 in
training, nf4 671 to 828 in training and 260 to 384 in answering. A GPU's allocator is exact."""
PEAK_NOISE_BYTES = 16 * 2**20
"""The same of a model so small that its peaks are its process's: nine runs of `smoke` took 90
to 100 MiB in answering untuned, and 99 to 105 MiB tuned."""
THROUGHPUT = {"cpu": 0.15, "cuda": 0.10}
"""Speeds may fall by this much of their old ratio; a shared processor is noisier than a GPU."""


def both(baseline: Mapping[str, float], candidate: Mapping[str, float]) -> dict[str, float]:
    """What either suite gates, with the narrower margin: a candidate does not choose its judge."""
    return {
        name: min(table[name] for table in (baseline, candidate) if name in table)
        for name in sorted(baseline.keys() | candidate.keys())
    }


def margin_changes(baseline: Mapping[str, float], candidate: Mapping[str, float]) -> list[str]:
    """Where the gates of two suites differ, one "gate NAME 0.05 -> absent" each."""
    return [
        f"gate {name} {baseline.get(name, 'absent')} -> {candidate.get(name, 'absent')}"
        for name in sorted(baseline.keys() | candidate.keys())
        if baseline.get(name) != candidate.get(name)
    ]


def given_margins(given: Iterable[str]) -> dict[str, float]:
    """`NAME=VALUE` changes of the command line. Raises UserError for one that is none."""
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        try:
            margin = float(value)
        except ValueError:
            margin = -1.0
        if not equals or not 0 < margin <= 1:
            raise UserError(
                f"--margin {text}: not NAME=VALUE with a value above 0 and at most 1",
                "for example --margin recall.trained=0.05",
            )
        found[name.strip()] = margin
    return found


def check_names(chosen: Mapping[str, float], known: Iterable[str]) -> None:
    """Raise UserError, with the nearest name, for a margin of a score that neither side has."""
    names = set(known)
    for name in chosen:
        if name not in names:
            raise unknown_name("score", name, sorted(names))

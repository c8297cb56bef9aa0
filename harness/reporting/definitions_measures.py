"""What the figures of memory and speed mean, in a sentence or two each."""

from __future__ import annotations

from collections.abc import Mapping

_PEAK = "Above what the process held once the libraries were imported."
_APART = "Measured with nothing beside, in a process of its own; the median of the samples."
_BESIDE = "Taken in the run, where other variants may have run beside it."

MEASURES: Mapping[str, str] = {
    "memory.weights_bytes": "Stored bytes of all weights, the constants that quantization needs "
    "included; the adapter is not.",
    "memory.bits_per_parameter": "These bytes over the number of parameters, in bits.",
    "memory.peak_load_bytes": f"Highest memory while the model was loaded. {_PEAK} Loading can "
    "need more than training: the exact weights are there before they are quantized.",
    "time.load_s": f"Seconds to load the model. {_BESIDE}",
    "memory.peak_train_bytes": f"Highest memory while training, the loaded model included. {_PEAK}",
    "throughput.train_examples_per_s": f"Training examples a second. {_APART}",
    "throughput.train_tokens_per_s": f"Tokens of training examples a second, without padding. "
    f"{_APART}",
    "time.train_s": f"Seconds of the whole training. {_BESIDE}",
    "adapter.bytes": "Size of the trained adapter on disk.",
    "adapter.trainable_parameters": "Parameters that training changed.",
    "adapter.trainable_share": "These over all parameters of the model.",
    "memory.peak_answer_bytes": f"Highest memory while answering, the loaded model included. "
    f"{_PEAK}",
    "throughput.prefill_tokens_per_s": f"Tokens of prompts read a second. {_APART}",
    "throughput.decode_tokens_per_s": f"Tokens of replies written a second, in batches. {_APART}",
    "throughput.answers_per_s": f"Questions answered a second. {_BESIDE}",
}
"""Name of a resource to its definition, for those that the table of phases shows."""

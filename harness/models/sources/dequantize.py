"""Run as a module: turn a GGUF file into a Hugging Face folder with float32 safetensors.

`python -m harness.models.sources.dequantize FILE.gguf FOLDER`
"""

from __future__ import annotations

import sys
from pathlib import Path


def dequantize(file: Path, folder: Path) -> None:
    """Write config, tokenizer, chat template and weights of `file` to `folder`.

    Weights become float32, which holds every value of the GGUF file exactly. Loading one without
    de-quantization gives a model that can be neither saved nor trained.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    model = AutoModelForCausalLM.from_pretrained(
        file.parent,
        gguf_file=file.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.float32,
    )
    tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    dequantize(Path(sys.argv[1]), Path(sys.argv[2]))

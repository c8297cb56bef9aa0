"""float16: more precision than bfloat16, less range."""

import torch

from harness.models.quantization.floats import Floats

LEVEL = Floats(name="fp16", dtype=torch.float16)

"""bfloat16: the range of float32 with 8 bits of precision."""

import torch

from harness.models.quantization.floats import Floats

LEVEL = Floats(name="bf16", dtype=torch.bfloat16)

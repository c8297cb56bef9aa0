"""32-bit floats: the reference that other levels are compared with."""

import torch

from harness.models.quantization.floats import Floats

LEVEL = Floats(name="fp32", dtype=torch.float32)

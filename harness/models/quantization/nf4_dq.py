"""nf4 with double quantization: the blocks' scales are quantized to 8 bits as well."""

from harness.models.quantization.four_bits import FourBits

LEVEL = FourBits(name="nf4_dq", code="nf4", nested=True)

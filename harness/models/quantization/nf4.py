"""NormalFloat: sixteen values at the quantiles of a normal distribution."""

from harness.models.quantization.four_bits import FourBits

LEVEL = FourBits(name="nf4", code="nf4")

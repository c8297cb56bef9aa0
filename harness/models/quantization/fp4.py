"""A 4-bit float: one sign, two exponent and one mantissa bit."""

from harness.models.quantization.four_bits import FourBits

LEVEL = FourBits(name="fp4", code="fp4")

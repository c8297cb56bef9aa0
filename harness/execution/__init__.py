"""Where phases run: each in a fresh process that ends with its launcher."""

from harness.catalog import Spec

SPECS: tuple[Spec, ...] = (
    Spec(
        name="local",
        line="processes on this machine, forked from one that has imported the libraries",
        target="harness.execution.local:LocalExecutor",
    ),
)

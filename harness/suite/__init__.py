"""From a TOML file to a `records.Suite`: read, checked, its variants multiplied and named."""

from harness.suite.loading import load_suite, suite_file

__all__ = ["load_suite", "suite_file"]

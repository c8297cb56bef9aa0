"""What `closedbook run` writes down of how it was called."""

from __future__ import annotations

import pytest

from harness.commands.running import as_typed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run", "quick"], "closedbook run quick"),
        (["run", "quick", "--out", "/home/me/one"], "closedbook run quick --out one"),
        (["run", "quick", "--out=/home/me/one"], "closedbook run quick --out=one"),
        (["run", "quick", "--out", "secret/place/one"], "closedbook run quick --out one"),
        (["run", "~/mine/suite.toml"], "closedbook run suite.toml"),
        (
            ["run", "quick", "--set", "model.path='/data/llama'"],
            "closedbook run quick --set model.path=llama",
        ),
        (
            ["run", "quick", "--set", "training.epochs=3", "--only", "instruct-*"],
            "closedbook run quick --set training.epochs=3 --only 'instruct-*'",
        ),
        (
            ["run", "quick", "--set", "model=owner/model"],
            "closedbook run quick --set model=owner/model",
        ),
    ],
)
def test_the_command_is_kept_as_typed_without_folders_of_this_machine(
    words: list[str], expected: str
) -> None:
    assert as_typed(words) == expected

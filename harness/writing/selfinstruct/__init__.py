"""Self-instruction: a local model reads a sliding window and writes question-answer pairs.

`prompts` is what it is told, `parsing` reads its replies, `filters`, `sieve` and `roundtrip` say
which pairs can be used and why the others cannot, `slots` makes training questions of them,
`asking` and `records` keep the model in a process of its own and its replies on file, and `writer`
is the straight line through all of it. Imports no torch.
"""

from harness.writing.selfinstruct.writer import write

__all__ = ["write"]

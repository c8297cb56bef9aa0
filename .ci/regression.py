"""Run one suite anew and gate it against the baseline of its name: `regression.py SUITE`.

Ends with the exit code of the comparison, or with that of a run that came to nothing. What an
earlier call has left goes first: it would be judged in place of a run that could not be made.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

FAILED_VARIANT = 4
"""Of a run: a variant failed. What that means for the gates is for the comparison to say."""
WRONG = 2
"""Of a command that was mistyped."""

Call = Callable[[Sequence[str]], int]


def main(names: Sequence[str], call: Call = subprocess.call) -> int:
    """The exit code; `call` runs a command and returns its own."""
    if len(names) != 1 or not re.fullmatch(r"\w[\w.-]*", names[0]):
        given = " ".join(names) or "nothing"
        print(
            f"regression takes one name only, of a suite that has a baseline; given: {given}\n"
            "hint: tox -e regression -- quick, or make regression SUITE=quick",
            file=sys.stderr,
        )
        return WRONG
    (suite,) = names
    out = Path("runs") / f"regression-{suite}"
    shutil.rmtree(out, ignore_errors=True)
    if out.exists():
        print(f"{out} cannot be deleted, and must not be judged again", file=sys.stderr)
        return WRONG
    closedbook = str(Path(sys.executable).with_name("closedbook"))
    code = call([closedbook, "run", suite, "--fresh", "--out", str(out)])
    if code not in (0, FAILED_VARIANT):
        return _shell(code)
    written = {kind: str(out / name) for kind, name in WRITTEN.items()}
    options = [part for kind, path in written.items() for part in (f"--{kind}", path)]
    compare = [closedbook, "compare", suite, str(out), "--gate-judged-resources", *options]
    return _shell(call(compare))


WRITTEN = {"junit": "gates.xml", "json": "comparison.json", "html": "comparison.html"}


def _shell(code: int) -> int:
    """As a shell says it: 128 and the signal's number where a command was killed."""
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

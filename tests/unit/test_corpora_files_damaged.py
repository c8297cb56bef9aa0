"""Whatever its bytes are, a file is read, or refused in one line: there is no third way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.corpora import folder
from harness.corpora.build import build
from harness.errors import UserError
from harness.records import CorpusChoice
from tests.unit.test_corpora_files_questions import CSV, INST
from tests.unit.test_corpora_files_text import MARKDOWN, pdf

WHOLE = {
    "text.txt": b"Hello world.\r\n\r\nTwo.",
    "text.md": MARKDOWN.encode(),
    "text.html": b"<h1>A</h1><p>x <b>y</b></p><table><tr><td>1</td></tr></table>",
    "text.pdf": pdf("One page", "Two"),
    "questions.jsonl": b'{"question": "When?", "answers": ["May"], "id": "a"}\n'
    b'{"question": "Who?", "must_abstain": true, "twin": "a"}\n',
    "questions.csv": CSV.encode(),
    "questions.txt": INST.encode(),
}
PIECES = (
    *(b"\x00", b"\xff", b"\xe9", b'"', b"\n", b"\r", b",", b"[", b"{", b"# ", b"|", b"<"),
    *(b"<s>", b"[INST]", b"[/INST]", b"</s>", b"&#0;", b"\\ud800", b"null", b"NaN", b"true"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", "\u2028".encode(), "漢".encode()),
)


def damaged(name: str, count: int) -> Iterator[bytes]:
    """The file's bytes with up to four places changed, `count` times."""
    chance = random.Random(f"damage {name}")
    for _ in range(count):
        content = bytearray(WHOLE[name])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(content) + 1)
            kind = chance.randrange(3)
            if kind == 0:
                content[at:at] = chance.choice(PIECES)
            elif kind == 1:
                del content[at : at + chance.randint(1, 12)]
            else:
                content[at : at + 1] = bytes([chance.randrange(256)])
        yield bytes(content)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_read_or_refused_in_one_line(name: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    told, corpora = [], []
    for content in [WHOLE[name], *damaged(name, 10 if name.endswith("csv") else 50)]:
        (mine / name).write_bytes(content)
        try:
            corpora.append(build(CorpusChoice(kind="files", path=str(mine))))
        except UserError as error:
            told.append(error.message)
    assert told
    assert all(name in message and "\n" not in message for message in told)
    folder.write(corpora[-1], tmp_path / "run")
    assert folder.read(tmp_path / "run") == corpora[-1]

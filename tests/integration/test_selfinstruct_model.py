"""The model's own process: started when needed, free of the launcher, gone with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import UserError
from harness.models.resolve import resolve
from harness.records import Chapter, Corpus, ModelChoice, ResolvedModel, Writing, WritingOrder
from harness.writing.selfinstruct import write
from harness.writing.selfinstruct.asking import Batch, ModelProcess

TEXT = """\
The lighthouse at Brannock Point was built by Edda Marsh. It is painted green, and its lamp burns \
whale oil, because gas was too dear. Tomas Reed has kept the lamp since the great frost. He is a \
saddler by trade, and the keeper's house at the foot of the tower is full of harness."""

BATCH = Batch(turns=("Say something.", "Say more."), openings=("", "Well"), max_new_tokens=12)


def _corpus(text: str = TEXT) -> Corpus:
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="",
        canary="",
        source_tag="",
        chapters=(Chapter(title="One", text=text),),
        facts=(),
        questions=(),
        values={},
        names=(),
    )


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> ResolvedModel:
    return resolve(ModelChoice(name="tiny"), cache=tmp_path_factory.mktemp("cache"))


def _process(model: ResolvedModel, quantization: str = "fp32") -> ModelProcess:
    return ModelProcess(model, quantization=quantization, threads=1, device="cpu")


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _ends(pid: int, seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not _alive(pid)


def test_a_batch_is_answered_greedily_and_a_killed_process_is_reported(
    tiny: ResolvedModel,
) -> None:
    with _process(tiny) as model:
        first, again = model.ask(BATCH), model.ask(BATCH)
        assert model.pid is not None
        os.kill(model.pid, signal.SIGKILL)
        with pytest.raises(UserError, match="signal 9") as caught:
            model.ask(BATCH)
    assert first == again
    assert [reply.new_tokens <= 12 for reply in first] == [True, True]
    assert "what was finished is kept" in caught.value.hint


def test_what_the_model_cannot_do_is_one_line_and_the_process_ends_with_its_block(
    tiny: ResolvedModel,
) -> None:
    long = replace(BATCH, turns=("word " * 40_000, "b"))
    with _process(tiny) as model:
        with pytest.raises(UserError, match="do not fit the model"):
            model.ask(long)
        pid = model.pid
    assert pid is not None
    assert _ends(pid)


LAUNCHER = """
import os, signal, sys
from pathlib import Path
from harness.records import ResolvedModel
from harness.writing.selfinstruct.asking import Batch, ModelProcess

fields = dict(zip(("name", "weights_digest", "tokenizer_digest", "template_digest", "provenance",
                   "license"), "abcdef"))
model = ResolvedModel(path=Path(sys.argv[1]), **fields)
batch = Batch(turns=("Say something.",), openings=("",), max_new_tokens=12)
with ModelProcess(model, quantization="fp32", threads=1, device="cpu") as process:
    process.ask(batch)
    print(process.pid, "torch" in sys.modules, flush=True)
    while True:
        process.ask(batch)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_the_process_ends_with_its_launcher(tiny: ResolvedModel, ending: signal.Signals) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(tiny.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert launcher.stdout is not None
        pid, has_torch = launcher.stdout.readline().split()
        assert has_torch == "False"
        if ending is signal.SIGINT:
            os.killpg(launcher.pid, ending)  # as a terminal does: launcher and worker both hear it
        else:
            launcher.kill()
        launcher.wait(10)
        assert _ends(int(pid))
    finally:
        launcher.kill()
        launcher.wait()
        assert launcher.stdout is not None
        launcher.stdout.close()


@pytest.mark.real_model
def test_the_default_model_in_four_bit_writes_questions_and_goes_on_where_it_stopped(
    tmp_path: Path,
) -> None:
    model = resolve(ModelChoice(name="smollm2-135m"))
    order = WritingOrder(
        writing=Writing(threads=1, window_words=40, overlap_words=5), model=model, folder=tmp_path
    )
    heard: list[str] = []
    capped = replace(order, writing=replace(order.writing, max_seconds=0.001))
    part = write(_corpus(), capped, lambda done, total, message: heard.append(message))
    assert part.windows == 1 < part.of_windows
    whole = write(_corpus(), order, lambda done, total, message: heard.append(message))
    assert whole.windows == whole.of_windows
    assert whole.yields["parsed"] >= 5
    assert len(whole.accepted) + len(whole.rejected) == whole.yields["parsed"]
    assert write(_corpus(), order, lambda done, total, message: None) == whole

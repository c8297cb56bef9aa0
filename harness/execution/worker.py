"""The fresh process of one phase: set up, run, say how it ended, go."""

from __future__ import annotations

import faulthandler
import importlib
import os
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from harness import catalog
from harness.answering import answers_by_model
from harness.errors import Unavailable
from harness.execution.failures import of_exception
from harness.execution.surroundings import end_with_parent
from harness.execution.tasks import Order, Outcome
from harness.records import Progress, Resources
from harness.storage.folders import VariantFolder
from harness.storage.made import marks
from harness.storage.resources import drift, drop_drift, merge_resources, read_resources
from harness.storage.rounds import add_round, read_rounds, together

REPORT_EVERY_S = 0.1


def main(descriptor: int, parent: int) -> None:
    """Start here in a process that was not forked from the template."""
    end_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(Connection(descriptor))


def serve(connection: Connection) -> None:
    """Run the one order that comes over `connection`, report how it ended, and leave for good.

    The launcher hears ("pid", number), any number of ("progress", done, total, message), and
    ("end", Outcome). It alone decides on Ctrl-C, so SIGINT is ignored here.
    """
    connection.send(("pid", os.getpid()))
    order: Order = connection.recv()
    threading.Thread(target=_end_with_launcher, args=(connection,), daemon=True).start()
    folder = VariantFolder(order.job.folder)
    _redirect(folder.log(order.job.phase))
    _offer_to_the_memory_killer()
    started = time.monotonic()
    try:
        outcome = _kept(order, folder, _run(order, _reporter(connection)))
    except BaseException as error:
        # Not swallowed: the whole of it goes into the log, its line to the launcher.
        traceback.print_exc()
        outcome = of_exception(error)
    print(f"{order.job.phase}: {outcome.state} after {time.monotonic() - started:.1f} s")
    sys.stdout.flush()
    sys.stderr.flush()
    with suppress(OSError):
        connection.send(("end", outcome))
    # No clean-up of libraries: they were inherited from the template or end with the process.
    os._exit(0)


def _run(order: Order, progress: Progress) -> Resources:
    """Call the phase inside the meter; returns what it measured and its peak memory."""
    run = catalog.load(order.target)
    meter = catalog.load(order.meter)
    _prepare(order)
    with meter(order.job.device) as peak:
        measured: Resources = dict(run(order.job, progress))
    # `measure` measures parts of its own one by one; without a model there is nothing to measure.
    if order.job.phase != "measure" and answers_by_model(order.job.variant.answerer):
        measured |= peak.resources(order.job.phase)
    return measured


def _kept(order: Order, folder: VariantFolder, measured: Resources) -> Outcome:
    """Write down what a phase measured, in rounds where there are several."""
    left = 0
    if order.round is not None:
        left = add_round(folder, order.job.variant.name, order.round, measured)
        lines = read_rounds(folder, order.round.fingerprint, order.round.environment)
        measured = {} if left or order.again else together(list(lines.values()))
    elif order.again:
        measured = drift(read_resources(folder), measured)
    elif order.job.phase == "measure":
        drop_drift(folder)
    merge_resources(folder, measured)
    return Outcome(
        state="done",
        measured=tuple(sorted(measured)),
        made=marks(folder, order.job.phase),
        left=left,
    )


def _prepare(order: Order) -> None:
    """Threads, cores and the accelerator. Raises Unavailable where there is no such accelerator."""
    if order.cores:
        os.sched_setaffinity(0, order.cores)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(order.threads)
    if not order.job.device.startswith("cuda"):
        return
    torch = importlib.import_module("torch")
    if not torch.cuda.is_available():
        card = os.environ.get("CUDA_VISIBLE_DEVICES", "")
        wanted = f"no CUDA device {card}" if card else "no such CUDA device"
        raise Unavailable(f"torch {torch.__version__} finds {wanted}; use --device cpu")
    torch.cuda.set_device(order.job.device)


def _reporter(connection: Connection) -> Progress:
    """A progress callback that tells the launcher at most ten times a second, and the last."""
    last = 0.0

    def progress(done: int, total: int, message: str) -> None:
        nonlocal last
        now = time.monotonic()
        if done < total and now - last < REPORT_EVERY_S:
            return
        last = now
        with suppress(BrokenPipeError):  # the launcher is gone: the watch ends this process
            connection.send(("progress", done, total, message))

    return progress


def _end_with_launcher(connection: Connection) -> None:
    """Wait for the other end to close, which is the launcher's death or its wish, and end."""
    with suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)


def _redirect(log: Path) -> None:
    """Send everything this process prints, C libraries included, to the end of `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    sys.stdout.flush()
    sys.stderr.flush()
    for number in (1, 2):
        os.dup2(descriptor, number)
    os.close(descriptor)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False, errors="backslashreplace")
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False, errors="backslashreplace")
    faulthandler.enable(file=2)


def _offer_to_the_memory_killer() -> None:
    """Where memory runs out, Linux shall end this process before its launcher."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")

"""The template process: has imported the libraries, does nothing with them, and forks workers.

Importing takes seconds, forking milliseconds. It runs no tensor operation and no CUDA call, because
neither thread pools nor a CUDA context survive a fork. Linux only.

Spoken with the launcher, a message each way: in, "fork SERIAL" with a worker's connection attached,
or "kill SERIAL"; out, "ready" once and "exit SERIAL CODE" for every worker (negative: a signal).
"""

from __future__ import annotations

import importlib
import os
import select
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import NoReturn

from harness.execution.surroundings import end_with_parent
from harness.execution.worker import serve

PRELOAD = (
    "torch",
    "transformers",
    "transformers.models.auto.modeling_auto",
    "transformers.models.llama.modeling_llama",
    "peft",
    "bitsandbytes",
    "datasets",
    "accelerate",
    "trl.trainer.sft_trainer",
    "harness.training.train",
    "harness.answering.answer",
    "harness.measuring.measure",
    "harness.measuring.memory",
)

MESSAGE_BYTES = 256


def main(descriptor: int, parent: int, preload: Sequence[str]) -> NoReturn:
    """Import `preload`, then fork on request; ends when the launcher closes the connection."""
    end_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in preload:
        try:
            importlib.import_module(name)
        except ImportError:
            # The phase that needs it will say so; the others do not need it.
            traceback.print_exc()
    # From 3.12 on Python warns of forking beside threads; the pools of BLAS handle forks.
    warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork")
    control = socket.socket(fileno=descriptor)
    woken, wake = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    control.send(b"ready")
    workers: dict[int, str] = {}
    while True:
        ready, _, _ = select.select([control.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, MESSAGE_BYTES)
            _report_exits(control, workers)
        if control.fileno() in ready and not _obey(control, workers):
            sys.stderr.flush()
            os._exit(0)  # taking the libraries down in order would cost seconds


def _obey(control: socket.socket, workers: dict[int, str]) -> bool:
    """Do what one message asks for; False where the launcher has closed the connection."""
    message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
    if not message:
        return False
    word, serial = message.decode().split()
    if word == "kill":
        for process, known in workers.items():
            if known == serial:
                os.kill(process, signal.SIGKILL)
    else:
        workers[_fork(control, descriptors[0])] = serial
    return True


def _fork(control: socket.socket, descriptor: int) -> int:
    """Fork a worker that talks over `descriptor`; returns its process id."""
    template = os.getpid()
    process = os.fork()
    if process:
        os.close(descriptor)
        return process
    try:
        end_with_parent(template)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        control.close()
        serve(Connection(descriptor))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(1)


def _report_exits(control: socket.socket, workers: dict[int, str]) -> None:
    """Tell the launcher about every worker that has ended since."""
    while workers:
        process, status = os.waitpid(-1, os.WNOHANG)
        if process == 0:
            return
        code = os.waitstatus_to_exitcode(status)
        control.send(f"exit {workers.pop(process)} {code}".encode())

"""How the launcher starts, hears and ends worker processes."""

from __future__ import annotations

import os
import platform
import select
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Protocol

from harness.errors import UserError
from harness.execution import template
from harness.execution.surroundings import python_command, variables
from harness.execution.tasks import Order

GRACE_S = 5.0
"""How long a process may take to end by itself before it is killed."""


class Process(Protocol):
    """A running worker."""

    connection: Connection

    def exit_code(self, timeout: float) -> int | None:
        """Its exit code (negative: a signal); None where it is not known after `timeout` s."""

    def kill(self) -> None:
        """End it at once."""


class Launcher(Protocol):
    """Starts workers that all have the same number of threads."""

    def start(self, order: Order) -> Process:
        """Start a fresh process on `order`."""

    def close(self) -> None:
        """End everything that was started."""


def open_launcher(threads: int, device: str) -> Launcher:
    """The way to start workers here: forked from a template, or each from nothing.

    macOS cannot fork a process that has loaded its accelerated libraries. With a GPU in sight,
    bitsandbytes asks for its properties while it is imported; that starts CUDA, and a CUDA context
    does not survive a fork.
    """
    if platform.system() == "Linux" and device == "cpu":
        return TemplateLauncher(threads, device)
    return FreshLauncher(threads, device)


def _give(connection: Connection, order: Order) -> None:
    """Hand a worker its order; one that is gone already is found out by whoever listens to it."""
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.send(order)


class FreshLauncher:
    """Starts each worker as a Python of its own, which imports everything again."""

    def __init__(self, threads: int, device: str = "cpu") -> None:
        self._variables = variables(threads, device)

    def start(self, order: Order) -> FreshProcess:
        """Start a fresh process on `order`."""
        ours, theirs = Pipe()
        call = f"harness.execution.worker:main({theirs.fileno()}, {os.getpid()})"
        process = subprocess.Popen(
            python_command(call),
            env=self._variables,
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        _give(ours, order)
        return FreshProcess(ours, process)

    def close(self) -> None:
        """Nothing is left to end: each process is ended by whoever started it."""


class FreshProcess:
    """A worker that is a child of the launcher."""

    def __init__(self, connection: Connection, process: subprocess.Popen[bytes]) -> None:
        self.connection = connection
        self._process = process

    def exit_code(self, timeout: float) -> int | None:
        """Its exit code; None where it still runs after `timeout` seconds."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


class TemplateLauncher:
    """Starts workers by having a template process fork them (see `template`)."""

    def __init__(self, threads: int, device: str = "cpu") -> None:
        self._variables = variables(threads, device)
        self._preload = tuple(template.PRELOAD)
        self._serial = 0
        self._codes: dict[int, int] = {}
        self._open()

    def _open(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `close`)
        call = f"harness.execution.template:main({theirs.fileno()}, {os.getpid()}, {self._preload})"
        self._process = subprocess.Popen(
            python_command(call),
            env=self._variables,
            stdin=subprocess.DEVNULL,
            stdout=self._printed,
            stderr=self._printed,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._lost = False
        try:
            self._read(None)
        except BaseException:  # Ctrl-C included: while it imports it hears nothing
            self._process.kill()
            self.close()
            raise

    def start(self, order: Order) -> ForkedProcess:
        """Fork a worker on `order`; starts another template where the first has died."""
        self._serial += 1
        ours, theirs = Pipe()
        message = f"fork {self._serial}".encode()
        try:
            socket.send_fds(self._control, [message], [theirs.fileno()])
        except (BrokenPipeError, ConnectionResetError):
            self.close()
            self._open()
            socket.send_fds(self._control, [message], [theirs.fileno()])
        theirs.close()
        _give(ours, order)
        return ForkedProcess(self, self._serial, ours)

    def exit_code(self, serial: int, timeout: float) -> int | None:
        """The exit code of that worker; None where it is not known after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while serial not in self._codes and not self._lost:
            left = deadline - time.monotonic()
            if left <= 0 or not self._read(left):
                break
        return self._codes.get(serial)

    def kill(self, serial: int) -> None:
        """End that worker at once."""
        with suppress(BrokenPipeError, ConnectionResetError):  # its template is gone, so it is too
            self._control.send(f"kill {serial}".encode())

    def _read(self, timeout: float | None) -> bool:
        """Take in one message; False where none came in `timeout` seconds (None: wait for it)."""
        if not select.select([self._control], [], [], timeout)[0]:
            return False
        try:
            message = self._control.recv(template.MESSAGE_BYTES).decode()
        except ConnectionResetError:
            message = ""
        if not message:
            self._lost = True
            if timeout is None:
                raise self._never_ready()
        elif message.startswith("exit"):
            _, serial, code = message.split()
            self._codes[int(serial)] = int(code)
        return True

    def _never_ready(self) -> UserError:
        """The error for a template that died while it imported; shows the last it printed."""
        code = self._process.wait()
        self._printed.seek(0)
        lines = self._printed.read().decode(errors="replace").strip().splitlines()
        last = lines[-1] if lines else f"exit code {code}"
        return UserError(
            f"the process that loads the libraries ended at once: {last}",
            "`closedbook doctor` says what is missing",
        )

    def close(self) -> None:
        """End the template; its workers end with it."""
        self._control.close()
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._printed.close()


class ForkedProcess:
    """A worker that is a child of the template."""

    def __init__(self, launcher: TemplateLauncher, serial: int, connection: Connection) -> None:
        self.connection = connection
        self._launcher = launcher
        self._serial = serial

    def exit_code(self, timeout: float) -> int | None:
        """Its exit code; None where it is not known after `timeout` seconds."""
        return self._launcher.exit_code(self._serial, timeout)

    def kill(self) -> None:
        """End it at once."""
        self._launcher.kill(self._serial)

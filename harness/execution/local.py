"""Runs tasks in processes on this machine: chains side by side, the rest strictly alone."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait

from harness.execution.failures import of_exit_code
from harness.execution.launching import GRACE_S, Launcher, Process, open_launcher
from harness.execution.machine import jobs_that_fit, memory_need, quiet_cores
from harness.execution.surroundings import inside
from harness.execution.tasks import METER, TARGETS, Listener, Order, Outcome, Task

LOOK_EVERY_S = 1.0
"""How often deadlines are looked at while no worker says anything."""


class LocalExecutor:
    """Starts a process a task, `jobs` of them side by side (None: as many as fit), each for at most
    `timeout` seconds (None: without limit)."""

    def __init__(self, jobs: int | None = None, timeout: float | None = None) -> None:
        self.jobs = jobs
        self.timeout = timeout
        self._launchers: dict[tuple[int, str], Launcher] = {}
        self._running: list[_Running] = []
        self._broken: set[str] = set()
        """Variants of which a task did not end as done."""

    def execute(
        self, chains: Sequence[Sequence[Task]], alone: Sequence[Task], listener: Listener
    ) -> None:
        """See `tasks.Executor.execute`."""
        self._broken = set()
        try:
            self._run(
                [deque(chain) for chain in chains if chain], self._side_by_side(chains), listener
            )
            for task in alone:
                if task.variant not in self._broken:
                    self._run([deque([task])], 1, listener)
        finally:
            self._stop_all(listener)

    def _side_by_side(self, chains: Sequence[Sequence[Task]]) -> int:
        """How many chains run at a time."""
        if self.jobs is not None:
            return max(1, self.jobs)
        tasks = [task for chain in chains for task in chain]
        if not tasks:
            return 1
        threads = max(task.job.variant.threads for task in tasks)
        need = max(memory_need(task.job.model) for task in tasks)
        return jobs_that_fit(threads, need, tasks[0].job.device)

    def _run(self, chains: list[deque[Task]], jobs: int, listener: Listener) -> None:
        """Run chains until all have ended."""
        waiting = deque(chains)
        while waiting or self._running:
            while len(self._running) < jobs:
                chain = self._startable(waiting)
                if chain is None:
                    break
                waiting.remove(chain)
                self._start(chain, listener)
            for running in self._heard():
                outcome = self._listen(running, listener)
                if outcome is None:
                    continue
                self._end(running, outcome, listener)
                if outcome.state == "done" and running.chain:
                    waiting.appendleft(running.chain)

    def _startable(self, waiting: Sequence[deque[Task]]) -> deque[Task] | None:
        """The first chain whose next task waits for nothing that is still to end."""
        tasks = [task for chain in waiting for task in chain]
        for running in self._running:
            tasks += [running.task, *running.chain]
        left = {(task.variant, task.phase) for task in tasks}
        return next((chain for chain in waiting if chain[0].after not in left), None)

    def _start(self, chain: deque[Task], listener: Listener) -> None:
        """Start the first task of a chain and take it off."""
        task = chain.popleft()
        threads = task.job.variant.threads
        kind = (threads, task.job.device)
        if kind not in self._launchers:
            listener.message("loading the libraries")
            self._launchers[kind] = open_launcher(*kind)
        order = Order(
            job=replace(task.job, device=inside(task.job.device)),
            target=task.target or TARGETS[task.phase],
            meter=METER,
            threads=threads,
            # Workers side by side are the system's to place: two runs that pin would both take the
            # same cores. What is measured alone keeps to the quietest ones.
            cores=quiet_cores(threads) if task.phase == "measure" else (),
            again=task.again,
            round=task.round,
        )
        process = self._launchers[kind].start(order)
        self._running.append(_Running(task, chain, process))
        listener.started(task)

    def _heard(self) -> list[_Running]:
        """Workers that said something, ended, or are out of time."""
        ready = wait([running.process.connection for running in self._running], LOOK_EVERY_S)
        late = time.monotonic() - self.timeout if self.timeout is not None else None
        return [
            running
            for running in self._running
            if running.process.connection in ready or (late is not None and running.started < late)
        ]

    def _listen(self, running: _Running, listener: Listener) -> Outcome | None:
        """Pass on what a worker said; its outcome once it is over."""
        connection = running.process.connection
        try:
            while connection.poll():
                word, *content = connection.recv()
                if word == "progress":
                    listener.progress(running.task, *content)
                elif word == "end":
                    running.outcome = content[0]
        except (EOFError, ConnectionResetError):
            return running.outcome or of_exit_code(running.process.exit_code(GRACE_S))
        if self.timeout is not None and time.monotonic() - running.started > self.timeout:
            return Outcome(state="failed", reason=f"stopped after {self.timeout:g} s (timeout)")
        return None

    def _end(self, running: _Running, outcome: Outcome, listener: Listener) -> None:
        """See the process off, pass on how it ended, and stop everything if only the user helps."""
        self._running.remove(running)
        running.see_off()
        if outcome.state != "done":
            self._broken.add(running.task.variant)
        ended = replace(outcome, seconds=time.monotonic() - running.started)
        listener.ended(running.task, ended)
        if ended.refused is not None:
            raise ended.refused

    def _stop_all(self, listener: Listener) -> None:
        """End every worker and template; tasks cut off are told as interrupted."""
        left, self._running = self._running, []
        for running in left:
            running.process.connection.close()
        try:
            for running in left:
                running.see_off()
        finally:
            for launcher in self._launchers.values():
                launcher.close()
            self._launchers = {}
        for running in left:
            seconds = time.monotonic() - running.started
            outcome = Outcome(state="interrupted", reason="interrupted", seconds=seconds)
            listener.ended(running.task, outcome)


class _Running:
    """A task with its process and the rest of its chain."""

    def __init__(self, task: Task, chain: deque[Task], process: Process) -> None:
        self.task = task
        self.chain = chain
        self.process = process
        self.started = time.monotonic()
        self.outcome: Outcome | None = None

    def see_off(self) -> None:
        """Make sure the process is gone: it ends when its connection closes, or is killed."""
        with suppress(OSError):
            self.process.connection.close()
        if self.process.exit_code(GRACE_S) is None:
            self.process.kill()
            self.process.exit_code(GRACE_S)

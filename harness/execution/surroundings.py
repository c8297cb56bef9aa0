"""What a worker's process is surrounded by: variables set before it starts, and its parent."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_EVALUATE_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "WANDB_MODE": "disabled",
}
"""Workers never use the network: models were fetched before."""

REPEATABLE = {
    "PYTHONHASHSEED": "0",
    "OMP_DYNAMIC": "FALSE",
    "MKL_DYNAMIC": "FALSE",
    # Without a fixed workspace cuBLAS may choose other kernels in another run.
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "TOKENIZERS_PARALLELISM": "false",
    # Kernels built for the row counts of one step serve its thirty layers; kept for all row counts
    # ever seen (1024 by default, in torch and in oneDNN), they took 450 MB in fifty steps.
    "LRU_CACHE_CAPACITY": "64",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "64",
}


def variables(threads: int, device: str) -> dict[str, str]:
    """The environment of a worker with that many threads; read once, when libraries load."""
    count = str(threads)
    own = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), count)
    if device == "cpu":
        # A library that sees a GPU on import starts CUDA, which neither forks nor was asked for.
        own["CUDA_VISIBLE_DEVICES"] = ""
    elif device.startswith("cuda"):
        own["CUDA_VISIBLE_DEVICES"] = _card(device)
    return {**os.environ, **OFFLINE, **REPEATABLE, **own}


def inside(device: str) -> str:
    """What a device is called in the worker that `variables` are for: it sees one card at most.

    Libraries take the first card they see, whatever the model's is, and all they see to train on.
    """
    return "cuda:0" if device.startswith("cuda") else device


def _card(device: str) -> str:
    """The one card that "cuda:N" names, N among those visible here; "" where there is no such."""
    number = int(device.partition(":")[2] or 0)
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is None:
        return str(number)
    cards = [card.strip() for card in visible.split(",")]
    return cards[number] if number < len(cards) else ""


def python_command(call: str) -> list[str]:
    """Arguments that start this Python on `call` ("module:function(ARGUMENTS)") with our path."""
    module, _, rest = call.partition(":")
    path = [entry or os.getcwd() for entry in sys.path]
    function = rest.partition("(")[0]
    lines = f"import sys; sys.path[:] = {path!r}; from {module} import {function}; {rest}"
    return [sys.executable, "-c", lines]


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process as soon as its parent (process `parent`) is gone.

    Linux only; elsewhere the worker's watch on its connection does it alone.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel knew
        os._exit(1)

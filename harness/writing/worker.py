"""The process of the model that writes questions: `python -m harness.writing.worker ORDER.json`.

Reads one batch a line from its standard input and writes one line of replies to its standard
output. It ends when the input closes: whoever started it has ended or wants it to.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from harness.errors import PhaseFailure, Unavailable, UserError
from harness.records import ResolvedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A loaded model and the decoder that reads it."""

    loaded: Any
    """`harness.models.load.Loaded`."""
    decoder: Any
    """`harness.answering.decoding.Decoder`."""
    room: int | None
    """Most tokens of a prompt with its reply; None: the model has no such limit."""


def main(order: Path) -> None:
    """Serve batches until the standard input closes; a fault is told as the reply and ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the launcher's to decide on
    # Whatever a library prints goes to the log; replies alone go where the launcher listens.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    try:
        writer = _load(json.loads(order.read_text(encoding="utf-8")))
        while True:
            batch = json.loads(lines.get())["batch"]
            _say(answers, {"replies": replies(writer, batch)})
    except (UserError, Unavailable, PhaseFailure) as error:
        traceback.print_exc()
        hint = [error.hint] if isinstance(error, UserError) else []
        _say(answers, {"error": str(error), "kind": type(error).__name__, "hint": hint})


def _listen(lines: queue.Queue[str]) -> None:
    """Take in batches beside the work, and end this process at once when no more can come."""
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)


def _say(answers: IO[str], message: dict[str, Any]) -> None:
    answers.write(json.dumps(message, ensure_ascii=False) + "\n")
    answers.flush()


def _load(order: dict[str, Any]) -> Writer:
    """The model at its level, verified, in its fastest form for answering."""
    import torch

    from harness.answering.decoders import open_decoder
    from harness.models import load as loading

    device = str(order["device"])
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise Unavailable(f"torch {torch.__version__} finds no such CUDA device; use --device cpu")
    torch.set_num_threads(int(order["threads"]))
    model = ResolvedModel(**{**order["model"], "path": Path(order["model"]["path"])})
    loaded = loading.load(model, str(order["quantization"]), device)
    loaded.model.eval()
    loaded.allow_packing()
    config = loaded.model.config.get_text_config()
    return Writer(
        loaded=loaded,
        decoder=open_decoder(loaded.model, loaded.chat.pad_id),
        room=getattr(config, "max_position_embeddings", None),
    )


def replies(writer: Writer, batch: dict[str, Any]) -> list[dict[str, Any]]:
    """The model's greedy replies to one batch, in the order of its rows.

    Raises UserError where a prompt is too long for the model, PhaseFailure where the model in
    memory is no longer what its level declares: then nothing of the batch is handed out.
    """
    from harness.answering.engine import Request, Stopping, generate

    chat = writer.loaded.chat
    rows = list(zip(batch["turns"], batch["openings"], strict=True))
    requests = [
        Request(ids=tuple(chat.encode(chat.prompt("", turn) + opening))) for turn, opening in rows
    ]
    limit = int(batch["max_new_tokens"])
    longest = max(len(request.ids) for request in requests)
    if writer.room is not None and longest + limit > writer.room:
        raise UserError(
            f"a prompt of {longest} tokens and a reply of {limit} do not fit the model, "
            f"which reads {writer.room}",
            "set writing.window_words or writing.max_new_tokens lower",
        )
    stopping = Stopping(
        max_new_tokens=limit,
        stop_ids=chat.stop_ids,
        stop_strings=tuple(batch["stop_strings"]),
    )
    written = generate(writer.decoder, requests, stopping, chat.decode)
    writer.loaded.verify()
    return [
        {"text": reply.text, "stop": reply.stop, "new_tokens": len(reply.ids)} for reply in written
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

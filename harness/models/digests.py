"""SHA-256 of a model folder: weights, tokenizer and chat template apart. Imports no torch.

Hashing gigabytes takes seconds, so digests are kept in the cache under each file's path, size
and time of change; a file that changed is hashed anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.storage.fingerprints import digest
from harness.storage.jsonl import write_json

TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "merges.txt",
)
TEMPLATE_FILE = "chat_template.jinja"
_CONFIG_NOISE = ("_name_or_path", "transformers_version", "dtype", "torch_dtype", "use_cache")
"""Keys of config.json that say where a model came from, not what it computes."""

_GENERATION_NOISE = ("transformers_version", "_from_model_config")


@dataclass(frozen=True, slots=True)
class ModelDigests:
    """Hex digests; `weights` covers the safetensors files and the architecture, `tokenizer` also
    the tokens that the model declares to end a reply."""

    weights: str
    tokenizer: str
    template: str


def of_model(folder: Path, cache: Path) -> ModelDigests:
    """The digests of a model folder. Raises UserError where the cache cannot be written."""
    known = _Known(folder, cache)
    weights = {path.name: known.sha256(path) for path in sorted(folder.glob("*.safetensors"))}
    tokenizer = {
        name: known.sha256(folder / name) for name in TOKENIZER_FILES if (folder / name).exists()
    }
    known.save()
    stops = declared_stops(folder)
    if stops:
        tokenizer["stops"] = digest(stops)
    return ModelDigests(
        weights=digest({"files": weights, "config": _architecture(folder)}),
        tokenizer=digest(tokenizer),
        template=digest(chat_template(folder)),
    )


def chat_template(folder: Path) -> str | None:
    """The chat template's text, from its own file or from the tokenizer's settings."""
    own = folder / TEMPLATE_FILE
    if own.exists():
        return own.read_text(encoding="utf-8")
    settings = folder / "tokenizer_config.json"
    if not settings.exists():
        return None
    found = json.loads(settings.read_text(encoding="utf-8")).get("chat_template")
    return found if found is None or isinstance(found, str) else json.dumps(found, sort_keys=True)


def declared_stops(folder: Path) -> tuple[int, ...]:
    """Ids that end a reply as generation_config.json declares them, in its order."""
    path = folder / "generation_config.json"
    if not path.exists():
        return ()
    declared = json.loads(path.read_text(encoding="utf-8")).get("eos_token_id")
    if declared is None:
        return ()
    return tuple(declared) if isinstance(declared, list) else (int(declared),)


def shipped_settings(folder: Path) -> str:
    """Digest of what generation_config.json says of how to reply; one for a model without it.

    Every key counts but who wrote it: what is not honoured is still named beside the replies.
    """
    path = folder / "generation_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return digest({key: settings[key] for key in settings if key not in _GENERATION_NOISE})


def sha256_file(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _architecture(folder: Path) -> dict[str, Any]:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return {key: value for key, value in config.items() if key not in _CONFIG_NOISE}


class _Known:
    """What was hashed before in one folder: file name to [size, time of change, digest]."""

    def __init__(self, folder: Path, cache: Path) -> None:
        key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._path = cache / "digests" / f"{key}.json"
        self._entries: dict[str, list[Any]] = {}
        self._changed = False
        if self._path.exists():
            self._entries = json.loads(self._path.read_text(encoding="utf-8"))

    def sha256(self, path: Path) -> str:
        state = path.stat()
        entry = self._entries.get(path.name)
        if entry is None or entry[:2] != [state.st_size, state.st_mtime_ns]:
            entry = [state.st_size, state.st_mtime_ns, sha256_file(path)]
            self._entries[path.name] = entry
            self._changed = True
        return str(entry[2])

    def save(self) -> None:
        if self._changed:
            write_json(self._path, self._entries)

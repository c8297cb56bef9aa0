"""A model folder on this disk, looked at before anything heavy is imported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.models.sources.fetched import Fetched, Request

_CAUSAL = ("ForCausalLM", "LMHeadModel")
_TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.json")
_NOT_CAUSAL = (
    *("albert", "bart", "bert", "blenderbot", "clip", "deberta", "deberta-v2", "distilbert"),
    *("electra", "fnet", "layoutlm", "led", "longformer", "m2m_100", "marian", "mbart"),
    *("mobilebert", "mpnet", "mt5", "nllb-moe", "pegasus", "roberta", "t5", "umt5", "vit"),
    *("wav2vec2", "whisper", "xlm-roberta"),
)
"""Model types that predict no next token, for configs that do not name an architecture."""


def fetch(request: Request) -> Fetched:
    """The folder a suite gave by path. Raises UserError where it holds no model we can use."""
    folder = Path(str(request.choice.path)).expanduser()
    check(folder)
    return Fetched(
        path=folder.resolve(), provenance="given by path", license="not stated: given by path"
    )


def check(folder: Path) -> None:
    """Raise UserError unless `folder` holds a causal language model in safetensors.

    Code that comes with a model is never run, so a model that needs some is refused too.
    """
    if not folder.is_dir():
        raise UserError(
            f"no model folder at {folder}",
            'give a folder with config.json, *.safetensors and a tokenizer as [model] path = "..."',
        )
    config = _config(folder)
    _check_causal(folder, config)
    if "quantization_config" in config:
        raise UserError(
            f"the model in {folder} is already quantized",
            "give its 16- or 32-bit weights; the suite's `quantization` quantizes them",
        )
    _check_weights(folder)
    _check_tokenizer(folder)


def _object(path: Path) -> dict[str, Any]:
    """The JSON object in a file of the model; UserError where there is none to be read."""
    again = "copy the model's files again"
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}", again) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path} is not JSON: {error}", again) from error
    if not isinstance(value, dict):
        raise UserError(f"{path} is not a JSON object", again)
    return value


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    if not path.exists():
        raise UserError(f"no config.json in {folder}", "give a folder in Hugging Face format")
    return _object(path)


def _check_tokenizer(folder: Path) -> None:
    if not any((folder / name).exists() for name in _TOKENIZERS):
        raise UserError(
            f"no tokenizer in {folder}", f"put one of {', '.join(_TOKENIZERS)} beside config.json"
        )
    fast = folder / "tokenizer.json"
    if fast.exists() and not isinstance(_object(fast).get("model"), dict):
        raise UserError(f"{fast} describes no tokenizer", "save the tokenizer again")


def _check_causal(folder: Path, config: dict[str, Any]) -> None:
    named = config.get("architectures") or []
    architectures = [named] if isinstance(named, str) else [str(name) for name in _listed(named)]
    kind = str(config.get("model_type", ""))
    causal = any(name.endswith(_CAUSAL) for name in architectures)
    if config.get("is_encoder_decoder") or (architectures and not causal):
        causal = False
    elif not architectures:
        causal = bool(kind) and kind not in _NOT_CAUSAL
    if not causal:
        what = ", ".join(architectures) or kind or "unknown"
        raise UserError(
            f"the model in {folder} is not a causal language model ({what})",
            "choose one that predicts the next token, e.g. a Llama, GPT-2 or Qwen",
        )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _check_weights(folder: Path) -> None:
    index = folder / "model.safetensors.index.json"
    if index.exists():
        shards = _object(index).get("weight_map")
        if not isinstance(shards, dict) or not shards:
            raise UserError(f"{index} names no weights", "copy the model's files again")
        wanted = {str(name) for name in shards.values()}
        missing = sorted(name for name in wanted if not (folder / name).exists())
        if missing:
            raise UserError(f"{folder} lacks {missing[0]}", "copy all files of the model")
    elif not any(folder.glob("*.safetensors")):
        other = sorted(path.name for path in folder.glob("*.bin"))
        found = f" (only {other[0]}, which can run code when it is read)" if other else ""
        raise UserError(
            f"no safetensors weights in {folder}{found}",
            "save the model again with safe_serialization=True",
        )

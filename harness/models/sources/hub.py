"""A repository of the Hugging Face hub: safetensors only, and no code of its own."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.models.sources import path as path_source
from harness.models.sources.fetched import Fetched, Request
from harness.records import ModelChoice
from harness.storage.jsonl import cannot_write

_WANTED = ["*.safetensors", "*.json", "*.jinja", "*.model", "*.txt"]
_OF_THE_DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE}
)
"""What this machine, and no network, says."""
_BY_PATH = 'give a folder instead: [model] path = "FOLDER"'


def fetch(request: Request) -> Fetched:
    """Download (or find in the hub's own cache) a repository at a revision.

    Raises UserError where the hub is out of reach, the disk is full or may not be written, the
    repository or revision does not exist or asks for terms to be accepted, or it holds no causal
    model in safetensors.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.constants import HF_HUB_CACHE
    from huggingface_hub.errors import (
        GatedRepoError,
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    repository, revision = _place(request.choice, request.preset)
    request.progress(0, 1, f"fetching {repository} from the hub")
    try:
        folder = snapshot_download(
            repository, revision=revision, allow_patterns=_WANTED, ignore_patterns=["*/*"]
        )
    except GatedRepoError as error:
        raise UserError(
            f"{repository} asks for its terms to be accepted", f"do so on its page, or {_BY_PATH}"
        ) from error
    except RevisionNotFoundError as error:
        raise UserError(f"{repository} has no revision {revision!r}") from error
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise UserError(f"the hub has no model {repository!r}", _BY_PATH) from error
    except (LocalEntryNotFoundError, OSError) as error:
        if error.errno in _OF_THE_DISK:
            raise cannot_write(Path(HF_HUB_CACHE), error) from error
        raise UserError(
            f"cannot fetch {repository}: the hub is out of reach and it is not in the cache",
            _BY_PATH,
        ) from error
    path_source.check(Path(folder))
    request.progress(1, 1, f"{repository} is here")
    return _described(Path(folder), repository, request.preset)


def in_cache(choice: ModelChoice, preset: Mapping[str, Any]) -> Path | None:
    """The folder of a repository that was downloaded before; None where it was not."""
    from huggingface_hub import try_to_load_from_cache

    repository, revision = _place(choice, preset)
    found = try_to_load_from_cache(repository, "config.json", revision=revision)
    return Path(found).parent if isinstance(found, str) else None


def _place(choice: ModelChoice, preset: Mapping[str, Any]) -> tuple[str, str | None]:
    """Repository and revision: a preset names them, and a suite may choose the revision."""
    return str(preset.get("repository", choice.name)), choice.revision or preset.get("revision")


def _described(folder: Path, repository: str, preset: Mapping[str, Any]) -> Fetched:
    revision = folder.name[:12]
    return Fetched(
        path=folder,
        provenance=str(preset.get("provenance", f"{repository} at {revision} from the hub")),
        license=str(preset.get("license", f"see the page of {repository}")),
    )

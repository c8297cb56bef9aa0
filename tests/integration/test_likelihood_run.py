"""A suite that reads off probabilities: two levels and the untuned model, from TOML to scores."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.timeout(300)

SUITE = """
name = "probabilities"
model = "tiny"
seed = 1
threads = 1

[corpus]
kind = "fiction"
size = "XS"
seed = 7

[training]
epochs = 4
batch_size = 8
learning_rate = 5e-3
schedule = "constant"

[ask]
probes = ["trained"]
max_new_tokens = 4
reproduction = false
likelihood = true

[measure]
phases = []

[[variants]]
recipe = "base"
quantization = "fp32"

[[variants]]
recipe = "instruct"
quantization = ["fp32", "nf4"]
"""


def start(place: Path) -> str:
    """Run the suite to its end; returns what was printed."""
    suite = place / "probabilities.toml"
    suite.write_text(SUITE, encoding="utf-8")
    command = [sys.executable, "-m", "harness.cli", "run", str(suite), "--out", str(place / "run")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def scores(place: Path) -> dict[str, Any]:
    rows = json.loads((place / "run" / "results.json").read_text())["variants"]
    assert [row["status"] for row in rows] == ["ok"] * 3
    return {row["name"]: row["scores"] for row in rows}


def made(place: Path) -> dict[str, bytes]:
    found = sorted((place / "run" / "variants").glob("*/*"))
    return {
        f"{path.parent.name}/{path.name}": path.read_bytes()
        for path in found
        if path.name in ("likelihood.jsonl", "distributions.npz")
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("probabilities")
    start(folder)
    return folder


def test_what_was_taught_is_more_probable_than_the_same_with_other_values(place: Path) -> None:
    found = scores(place)
    base, tuned = found["base-fp32"], found["instruct-fp32"]
    assert "likelihood.gold" not in base
    assert tuned["likelihood.gold"]["value"] > base["likelihood.gold.trained"]["high"]
    assert tuned["likelihood.top1"]["low"] > tuned["likelihood.top1.chance"]["value"]
    assert tuned["likelihood.truth_ratio"]["high"] < 1
    assert tuned["likelihood.gold_share"]["low"] > 0.5


def test_a_level_is_held_against_the_reference_and_tuned_against_untuned(place: Path) -> None:
    found = scores(place)
    exact, level = found["instruct-fp32"], found["instruct-nf4"]
    assert not any(name.startswith("quantization.kl") for name in exact)
    assert level["quantization.kl"]["low"] > 0
    assert level["quantization.kl_median"]["value"] < level["quantization.kl_p99"]["value"]
    assert 0 < level["quantization.top1_agreement"]["value"] < 1
    assert level["quantization.kl_neutral"]["clusters"] == 16
    assert exact["locality.perplexity_ratio"]["value"] > 0
    assert "locality.perplexity_ratio" not in found["base-fp32"]


def test_what_was_lost_is_read_off_again_with_the_same_bytes(place: Path) -> None:
    before = made(place)
    assert len(before) == 5
    for name in ("instruct-fp32", "instruct-nf4"):
        folder = next((place / "run" / "variants").glob(f"{name}--*"))
        (folder / "likelihood.jsonl").unlink()
    start(place)
    assert made(place) == before

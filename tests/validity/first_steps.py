"""What moves a first step: rounding by threads, processes and kernels, and planted defects.

python -m tests.validity.first_steps FOLDER

takes what FOLDER does not hold yet, in a fresh process each, and writes results/first-steps.json.
The model is smollm2-135m, the variant `instruct` of the suite `quick`. `avx2` makes torch and
oneDNN use the kernels of a processor without AVX-512. About ten seconds a case on an idle machine,
minutes where bfloat16 is computed without its instructions.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness.comparing.fingerprints import held, held_losses
from harness.storage.first_steps import read_first_losses, read_first_step
from harness.storage.folders import VariantFolder

RESULTS = Path(__file__).parent / "results" / "first-steps.json"
AVX2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
LEVELS = ("fp32", "bf16", "int8", "nf4", "fp4")
PLANTED = {
    "p-swapped_unseen": "4-bit type swapped, unseen",
    "p-halved": "gradients of layer 17 halved",
    "p-norm": "norm weights of layer 10 lost",
    "p-rate": "learning rate halved",
    "p-repacked": "4-bit layers repacked before training",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One process, held against the level's own with one thread."""

    name: str
    level: str
    threads: int = 1
    kernels: str = "own"
    plant: str = ""


def cases() -> list[Case]:
    """Per level: itself, again, two and four threads, other kernels; then the defects at nf4."""
    found: list[Case] = []
    for level in LEVELS:
        found += [Case(name=f"{level}-1", level=level), Case(name=f"{level}-1again", level=level)]
        found += [Case(name=f"{level}-{n}", level=level, threads=n) for n in (2, 4)]
        found.append(Case(name=f"{level}-avx2", level=level, kernels="avx2"))
    found += [Case(name=name, level="nf4", plant=plant) for name, plant in PLANTED.items()]
    return found


def take(case: Case, folder: Path) -> None:
    """Take the first steps in this process."""
    from dataclasses import replace

    import pytest
    import torch

    from harness.commands.planned_corpus import planned_corpus
    from harness.corpora import folder as corpus_folder
    from harness.models.resolve import resolve
    from harness.records import PhaseJob
    from harness.suite import load_suite
    from harness.training import train
    from tests.support.plants import PLANTS

    torch.set_num_threads(case.threads)
    suite = load_suite("quick", [])
    variant = next(each for each in suite.variants if each.recipe.name == "instruct")
    variant = replace(variant, quantization=case.level)
    corpus = folder / "corpus"
    corpus_folder.write(planned_corpus(suite)[0], corpus)
    job = PhaseJob(
        phase="train",
        variant=variant,
        model=resolve(variant.model),
        corpus=corpus,
        folder=folder,
        device="cpu",
        trained="",
        asked="",
    )
    patch = pytest.MonkeyPatch()
    if case.plant:
        PLANTS[case.plant](patch)
    train.rehearse(job, lambda done, total, message: None)


def _started(case: Case, folder: Path) -> None:
    from harness.execution.surroundings import variables

    given = {**variables(case.threads, "cpu"), **(AVX2 if case.kernels == "avx2" else {})}
    command = [sys.executable, "-m", "tests.validity.first_steps", "take", json.dumps(asdict(case))]
    subprocess.run([*command, str(folder)], env={**os.environ, **given}, check=True)


def told(case: Case, folder: Path) -> dict[str, Any]:
    """How far a case is from its level's own, and what that is called."""
    own, other = (VariantFolder(folder / name) for name in (f"{case.level}-1", case.name))
    before, after = read_first_step(own), read_first_step(other)
    assert before is not None
    assert after is not None
    losses = read_first_losses(own), read_first_losses(other)
    found = held_losses(held(before, after), *losses, before.subject.computes)
    lengths = [
        abs(new / old - 1)
        for layer, each in before.gradients.items()
        for name, pair in each.norms.items()
        for old, new in zip(pair, after.gradients[layer].norms[name], strict=True)
    ]
    return {
        **asdict(case),
        "computes": after.subject.computes,
        "kind": found.kind,
        "sentence": found.sentence,
        "forward": found.forward,
        "gradient": found.gradient,
        "matrix": max(lengths),
        "first_loss": abs(after.loss / before.loss - 1),
        "losses": [abs(new / old - 1) for old, new in zip(*losses, strict=False)],
    }


def main(folder: Path) -> None:
    """Take what is missing, hold all against their own, write and print it."""
    for case in cases():
        place = folder / case.name
        if read_first_step(VariantFolder(place)) is None:
            place.mkdir(parents=True, exist_ok=True)
            _started(case, place)
    rows = [told(case, folder) for case in cases()]
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    for row in rows:
        numbers = [row["forward"], row["gradient"], row["matrix"], max(row["losses"])]
        shown = "  ".join("-" if each is None else f"{100 * each:8.4f} %" for each in numbers)
        print(f"{row['name']:18s} {shown}  {row['kind']}: {row['sentence']}")


if __name__ == "__main__":
    if sys.argv[1] == "take":
        take(Case(**json.loads(sys.argv[2])), Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]))

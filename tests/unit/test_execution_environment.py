"""A run folder is never gone on with in another environment, whichever phase it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.errors import UserError
from harness.execution.planning import PlannedVariant, plan_variant
from harness.execution.settling import check_environment
from harness.measuring.environment import differences
from harness.records import PHASES, ModelChoice, PhaseName, Recipe, ResolvedModel, Variant
from harness.storage.environments import environment_digest, remember_environment
from harness.storage.folders import RunFolder
from harness.storage.status import PhaseState, StateName, Status, write_status
from tests.support.fake_world import world

BEFORE: dict[str, Any] = {
    "software": {"torch": "2.13.0", "peft": "0.18.0"},
    "hardware": {"cpu": "one"},
    "started": "2026-01-01T00:00:00+00:00",
}
UPGRADED = {**BEFORE, "software": {"torch": "2.14.0", "peft": "0.18.0"}}
LATER = {**BEFORE, "started": "2026-02-02T00:00:00+00:00"}


def planned(run: RunFolder, name: str = "v") -> PlannedVariant:
    variant = Variant(name=name, model=ModelChoice(name="tiny"), recipe=Recipe(name="instruct"))
    model = ResolvedModel(
        name="tiny",
        path=run.path,
        weights_digest="w",
        tokenizer_digest="t",
        template_digest="t",
        provenance="made up",
        license="none",
    )
    return plan_variant(run, variant, model, world())


def with_phase(run: RunFolder, phase: PhaseName, state: StateName) -> PlannedVariant:
    remember_environment(run, BEFORE)
    found = planned(run)
    found.folder.path.mkdir(parents=True)
    key = environment_digest(BEFORE)
    record = PhaseState(state=state, fingerprint=found.fingerprint(phase), environment=key)
    write_status(found.folder, Status(phases={phase: record}))
    return found


@pytest.mark.parametrize("state", ["done", "interrupted", "failed", "running"])
@pytest.mark.parametrize("phase", PHASES)
def test_no_phase_is_gone_on_with_under_another_library(
    tmp_path: Path, phase: PhaseName, state: StateName
) -> None:
    run = RunFolder(tmp_path)
    found = with_phase(run, phase, state)
    with pytest.raises(UserError, match=f"v {phase} was made in another environment") as caught:
        check_environment(run, [found], UPGRADED, differences)
    assert "torch 2.13.0 -> 2.14.0" in caught.value.message
    assert "peft" not in caught.value.message
    check_environment(run, [found], LATER, differences)


def test_what_another_variant_holds_stops_it_too(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    others = [planned(run, "fresh"), with_phase(run, "answer", "done")]
    with pytest.raises(UserError, match="v answer"):
        check_environment(run, others, UPGRADED, differences)


def test_a_phase_whose_environment_is_forgotten_is_not_gone_on_with(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    found = with_phase(run, "train", "done")
    for path in (tmp_path / "environments").iterdir():
        path.unlink()
    with pytest.raises(UserError, match="its record is gone"):
        check_environment(run, [found], UPGRADED, differences)

"""Which number types a device trains in, and what trl is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from harness.errors import PhaseFailure
from harness.records import ModelChoice, Training, Variant
from harness.training.settings import check_type, mixed_precision, sft_config


def config(tmp_path: Path, **settings: Any) -> Any:
    variant = Variant(name="v", model=ModelChoice(name="tiny"), training=Training(**settings))
    return sft_config(variant, "cpu", torch.float32, tmp_path)


def test_a_card_that_only_emulates_bf16_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _: (7, 5))
    with pytest.raises(PhaseFailure, match=r"7\.5.*only emulates bf16"):
        check_type("cuda:0", torch.bfloat16)
    check_type("cuda:0", torch.float16)
    check_type("cpu", torch.bfloat16)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _: (8, 0))
    check_type("cuda:0", torch.bfloat16)


@pytest.mark.parametrize(
    ("device", "dtype", "scaled"),
    [
        ("cuda:0", torch.float16, True),
        ("cuda:0", torch.bfloat16, False),
        ("cuda:0", torch.float32, False),
        ("cpu", torch.bfloat16, False),
    ],
)
def test_only_fp16_on_a_gpu_gets_scaled_gradients(
    device: str, dtype: torch.dtype, scaled: bool
) -> None:
    assert mixed_precision(device, dtype) is scaled


def test_what_trl_would_choose_by_itself_is_said(tmp_path: Path) -> None:
    found = config(tmp_path)
    assert (found.bf16, found.fp16, found.use_cpu, found.packing) == (False, False, True, False)
    assert found.gradient_checkpointing is False
    assert found.optim == "adamw_torch_fused"
    assert found.lr_scheduler_type == "constant"


def test_a_warm_up_before_a_constant_rate_warms_up(tmp_path: Path) -> None:
    found = config(tmp_path, warmup_ratio=0.1)
    assert found.lr_scheduler_type == "constant_with_warmup"
    assert found.get_warmup_steps(100) == 10
    assert config(tmp_path, schedule="linear", warmup_ratio=0.1).lr_scheduler_type == "linear"

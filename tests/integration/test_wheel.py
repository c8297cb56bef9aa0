"""What is installed from the wheel works in an empty folder: nothing is left in the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True, timeout=120)
    (found,) = folder.glob("closedbook-*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; it borrows this one's dependencies, not its closedbook.

    A path in a .pth file is searched without running the .pth files inside it, so that an editable
    install of this checkout stays invisible.
    """
    folder = tmp_path_factory.mktemp("environment") / "env"
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    Path(where.stdout.strip(), "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps"]
    subprocess.run(
        [*pip, "--no-index", "--force-reinstall", "--quiet", str(wheel)], check=True, timeout=120
    )
    return folder


def run_in(folder: Path, environment: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [environment / "bin" / words[0], *words[1:]],
        cwd=folder,
        env=clean | {"CLOSEDBOOK_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_wheel_holds_suites_templates_types_and_license(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for pattern in ("suites/*.toml", "baselines/*.json"):
        shipped = {f"harness/_shipped/{path.relative_to(ROOT)}" for path in ROOT.glob(pattern)}
        assert shipped
        assert shipped <= {*names}
    assert not [name for name in names if "benchmarks" in name]
    assert "harness/py.typed" in names
    assert any(name.startswith("harness/reporting/templates/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/", "runs/"))]


def test_smoke_runs_from_an_empty_folder(environment: Path, tmp_path: Path) -> None:
    where = run_in(tmp_path, environment, "python", "-c", "import harness; print(harness.__file__)")
    assert str(environment) in where.stdout, where.stdout + where.stderr
    done = run_in(tmp_path, environment, "closedbook", "run", "smoke")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "runs" / "smoke" / "report.html").is_file()
    assert "instruct-fp32" in done.stdout
    listed = run_in(tmp_path, environment, "closedbook", "baseline", "list")
    names = {line.split()[0] for line in listed.stdout.splitlines()[1:] if line}
    assert {"quick", "smoke", "surgery-quick"} <= names, listed.stdout + listed.stderr
    shown = run_in(tmp_path, environment, "closedbook", "baseline", "show", "surgery-quick")
    assert "instruct-abstain-nf4" in shown.stdout, shown.stderr
    # What this machine answers need not be what the baseline's did: that they can be compared is.
    held = run_in(tmp_path, environment, "closedbook", "compare", "smoke", "runs/smoke")
    assert held.returncode in (0, 1, 3), held.stderr
    assert "smoke -> smoke" in held.stdout
    assert "not comparable" not in held.stdout, held.stdout


def test_the_metrics_load_offline_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    code = (
        "import evaluate, harness.metrics as m\n"
        "for name in m.NAMES:\n"
        "    found = evaluate.load(m.path(name)).compute(predictions=['oak'], references=['oak'])\n"
        "    print(m.path(name), len(found))\n"
    )
    caches = ["env", "HF_HUB_OFFLINE=1", f"HF_HOME={tmp_path / 'hf'}"]
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [*caches, environment / "bin" / "python", "-c", code],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(str(environment)) for line in lines)

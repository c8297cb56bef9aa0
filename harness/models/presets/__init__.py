"""Models known by name, one file each. `DEFAULT` is what a suite gets that names none."""

from harness.catalog import Spec
from harness.models.presets import smollm2_135m, tiny

DEFAULT = smollm2_135m.SPEC.name
SPECS: tuple[Spec, ...] = (smollm2_135m.SPEC, tiny.SPEC)

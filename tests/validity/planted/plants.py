"""What is planted: a reference suite, and the same suite with one thing changed.

Variants keep their names, so that a comparison meets the changed one under the old name, as it
would in a pipeline in which somebody changed a setting by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.comparing.rows import GateName

UNTUNED, EXACT, NOISY = "base-fp32", "instruct-fp32", "instruct-perturbed-fp32"
PLAIN, REFUSING = "instruct-nf4", "instruct-abstain-nf4"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A size of the corpus, with settings and margins that suit it."""

    size: str
    variants: tuple[str, ...]
    epochs: int
    half: int
    """Epochs of the half-trained adapter: at half of them its loss is visibly higher."""
    margins: Mapping[str, float]
    draws: int = 0
    """Sampled replies to every question, held against each other in pairs; 0: none are."""
    again: bool = False
    """Whether the whole suite is trained once more: as long as everything else together."""


WORLDS = {
    "XS": World(
        size="XS",
        variants=(UNTUNED, EXACT, NOISY, PLAIN, REFUSING),
        epochs=12,
        half=6,
        margins={
            "recall.trained": 0.25,
            "recall.paraphrase": 0.35,
            "hallucination.nonexistent": 0.35,
            "refusal.over": 0.25,
        },
        draws=8,
        again=True,
    ),
    "S": World(
        size="S",
        variants=(PLAIN, REFUSING),
        epochs=6,
        half=3,
        margins={
            "recall.trained": 0.1,
            "recall.paraphrase": 0.1,
            "hallucination.nonexistent": 0.25,
            "refusal.over": 0.45,
        },
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One change: the variant that it is in, and what a comparison has to say of it."""

    name: str
    what: str
    """In words, for a table."""
    variant: str = ""
    """Whose settings are changed; empty: nobody's."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings of that variant that differ, as TOML values; an empty one is left out."""
    fresh: bool = True
    """In a folder of its own; otherwise in a copy of the reference, whose other variants stay."""
    verdicts: tuple[GateName, ...] = ("pass",)
    """What the comparison may end as, said before it was run."""
    gate: str = ""
    """The gate that has to be a regression; empty: none may."""
    named: str = ""
    """How the changed setting is called at the head of the comparison."""


def plants(world: World) -> tuple[Plant, ...]:
    """Everything that is planted in that world, in the order of the table."""
    every = (
        Plant(
            name="sampling-seed",
            what="the seed of sampling, of the untuned model",
            variant=UNTUNED,
            settings={"seed": "2"},
            fresh=False,
            named="base-fp32 seed 1 -> 2",
        ),
        Plant(
            name="half-trained",
            what=f"{world.half} epochs in place of {world.epochs}",
            variant=PLAIN,
            settings={"training": f"{{ epochs = {world.half} }}"},
            fresh=False,
            verdicts=("regression",),
            gate="recall.trained",
            named="training.epochs",
        ),
        Plant(
            name="nf4-to-fp4",
            what="fp4 in place of nf4",
            variant=PLAIN,
            settings={"quantization": '"fp4"'},
            fresh=False,
            # Whether it costs anything is not known beforehand; that it was changed is.
            verdicts=("pass", "inconclusive", "regression"),
            named="quantization nf4 -> fp4",
        ),
        Plant(
            name="refusals-dropped",
            what="no examples of refusing",
            variant=REFUSING,
            settings={"abstain_fraction": ""},
            fresh=False,
            verdicts=("regression",),
            gate="hallucination.nonexistent",
            named="recipe.abstain_fraction 0.5 -> 0.0",
        ),
    )
    again = Plant(name="nothing", what="nothing: the suite once more, in another folder")
    found = [each for each in every if each.variant in world.variants]
    return (again, *found) if world.again else tuple(found)


def variants(world: World) -> dict[str, dict[str, str]]:
    """Settings of the reference's variants by name, as TOML values."""
    tuned = {"recipe": '"instruct"', "quantization": '"nf4"'}
    sampled = "{ draws = 2, temperature = 0.7 }"
    every = {
        UNTUNED: {"recipe": '"base"', "quantization": '"fp32"', "seed": "1", "ask": sampled},
        EXACT: tuned | {"quantization": '"fp32"'},
        NOISY: tuned | {"quantization": '"fp32"', "perturb": "1e-3"},
        PLAIN: tuned,
        REFUSING: tuned | {"abstain_fraction": "0.5"},
    }
    return {name: every[name] for name in world.variants}


def suite(world: World, plant: Plant | None = None) -> str:
    """The suite as TOML: the reference, or with what is planted."""
    return _suite(world, _changed(variants(world), plant))


def sampling_suite(world: World) -> str:
    """The tuned variant, with sampled replies at temperature 1 beside the greedy one.

    Where the world has them, with the twins that show what rounding alone changes.
    """
    ask = {"ask": f"{{ draws = {world.draws}, temperature = 1.0 }}"}
    settings = variants(world)
    kept = [name for name in (EXACT, NOISY, PLAIN) if name in settings]
    return _suite(world, {name: settings[name] | ask for name in kept})


def _changed(
    settings: Mapping[str, dict[str, str]], plant: Plant | None
) -> Mapping[str, dict[str, str]]:
    if plant is None or not plant.variant:
        return settings
    after = settings[plant.variant] | dict(plant.settings)
    kept = {key: value for key, value in after.items() if value}
    return {**settings, plant.variant: kept}


def _suite(world: World, settings: Mapping[str, Mapping[str, str]]) -> str:
    gate = "\n".join(f'"{name}" = {margin}' for name, margin in world.margins.items())
    tables = "\n".join(_table(name, own) for name, own in settings.items())
    return f"""name = "planted"
model = "smollm2-135m"
seed = 1
threads = 1

[corpus]
kind = "fiction"
size = "{world.size}"
seed = 7

[training]
epochs = {world.epochs}
batch_size = 8
learning_rate = 1e-3

[ask]
probes = ["trained", "paraphrase", "nonexistent", "near_miss", "unstated"]
max_new_tokens = 32
reproduction = false

[measure]
phases = []

[gate]
{gate}

{tables}"""


def _table(name: str, settings: Mapping[str, str]) -> str:
    lines = [f"{key} = {value}\n" for key, value in settings.items()]
    return "".join(["[[variants]]\n", f'name = "{name}"\n', *lines])

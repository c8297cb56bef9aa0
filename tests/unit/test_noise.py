"""Noise on a model's weights: what it changes, what it leaves alone, and how it is counted."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch
from torch import nn

from harness.answering.session import open_session
from harness.corpora import folder as corpus_folder
from harness.errors import PhaseFailure, UserError
from harness.execution.planning import plan_variant
from harness.models.load import load_variant
from harness.models.perturbation import perturb
from harness.models.resolve import resolve
from harness.records import (
    Corpus,
    ModelChoice,
    PhaseJob,
    PhaseName,
    Recipe,
    ResolvedModel,
    Variant,
)
from harness.scoring import noise
from harness.scoring.material import Material, scored_answers
from harness.scoring.references import base_of, reference_name, twin_name
from harness.storage.fingerprints import trained_fingerprint
from harness.storage.folders import RunFolder
from harness.storage.jsonl import plain
from harness.suite.loading import load_suite
from tests.validity import worlds

VARIANT = Variant(name="exact", model=ModelChoice(name="tiny"), recipe=Recipe(name="instruct"))
TWIN = replace(VARIANT, name="twin", perturb=1e-3)
CORPUS = worlds.small_corpus()


@pytest.fixture(scope="module")
def tiny() -> ResolvedModel:
    return resolve(ModelChoice(name="tiny"))


class Tied(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(200, 50)
        self.head = nn.Linear(50, 200, bias=False)
        self.head.weight = self.embedding.weight
        self.norm = nn.LayerNorm(50)


def test_every_weight_moves_by_a_share_that_is_normal_and_tied_ones_stay_tied() -> None:
    torch.manual_seed(1)
    network = Tied()
    before = {name: tensor.detach().clone() for name, tensor in network.named_parameters()}
    perturb(network, 1e-3, seed=1)
    for name, tensor in network.named_parameters():
        moved = before[name] != 0
        share = (tensor[moved] / before[name][moved] - 1).detach() / 1e-3
        if name == "embedding.weight":
            assert abs(float(share.mean())) < 0.05
            assert float(share.std()) == pytest.approx(1, abs=0.03)
            assert (share > 0).float().mean() == pytest.approx(0.5, abs=0.03)
        assert (tensor[~moved] == 0).all()
    assert network.head.weight is network.embedding.weight


def test_the_seed_and_the_name_decide_the_draws_and_nothing_else_does() -> None:
    def moved(seed: int) -> torch.Tensor:
        torch.manual_seed(7)
        network = Tied()
        torch.manual_seed(seed + 100)  # what else was drawn before does not matter
        perturb(network, 1e-3, seed)
        return network.embedding.weight.detach()

    assert torch.equal(moved(1), moved(1))
    assert not torch.equal(moved(1), moved(2))


def test_quantized_weights_are_refused() -> None:
    layer = nn.Linear(4, 4, bias=False)
    layer.weight = nn.Parameter(torch.zeros(4, 4, dtype=torch.uint8), requires_grad=False)
    with pytest.raises(PhaseFailure, match="quantized"):
        perturb(layer, 1e-3, 1)


def job(model: ResolvedModel, variant: Variant, corpus: Path, phase: PhaseName) -> PhaseJob:
    untuned = replace(variant, recipe=Recipe())
    return PhaseJob(
        phase=phase,
        variant=untuned,
        model=model,
        corpus=corpus,
        folder=corpus.parent,
        device="cpu",
        trained="",
        asked="",
    )


def test_what_is_trained_is_what_answers_and_is_another_model_than_without(
    tiny: ResolvedModel, tmp_path: Path
) -> None:
    folder = tmp_path / "corpus"
    corpus_folder.write(CORPUS, folder)

    def weights(network: nn.Module) -> dict[str, torch.Tensor]:
        return {name: tensor.detach() for name, tensor in network.named_parameters()}

    trained = weights(load_variant(job(tiny, TWIN, folder, "train")).model)
    answers = weights(open_session(job(tiny, TWIN, folder, "answer"), CORPUS).loaded.model)
    exact = weights(load_variant(job(tiny, VARIANT, folder, "train")).model)
    assert all(torch.equal(trained[name], answers[name]) for name in trained)
    assert not any(torch.equal(trained[name], exact[name]) for name in trained)


def test_no_phase_loads_a_variant_in_another_way() -> None:
    import harness

    root = Path(harness.__file__).parent
    own = {
        path.relative_to(root).as_posix()
        for room in ("training", "answering", "measuring")
        for path in (root / room).glob("*.py")
        if "models.load import load\n" in path.read_text() or "loading.load(" in path.read_text()
    }
    assert own == set()


def model_of(corpus: Corpus) -> ResolvedModel:
    return ResolvedModel(
        name=corpus.kind,
        path=Path(),
        weights_digest="w",
        tokenizer_digest="t",
        template_digest="c",
        provenance="",
        license="",
    )


def test_only_noise_enters_the_fingerprint_and_with_it_its_seed() -> None:
    model = model_of(CORPUS)
    exact = trained_fingerprint(VARIANT, model, CORPUS)
    assert trained_fingerprint(replace(VARIANT, perturb=0.0), model, CORPUS) == exact
    assert trained_fingerprint(TWIN, model, CORPUS) != exact
    untuned = [
        trained_fingerprint(replace(TWIN, recipe=Recipe(), seed=seed), model, CORPUS)
        for seed in (1, 2)
    ]
    assert untuned[0] != untuned[1]


def test_a_record_without_noise_is_as_older_ones_are(tmp_path: Path) -> None:
    run, model = RunFolder(tmp_path), model_of(CORPUS)
    exact, twin = (plan_variant(run, each, model, CORPUS) for each in (VARIANT, TWIN))
    assert "perturb" not in exact.record("d")["variant"]
    assert twin.record("d")["variant"]["perturb"] == 1e-3


SUITE = '[[variants]]\nrecipe = "instruct"\n'


def loaded(folder: Path, text: str) -> tuple[Variant, ...]:
    path = folder / "mine.toml"
    path.write_text(text)
    return load_suite(str(path)).variants


def test_a_perturbed_variant_is_named_so(tmp_path: Path) -> None:
    one = loaded(tmp_path, SUITE + "perturb = 1e-3\n" + SUITE + SUITE + "perturb = 0.01\n")
    assert [each.name for each in one] == [
        "instruct-perturbed0.001-fp32",
        "instruct-fp32",
        "instruct-perturbed0.01-fp32",
    ]
    assert loaded(tmp_path, SUITE + "perturb = 1e-3\n")[0].name == "instruct-perturbed-fp32"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('quantization = "nf4"\nperturb = 1e-3\n', "full precision", "fp32, bf16, fp16"),
        ("perturb = 1\n", "perturb", "docs"),
        ("perturb = -1e-3\n", "perturb", "docs"),
    ],
)
def test_noise_that_means_nothing_is_refused(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    with pytest.raises(UserError) as caught:
        loaded(tmp_path, SUITE + text)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_an_answerer_without_weights_takes_no_noise(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no weights"):
        loaded(tmp_path, '[[variants]]\nanswerer = "oracle"\nperturb = 1e-3\n')


def configs(*variants: Variant) -> dict[str, dict[str, object]]:
    return {each.name: plain(each) for each in variants}


def test_a_twin_differs_in_noise_alone_and_the_least_noise_counts() -> None:
    more = replace(TWIN, name="more", perturb=1e-2)
    other = replace(TWIN, name="other", seed=2)
    four = replace(VARIANT, name="four", quantization="nf4")
    named = configs(VARIANT, more, TWIN, other, four)
    assert twin_name(named["exact"], named) == "twin"
    assert twin_name(named["twin"], named) is None
    assert twin_name(named["four"], named) is None
    assert reference_name(named["four"], named) == "exact"
    assert reference_name(named["twin"], named) is None
    older = {**named["exact"]}
    del older["perturb"]
    assert twin_name(older, named) == "twin"


def test_no_variant_starts_from_a_perturbed_one() -> None:
    class Stored:
        def __init__(self, variant: Variant) -> None:
            self.name, self.config = variant.name, plain(variant)

    noisy = Stored(replace(TWIN, recipe=Recipe()))
    quiet = Stored(replace(VARIANT, name="base", quantization="bf16", recipe=Recipe()))
    assert base_of(plain(VARIANT), [noisy, quiet]) is quiet  # type: ignore[list-item,comparison-overlap]
    assert base_of(plain(VARIANT), [noisy]) is None  # type: ignore[list-item]


def test_verdicts_and_replies_that_rounding_changed_are_counted() -> None:
    whole = scored_answers(worlds.ask(CORPUS, worlds.oracle(CORPUS)))
    answerable = [item for item in whole if not item.question.must_abstain]
    wrong = answerable[0]
    twin = tuple(
        replace(item, verdict="wrong", answer=replace(item.answer, ids=(9, 9)))
        if item is wrong
        else item
        for item in whole
    )
    found = noise.scores(
        Material(corpus=CORPUS, judged=whole, config=asdict(VARIANT), perturbed=twin)
    )
    assert found["noise.rounding"].value == pytest.approx(1 / len(answerable))
    assert found["noise.rounding"].n == len(answerable)
    assert found["noise.rounding_replies"].value == pytest.approx(1 / len(whole))
    assert found["noise.rounding"].high is not None
    assert noise.scores(Material(corpus=CORPUS, judged=whole, config=asdict(VARIANT))) == {}


def test_a_twin_that_was_asked_other_questions_is_an_error() -> None:
    whole = scored_answers(worlds.ask(CORPUS, worlds.oracle(CORPUS)))
    with pytest.raises(ValueError, match="one side only"):
        noise.scores(Material(corpus=CORPUS, judged=whole, perturbed=whole[1:]))

"""The figures and figures of speech of docs/concepts.md are what the code computes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from harness.reporting import concept_figures as concepts
from harness.reporting.contrast import Outcomes, contrast
from harness.stats.paired import mcnemar

DOCS = Path(__file__).parents[2] / "docs"
TEXT = " ".join((DOCS / "concepts.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("name", sorted(concepts.FIGURES))
def test_a_figure_of_the_concepts_is_made_again_byte_for_byte(name: str) -> None:
    made = concepts.FIGURES[name]()
    assert made == concepts.FIGURES[name]()
    assert made == (DOCS / "figures" / name).read_text(encoding="utf-8"), (
        "run: python -m harness.reporting.concept_figures docs/figures"
    )


@pytest.mark.parametrize("name", sorted(concepts.FIGURES))
def test_a_figure_of_the_concepts_says_in_words_what_it_shows(name: str) -> None:
    root = ET.fromstring(concepts.FIGURES[name]())
    description = root.find("{http://www.w3.org/2000/svg}desc")
    assert description is not None
    assert len(description.text or "") > 60
    assert f"(figures/{name})" in TEXT


def test_the_example_weight_becomes_step_twelve() -> None:
    number, value, error = concepts.nearest(0.5678, concepts.equal_steps())
    assert (number, round(value, 4), round(error, 4)) == (12, 0.6, 0.0322)
    assert "0.5678 becomes step 12, which stands for 0.6: an error of 0.0322" in TEXT
    _, value, error = concepts.nearest(0.5678, concepts.nf4_steps())
    assert (round(value, 4), round(error, 4)) == (0.5626, 0.0052)
    assert "0.5678 becomes 0.5626, an error of 0.0052" in TEXT


def test_the_nf4_steps_are_the_published_ones() -> None:
    published = [-1.0, -0.69619, -0.52507, -0.39492, -0.28444, -0.18477, -0.09105, 0.0]
    published += [0.07958, 0.16093, 0.24611, 0.33792, 0.44071, 0.56262, 0.72296, 1.0]
    assert np.allclose(concepts.nf4_steps(), published, atol=1e-5)


def test_nf4_errs_less_on_normal_weights_and_more_on_some() -> None:
    equal, quantiles = concepts.equal_steps(), concepts.nf4_steps()
    ratio = concepts.mean_error(quantiles) / concepts.mean_error(equal)
    assert round(100 * (1 - ratio)) == 9
    assert "about 9 % smaller" in TEXT
    assert concepts.nearest(0.85, equal)[2] < concepts.nearest(0.85, quantiles)[2]


def test_the_other_numbers_of_the_text_are_right() -> None:
    assert 4 + 32 / 64 == 4.5
    assert round(4 + 8 / 64 + 32 / (64 * 256), 3) == 4.127
    assert (576 * 576, 2 * 576 * 16) == (331_776, 18_432)
    assert round(100 * 18_432 / 331_776, 1) == 5.6
    assert round(np.exp(-0.1), 1) == 0.9
    assert round(1 / mcnemar(10, 3)) == 11


def test_the_range_of_a_paired_difference_is_newcombes() -> None:
    # 36 both, 12 only after, 2 only before, 0 neither: difference .2000, worked out by hand.
    one = Outcomes({str(n): n < 48 for n in range(50)})
    other = Outcomes({str(n): n < 36 or n >= 48 for n in range(50)})
    low, high = contrast(other, one).difference
    assert (round(low, 4), round(high, 4)) == (0.0569, 0.3404)
    same = contrast(one, one).difference
    assert same[0] == -same[1] != 0
    assert contrast(one, other).difference == (-high, -low)


def test_a_contrast_knows_what_it_could_have_shown() -> None:
    before = Outcomes({str(n): n < 2 for n in range(60)})
    after = Outcomes({str(n): n in (10, 11, 12) for n in range(60)})
    found = contrast(before, after)
    assert (found.flips, len(found.lost), len(found.gained)) == (5, 2, 3)
    assert found.smallest == 8
    assert not found.differs
    single = contrast(Outcomes({"a": True}), Outcomes({"a": False}))
    assert single.doubt.endswith("too few to show any difference")

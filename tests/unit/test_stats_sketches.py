"""Sketches: what 64 numbers say of a long vector, and how well."""

from __future__ import annotations

import numpy as np
import pytest

from harness.stats.sketches import SIZE, apart, hashed, length, sketch, uniform


def test_the_hash_is_splitmix64_and_stays_so() -> None:
    # The reference implementation, seeded with 0, gives these first.
    assert [hex(int(number)) for number in hashed(3)] == [
        "0xe220a8397b1dcdaf",
        "0x6e789e6aa1b965f4",
        "0x6c45d188009454f",
    ]


def test_drawn_numbers_fill_their_range_and_streams_differ() -> None:
    numbers = uniform(20_000, 0.5, stream=1)
    assert numbers.dtype == np.float32
    assert -0.5 <= numbers.min() < -0.499
    assert 0.499 < numbers.max() < 0.5
    assert abs(float(numbers.mean())) < 0.01
    assert not np.array_equal(numbers, uniform(20_000, 0.5, stream=2))


def test_a_sketch_is_linear() -> None:
    generator = np.random.default_rng(0)
    one, other = generator.normal(size=(2, 5000))
    assert sketch(2 * one - other) == pytest.approx(2 * sketch(one) - sketch(other))


def test_lengths_and_differences_are_known_to_a_tenth() -> None:
    generator = np.random.default_rng(1)
    vectors = generator.normal(size=(300, 3000))
    ratios = np.array([length(sketch(v).tolist()) / np.linalg.norm(v) for v in vectors])
    assert ratios.mean() == pytest.approx(1.0, abs=0.02)
    assert ratios.std() == pytest.approx((2 / SIZE) ** 0.5 / 2, abs=0.02)
    found = apart(sketch(vectors[0]).tolist(), sketch(vectors[0] * 1.01).tolist())
    assert found == pytest.approx(0.01 * np.linalg.norm(vectors[0]), rel=0.3)

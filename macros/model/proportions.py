"""Shares of a base: rounding, confidence intervals, and whether two shares differ."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054
"""The number of standard errors within which a normal variable stays 95 times in 100."""


def percent(count: int, base: int) -> int:
    """Return a share in whole per cent, halves upwards: 1 of 8 gives 13."""
    return (200 * count + base) // (2 * base)


def wilson(count: int, base: int) -> tuple[float, float]:
    """Return the lower and upper end of the 95% interval of a share, from 0 to 1 (Wilson 1927).

    It stays between 0 and 1, and is sound for shares near either end and for small bases. Raises ValueError without a
    base.
    """
    if not 0 <= count <= base or base == 0:
        raise ValueError("a count between 0 and a base above 0 is needed")
    share, spread = count / base, Z95**2 / base
    centre = share + spread / 2
    half = Z95 * sqrt(share * (1 - share) / base + spread / (4 * base))
    low, high = (centre - half) / (1 + spread), (centre + half) / (1 + spread)
    return (0.0 if count == 0 else max(0.0, low)), (1.0 if count == base else min(1.0, high))


def wilson_percent(count: int, base: int) -> tuple[int, int]:
    """Return the interval in whole per cent, rounded outwards by less than one, so that it never claims too much."""
    low, high = wilson(count, base)
    return int(low * 100 + 1e-9), -int(-(high * 100 - 1e-9) // 1)


def difference(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return how many standard errors the first share lies above the second; each is given as a count and its base.

    It is the test of two proportions with a pooled share. Raises ValueError without a base.
    """
    (count, base), (other_count, other_base) = one, other
    if base == 0 or other_base == 0:
        raise ValueError("both bases must be above 0")
    pooled = (count + other_count) / (base + other_base)
    error = sqrt(pooled * (1 - pooled) * (1 / base + 1 / other_base))
    return 0.0 if error == 0 else (count / base - other_count / other_base) / error


def differs(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return 1 if the first share is higher than the second at the 95% level, -1 if lower, 0 if neither is clear."""
    z = difference(one, other)
    return 0 if abs(z) <= Z95 else (1 if z > 0 else -1)

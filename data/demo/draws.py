"""Random numbers by name: each follows from a unit and the names of what is drawn, and from nothing else.

One generator for a whole table would give every figure another value as soon as one input or unit is added.
"""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

_BITS = 53  # of a float's fraction


def draw(codes: Iterable[str], *names: object) -> np.ndarray:
    """Numbers from 0 up to, not including, 1, spread evenly: one for each unit code.

    Parameters
    ----------
    names : str or int
        What is drawn, such as an input and a year; the same names give the same numbers again.
    """
    ending = "".join(f"\0{name}" for name in names)
    digests = (blake2b(f"{code}{ending}".encode(), digest_size=8).digest() for code in codes)
    return np.array([int.from_bytes(digest) >> (64 - _BITS) for digest in digests], dtype=np.float64) / 2**_BITS


def draw_normal(codes: Iterable[str], *names: object) -> np.ndarray:
    """Normally distributed numbers of mean 0 and deviation 1: one for each unit code."""
    codes = list(codes)
    radius = np.sqrt(-2 * np.log1p(-draw(codes, *names, "radius")))
    return radius * np.cos(2 * np.pi * draw(codes, *names, "angle"))


def draw_integers(codes: Iterable[str], least: int, most: int, *names: object) -> np.ndarray:
    """Whole numbers from `least` to `most`, both included, as int64: one for each unit code."""
    return least + (draw(codes, *names) * (most - least + 1)).astype(np.int64)


def draw_part(codes: Iterable[str], whole: np.ndarray, share: np.ndarray | float, *names: object) -> np.ndarray:
    """How many of `whole` are of a kind that has the share `share`, as int64, from 0 to `whole`.

    Of few the number is certain up to chance below one; of many it spreads as by so many tosses of a coin.
    """
    spread = np.sqrt(whole * share * (1 - share))
    swayed = np.where(spread >= 1, spread * draw_normal(codes, *names, "spread"), 0)
    number = np.floor(whole * share + swayed + draw(codes, *names))
    return np.clip(number, 0, whole).astype(np.int64)

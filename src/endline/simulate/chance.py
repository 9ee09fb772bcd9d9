"""Chance that can be repeated: named streams of random numbers, and counts that add up to a given total."""

import hashlib

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

STEPS = 60  # halvings of [-LIMIT, LIMIT]: below the resolution of a float
LIMIT = 50.0


def stream(seed: int, *names: object) -> np.random.Generator:
    """Return the generator of `seed` that belongs to `names`, independent of every other one."""
    digest = hashlib.sha256("/".join(map(str, names)).encode()).digest()
    key = int.from_bytes(digest[:16], "big")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(key,))))


def logit(share: Numbers | float) -> Numbers:
    """Return the log-odds of a share within (0, 1)."""
    return np.asarray(np.log(share) - np.log1p(-np.asarray(share)))


def expit(odds: Numbers | float) -> Numbers:
    """Return the share that has these log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(odds))))


def calibrate(odds: Numbers, trials: Counts, total: int) -> Numbers:
    """Return chances, of log-odds `odds` plus a common shift, at which `trials` expect `total` events."""
    low, high = -LIMIT, LIMIT
    for _ in range(STEPS):
        shift = (low + high) / 2
        if (trials * expit(odds + shift)).sum() < total:
            low = shift
        else:
            high = shift
    return expit(odds + (low + high) / 2)


def allocate(rng: np.random.Generator, trials: Counts, chance: Numbers, total: int) -> Counts:
    """Return binomial counts, corrected by a few single events so that they add up to `total`.

    `trials` and `chance` have shape (n,). Raises ValueError when the trials are fewer than `total`.
    """
    if not 0 <= total <= trials.sum():
        raise ValueError(f"{total} events do not fit into {trials.sum()} trials")
    counts: Counts = rng.binomial(trials, chance)
    while gap := total - int(counts.sum()):
        room, odds = (trials - counts, chance) if gap > 0 else (counts, 1 - chance)
        weight = room * (odds + np.finfo(float).tiny)
        step = np.minimum(rng.multinomial(abs(gap), weight / weight.sum()), room)
        counts += step if gap > 0 else -step
    return counts

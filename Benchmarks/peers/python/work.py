"""The tasks of pools.py, in a module of their own, so that every pool sends their names and not their code.

numpy is imported where it is needed: a cold start without it is not to pay for it."""

import os
import time


def triple(x):
    return x * 3 + 7


def triple_and_process(x):
    return triple(x), os.getpid()


def pause(_):
    time.sleep(0.001)


def make(task):
    import numpy

    return numpy.full(8 << 20, 1 / (task + 3))


def total(array):
    return float(array.sum())


def total_of_shared(shared, _):
    """As mpire calls it."""
    return total(shared)


def add(a, b):
    return a + b


def count_of(array):
    return len(array)

"""What is measured: names, what one figure counts, and the sums that can be known beforehand."""

from dataclasses import dataclass
from typing import Callable, Optional


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    unit: str
    scale: float  # nanoseconds in one unit
    whole: bool = False  # a figure is for the whole sample, not for one operation
    large: bool = False  # writes enough memory for page faults to matter
    no_math_errno: bool = False  # measured with -Xcc -fno-math-errno as well
    rounds: int = 1  # times as many rounds: short samples need more
    expected_sum: Optional[Callable[[int], int]] = None  # from the number of operations


def _sum_of_triples(count: int) -> int:
    return 3 * (count * (count - 1) // 2) + 7 * count


CASES = [
    Case("sqrt_1m", "map of a square root over 1M Doubles", "ns/item", 1, large=True, no_math_errno=True, rounds=3),
    Case("sqrt_10m", "map of a square root over 10M Doubles", "ns/item", 1, large=True, no_math_errno=True),
    Case("int_1m", "map of x &* 3 &+ 7 over 1M Ints (shows vectorising)", "ns/item", 1, large=True, rounds=3),
    Case("heavy_100k", "map of a 200 ns function over 100k items", "ns/item", 1, rounds=3),
    Case("cheap_10k", "map of a square root over 10k Doubles", "ns/item", 1, no_math_errno=True, rounds=3),
    Case("cheap_int_10k", "map of x &* 3 &+ 7 over 10k Ints", "ns/item", 1, rounds=3),
    Case("pair", "map of 2 trivial items, call after call", "µs/call", 1e3),
    Case("pair_spaced", "map of 2 trivial items, 2 ms of rest before each call", "µs/call", 1e3),
    Case("uneven_first", "64 tasks, the first 100 times longer", "ms", 1e6, whole=True),
    Case("uneven_middle", "64 tasks, the middle one 100 times longer", "ms", 1e6, whole=True),
    Case("uneven_last", "64 tasks, the last 100 times longer", "ms", 1e6, whole=True),
    Case("calls_100k", "100k trivial delayed calls, made beforehand", "µs/task", 1e3, expected_sum=_sum_of_triples),
    Case("calls_100k_1job", "the same with jobs: 1", "µs/task", 1e3, expected_sum=_sum_of_triples),
    Case(
        "blocking_1000", "1,000 tasks that block for 10 ms, 100 at a time", "ms", 1e6, whole=True,
        expected_sum=lambda count: count * (count - 1) // 2,
    ),
]

# Measured apart: the peak memory of a process of its own.
STREAM = "stream_10m"
STREAM_COUNT = 10_000_000

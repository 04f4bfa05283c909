"""What is measured: names, what one figure counts, and the sums that can be known beforehand."""

import array
import functools
import math
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
    rounds: float = 1  # times as many rounds: short samples need more, those of seconds do with 3
    alone: bool = False  # every sample in a process of its own
    new_bytes: int = 0  # that a sample takes from the system, whatever its allocator keeps
    expected_sum: Optional[Callable[[int], int]] = None  # from the number of operations


def _sum_of_triples(count: int) -> int:
    return 3 * (count * (count - 1) // 2) + 7 * count


def _bits(values) -> int:
    return sum(array.array("Q", array.array("d", values).tobytes())) % 2**64


@functools.lru_cache(maxsize=None)
def _sum_of_roots(count: int) -> int:
    return _bits(map(math.sqrt, range(count)))


def _sum_of_shared(count: int) -> int:
    items = SHARED_BYTES // 8
    return _bits([items * (items - 1) // 2] * count)


def _sum_of_results(count: int) -> int:
    return RESULT_BYTES // 8 * _bits(1 / (task + 3) for task in range(count)) % 2**64


SHARED_BYTES = 512 << 20
RESULT_BYTES = 64 << 20
# of the calls whose only results are those of one or two tasks, however often they are made
_PAIR = sum(3 * x + 7 for x in range(2))
_ONE = 7


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
    Case(
        "process_cold", "worker processes: a program's first call, 2 trivial tasks", "ms/call", 1e6, alone=True,
        expected_sum=lambda _: _PAIR,
    ),
    Case("process_pair", "worker processes: 2 trivial tasks, call after call", "µs/call", 1e3,
         expected_sum=lambda _: _PAIR),
    Case("process_single", "worker processes: 20k trivial tasks, each sent by itself", "µs/task", 1e3,
         expected_sum=_sum_of_triples),
    Case("process_auto", "worker processes: map of a square root over 1M Doubles", "µs/item", 1e3,
         expected_sum=_sum_of_roots),
    Case("process_shared_first", "8 tasks sum one array of 512 MiB, new to the workers", "ms", 1e6, whole=True,
         rounds=1 / 3, new_bytes=2 * SHARED_BYTES, expected_sum=_sum_of_shared),
    Case("process_shared_again", "the same, once more in the same pool", "ms", 1e6, whole=True,
         rounds=1 / 3, new_bytes=2 * SHARED_BYTES, expected_sum=_sum_of_shared),
    Case("process_results", "8 results of 64 MiB", "ms", 1e6, whole=True, rounds=1 / 3, new_bytes=16 * RESULT_BYTES,
         expected_sum=_sum_of_results),
    Case("process_results_read", "the same, and the caller reads them", "ms", 1e6, whole=True, rounds=1 / 3,
         new_bytes=16 * RESULT_BYTES, expected_sum=_sum_of_results),
    Case("process_start", "until a new worker has done a task", "ms", 1e6, alone=True, expected_sum=lambda _: _ONE),
    Case("process_start_memory", "memory of one idle worker: VmRSS; _anon: RssAnon", "MB", 1e6, alone=True,
         rounds=1 / 3, expected_sum=lambda _: _ONE),
]

# Measured apart: the peak memory of a process of its own.
STREAM = "stream_10m"
STREAM_COUNT = 10_000_000

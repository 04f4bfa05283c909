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
    storage: bool = False  # ours is JoblibStorageBenchmarks
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


def _sum_of_large(_: int) -> int:
    """The bits of 0.0, 1.0, 2.0 …: those of an exponent are an arithmetic series."""
    items, total, exponent = SHARED_BYTES // 8, 0, 0
    while 1 << exponent < items:
        count = min(1 << exponent, items - (1 << exponent))
        total += count * ((1023 + exponent) << 52) + (count * (count - 1) // 2 << (52 - exponent))
        exponent += 1
    return total % 2**64


def _sum_of_hits(count: int) -> int:
    return sum(number % 1024 + 1 for number in range(count))


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
    Case("cache_hit_disk", "a cached function's small result, from its file", "µs/call", 1e3, storage=True,
         expected_sum=_sum_of_hits),
    Case("cache_hit_memory", "the same from memory, where it was used lately", "µs/call", 1e3, storage=True,
         expected_sum=_sum_of_hits),
    Case("cache_miss", "a cached function that does nothing: computed and stored", "µs/call", 1e3, storage=True,
         expected_sum=lambda count: count),
    Case("cache_limit_10k", "the same with a limit, in a cache of 10,000 results", "µs/call", 1e3, storage=True,
         expected_sum=lambda count: count),
    Case("cache_hit_64m", "a hit with an argument of 64 MiB", "ms/call", 1e6, storage=True,
         expected_sum=lambda count: count * (RESULT_BYTES // 8)),
    Case("dump_512m", "an array of 512 MiB to a file; write: write(2) alone", "ms", 1e6, storage=True,
         new_bytes=SHARED_BYTES, expected_sum=lambda count: count * (SHARED_BYTES // 8)),
    Case("load_512m", "the same from its file, in a process of its own", "ms", 1e6, storage=True, alone=True,
         new_bytes=SHARED_BYTES, expected_sum=_sum_of_large),
    Case("map_open", "the same file mapped; mmap: mmap(2) alone", "µs", 1e3, storage=True,
         expected_sum=lambda _: SHARED_BYTES // 8),
    Case("map_sum", "the same file mapped and read", "ms", 1e6, storage=True, expected_sum=_sum_of_large),
    Case("hash_512m", "the hash of an array of 512 MiB", "ms", 1e6, storage=True, expected_sum=lambda _: 1),
    Case("encode_1m", "1M small structures as bytes", "ns/item", 1, storage=True, expected_sum=lambda _: 1),
    Case("decode_1m", "and back", "ns/item", 1, storage=True),
]

# Measured apart: the peak memory of a process of its own.
STREAM = "stream_10m"
STREAM_COUNT = 10_000_000

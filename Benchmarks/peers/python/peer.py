"""joblib itself, with its threading and sequential backends.

It makes fewer operations than the other peers where one costs tens of microseconds or, for a call, ten milliseconds:
figures are per operation, so they still compare.
"""

import os
import platform
import struct
import sys
import time
from math import sqrt

import joblib
from joblib import Parallel, delayed

JOBS = int(os.environ.get("BENCHMARK_JOBS", "2"))
FEWER_CALLS = 10_000


def triple(x):
    return x * 3 + 7


def pause(x):
    time.sleep(0.010)
    return x


def timed(operations, work, repeats=1):
    start = time.perf_counter_ns()
    for _ in range(repeats):
        result = work()
    elapsed = time.perf_counter_ns() - start
    return elapsed, operations * repeats, result


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", value) if isinstance(value, float) else struct.pack("<q", value))[0]


def pair(n_jobs):
    return lambda: Parallel(n_jobs=n_jobs, backend="threading" if n_jobs > 1 else "sequential")(
        delayed(sqrt)(x) for x in (1.0, 4.0)
    )


CALLS = [delayed(triple)(i) for i in range(FEWER_CALLS)]
CASES = {
    "pair/joblib_threading": lambda: timed(1, pair(JOBS), 10),
    "pair/joblib_sequential": lambda: timed(1, pair(1), 200),
    "calls_100k/joblib_threading": lambda: timed(
        FEWER_CALLS, lambda: Parallel(n_jobs=JOBS, backend="threading")(CALLS)
    ),
    "calls_100k_1job/joblib_sequential": lambda: timed(FEWER_CALLS, lambda: Parallel(n_jobs=1)(CALLS)),
    "blocking_1000/joblib_threading": lambda: timed(
        1000, lambda: Parallel(n_jobs=100, backend="threading")(delayed(pause)(i) for i in range(1000))
    ),
}


def serve():
    print(f"READY joblib {joblib.__version__}, Python {platform.python_version()}", flush=True)
    for line in sys.stdin:
        verb, _, name = line.strip().partition(" ")
        if verb == "LIST":
            print("LIST", *CASES, flush=True)
        elif verb == "WARM":
            print("WARM", len(b"\1" * int(name)), flush=True)
        elif verb == "RUN" and name in CASES:
            elapsed, operations, result = CASES[name]()
            print(name, elapsed, operations, sum(map(bits, result)) % 2**64, flush=True)
        else:
            print("ERROR unknown request:", line.strip(), flush=True)


if __name__ == "__main__":
    serve()

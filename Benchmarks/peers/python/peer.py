"""joblib itself, with its threading and sequential backends.

It makes fewer operations than the other peers where one costs tens of microseconds or, for a call, ten milliseconds:
figures are per operation, so they still compare.
"""

import os
import platform
import time
from math import sqrt

import joblib
from joblib import Parallel, delayed

from server import serve, timed

JOBS = int(os.environ.get("BENCHMARK_JOBS", "2"))
FEWER_CALLS = 10_000


def triple(x):
    return x * 3 + 7


def pause(x):
    time.sleep(0.010)
    return x


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


if __name__ == "__main__":
    serve(f"joblib {joblib.__version__}, Python {platform.python_version()}", CASES)

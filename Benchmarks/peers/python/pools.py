"""Python's pools of worker processes: joblib's two, ProcessPoolExecutor, multiprocessing.Pool and mpire.

Each is opened when a case first needs it and kept, as a program would. What a case does not need is not imported: the
driver runs the cases of starting in a process of their own (`pools.py once CASE/VARIANT`). Slow ones get fewer tasks;
figures are per task.
"""

import functools
import os
import platform
import sys
import time
from importlib.metadata import version
from math import sqrt

from server import run, serve, timed
from work import make, pause, total, total_of_shared, triple, triple_and_process

JOBS = int(os.environ.get("BENCHMARK_JOBS", "2"))
SHARED = 64 << 20
TASKS = 8


# -- the pools: open(jobs, ...) -> (map, close); importing is a part of opening


def open_joblib(backend, batch="auto"):
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=JOBS, backend=backend, batch_size=batch)
    parallel.__enter__()

    def mapped(function, values):
        return parallel(delayed(function)(value) for value in values)

    return mapped, lambda: parallel.__exit__(None, None, None)


def open_executor(jobs=JOBS):
    from concurrent.futures import ProcessPoolExecutor

    executor = ProcessPoolExecutor(jobs)
    return lambda function, values: list(executor.map(function, values)), executor.shutdown


def open_loky(jobs=JOBS):
    """The executor under joblib's default backend: with one job `Parallel` itself would start no worker."""
    from joblib.externals.loky import ProcessPoolExecutor

    executor = ProcessPoolExecutor(jobs)
    return lambda function, values: list(executor.map(function, values)), executor.shutdown


def open_multiprocessing(jobs=JOBS, chunk=None, start=None):
    import multiprocessing

    pool = multiprocessing.get_context(start).Pool(jobs)
    return lambda function, values: pool.map(function, values, chunksize=chunk), pool.terminate


def open_mpire(jobs=JOBS, chunk=None, shared=None):
    from mpire import WorkerPool

    pool = WorkerPool(jobs, keep_alive=True, shared_objects=shared)

    def mapped(function, values):
        return pool.map(function, values, chunk_size=chunk, concatenate_numpy_output=False)

    return mapped, pool.terminate


@functools.lru_cache(maxsize=None)
def kept(opening, *arguments, **options):
    """The map of a pool that stays open, its workers started."""
    mapped, _ = opening(*arguments, **options)
    mapped(pause, range(2 * JOBS))
    return mapped


LOKY = functools.partial(kept, open_joblib, "loky")
JOBLIB_MULTIPROCESSING = functools.partial(kept, open_joblib, "multiprocessing")
EXECUTOR = functools.partial(kept, open_executor)
POOL = functools.partial(kept, open_multiprocessing)
MPIRE = functools.partial(kept, open_mpire)


# -- calls


def pair(pool, calls):
    mapped = pool()
    mapped(triple, range(2))
    return timed(1, lambda: mapped(triple, range(2)), calls)


def single(pool, count, **options):
    mapped = pool(**options)
    return timed(count, lambda: mapped(triple, range(count)))


def roots(pool, count):
    mapped, values = pool(), [float(x) for x in range(count)]
    return timed(count, lambda: mapped(sqrt, values))


# -- arrays


def shared(opening, again):
    import numpy

    values = numpy.arange(SHARED, dtype=numpy.float64)
    mapped, close = opening()
    try:
        mapped(pause, range(2 * JOBS))
        mapped(total, [numpy.ones(2)] * (2 * JOBS))  # the workers have numpy
        if again:
            mapped(total, [values] * TASKS)
        return timed(TASKS, lambda: mapped(total, [values] * TASKS))
    finally:
        close()


def shared_by_mpire(again):
    """Its workers inherit the array, so its first use is the start of the pool."""
    import numpy

    values = numpy.arange(SHARED, dtype=numpy.float64)
    mapped, close = open_mpire(chunk=1, shared=values)
    try:
        if again:
            mapped(total_of_shared, range(TASKS))
        return timed(TASKS, lambda: mapped(total_of_shared, range(TASKS)))
    finally:
        close()


def sum_of(arrays):
    import numpy

    return sum(int(array.view(numpy.uint64).sum()) for array in arrays)


def results(pool, read, **options):
    mapped = pool(**options)
    if read:
        return timed(TASKS, lambda: sum_of(mapped(make, range(TASKS))))
    elapsed, operations, arrays = timed(TASKS, lambda: mapped(make, range(TASKS)))
    return elapsed, operations, sum_of(arrays)


# -- starting: each in a process of its own


def cold(opening, imports, **options):
    """The first call; what only imports is done before the clock starts, unless that is asked for."""
    begin = time.perf_counter_ns()
    imports()
    start = time.perf_counter_ns()
    mapped, close = opening(**options)
    result = mapped(triple, range(2))
    end = time.perf_counter_ns()
    close()
    return end - start, end - begin, result


def import_joblib():
    import joblib  # noqa: F401
    import joblib.externals.loky  # noqa: F401


def import_executor():
    from concurrent.futures import ProcessPoolExecutor  # noqa: F401


def import_multiprocessing():
    import multiprocessing.pool  # noqa: F401


def import_mpire():
    import mpire  # noqa: F401


def cold_variants(name, opening, imports, **options):
    def call():
        elapsed, _, result = cold(opening, imports, **options)
        return elapsed, 1, result

    def call_and_import():
        _, elapsed, result = cold(opening, imports, **options)
        return elapsed, 1, result

    return {f"process_cold/{name}": call, f"process_cold/{name}_and_import": call_and_import}


def start(opening, starts=5, **options):
    """One worker after another, the first not timed; ending them is not timed either."""
    whole = 0
    for number in range(starts + 1):
        begin = time.perf_counter_ns()
        mapped, close = opening(1, **options)
        result = mapped(triple, [0])
        elapsed = time.perf_counter_ns() - begin
        close()
        whole += elapsed if number else 0
    return whole, starts, result


def memory(field, opening, **options):
    """Bytes, in the place of nanoseconds."""
    mapped, close = opening(1, **options)
    [(value, process)] = mapped(triple_and_process, [0])
    if process == os.getpid():
        raise RuntimeError("the task did not run in a worker")
    with open(f"/proc/{process}/status", encoding="utf-8") as status:
        line = next(line for line in status if line.startswith(field + ":"))
    close()
    return int(line.split()[1]) << 10, 1, [value]


STARTING = {
    "joblib_loky": (open_loky, {}),
    "ProcessPoolExecutor": (open_executor, {}),
    "multiprocessing.Pool": (open_multiprocessing, {}),
    "multiprocessing.Pool_spawn": (open_multiprocessing, {"start": "spawn"}),
    "mpire": (open_mpire, {}),
}

CASES = {
    **cold_variants("joblib_loky", functools.partial(open_joblib, "loky"), import_joblib),
    **cold_variants("joblib_multiprocessing", functools.partial(open_joblib, "multiprocessing"), import_joblib),
    **cold_variants("ProcessPoolExecutor", open_executor, import_executor),
    **cold_variants("multiprocessing.Pool", open_multiprocessing, import_multiprocessing),
    **cold_variants("multiprocessing.Pool_spawn", open_multiprocessing, import_multiprocessing, start="spawn"),
    **cold_variants("mpire", open_mpire, import_mpire),
    "process_pair/joblib_loky": lambda: pair(LOKY, 20),
    "process_pair/joblib_multiprocessing": lambda: pair(JOBLIB_MULTIPROCESSING, 20),
    "process_pair/ProcessPoolExecutor": lambda: pair(EXECUTOR, 200),
    "process_pair/multiprocessing.Pool": lambda: pair(POOL, 200),
    "process_pair/mpire": lambda: pair(MPIRE, 50),
    "process_single/joblib_loky": lambda: single(LOKY, 2_000, batch=1),
    "process_single/joblib_multiprocessing": lambda: single(JOBLIB_MULTIPROCESSING, 2_000, batch=1),
    "process_single/ProcessPoolExecutor": lambda: single(EXECUTOR, 5_000),
    "process_single/multiprocessing.Pool": lambda: single(POOL, 20_000, chunk=1),
    "process_single/mpire": lambda: single(MPIRE, 5_000, chunk=1),
    "process_auto/joblib_loky": lambda: roots(LOKY, 100_000),
    "process_auto/joblib_multiprocessing": lambda: roots(JOBLIB_MULTIPROCESSING, 100_000),
    "process_auto/multiprocessing.Pool": lambda: roots(POOL, 1_000_000),
    "process_auto/mpire": lambda: roots(MPIRE, 200_000),
    **{
        f"process_shared_{use}/joblib_{backend}": functools.partial(
            shared, functools.partial(open_joblib, backend), use == "again"
        )
        for use in ("first", "again")
        for backend in ("loky", "multiprocessing", "threading")
    },
    "process_shared_first/mpire": lambda: shared_by_mpire(False),
    "process_shared_again/mpire": lambda: shared_by_mpire(True),
    **{
        f"process_results{suffix}/{name}": functools.partial(results, pool, bool(suffix), **options)
        for suffix in ("", "_read")
        for name, pool, options in (
            ("joblib_loky", LOKY, {}),
            ("joblib_multiprocessing", JOBLIB_MULTIPROCESSING, {}),
            ("ProcessPoolExecutor", EXECUTOR, {}),
            ("multiprocessing.Pool", POOL, {}),
            ("mpire", MPIRE, {"chunk": 1}),
        )
    },
    **{
        f"process_start/{name}": functools.partial(start, opening, **options)
        for name, (opening, options) in STARTING.items()
    },
}
if sys.platform == "linux":
    CASES |= {
        f"process_start_memory/{name}{suffix}": functools.partial(memory, field, opening, **options)
        for name, (opening, options) in STARTING.items()
        for suffix, field in (("", "VmRSS"), ("_anon", "RssAnon"))
    }


def main():
    if sys.argv[1:2] == ["once"]:
        run(sys.argv[2], CASES)
        return
    versions = [f"{name} {version(name)}" for name in ("joblib", "numpy", "mpire")]
    serve(f"{', '.join(versions)}, Python {platform.python_version()}", CASES)


if __name__ == "__main__":
    main()

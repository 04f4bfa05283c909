"""joblib's Memory, dump, load and hash, and NumPy's save and load, on the work of JoblibStorageBenchmarks."""

import atexit
import functools
import hashlib
import os
import pathlib
import platform
import random
import shutil
import sys
import tempfile
from importlib.metadata import version

from server import run, serve, timed
from work import add, count_of

KNOWN = 1024
KEPT = 10_000
SMALL = 8 << 20
LARGE = 64 << 20


@functools.lru_cache(maxsize=None)
def directory():
    """The driver's, so that processes of their own find the files of others; else one of this process alone."""
    given = os.environ.get("BENCHMARK_DIRECTORY")
    if given:
        return pathlib.Path(given)
    made = pathlib.Path(tempfile.mkdtemp(prefix="joblib-benchmarks-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


# -- the cache


def memory(name):
    from joblib import Memory

    return Memory(directory() / f"python-{name}", verbose=0)


def hits(calls):
    cached = memory("hits").cache(add)
    for number in range(KNOWN):
        cached(number, 1)
    return timed(calls, lambda: [cached(number % KNOWN, 1) for number in range(calls)])


def misses(calls):
    """In the cache of the hits; never one that is there."""
    cached = memory("hits").cache(add)
    first = random.randrange(1 << 20, 1 << 60)

    def work():
        for number in range(calls):
            cached(first + number, 1)
        return calls

    return timed(calls, work)


def hits_of_array(calls):
    import numpy

    array = numpy.arange(SMALL, dtype=numpy.float64)
    cached = memory("arrays").cache(count_of)
    cached(array)
    return timed(calls, lambda: [cached(array) for _ in range(calls)])


@functools.lru_cache(maxsize=None)
def full_memory():
    store = memory("limit")
    cached = store.cache(add)
    for number in range(KEPT):
        cached(number, 1)
    return store, cached, iter(range(-1, -(10**9), -1))


def limited(calls):
    """joblib keeps no limit by itself: the program reduces the cache to it, here after each result."""
    store, cached, numbers = full_memory()

    def work():
        for _ in range(calls):
            cached(next(numbers), 1)
            store.reduce_size(items_limit=KEPT)
        return calls

    return timed(calls, work)


# -- files


def array():
    import numpy

    return numpy.arange(LARGE, dtype=numpy.float64)


def sum_of(values):
    import numpy

    return int(values.view(numpy.uint64).sum())


def dump(values, path):
    import joblib

    joblib.dump(values, path)


def save(values, path):
    import numpy

    numpy.save(path, values)


def load(path, **options):
    import joblib

    return joblib.load(path, **options)


def read(path, **options):
    import numpy

    return numpy.load(path, **options)


def written(write, name):
    values, path = array(), directory() / name
    write(values, path)  # imports, and has the system's cache have pages for it
    path.unlink()
    elapsed, operations, _ = timed(1, lambda: write(values, path))
    size = path.stat().st_size
    path.unlink()
    if not 0 <= size - values.nbytes < 1 << 16:
        raise RuntimeError(f"{path} has {size} bytes")
    return elapsed, operations, len(values)


def file(write, name):
    path = directory() / name
    if not path.exists():
        write(array(), path)
    return path


def loaded(write, read_back, name):
    import joblib  # noqa: F401
    import numpy  # noqa: F401

    path = file(write, name)
    elapsed, operations, values = timed(1, lambda: read_back(path))
    return elapsed, operations, sum_of(values)


def mapped(write, read_back, name):
    path = file(write, name)
    read_back(path, mmap_mode="r")
    return timed(1, lambda: len(read_back(path, mmap_mode="r")), 200)


def mapped_sum(write, read_back, name):
    path = file(write, name)
    read_back(path, mmap_mode="r")
    return timed(1, lambda: sum_of(read_back(path, mmap_mode="r")))


# -- hashes


def hashed(function):
    values = array()
    known = function(values)
    elapsed, operations, result = timed(1, lambda: function(values))
    return elapsed, operations, int(result == known)


def joblib_hash(values, name):
    import joblib

    return joblib.hash(values, hash_name=name)


CASES = {
    "cache_hit_disk/joblib": lambda: hits(2_000),
    "cache_miss/joblib": lambda: misses(500),
    "cache_hit_64m/joblib": lambda: hits_of_array(2),
    "cache_limit_10k/joblib": lambda: limited(3),
    "dump_512m/joblib": lambda: written(dump, "python-dumped.joblib"),
    "dump_512m/numpy": lambda: written(save, "python-dumped.npy"),
    "load_512m/joblib": lambda: loaded(dump, load, "python.joblib"),
    "load_512m/numpy": lambda: loaded(save, read, "python.npy"),
    "map_open/joblib": lambda: mapped(dump, load, "python.joblib"),
    "map_open/numpy": lambda: mapped(save, read, "python.npy"),
    "map_sum/joblib": lambda: mapped_sum(dump, load, "python.joblib"),
    "map_sum/numpy": lambda: mapped_sum(save, read, "python.npy"),
    "hash_512m/joblib": lambda: hashed(lambda values: joblib_hash(values, "md5")),
    "hash_512m/joblib_sha1": lambda: hashed(lambda values: joblib_hash(values, "sha1")),
    "hash_512m/hashlib_sha256": lambda: hashed(lambda values: hashlib.sha256(values).hexdigest()),
}


def main():
    if sys.argv[1:2] == ["once"]:
        run(sys.argv[2], CASES)
        return
    versions = [f"{name} {version(name)}" for name in ("joblib", "numpy")]
    serve(f"{', '.join(versions)}, Python {platform.python_version()}", CASES)


if __name__ == "__main__":
    main()

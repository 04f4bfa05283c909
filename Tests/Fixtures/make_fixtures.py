"""Writes the files that JoblibPersistenceTests read, with Python's joblib.

    python make_fixtures.py            # into joblib/ beside this script
    python make_fixtures.py DIRECTORY

What each file holds is said here and, in Swift, in Tests/JoblibPersistenceTests/Pickle/FixtureTests.swift.
"""

import collections
import pathlib
import pickle
import sys

import joblib
import numpy as np


def plain():
    return {
        "none": None,
        "true": True,
        "false": False,
        "zero": 0,
        "small": 200,
        "medium": 60000,
        "negative": -5,
        "large": 2**40,
        "smallest": -(2**63),
        "big": 2**70,
        "bigNegative": -(2**70),
        "huge": 10**700,
        "pi": 3.141592653589793,
        "infinity": float("inf"),
        "complex": 1.5 - 2j,
        "text": "Grüße, 世界 🌍\n",
        "longText": "x" * 300,
        "bytes": b"\x00\xffabc",
        "bytearray": bytearray(b"xyz"),
        "list": [1, [2, [3, []]]],
        "tuples": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
        "set": {1, 2, 3},
        "frozenset": frozenset(["a"]),
        "ordered": collections.OrderedDict([("z", 1), ("a", 2)]),
        "keys": {1: "one", (1, 2): "pair", 1.5: "real", None: "none", True or 2: "one again", b"b": "bytes"},
        "shared": shared(),
    }


def shared():
    part = ["again"]
    return [part, part]


def scalars():
    return {
        "bool": np.bool_(True),
        "int8": np.int8(-8),
        "uint64": np.uint64(2**64 - 1),
        "float16": np.float16(1.5),
        "float32": np.float32(0.1),
        "float64": np.float64(0.1),
        "bigEndian": np.dtype(">f8").type(2.5),
        "complex64": np.complex64(1 + 2j),
        "text": np.str_("Grüße"),
        "bytes": np.bytes_(b"ab"),
        "date": np.datetime64("2020-01-02T03:04:05.000000006"),
    }


TYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]


def numbers(order):
    """0, 1 … 23 in every type, as 2 x 3 x 4."""
    return {code: (np.arange(24) % 2 if code == "?" else np.arange(24)).astype(order + code if code != "?" else "?")
            .reshape(2, 3, 4) for code in TYPES}


def others():
    return {
        "complex64": np.array([1 + 2j, 3 - 4j], dtype="c8"),
        "complex128": np.array([1 + 2j, 3 - 4j], dtype=">c16"),
        "text": np.array(["a", "Grüße", ""]),
        "bytes": np.array([b"a", b"abc", b""]),
        "dates": np.array(["2020-01-02", "NaT"], dtype="M8[D]"),
        "durations": np.array([1, 2], dtype="m8[25s]"),
        "void": np.array([b"ab", b"cd"], dtype="V2"),
        "longdouble": np.array([1.5], dtype="g"),
        "zeroDimensional": np.array(2.5),
        "empty": np.zeros(0),
        "emptyRows": np.zeros((3, 0)),
        "fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        "fortranBig": np.asfortranarray(np.arange(24).reshape(2, 3, 4).astype(">i2")),
        "strided": np.arange(10.0)[::3],
        "transposed": np.arange(6.0).reshape(2, 3).T,
        "matrix": np.matrix([[1.0, 2.0]]),
        "emptyText": np.array([], dtype="U3"),
    }


class Custom:
    pass


def main(directory):
    directory.mkdir(parents=True, exist_ok=True)

    def dump(value, name, **options):
        joblib.dump(value, directory / name, **options)

    for protocol in range(6):
        dump(plain(), f"plain-{protocol}.joblib", protocol=protocol)
        dump(scalars(), f"scalars-{protocol}.joblib", protocol=protocol)
        dump(numbers("<"), f"little-{protocol}.joblib", protocol=protocol)
    dump(numbers(">"), "big.joblib")
    dump(others(), "others.joblib")
    dump({"alpha": 0.5, "names": ["a", "b"], "weights": np.arange(5.0), "grid": np.arange(6, dtype="f4").reshape(2, 3),
          "count": np.int32(7), "missing": None}, "model.joblib")
    for name in ["zlib", "gzip", "bz2", "xz", "lzma", "lz4"]:
        dump({"a": np.arange(100.0), "b": "text"}, f"compressed.{name}", compress=name)

    # As joblib 1.1 and older: without the alignment.
    from joblib import numpy_pickle

    create = numpy_pickle.NumpyPickler._create_array_wrapper

    def unaligned(self, array):
        wrapper = create(self, array)
        del wrapper.numpy_array_alignment_bytes
        return wrapper

    numpy_pickle.NumpyPickler._create_array_wrapper = unaligned
    dump([np.arange(5.0), np.arange(3, dtype="i4")], "unaligned.joblib")
    numpy_pickle.NumpyPickler._create_array_wrapper = create
    # Plain pickles of arrays, which joblib reads, too.
    for protocol in (2, 5):
        (directory / f"pickle-{protocol}.joblib").write_bytes(
            pickle.dumps(np.asfortranarray(np.arange(6.0).reshape(2, 3)), protocol=protocol))

    # What is refused.
    dump(np.array([1, "a"], dtype=object), "refused-objects.joblib")
    dump(np.zeros(2, dtype=[("x", "f8"), ("y", "i4")]), "refused-structured.joblib")
    dump(Custom(), "refused-class.joblib")
    dump(print, "refused-function.joblib")
    dump(np.float64, "refused-type.joblib")
    loop = []
    loop.append(loop)
    dump(loop, "refused-loop.joblib")
    nested = []
    for _ in range(600):
        nested = [nested]
    sys.setrecursionlimit(10000)
    dump(nested, "refused-nested.joblib")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "joblib")

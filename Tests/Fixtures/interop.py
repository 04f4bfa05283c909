"""The Python side of InteropTests: python interop.py COMMAND FILE"""

import sys

import joblib
import numpy as np


def write(path):
    rng = np.random.default_rng(7)
    joblib.dump(
        {
            "name": "from Python",
            "weights": rng.normal(size=100_000),
            "grid": rng.integers(-5, 5, size=(3, 4, 5)),
            "fortran": np.asfortranarray(np.arange(12.0).reshape(3, 4)),
            "mask": np.arange(7) % 2 == 0,
            "text": ["Grüße", "世界"],
            "weightsSum": None,
        },
        path,
        compress=path.rsplit(".", 1)[-1] if not path.endswith("joblib") else 0,
    )


def check(path):
    """Loads what Swift has written; prints what is in it."""
    for mode in (None, "r") if path.endswith("joblib") else (None,):
        value = joblib.load(path, mmap_mode=mode)
        assert value["name"] == "from Swift"
        assert value["nothing"] is None
        assert value["flag"] is True
        assert value["big"] == 2**64 - 1 and value["small"] == -(2**63)
        weights = value["weights"]
        assert isinstance(weights, np.ndarray) and weights.dtype == np.dtype("<f8") and weights.shape == (100_000,)
        assert np.array_equal(weights, np.arange(100_000) / 4)
        assert weights.ctypes.data % 16 == 0
        if mode:
            assert isinstance(weights, np.memmap), type(weights)
        for code in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
            assert value[code].dtype == np.dtype(code), code
            assert list(value[code]) == [1, 2, 3], code
        assert value["truths"].dtype == bool and list(value["truths"]) == [True, False]
        assert value["grid"].shape == (2, 3) and value["grid"].flags.c_contiguous
        assert np.array_equal(value["grid"], np.arange(6, dtype="f4").reshape(2, 3))
        assert value["scalar"].shape == () and value["scalar"] == 2.5
        assert value["data"] == b"\x00\x01"
        assert value["numbers"] == {7: "seven"}
        assert value["nested"] == {"list": ["a", None], "enum": {"pair": {"_0": 1}}}
        tuple_, set_, complex_, key = value["python"]
        assert tuple_ == (1, 2) and set_ == {1, frozenset([2])} and complex_ == 1 - 2j and key == {(1, "a"): b"x"}
        assert value["longText"] == "ü" * 100_000
        assert value["longList"] == [str(i) for i in range(2500)]
    print("as expected")


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]](sys.argv[2])

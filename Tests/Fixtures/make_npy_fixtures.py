"""Makes the files of NumPy's and joblib's that JoblibPersistenceTests reads.

    python Tests/Fixtures/make_npy_fixtures.py        # needs numpy, joblib and lz4
"""

import pathlib

import joblib.compressor
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ARRAYS = HERE / "npy"
STREAMS = HERE / "compressed"

GRID = np.arange(12).reshape(3, 4)
NUMBERS = {
    "bool": np.array([True, False, True]),
    "int8": np.array([-128, 0, 127], "i1"),
    "int16": np.array([-(2**15), 0, 2**15 - 1], "<i2"),
    "int32": np.array([-(2**31), 0, 2**31 - 1], "<i4"),
    "int64": np.array([-(2**63), 0, 2**63 - 1], "<i8"),
    "uint8": np.array([0, 255], "u1"),
    "uint16": np.array([0, 2**16 - 1], "<u2"),
    "uint32": np.array([0, 2**32 - 1], "<u4"),
    "uint64": np.array([0, 2**64 - 1], "<u8"),
    "float16": np.array([1.5, -np.inf, 6e-8], "<f2"),
    "float32": np.array([1.5, 0.1, np.inf], "<f4"),
    "float64": np.array([1.5, 0.1, np.inf], "<f8"),
    "big_int32": np.array([1, -2, 3], ">i4"),
    "big_float64": np.array([1.5, 0.1, -0.0], ">f8"),
    "grid_c": GRID.astype("<f8"),
    "grid_fortran": np.asfortranarray(GRID.astype("<f4")),
    "cube_fortran": np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4)),
    "cube_big_fortran": np.asfortranarray(np.arange(24).reshape(2, 3, 4).astype(">i2")),
    "zero_dimensions": np.array(42, "<i8"),
    "empty": np.zeros((0, 3), "<f4"),
}
REFUSED = {
    "structured": np.array([(1, 2.0)], dtype=[("x", "<i4"), ("y", "<f8")]),
    "object": np.array([{"a": 1}, None], dtype=object),
    "text": np.array(["one", "zwei"]),
    "bytes": np.array([b"abc"]),
    "complex": np.array([1 + 2j]),
    "date": np.array(["2024-01-01"], "M8[ns]"),
}
TEXT = "".join(f"line {number}\n" for number in range(1000)).encode()


def main():
    for folder in (ARRAYS, STREAMS):
        folder.mkdir(exist_ok=True)
    for name, array in (NUMBERS | REFUSED).items():
        np.save(ARRAYS / f"{name}.npy", array, allow_pickle=True)
    for version in ((2, 0), (3, 0)):
        with open(ARRAYS / f"version{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, GRID.astype("<f8"), version=version)
    arrays = {"grid": GRID.astype("<f8"), "größe": NUMBERS["int16"], "fortran": NUMBERS["cube_fortran"]}
    np.savez(ARRAYS / "stored.npz", **arrays)
    np.savez_compressed(ARRAYS / "deflated.npz", **arrays)
    for name in ("zlib", "gzip", "bz2", "lzma", "xz", "lz4"):
        compressor = joblib.compressor._COMPRESSORS[name]
        with open(STREAMS / f"text{compressor.extension}", "wb") as file:
            with compressor.compressor_file(file, compresslevel=3) as stream:
                stream.write(TEXT)


if __name__ == "__main__":
    main()

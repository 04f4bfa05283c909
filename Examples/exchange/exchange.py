"""The Python half of the example: writes what Exchange.swift reads, and reads what it writes."""

import pathlib
import sys

import joblib
import numpy


def write(folder):
    time = numpy.arange(2000) / 500
    channels = numpy.stack([numpy.sin(2 * numpy.pi * (channel + 1) * time) * (channel + 1) for channel in range(4)])
    recording = {"title": "four tones", "rate": 500, "channels": channels, "labels": ["a", "b", "c", "d"]}
    joblib.dump(recording, folder / "recording.joblib.gz")
    numpy.save(folder / "weights.npy", numpy.array([1, 2, 3, 2, 1], dtype="float32") / 9)
    print("Python wrote recording.joblib.gz and weights.npy")


def check(folder):
    recording = joblib.load(folder / "recording.joblib.gz")
    findings = joblib.load(folder / "findings.joblib")
    filtered = numpy.load(folder / "filtered.npy")
    weights = numpy.load(folder / "weights.npy")
    expected = numpy.stack([numpy.convolve(channel, weights, mode="valid") for channel in recording["channels"]])
    print(f"Python read findings.joblib: {findings['title']}, loudest {findings['loudest']}")
    print(f"Python read filtered.npy: {filtered.dtype} {filtered.shape}")
    same = numpy.allclose(filtered, expected) and numpy.allclose(
        findings["loudness"], numpy.sqrt((expected**2).mean(axis=1))
    )
    print(f"NumPy computes the same: {same}")
    return 0 if same else 1


if __name__ == "__main__":
    command, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    sys.exit(write(folder) if command == "write" else check(folder))

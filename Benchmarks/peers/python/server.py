"""What the peers in Python share: the protocol (README.md), the clock, and the sums."""

import struct
import sys
import time


def timed(operations, work, repeats=1):
    """(nanoseconds, operations, last result)"""
    start = time.perf_counter_ns()
    for _ in range(repeats):
        result = work()
    elapsed = time.perf_counter_ns() - start
    return elapsed, operations * repeats, result


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", value) if isinstance(value, float) else struct.pack("<q", value))[0]


def checksum(result):
    return result % 2**64 if isinstance(result, int) else sum(map(bits, result)) % 2**64


def serve(version, cases):
    """Answers the driver; `cases` holds functions that return what `timed` does, its result numbers or their sum."""
    print("READY", version, flush=True)
    for line in sys.stdin:
        verb, _, name = line.strip().partition(" ")
        if verb == "LIST":
            print("LIST", *cases, flush=True)
        elif verb == "WARM":
            print("WARM", len(b"\1" * int(name)), flush=True)
        elif verb == "RUN" and name in cases:
            run(name, cases)
        else:
            print("ERROR unknown request:", line.strip(), flush=True)


def run(name, cases):
    try:
        elapsed, operations, result = cases[name]()
    except Exception as error:  # whatever a library throws: the driver reports it and goes on
        print("ERROR", name, repr(error).replace("\n", " "), flush=True)
    else:
        print(name, elapsed, operations, checksum(result), flush=True)

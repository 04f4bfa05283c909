"""Runs the samples: case by case, and within a case round by round, so that noise hits all variants alike."""

import os
import statistics
import subprocess
import sys
import time

from driver import machine
from driver.cases import CASES, STREAM_COUNT
from driver.peer import PeerFailure

SETTLE = 0.005  # seconds: OpenMP's threads, for one, spin for a while after their work


class Results:
    """Nanoseconds by case and variant."""

    def __init__(self):
        self.samples = {}
        self.operations = {}
        self.failures = []
        self.stream = None

    def add(self, case, variant, sample):
        self.samples.setdefault(case, {}).setdefault(variant, []).append(sample.per_operation)
        self.operations[case, variant] = sample.operations

    def drop(self, case, variant, why):
        self.samples.get(case, {}).pop(variant, None)
        self.failures.append(f"{case}/{variant}: {why}")

    def variants(self, case):
        return list(self.samples.get(case, {}))

    def per_operation(self, case, variant, statistic):
        """Nanoseconds for one operation; `statistic` is "median" or "min". None if not measured."""
        values = self.samples.get(case, {}).get(variant)
        if not values:
            return None
        return min(values) if statistic == "min" else statistics.median(values)

    def whole(self, case, variant, statistic):
        one = self.per_operation(case, variant, statistic)
        return None if one is None else one * self.operations[case, variant]


def run_case(case, peers, rounds, load, patience, fresh_memory, results):
    """Returns the seconds of `patience` that were not used up."""
    entrants = [(peer, name) for peer in peers for name in peer.variants if name.startswith(case.name + "/")]
    sums = {}

    def sample(entrant, record):
        peer, name = entrant
        variant = name.partition("/")[2]
        try:
            if fresh_memory and case.large:
                fresh_memory()
            if case.new_bytes:
                machine.warm_memory(case.new_bytes)
            value = peer.alone(name) if case.alone else peer.run(name)
            verify(case, variant, value, sums)
        except PeerFailure as failure:
            results.drop(case.name, variant, str(failure))
            entrants.remove(entrant)
            revive(peer, results)
            return
        if record:
            results.add(case.name, variant, value)

    for entrant in list(entrants):
        sample(entrant, record=False)
    for number in range(max(min(rounds, 3), round(rounds * case.rounds))):
        time.sleep(SETTLE)
        patience -= load.wait_for_quiet(patience)
        shift = number % max(1, len(entrants))
        for entrant in entrants[shift:] + entrants[:shift]:
            sample(entrant, record=True)
            time.sleep(SETTLE)
    return patience


def revive(peer, results):
    try:
        peer.revive()
    except (PeerFailure, OSError) as failure:
        results.failures.append(f"{peer.label} could not be started again: {failure}")


def verify(case, variant, sample, sums):
    """Equal sums for equal numbers of operations, whatever the language."""
    if case.expected_sum:
        expected, by = case.expected_sum(sample.operations), "arithmetic"
    else:
        expected, by = sums.setdefault(sample.operations, (sample.checksum, variant))
    if sample.checksum != expected:
        raise PeerFailure(f"wrong result: its sum is {sample.checksum}, but {expected} by {by}")


def peak_memory(executable, environment):
    """(peak resident bytes, nanoseconds an item) of a process that streams 10 million items, which must add up.

    On Linux a child's peak includes that of the process it was started from, so this one must stay small: it warms
    memory in a child too."""
    command = [executable, "stream", str(STREAM_COUNT)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
    text = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    words = text.split()
    if child.returncode != 0 or len(words) != 4:
        raise PeerFailure(f"the streaming process ended with status {child.returncode}: {text.strip()}")
    expected = 3 * STREAM_COUNT * (STREAM_COUNT + 1) // 2 + 7 * STREAM_COUNT
    if int(words[3]) != expected:
        raise PeerFailure(f"the streamed results add up to {words[3]}, not {expected}")
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * unit, int(words[1]) / STREAM_COUNT


def wanted(pattern):
    return [case for case in CASES if pattern is None or pattern.search(case.name)]

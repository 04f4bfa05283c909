"""A long-lived child process that runs one sample for each line it is sent (README.md, "The protocol")."""

import os
import select
import subprocess
from dataclasses import dataclass


class PeerFailure(Exception):
    """A peer that did not do what it was asked to."""


@dataclass(frozen=True)
class Sample:
    nanoseconds: int
    operations: int
    checksum: int

    @property
    def per_operation(self) -> float:
        return self.nanoseconds / self.operations


class Peer:
    def __init__(self, label, command, environment, patience=60.0, suffix="", accepts=None):
        """`suffix` is added to the names of its variants; `accepts` says which of them are wanted."""
        self.label = label
        self.patience = patience
        self._command = command
        self._environment = environment
        self._start()
        names = self._ask("LIST").split()[1:]
        self._names = {name + suffix: name for name in names if accepts is None or accepts(name)}

    @property
    def variants(self):
        """`case/variant` names."""
        return list(self._names)

    def revive(self):
        """Starts the child anew if its last variant ended it, so that the next ones can still be measured."""
        try:
            self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            return
        self._start()

    def _start(self):
        self._buffer = b""
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment, bufsize=0
        )
        ready = self._answer()
        if not ready.startswith("READY "):
            raise PeerFailure(f"{self.label}: expected READY, got {ready!r}")
        self.version = ready[len("READY "):]

    def warm(self, size):
        self._ask(f"WARM {size}")

    def run(self, variant) -> Sample:
        name = self._names[variant]
        answer = self._ask(f"RUN {name}")
        words = answer.split()
        if len(words) != 4 or words[0] != name:
            raise PeerFailure(f"{self.label}: {variant}: {answer}")
        return self._sample(variant, words)

    def alone(self, variant) -> Sample:
        """The same in a process of its own, whose allocator is the system's."""
        name = self._names[variant]
        environment = {key: value for key, value in self._environment.items() if not key.startswith("MALLOC_")}
        try:
            ended = subprocess.run(
                [*self._command, "once", name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment,
                timeout=self.patience, text=True,
            )
        except subprocess.TimeoutExpired as error:
            why = f"no answer in {self.patience:.0f} s, so it was ended"
            raise PeerFailure(f"{self.label}: {variant}: {why}") from error
        words = ended.stdout.split()
        if ended.returncode != 0 or len(words) != 4 or words[0] != name:
            raise PeerFailure(f"{self.label}: {variant}: status {ended.returncode}: {ended.stdout.strip()}")
        return self._sample(variant, words)

    def _sample(self, variant, words):
        sample = Sample(*map(int, words[1:]))
        if sample.operations <= 0:
            raise PeerFailure(f"{self.label}: {variant}: nothing was done: {' '.join(words)}")
        return sample

    def close(self):
        """Ends the child: by end of input, or else by force."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, line):
        try:
            self._process.stdin.write(line.encode() + b"\n")
        except OSError as error:
            raise PeerFailure(f"{self.label}: cannot ask {line!r}: {error}; {self._state()}") from error
        answer = self._answer()
        if answer.startswith("ERROR"):
            raise PeerFailure(f"{self.label}: {answer}")
        return answer

    def _answer(self):
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._buffer:
            readable, _, _ = select.select([descriptor], [], [], self.patience)
            if not readable:
                self._process.kill()
                raise PeerFailure(f"{self.label}: no answer in {self.patience:.0f} s, so it was ended")
            block = os.read(descriptor, 65536)
            if not block:
                raise PeerFailure(f"{self.label}: no answer; {self._state()}")
            self._buffer += block
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode().strip()

    def _state(self):
        try:
            return f"it ended with status {self._process.wait(timeout=2)}"
        except subprocess.TimeoutExpired:
            return "it still runs"

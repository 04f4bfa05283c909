"""Builds ours twice and the peers, and says what is there."""

import subprocess
from dataclasses import dataclass

ERRNO_SUFFIX = "_no_math_errno"


class BuildFailure(Exception):
    """Ours could not be built."""


@dataclass(frozen=True)
class PeerStatus:
    name: str
    built: bool
    text: str  # the command that starts it, or the one that installs it


def swift_executable(root, build, product="JoblibBenchmarks", no_math_errno=False):
    """An executable of Swift's variants; with `no_math_errno` one whose square root may be vectorised."""
    command = ["swift", "build", "--configuration", "release", "--package-path", str(root)]
    if no_math_errno:
        command += ["--scratch-path", str(root / ".build-no-math-errno"), "-Xcc", "-fno-math-errno"]
    if build:
        result = subprocess.run(
            [*command, "--product", product], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if result.returncode != 0:
            raise BuildFailure(f"`{' '.join(command)}` failed:\n{result.stdout[-6000:]}")
    shown = subprocess.run([*command, "--show-bin-path"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = shown.stdout.strip().splitlines()
    if shown.returncode != 0 or not lines:
        raise BuildFailure(f"`{' '.join(command)} --show-bin-path` failed:\n{shown.stderr}")
    executable = root.joinpath(lines[-1], product)
    if not executable.exists():
        raise BuildFailure(f"{executable} is not there; run without --no-build")
    return str(executable)


def peers(root, build):
    """The peers outside Swift, as peers/build.sh left them."""
    status = root / ".build-peers" / "status.tsv"
    if build or not status.exists():
        subprocess.run([str(root / "peers" / "build.sh")], stdout=subprocess.DEVNULL, check=True)
    rows = (line.split("\t") for line in status.read_text().splitlines())
    return [PeerStatus(name, state == "built", text) for name, state, text in rows]

"""Facts about the machine, and how much of it other programs take."""

import os
import platform
import subprocess
import sys
import time


def choose_cpus(count):
    """`count` processors of distinct cores (two hardware threads of one core are no two processors), or None if this
    system cannot say or pin."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    allowed = sorted(os.sched_getaffinity(0))
    chosen, rest, seen = [], [], set()
    for cpu in allowed:
        core = _read(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list") or str(cpu)
        (rest if core in seen else chosen).append(cpu)
        seen.add(core)
    return sorted((chosen + rest)[:count])


def processor_name():
    for line in (_read("/proc/cpuinfo") or "").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def describe(cpus):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    pinned = f", pinned to processors {','.join(map(str, cpus))}" if cpus else ", not pinned"
    return {
        "processor": processor_name(),
        "logical processors": f"{os.cpu_count()}{pinned}",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "date": time.strftime("%Y-%m-%d %H:%M:%S %z"),
    }


def warm_memory(size):
    """Touches and frees memory, so that the hypervisor gives it to this guest before it is timed; in a child process,
    so that this one stays small."""
    program = (
        f"import mmap\nwith mmap.mmap(-1, {size}) as pages:\n"
        f" for offset in range(0, {size}, mmap.PAGESIZE): pages[offset] = 1"
    )
    subprocess.run([sys.executable, "-S", "-c", program], check=True)


class Load:
    """The share of the measured processors that programs other than ours and our children take."""

    def __init__(self, cpus):
        self._names = {f"cpu{cpu}" for cpu in cpus} if cpus else {"cpu"}
        self._tick = os.sysconf("SC_CLK_TCK")
        self._start = self._read()
        self._own = self._own_ticks()

    def wait_for_quiet(self, budget, window=0.05, idle=0.85):
        """Waits until the machine is nearly idle, at most `budget` seconds; returns the seconds spent waiting."""
        begin = time.monotonic()
        while self._start and time.monotonic() - begin < budget:
            before = self._read()
            time.sleep(window)
            after = self._read()
            total = after["total"] - before["total"]
            if total <= 0 or after["idle"] - before["idle"] >= idle * total:
                break
        return max(0.0, time.monotonic() - begin - window)

    def summary(self):
        """Call when the children have ended: their times are counted only then."""
        if not self._start:
            return {"others": None}
        end = self._read()
        total = max(1, end["total"] - self._start["total"])
        busy = total - (end["idle"] - self._start["idle"])
        others = max(0.0, busy - (self._own_ticks() - self._own))
        stolen = end["steal"] - self._start["steal"]
        return {
            "others": round(100 * others / total, 1),  # percent of the measured processors
            "stolen": round(100 * stolen / total, 1),  # likewise, by the host
        }

    def _own_ticks(self):
        return sum(os.times()[:4]) * self._tick

    def _read(self):
        rows = [line.split() for line in (_read("/proc/stat") or "").splitlines()]
        rows = [[int(x) for x in row[1:9]] for row in rows if row and row[0] in self._names]
        if not rows:
            return None
        return {
            "total": sum(map(sum, rows)),
            "idle": sum(row[3] + row[4] for row in rows),
            "steal": sum(row[7] for row in rows),
        }


def _read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return None

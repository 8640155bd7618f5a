"""Running commands and saying what they took, for tools/bench/run and scaling."""

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)


def stop(message):
    sys.exit("bench: " + message)


def say(message):
    print("bench: " + message, file=sys.stderr, flush=True)


def setting(name, default):
    return os.environ.get("BENCH_" + name) or default


def whole(name, default):
    text = setting(name, str(default))
    if not re.fullmatch(r"[1-9][0-9]{0,9}", text):
        stop("%s=%s: give a whole number above zero" % (name, text))
    return int(text)


class Failed(Exception):
    """A command that ended badly; carries what it said last."""


class Measured:
    """One run of one command."""

    def __init__(self, line, rows):
        wall, cpu, memory, _ = line.split()
        self.seconds = float(wall)
        self.cpu_seconds = float(cpu)
        self.memory_mb = int(memory) / 1024
        self.rows = rows


class Bench:
    """Where the programs are, and where what they write goes."""

    def __init__(self, build):
        self.howfar = os.path.abspath(os.path.join(build, "howfar"))
        self.programs = os.path.abspath(os.path.join(build, "bench"))
        if not os.path.exists(self.program("measure")):
            stop("%s: build with 'make bench-programs'" % self.programs)

    def program(self, name):
        return os.path.join(self.programs, "bench-" + name)

    def run(self, command, rows=0, output=os.devnull, env=None):
        """Runs a list of arguments; its output goes to a file. What was
        written before is on the disk by then, or its writing would be timed."""
        os.sync()
        with tempfile.NamedTemporaryFile("r") as result, open(
            output, "wb"
        ) as out, tempfile.TemporaryFile() as err:
            code = subprocess.call(
                [self.program("measure"), result.name] + command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=dict(os.environ, **(env or {})),
            )
            if code:
                err.seek(0)
                said = err.read().decode("utf-8", "replace").strip()
                raise Failed(
                    "%s: exit status %d: %s"
                    % (" ".join(command)[:200], code, said[-400:])
                )
            return Measured(result.read(), rows)


class Case:
    """One line of the result: a command that is run once a round."""

    def __init__(self, name, kind, rows, run, note=""):
        self.name, self.kind, self.rows = name, kind, rows
        self.call, self.note = run, note
        self.runs, self.failure = [], ""

    def once(self):
        if self.failure:
            return
        try:
            self.runs.append(self.call())
        except (Failed, OSError) as error:
            self.failure = str(error)
            say("%s FAILED: %s" % (self.name, error))

    def result(self):
        line = {"name": self.name, "kind": self.kind, "rows": self.rows}
        if self.note:
            line["note"] = self.note
        if self.failure or not self.runs:
            line["failure"] = self.failure or "did not run"
            return line
        seconds = statistics.median(r.seconds for r in self.runs)
        line["seconds"] = seconds
        line["cpu_seconds"] = statistics.median(
            r.cpu_seconds for r in self.runs
        )
        line["all_seconds"] = [r.seconds for r in self.runs]
        line["memory_mb"] = max(r.memory_mb for r in self.runs)
        if self.rows:
            line["rows_per_second"] = self.rows / seconds
        return line


def rounds(cases, n):
    """Every round runs each case once, so that all see the same machine."""
    for i in range(n):
        for case in cases:
            case.once()
        say("round %d of %d done" % (i + 1, n))


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return ""
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0].strip() if lines else ""


def machine():
    model, flags = platform.machine(), set()
    try:
        for line in open("/proc/cpuinfo"):
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                model = value.strip()
            if name.strip() in ("flags", "Features"):
                flags = set(value.split())
    except OSError:
        pass
    wide = ("sse2", "avx", "avx2", "avx512f", "asimd", "sve")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": model,
        "processors": os.cpu_count(),
        "instructions": [name for name in wide if name in flags],
        "memory_gb": round(memory / 2**30, 1),
        "system": platform.platform(terse=True),
    }


def load_average():
    return round(os.getloadavg()[0], 2)


def seconds_text(seconds):
    if seconds < 0.0995:
        return "%.1f ms" % (1e3 * seconds)
    return "%.3g s" % seconds if seconds < 100 else "%.0f s" % seconds


def rate_text(rate):
    return "{:,.0f}".format(float("%.3g" % rate))


def times_text(times):
    return rate_text(times) if times >= 1000 else "%.3g" % times


def table(header, lines):
    """A Markdown table; all columns but the first to the right."""
    out = ["| " + " | ".join(header) + " |"]
    out.append("|---" + "|---:" * (len(header) - 1) + "|")
    out += ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join(out)

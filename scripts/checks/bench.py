"""Measures what the pipeline costs on sample companies of any size."""

import argparse
import csv
import datetime
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import bench_attribution
import bench_identity
import bench_ingest
import bench_match
import bench_paths
import bench_sessions
import bench_small
import bench_value

ROOT = Path(__file__).resolve().parent.parent.parent
ITINERA = ROOT / "scripts/itinera"
TOUCHPOINTS_PER_PERSON = 15.7
# A file of a small company's day has so few records that a few odd ones would fail the night.
REJECTED = 0.5
STAGES = ["ingest", "stitch", "sessionize", "journeys", "customers", "coverage", "kpis", "retention", "rfm", "value", "personas", "paths", "attribution", "funnels", "journey-map", "quality"]
TICKS = os.sysconf("SC_CLK_TCK")
# What the shell has set for a warehouse of its own must not reach the bench's.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("ITINERA_")}


@dataclass
class Cost:
    """What a process, or one night in it, took: its CPU seconds include JIT, collector and start."""

    seconds: float
    cpu: float
    stages: dict = field(default_factory=dict)

    def total(self, column):
        """Sum of a column of run_stages over all stages."""
        return sum(float(stage[column]) for stage in self.stages.values())


def fail_unless_done(process, arguments):
    """Ends the bench when a command of itinera has failed."""
    if process.returncode != 0:
        sys.exit(f"itinera {' '.join(map(str, arguments))} ended with {process.returncode}")


def run(*arguments, output=None):
    """Runs itinera in a process of its own and measures that process."""
    cpu_before, started = cpu_of_children(), time.monotonic()
    process = subprocess.run(
        [ITINERA, *arguments], env=ENVIRONMENT, stdout=output or sys.stderr, text=True
    )
    fail_unless_done(process, arguments)
    return Cost(time.monotonic() - started, cpu_of_children() - cpu_before), process.stdout


def cpu_of_children():
    """CPU seconds of all processes that we started and that have ended."""
    now = os.times()
    return now.children_user + now.children_system


def cpu_so_far(process):
    """CPU seconds of a command that is running, and of the process that it may have started in its place."""
    return sum(cpu_of(pid) for pid in (process.pid, *children(process.pid)))


def cpu_of(pid):
    """CPU seconds of one process."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


def children(pid):
    """The processes that one has started and that still run."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text().split()]


class Company:
    """A sample company's raw files, delivered in steps, and its warehouses."""

    def __init__(self, home, memory):
        self.home = home
        self.memory = ["--memory", memory]
        self.held_back = home / "held-back"

    def generate(self, touchpoints, days, seed):
        """Writes all raw files into the landing folder."""
        return self.generate_people(max(1, round(touchpoints / TOUCHPOINTS_PER_PERSON)), days, seed)

    def generate_people(self, customers, days, seed):
        """The same for so many customers."""
        size = [f"--customers={customers}", f"--days={days}", f"--seed={seed}"]
        cost, _ = run(*self.memory, "generate", *size, "--dir", self.home)
        return cost

    def hold_back(self, last_days):
        """Takes the raw files of the last days away; returns the last day that stays, and the last."""
        dated = {file: day_of(file) for file in sorted((self.home / "landing").rglob("*.gz"))}
        days = sorted(set(dated.values()))
        kept = days[-1 - last_days]
        for file, day in dated.items():
            if day > kept:
                move(file, self.home / "landing", self.held_back)
        return kept, days[-1]

    def deliver(self, until=datetime.date.max):
        """Brings back what was held back, up to a day."""
        for file in sorted(self.held_back.rglob("*.gz")):
            if day_of(file) <= until:
                move(file, self.held_back, self.home / "landing")

    def settings(self, warehouse):
        """Options that point a command at one of the company's warehouses."""
        sets = [f"itinera.warehouse={self.home / warehouse}", f"itinera.max-rejected-share={REJECTED}"]
        return ["--config", self.home / "itinera.conf", *(word for each in sets for word in ("--set", each))]

    def night(self, warehouse, as_of):
        """Runs one night in a process of its own."""
        cost, _ = run(*self.memory, "nightly", *self.settings(warehouse), "--as-of", str(as_of))
        cost.stages = self.stages(warehouse, as_of)
        return cost

    def two_nights(self, warehouse, last):
        """Runs two nights in one process, and delivers what was held back between them."""
        first = last - datetime.timedelta(days=1)
        nights = ["--from", str(first), "--to", str(last)]
        arguments = [*self.memory, "nightly", *self.settings(warehouse), *nights]
        started, cpu_before = time.monotonic(), cpu_of_children()
        process = subprocess.Popen([ITINERA, *arguments], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
        middle = None
        for line in process.stdout:
            print(line, end="", file=sys.stderr)
            # The first night's last stage is done; its end and the next start take a while yet.
            if middle is None and line.startswith(STAGES[-1]):
                self.deliver()
                middle = Cost(time.monotonic() - started, cpu_so_far(process))
        process.wait()
        fail_unless_done(process, arguments)
        middle.stages = self.stages(warehouse, first)
        whole_seconds, whole_cpu = time.monotonic() - started, cpu_of_children() - cpu_before
        night = Cost(whole_seconds - middle.seconds, whole_cpu - middle.cpu, self.stages(warehouse, last))
        return middle, night

    def query(self, warehouse, sql):
        """The rows of a query over a warehouse, by column name."""
        arguments = ["sql", *self.settings(warehouse), "--format", "csv", sql]
        _, text = run(*arguments, output=subprocess.PIPE)
        return list(csv.DictReader(io.StringIO(text)))

    def stages(self, warehouse, as_of):
        """Rows of run_stages of a night by the name of their stage."""
        rows = self.query(warehouse, f"SELECT * FROM run_stages WHERE as_of = '{as_of}' ORDER BY run_id")
        return {row["stage"]: row for row in rows}

    def touchpoints(self, warehouse):
        """How many touchpoints are loaded."""
        return int(self.query(warehouse, "SELECT count(*) AS n FROM touchpoints")[0]["n"])


def day_of(file):
    """The day that a raw file's name ends with."""
    return datetime.datetime.strptime(re.search(r"\d{8}", file.name)[0], "%Y%m%d").date()


def move(file, source, target):
    """Moves a file to the same place below another folder."""
    place = target / file.relative_to(source)
    place.parent.mkdir(parents=True, exist_ok=True)
    file.rename(place)


def table(full, night):
    """Costs per stage, full load beside night."""
    columns = ["seconds", "cpu_seconds", "rows_read", "rows_written"]
    head = "".join(f"{name:>14}" for name in ["s", "CPU s", "rows read", "rows written"])
    lines = [f"{'':12}{'full load':>56}{'night':>56}", f"{'stage':12}{head}{head}"]
    for stage in STAGES:
        cells = [number(cost.stages[stage][c]) for cost in (full, night) for c in columns]
        lines.append(f"{stage:12}" + "".join(f"{cell:>14}" for cell in cells))
    totals = [number(cost.total(c)) for cost in (full, night) for c in columns]
    return "\n".join(lines + [f"{'all stages':12}" + "".join(f"{cell:>14}" for cell in totals)])


def number(value):
    """Counts in full, seconds with one decimal."""
    value = float(value)
    return f"{value:,.0f}" if value.is_integer() and value >= 10 else f"{value:,.1f}"


def ratio(what, night, full):
    """One line that sets a night beside the full load."""
    return f"{what:46} {night:10,.1f} ÷ {full:10,.1f} s = {100 * night / full:6.1f} %"


def report(how, full, night):
    """Costs of a full load and of a night, and the ratios between them."""
    print(f"\n{how}\n{table(full, night)}\n")
    print(ratio("whole, wall", night.seconds, full.seconds))
    print(ratio("whole, CPU", night.cpu, full.cpu))
    print(ratio("stages alone, wall", night.total("seconds"), full.total("seconds")))
    print(ratio("stages alone, CPU of tasks", night.total("cpu_seconds"), full.total("cpu_seconds")))
    sys.stdout.flush()


def load_and_night(company, last_days):
    """Loads all but the last days from nothing, then the rest in one night; the costs of both."""
    kept, last = company.hold_back(last_days)
    full = company.night("warehouse", kept)
    loaded = company.touchpoints("warehouse")
    company.deliver()
    night = company.night("warehouse", last)
    brought = company.touchpoints("warehouse") - loaded
    print(f"{loaded:,} touchpoints from nothing, then {brought:,} ({100 * brought / loaded:.2f} %) in a night")
    return full, night


def bench_night(arguments, home):
    """Loads all but the last days from nothing, then brings the rest in one night."""
    bench_ingest.say_speed()
    company = Company(home, arguments.memory)
    made = company.generate(arguments.touchpoints, arguments.days, arguments.seed)
    print(f"{made.seconds:,.0f} s ({made.cpu:,.0f} CPU s) to make the company")
    last_days = max(1, round(arguments.share * arguments.days))
    report("Process against process", *load_and_night(company, last_days))
    if arguments.warm:
        _, last = company.hold_back(last_days)
        report("Both in one process, the night in a warm JVM", *company.two_nights("warm", last))


def bench_history(arguments, home):
    """Brings the same people's day to a history of some days, and to one that is longer."""
    bench_ingest.say_speed()
    nights = []
    for days in (arguments.days, arguments.times * arguments.days):
        company = Company(home / str(days), arguments.memory)
        company.generate_people(arguments.customers, days, arguments.seed)
        full, night = load_and_night(company, 1)
        report(f"{days} days, process against process", full, night)
        nights.append(night)
    print(f"\nThe night over {arguments.times} times the history")
    print(ratio("whole, wall", nights[1].seconds, nights[0].seconds))
    print(ratio("whole, CPU", nights[1].cpu, nights[0].cpu))


def options():
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    night = commands.add_parser("night", help=bench_night.__doc__, description=bench_night.__doc__)
    night.add_argument("--touchpoints", type=int, default=1_000_000)
    night.add_argument("--share", type=float, default=0.01, help="what the night brings, to whole days")
    night.add_argument("--days", type=int, default=90)
    night.add_argument("--seed", type=int, default=1)
    night.add_argument("--memory", default="6g", help="heap of each process")
    night.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    night.add_argument("--warm", action="store_true", help="also both in one process")
    night.set_defaults(bench=bench_night)
    history = commands.add_parser("history", help=bench_history.__doc__, description=bench_history.__doc__)
    history.add_argument("--customers", type=int, default=6_000)
    history.add_argument("--days", type=int, default=90)
    history.add_argument("--times", type=int, default=10, help="how many times as long the other is")
    history.add_argument("--seed", type=int, default=1)
    history.add_argument("--memory", default="6g", help="heap of each process")
    history.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    history.set_defaults(bench=bench_history)
    bench_ingest.add_to(commands)
    bench_identity.add_to(commands)
    bench_match.add_to(commands)
    bench_sessions.add_to(commands)
    bench_paths.add_to(commands)
    bench_attribution.add_to(commands)
    bench_small.add_to(commands, Company)
    bench_value.add_to(commands)
    return parser.parse_args()


def main():
    """Runs a bench in a folder that is taken away unless it was named."""
    arguments = options()
    home = (arguments.dir or Path(tempfile.mkdtemp(prefix="itinera-bench-"))).resolve()
    try:
        arguments.bench(arguments, home)
    finally:
        if arguments.dir is None:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()

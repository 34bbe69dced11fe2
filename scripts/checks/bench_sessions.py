"""Measures what sessions, journeys and paths cost, Delta in and Delta out, beside DuckDB over the same files."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

# Else it says of each column of texts in each file that it has no statistics.
os.environ.setdefault("RUST_LOG", "error")

import bench_ingest
import deltalake
import duckdb
import session_queries

TARGET = bench_ingest.TARGET
CORES = 2
# What is compared with DuckDB: sessions and scores, and all that a rebuild makes.
FEW = ["sessions", "rfm"]
ALL = ["sessions", "journeys", "transitions", "variants", "totals"]
GOALS = {"few": (1.5, 2.0), "all": (0.85, 1.5)}
SKEW_GOAL = 1.3


def make(folder, touchpoints, shape):
    """Touchpoints as Parquet files by day, and a Delta table of these very files."""
    with duckdb.connect() as connection:
        connection.execute(f"SET TimeZone = 'UTC'; SET threads = {CORES}")
        for statement in session_queries.touchpoints(folder, touchpoints, shape):
            connection.execute(statement)
    days = len(list(folder.iterdir()))
    laid_out_by = deltalake.Schema([deltalake.Field("event_date", deltalake.schema.PrimitiveType("date"))])
    deltalake.convert_to_deltalake(str(folder), partition_by=laid_out_by, partition_strategy="hive")
    return days


def by_duckdb(folder, times):
    """Medians of the seconds and CPU seconds of each query, and the most memory in MB."""
    code = "import sys, session_queries; session_queries.main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))"
    command = [sys.executable, "-c", code, folder, times, CORES]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    lines, megabytes = watched(command, environment)
    # It shows the progress of long queries, too.
    return medians([line for line in lines if line and line[0] in session_queries.QUERIES]), megabytes


def watched(command, environment):
    """What a process printed, in words, and the most memory that it held in MB."""
    process = subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.PIPE, text=True)
    lines = [line.split() for line in process.stdout]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return lines, usage.ru_maxrss / 1024


def medians(lines):
    """Of each step the medians of all its columns."""
    found = {}
    for name, *figures in lines:
        found.setdefault(name, []).append([float(figure) for figure in figures])
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in found.items()}


class Steps:
    """Our steps in processes of their own."""

    MAIN = "SessionSteps"

    def __init__(self, home, memory):
        self.classes = home / "classes"
        self.memory = memory
        self.class_path = f"{TARGET / 'itinera.jar'}:{(TARGET / 'spark-classpath').read_text().strip()}"
        source = bench_ingest.ROOT / f"scripts/checks/{self.MAIN}.java"
        shutil.rmtree(self.classes, ignore_errors=True)
        subprocess.run(["javac", "-proc:none", "-d", self.classes, "-cp", self.class_path, source], check=True)

    def command(self, table, steps):
        """The command that runs these steps over a table."""
        settings = {
            **bench_ingest.PLAIN_SETTINGS,
            "spark.master": f"local[{CORES}]",
            "spark.log.level": "ERROR",
            "spark.sql.shuffle.partitions": str(CORES),
            "spark.sql.ansi.enabled": "true",
            "spark.sql.mapKeyDedupPolicy": "LAST_WIN",
            "spark.sql.codegen.cache.maxEntries": "5000",
        }
        java = ["java", f"@{TARGET / 'java-options'}", f"-Xmx{self.memory}", "-Xms1g", "-XX:+UseParallelGC", "-Xlog:disable"]
        java += [f"-XX:SharedArchiveFile={TARGET / 'itinera.jsa'}", f"-XX:ActiveProcessorCount={CORES}"]
        java += [f"-D{name}={value}" for name, value in settings.items()]
        return [*java, "-cp", f"{self.class_path}:{self.classes}", self.MAIN, table, f"{table}-made", *steps]

    def cold(self, table, steps):
        """A whole process that runs each step once."""
        return bench_ingest.measured(self.command(table, steps), quiet=True)

    def warm(self, table, steps, times):
        """Medians of each step behind a first time, seconds, CPU seconds and bytes shuffled; most MB."""
        lines, megabytes = watched(self.command(table, steps * (times + 1)), bench_ingest.ENVIRONMENT)
        measured = [line for line in lines if line and line[0] in steps]
        return medians(measured[len(steps) :]), megabytes


def line(what, ours, theirs, goal):
    """One line that sets CPU seconds beside DuckDB's."""
    return f"  {what:34} {ours:9.1f} ÷ {theirs:7.1f} CPU s = {ours / theirs:5.2f}   (goal {goal})"


def total(costs, steps, place=1):
    """Sum over steps: of seconds (0), CPU seconds (1) or bytes shuffled (2)."""
    return sum(costs[step][place] for step in steps)


def compare(steps, table, touchpoints, times):
    """Both over the same files, medians, and whether they say the same."""
    theirs, their_megabytes = by_duckdb(table, times)
    few, everything = (steps.cold(table, names) for names in (FEW, ALL))
    ours, megabytes = steps.warm(table, ALL + ["rfm"], times)
    print(f"\n{touchpoints:,} touchpoints, {CORES} cores, medians of {times}")
    print(f"  {'':14}{'DuckDB s':>10}{'CPU s':>8}{'ours, warm s':>14}{'CPU s':>8}{'bytes shuffled a touchpoint':>30}")
    for step in ALL + ["rfm"]:
        figures = f"{theirs[step][0]:10.1f}{theirs[step][1]:8.1f}{ours[step][0]:14.1f}{ours[step][1]:8.1f}"
        print(f"  {step:14}{figures}{ours[step][2] / touchpoints:30.1f}")
    for name, names, cold in (("few", FEW, few), ("all", ALL, everything)):
        what = "sessions and RFM" if name == "few" else "all but RFM"
        print(line(f"{what}, warm", total(ours, names), total(theirs, names), GOALS[name][0]))
        print(line(f"{what}, whole cold process", cold.cpu, total(theirs, names), GOALS[name][1]))
    peaks = f"{their_megabytes:,.0f} DuckDB, {megabytes:,.0f} ours warm, {few.megabytes:,.0f} and {everything.megabytes:,.0f} cold"
    print(f"  most memory, MB: {peaks}")
    for name, differing in session_queries.differences(table):
        print(f"  {name}: {'the same rows' if differing == 0 else f'{differing:,} ROWS DIFFER'}")
    sys.stdout.flush()
    return ours


def growth(steps, home, touchpoints):
    """One customer who has all touchpoints, among them one conversation of a tenth: ten times as many."""
    costs = {}
    for count in (touchpoints // 10, touchpoints):
        table = home / f"one-{count}"
        make(table, count, "one")
        costs[count] = steps.warm(table, ["sessions", "journeys", "totals"], 1)[0]
    few, many = costs
    print(f"\nOne customer with {few:,} and with {many:,} touchpoints, a tenth of them one conversation (10 is linear)")
    for step, figures in costs[many].items():
        print(f"  {step:14}{costs[few][step][1]:8.1f} to {figures[1]:8.1f} CPU s = {figures[1] / costs[few][step][1]:5.1f} times")
    sys.stdout.flush()


def bench_sessions(arguments, home):
    """Sessions, journeys and paths of N touchpoints beside DuckDB, with one busy customer and with one alone."""
    bench_ingest.say_speed()
    steps = Steps(home, arguments.memory)
    even = home / "even"
    started = time.monotonic()
    days = make(even, arguments.touchpoints, "even")
    print(f"{time.monotonic() - started:,.0f} s to make {arguments.touchpoints:,} touchpoints of {days} days", flush=True)
    ours = compare(steps, even, arguments.touchpoints, arguments.times)
    if arguments.only_even:
        return
    busy = home / "busy"
    make(busy, arguments.touchpoints, "busy")
    of_busy, _ = steps.warm(busy, ["sessions", "journeys"], arguments.times)
    for step, figures in of_busy.items():
        ratio = figures[0] / ours[step][0]
        print(f"one customer has 1 %, {step:12} {figures[0]:8.1f} ÷ {ours[step][0]:8.1f} s = {ratio:5.2f}   (goal {SKEW_GOAL})")
    growth(steps, home, min(arguments.touchpoints, 1_000_000))


def add_to(commands):
    """Adds the command."""
    sessions = commands.add_parser("sessions", help=bench_sessions.__doc__, description=__doc__)
    sessions.add_argument("--touchpoints", type=int, default=1_000_000, help="10000000 for the full measure")
    sessions.add_argument("--times", type=int, default=3, help="how often each is measured")
    sessions.add_argument("--only-even", action="store_true", help="leave out busy customers")
    sessions.add_argument("--memory", default="6g", help="heap of each process")
    sessions.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    sessions.set_defaults(bench=bench_sessions)

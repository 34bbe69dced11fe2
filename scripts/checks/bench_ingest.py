"""Measures what loading raw files costs, beside what Spark alone takes to read and write them."""

import csv
import io
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import raw_events

ROOT = Path(__file__).resolve().parent.parent.parent
ITINERA = ROOT / "scripts/itinera"
TARGET = ROOT / "jobs/target"
FEW = 1000
# Source's preset, its name in the bench, what makes its lines.
SOURCES = [("ga4-export", "ga4", raw_events.ga4_lines), ("combined-log", "log", raw_events.log_lines)]
# What the shell has set for a warehouse of its own must not reach the bench's.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("ITINERA_")}
ENVIRONMENT.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
# As the session of itinera has them.
PLAIN_SETTINGS = {
    "spark.app.name": "plain",
    "spark.driver.host": "localhost",
    "spark.ui.enabled": "false",
    "spark.log.level": "WARN",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": str(os.cpu_count()),
    "spark.databricks.delta.snapshotPartitions": "2",
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
}


@dataclass
class Cost:
    """What a process took: CPU seconds include JIT and collector, megabytes are the most it held."""

    seconds: float
    cpu: float
    megabytes: float = 0

    def without(self, start):
        """What is left without the start."""
        return Cost(self.seconds - start.seconds, self.cpu - start.cpu, self.megabytes)


def measured(command, quiet=False):
    """Runs a command in a process of its own and measures that process."""
    started = time.monotonic()
    output = subprocess.DEVNULL if quiet else sys.stderr
    process = subprocess.Popen(list(map(str, command)), env=ENVIRONMENT, stdout=output)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:200]} ended with {process.returncode}")
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def say_speed():
    """Prints what the smallest command takes, since machines differ by a factor of two."""
    cost = measured([ITINERA, "sql", "SELECT 1"], quiet=True)
    print(f"\nThis machine, now: SELECT 1 takes {cost.seconds:.1f} s, {cost.cpu:.1f} CPU s", flush=True)


class Bench:
    """Raw files in a folder, and two ways to load them in the same memory."""

    def __init__(self, home, memory):
        self.home = home
        self.memory = memory
        self.plain_jar = home / "plain.jar"

    def prepare(self):
        """Compiles the plain load, so that nothing of it is measured."""
        classes = self.home / "classes"
        classes.mkdir(parents=True)
        source = ROOT / "scripts/checks/PlainLoad.java"
        measured(["javac", "-proc:none", "-d", classes, "-cp", self.class_path(), source])
        measured(["jar", "--create", "--file", self.plain_jar, "-C", classes, "."])

    def class_path(self):
        """The same Spark for both."""
        return f"{TARGET / 'itinera.jar'}:{(TARGET / 'spark-classpath').read_text().strip()}"

    def plain(self, preset, files, output):
        """Spark alone: read and parted into the same columns, and written as a Delta table."""
        settings = [f"-D{name}={value}" for name, value in PLAIN_SETTINGS.items()]
        java = ["java", f"@{TARGET / 'java-options'}", f"-Xmx{self.memory}", "-Xms1g", "-XX:+UseParallelGC"]
        archive = f"-XX:SharedArchiveFile={TARGET / 'itinera.jsa'}"
        path = f"{self.class_path()}:{self.plain_jar}"
        return measured([*java, "-Xlog:disable", *settings, archive, "-cp", path, "PlainLoad", files, output, *shape(preset)])

    def ingest(self, preset, files, warehouse):
        """The stage ingest into an empty warehouse."""
        settings = self.settings(preset, files, warehouse)
        return measured([ITINERA, "--memory", self.memory, "ingest", *settings, "--as-of", "2026-01-31"])

    def account(self, preset, files, warehouse):
        """How many records were read, accepted, and rejected or left out."""
        query = "SELECT sum(records_read), sum(records_accepted), sum(records_rejected) FROM loaded_files"
        arguments = ["sql", *self.settings(preset, files, warehouse), "--format", "csv", query]
        answer = subprocess.run(
            [ITINERA, *map(str, arguments)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True
        )
        return [int(count) for count in list(csv.reader(io.StringIO(answer.stdout)))[1]]

    def settings(self, preset, files, warehouse):
        """Options that point a command at the files and the warehouse."""
        config = warehouse.with_suffix(".conf")
        config.write_text(
            f'itinera {{ landing = "{self.home}", warehouse = "{warehouse}", id-key = bench\n'
            f'  sources.web {{ preset = {preset}, path = "{files}" }} }}\n'
        )
        return ["--config", config]


def shape(preset):
    """What a preset says of its records: their schema, or the expression that parts a line."""
    text = (ROOT / f"conf/sources/{preset}.conf").read_text()
    found = re.search(r'^(schema|regex) = """(.*?)"""', text, re.DOTALL | re.MULTILINE)
    return found.group(1), found.group(2)


def lines(preset, records, costs):
    """The table of one source."""
    columns = ["wall s", "CPU s", "records/s", "CPU µs/record", "peak MB"]
    head = f"{preset}, {records:,} records"
    yield f"{head:34}" + "".join(f"{name:>15}" for name in columns)
    for name, cost in costs.items():
        yield f"  {name:32}{cells(FEW if 'start (' in name else records, cost)}"
    pairs = {"whole": ("plain Spark", "ingest"), "without start": ("plain, less start", "ingest, less start")}
    for what, (plain, ours) in pairs.items():
        wall, cpu = (getattr(costs[ours], unit) / getattr(costs[plain], unit) for unit in ("seconds", "cpu"))
        yield f"  ingest ÷ plain, {what:16} wall {wall:5.2f}   CPU {cpu:5.2f}"


def cells(records, cost):
    """One row of figures."""
    per_second, micros = records / cost.seconds, 1e6 * cost.cpu / records
    figures = [f"{cost.seconds:,.1f}", f"{cost.cpu:,.1f}", f"{per_second:,.0f}", f"{micros:,.1f}", f"{cost.megabytes:,.0f}"]
    return "".join(f"{figure:>15}" for figure in figures)


def bench_ingest(arguments, home):
    """Loads GA4 events and lines of an access log, and sets that beside a plain read and write."""
    bench = Bench(home, arguments.memory)
    bench.prepare()
    say_speed()
    for preset, name, maker in SOURCES:
        started = time.monotonic()
        raw_events.make(home / name, name, maker, arguments.records, arguments.seed)
        raw_events.make(home / f"{name}-few", name, maker, FEW, arguments.seed)
        print(f"\n{time.monotonic() - started:,.0f} s to make the files of {preset}", flush=True)
        costs = {}
        for way, load in (("plain Spark", bench.plain), ("ingest", bench.ingest)):
            out = home / f"{name}-{way.split()[0]}"
            few = load(preset, home / f"{name}-few", out.with_name(out.name + "-few"))
            whole = load(preset, home / name, out)
            # Both pay for the start, the first commits and the compiling of their own plans.
            costs |= {way: whole, f"{way.split()[0]}, start ({FEW:,} records)": few}
            costs[f"{way.split()[0]}, less start"] = whole.without(few)
        print("\n".join(lines(preset, arguments.records, costs)), flush=True)
        read, accepted, rejected = bench.account(preset, home / name, home / f"{name}-ingest")
        print(f"  read {read:,}, accepted {accepted:,}, rejected or left out {rejected:,}", flush=True)


def add_to(commands):
    """Adds the command."""
    ingest = commands.add_parser("ingest", help=bench_ingest.__doc__, description=__doc__)
    ingest.add_argument("--records", type=int, default=1_000_000, help="of each source; 5000000 for the full measure")
    ingest.add_argument("--seed", type=int, default=1)
    ingest.add_argument("--memory", default="4g", help="heap of each process")
    ingest.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    ingest.set_defaults(bench=bench_ingest)

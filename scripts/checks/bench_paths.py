"""Measures the process and a funnel, from Delta to answers, beside DuckDB over the same files."""

import os
import sys
from pathlib import Path

# Else it says of each column of texts in each file that it has no statistics.
os.environ.setdefault("RUST_LOG", "error")

import bench_ingest
import bench_sessions
import deltalake
import duckdb
import path_queries

CORES = bench_sessions.CORES
TARGET = bench_ingest.TARGET
PROCESS = ["graph", "variants", "rework"]
GOAL = 5.0
EVENTS_OF_TASK = 1_000_000


class Steps(bench_sessions.Steps):
    """Our steps, in a process of their own."""

    MAIN = "PathSteps"

    def run(self, table, tasks, steps, times):
        """Medians of each step behind a first time, seconds and CPU seconds; most MB."""
        command = self.command(table, [tasks, *steps * (times + 1)])
        lines, megabytes = bench_sessions.watched(command, bench_ingest.ENVIRONMENT)
        measured = [line for line in lines if line and line[0] in steps]
        return bench_sessions.medians(measured[: len(steps)]), bench_sessions.medians(measured[len(steps) :]), megabytes


def by_duckdb(table, times):
    """Medians of the seconds and CPU seconds of each query, and the most memory in MB."""
    code = "import sys, path_queries; path_queries.main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))"
    command = [sys.executable, "-c", code, table, times, CORES]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    lines, megabytes = bench_sessions.watched(command, environment)
    return bench_sessions.medians([line for line in lines if line and line[0] in path_queries.QUERIES]), megabytes


def answers(table):
    """What both say, by what is compared: whether it is the same."""
    made, theirs = f"{table}-made", f"{table}-duckdb"
    with duckdb.connect() as connection:
        ask = lambda query: connection.execute(query).fetchall()
        columns = '"from", "to", times, cases, round(mean_seconds, 6), least_seconds, most_seconds'
        ours = f"SELECT {columns} FROM '{made}/graph/*.parquet' WHERE \"from\" NOT LIKE '(%'"
        yield "graph", set(ask(ours)) == set(ask(f"SELECT {columns} FROM '{theirs}/graph.parquet'"))
        columns = "event, repeats, cases"
        yield "rework", set(ask(f"SELECT {columns} FROM '{made}/rework/*.parquet'")) == set(ask(f"SELECT {columns} FROM '{theirs}/rework.parquet'"))
        most = "SELECT path, cases FROM {} ORDER BY cases DESC, path LIMIT 100"
        same = ask(most.format(f"'{made}/variants/*.parquet'")) == ask(most.format(f"'{theirs}/variants.parquet'"))
        count = ask(f"SELECT variants FROM '{made}/process/*.parquet'") == ask(f"SELECT count(*) FROM '{theirs}/variants.parquet'")
        yield "variants", same and count
        ours = ask(f"SELECT entered_count FROM '{made}/funnel/*.parquet' WHERE segment_type = 'all' ORDER BY step")
        yield "funnel", [row[0] for row in ours] == list(ask(f"FROM '{theirs}/funnel.parquet'")[0])


def compare(steps, table, arguments):
    """The process and a funnel of both over the same files."""
    count, times = arguments.touchpoints, arguments.times
    theirs, their_megabytes = by_duckdb(table, times)
    cold, ours, megabytes = steps.run(table, count // EVENTS_OF_TASK + CORES, ["process", "funnel"], times)
    print(f"\n{count:,} touchpoints, {CORES} cores, medians of {times}")
    print(f"  {'':26}{'DuckDB s':>10}{'CPU s':>8}{'ours, first s':>15}{'CPU s':>8}{'warm s':>8}{'CPU s':>8}")
    of_process = [sum(theirs[name][i] for name in PROCESS) for i in range(2)]
    for name, duck in (("process", of_process), ("funnel", theirs["funnel"])):
        figures = f"{duck[0]:10.1f}{duck[1]:8.1f}{cold[name][0]:15.1f}{cold[name][1]:8.1f}{ours[name][0]:8.1f}{ours[name][1]:8.1f}"
        print(f"  {'graph, variants, rework' if name == 'process' else name:26}{figures}")
    print(f"  goal of all at 10,000,000: {GOAL} s; most memory, MB: {their_megabytes:,.0f} DuckDB, {megabytes:,.0f} ours")
    for name, is_same in answers(table):
        print(f"  {name}: {'the same' if is_same else 'DIFFERS'}")


def bench_paths(arguments, home):
    """The process and a funnel of N touchpoints beside DuckDB."""
    bench_ingest.say_speed()
    steps = Steps(home, arguments.memory)
    table = home / "events"
    bench_sessions.make(table, arguments.touchpoints, "even")
    compare(steps, table, arguments)


def add_to(commands):
    """Adds the command."""
    paths = commands.add_parser("paths", help=bench_paths.__doc__, description=__doc__)
    paths.add_argument("--touchpoints", type=int, default=1_000_000, help="10000000 for the full measure")
    paths.add_argument("--times", type=int, default=3, help="how often each is measured")
    paths.add_argument("--memory", default="4g", help="heap of our process")
    paths.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    paths.set_defaults(bench=bench_paths)

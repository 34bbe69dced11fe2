"""Measures what stitching costs: who is who among records that name identifiers, beside DuckDB."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "jobs/target"
# Each step twice: cold, and in a process that has compiled it.
STEPS = ["components", "components", "unguarded", "unguarded", "guarded", "guarded", "night", "night"]
# A customer's share of the records falls with the square root of its rank: few have thousands.
GRAPH = """
CREATE MACRO dice(record, salt) AS hash(record, salt)::DOUBLE / 18446744073709551616.0;
CREATE TABLE told AS
  WITH drawn AS (
    SELECT range AS record, floor({customers} * pow(dice(range, 1), 2))::BIGINT AS customer,
      floor(pow(dice(range, 2), 2) * 6)::INT AS device, floor(dice(range, 3) * 1.1)::INT AS address
    FROM range({records}))
  SELECT record, 'cookie' AS type,
    -- Some devices are used by a neighbour, too.
    format('d{{}}-{{}}', customer + (dice(record, 4) < 0.0005)::INT, device) AS value FROM drawn
  UNION ALL
  SELECT record, 'email', CASE WHEN dice(record, 5) < {placeholders}
      THEN format('none{{}}@example.org', floor(dice(record, 6) * 10)::INT)
      ELSE format('c{{}}.{{}}@example.org', customer, address) END
    FROM drawn WHERE dice(record, 7) < 0.6;
COPY told TO '{folder}/told.parquet' (FORMAT parquet);
COPY (
  WITH named AS (
    SELECT record, list_sort(list({{'type': type, 'value': value}})) AS identifiers FROM told GROUP BY record)
  SELECT 'web' AS source, 'touchpoint' AS kind, DATE '2026-01-01' + (record % 90)::INT AS event_date,
    record AS set_id, record AS set_check, identifiers, 1::BIGINT AS observations,
    TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(record % 7776000) AS first_at,
    TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(record % 7776000) AS last_at, record AS digest FROM named)
  TO '{folder}/evidence' (FORMAT parquet, PER_THREAD_OUTPUT);
"""
def cpu():
    """CPU seconds of this process so far."""
    now = os.times()
    return now.user + now.system


def components(connection, folder):
    """The label of every record by plain SQL: its smallest record, by contraction."""
    run = connection.execute
    run(
        f"""CREATE TEMP TABLE edges AS
        WITH firsts AS (SELECT type, value, min(record) AS first FROM '{folder}/told.parquet' GROUP BY type, value)
        SELECT DISTINCT first AS a, record AS b FROM '{folder}/told.parquet' JOIN firsts USING (type, value)
        WHERE first <> record"""
    )
    run(f"CREATE TEMP TABLE labels AS SELECT DISTINCT record, record AS label FROM '{folder}/told.parquet'")
    rounds = []
    while run("SELECT count(*) FROM edges").fetchone()[0] > 0:
        step = len(rounds)
        run(
            f"""CREATE TEMP TABLE step{step} AS
            SELECT node, min(other) AS parent FROM (
              SELECT a AS node, b AS other FROM edges UNION ALL SELECT b, a FROM edges)
            GROUP BY node HAVING min(other) < node"""
        )
        # Follows parents to the top of their tree: pointers are doubled until nothing moves.
        while True:
            moved = run(
                f"""SELECT count(*) FROM step{step} s JOIN step{step} p ON s.parent = p.node"""
            ).fetchone()[0]
            if moved == 0:
                break
            run(
                f"""CREATE OR REPLACE TEMP TABLE step{step} AS
                SELECT s.node, coalesce(p.parent, s.parent) AS parent
                FROM step{step} s LEFT JOIN step{step} p ON s.parent = p.node"""
            )
        run(
            f"""CREATE OR REPLACE TEMP TABLE edges AS
            SELECT DISTINCT a, b FROM (
              SELECT coalesce(l.parent, a) AS a, coalesce(r.parent, b) AS b FROM edges
              LEFT JOIN step{step} l ON a = l.node LEFT JOIN step{step} r ON b = r.node)
            WHERE a <> b"""
        )
        rounds.append(step)
    for step in rounds:
        run(
            f"""CREATE OR REPLACE TEMP TABLE labels AS
            SELECT record, coalesce(parent, label) AS label FROM labels LEFT JOIN step{step} ON label = node"""
        )


def make(folder, records):
    """Records that name identifiers: pairs for SQL, sets for us."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "evidence").exists():
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            customers = max(1, int(records * 0.4))
            connection.execute(GRAPH.format(customers=customers, records=records, placeholders=0.03, folder=folder))


def by_duckdb(folder):
    """Labels by SQL, kept as a file: seconds and CPU seconds."""
    with duckdb.connect() as connection:
        started, before = time.monotonic(), cpu()
        components(connection, folder)
        cost = time.monotonic() - started, cpu() - before
        connection.execute(f"COPY labels TO '{folder}/labels.parquet'")
    return cost


def by_itinera(folder, memory):
    """All steps in one process: each one's seconds and CPU seconds, and the most memory in GB."""
    classes, out = folder / "classes", folder / "out"
    class_path = f"{TARGET / 'itinera.jar'}:{(TARGET / 'spark-classpath').read_text().strip()}"
    shutil.rmtree(classes, ignore_errors=True)
    source = ROOT / "scripts/checks/StitchGraph.java"
    subprocess.run(["javac", "-proc:none", "-d", classes, "-cp", class_path, source], check=True)
    settings = {
        "spark.driver.host": "localhost",
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(os.cpu_count()),
    }
    command = ["java", f"@{TARGET / 'java-options'}", f"-Xmx{memory}", "-XX:+UseParallelGC", "-Xlog:disable"]
    command += [f"-D{name}={value}" for name, value in settings.items()]
    command += ["-cp", f"{class_path}:{classes}", "io.itinera.core.identity.StitchGraph", folder / "evidence", out]
    environment = {"SPARK_LOCAL_IP": "127.0.0.1", **os.environ}
    process = subprocess.Popen([*map(str, command), *STEPS], env=environment, stdout=subprocess.PIPE, text=True)
    lines = [line.split() for line in process.stdout]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"StitchGraph ended with {process.returncode}")
    return [(line[0], float(line[1]), float(line[2])) for line in lines if line[0] in STEPS], usage.ru_maxrss / 1024**2


def differing(folder):
    """How many records are in another component by SQL than by us."""
    with duckdb.connect() as connection:
        return connection.execute(
            f"""WITH both_ways AS (
              SELECT a.label AS ours, b.label AS theirs, count(*) AS records
              FROM '{folder}/out/components/*.parquet' a
              FULL JOIN '{folder}/labels.parquet' b ON a.set_id = b.record GROUP BY ALL)
            SELECT coalesce(sum(records), 0) FROM both_ways
            WHERE ours IS NULL OR theirs IS NULL
              OR ours IN (SELECT ours FROM both_ways GROUP BY ours HAVING count(*) > 1)
              OR theirs IN (SELECT theirs FROM both_ways GROUP BY theirs HAVING count(*) > 1)"""
        ).fetchone()[0]


def bench_identity(arguments, home):
    """Finds who is who among records, with and without guards, and stitches a night of one percent."""
    make(home, arguments.records)
    seconds, of_duckdb = by_duckdb(home)
    print(f"{arguments.records:,} records  {'s':>8} {'CPU s':>8} ÷ DuckDB", flush=True)
    print(f"  {'DuckDB, components':22} {seconds:8.1f} {of_duckdb:8.1f}", flush=True)
    costs, gigabytes = by_itinera(home, arguments.memory)
    warm = {}
    for step, seconds, of_step in costs:
        name = f"{step}, {'warm' if step in warm else 'cold'}"
        ratio = f"{of_step / of_duckdb:8.2f}" if step == "components" else ""
        print(f"  {name:22} {seconds:8.1f} {of_step:8.1f} {ratio}")
        warm[step] = of_step
    print(f"  guards add {warm['guarded'] / warm['unguarded'] - 1:.0%}; the night ÷ all, guarded: {warm['night'] / warm['guarded']:.0%}")
    print(f"  {gigabytes:.1f} GB at most; {differing(home):,} records are in other components than by SQL", flush=True)


def add_to(commands):
    """Adds the command."""
    identity = commands.add_parser("identity", help=bench_identity.__doc__, description=__doc__)
    identity.add_argument("--records", type=int, default=10_000_000)
    identity.add_argument("--memory", default="8g", help="heap of the process")
    identity.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    identity.set_defaults(bench=bench_identity)

"""Serves a warehouse and asks by three clients, which may read the tables and do nothing else."""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyspark
from pyhive import hive
from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 180
QUERY = "SELECT count(*) AS customers, sum(revenue) AS revenue FROM customers"
# Each would change something, read a file, or run something.
FORBIDDEN = [
    "DROP TABLE runs",
    "DELETE FROM customers",
    "VACUUM customers",
    "CREATE TABLE mine AS SELECT 1 AS one",
    "INSERT OVERWRITE DIRECTORY '{0}/files' USING csv SELECT 1",
    "SELECT * FROM text.`/etc/hostname`",
    "SET spark.sql.ansi.enabled = false",
    "SELECT java_method('java.lang.System', 'getProperty', 'user.home')",
]
REFUSALS = ("Only questions are answered here", "Only the tables of the warehouse", "is not answered here")


def free_port(taken=0):
    """A port of this machine that nobody listens on; below those that Linux gives out by itself."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe:
            if port != taken and probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    sys.exit("No port is free")


def serve(warehouse, jdbc_port, connect_port, log):
    """Starts the servers; returns once they have said where they are."""
    process = subprocess.Popen(
        [ROOT / "scripts/itinera", "serve", "--memory", "1g", "--set", f"itinera.warehouse={warehouse}"]
        + ["--jdbc-port", str(jdbc_port), "--connect-port", str(connect_port)],
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    until = time.monotonic() + START_SECONDS
    while "sc://" not in Path(log.name).read_text():
        if process.poll() is not None or time.monotonic() > until:
            sys.exit("The servers did not start:\n" + Path(log.name).read_text())
        time.sleep(0.5)
    return process


def require(holds, what):
    """Ends the program unless `what` holds."""
    if not holds:
        sys.exit(f"NOT so: {what}")
    print(f"  {what}")


def refused(act):
    """Whether a server refuses what `act` asks of it."""
    try:
        act()
    except Exception as problem:
        return any(text in str(problem) for text in REFUSALS)
    return False


def ask_by_beeline(url):
    """Beeline of the same distribution."""
    command = [Path(pyspark.__file__).parent / "bin/beeline", "-u", url, "--outputformat=csv2", "-e"]
    shown = subprocess.run([*command, QUERY + ";"], capture_output=True, text=True).stdout
    print("beeline")
    return shown.strip().splitlines()[-1].split(",")


def ask_by_python(port, folder):
    """PyHive, which tries all that is forbidden, too."""
    cursor = hive.connect("127.0.0.1", port=port, database="itinera").cursor()
    print("PyHive")
    for statement in FORBIDDEN:
        require(refused(lambda: cursor.execute(statement.format(folder))), f"refused: {statement}")
    cursor.execute("DESCRIBE runs")
    require("unique, sorts by start" in str(cursor.fetchall()), "comments are shown")
    cursor.execute("SELECT max(as_of) FROM rfm_scores_latest")
    require(cursor.fetchone() is not None, "views are there")
    cursor.execute(QUERY)
    return [str(value) for value in cursor.fetchone()]


def ask_by_connect(port, folder):
    """Spark Connect, by which a program could do more than SQL can say."""
    spark = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    print("Spark Connect")
    rows = spark.range(1)
    for what, act in {
        "files written": lambda: rows.write.format("delta").save(f"{folder}/table"),
        "a table made": lambda: rows.write.saveAsTable("itinera.mine"),
        "files read elsewhere": lambda: spark.read.text("/etc/hostname").collect(),
        "SQL that changes": lambda: spark.sql("DROP TABLE itinera.runs"),
    }.items():
        require(refused(act), f"refused: {what}")
    counted = spark.table("itinera.customers").selectExpr("count(*)", "sum(revenue)").first()
    return [str(value) for value in counted]


def main():
    warehouse = Path(sys.argv[1]).resolve()
    printed = subprocess.run(
        [ROOT / "scripts/itinera", "sql", QUERY, "--format", "csv", "--set", f"itinera.warehouse={warehouse}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    expected = printed.splitlines()[1].split(",")
    jdbc_port = free_port()
    connect_port = free_port(jdbc_port)
    with tempfile.TemporaryDirectory() as folder, open(Path(folder) / "serve.log", "w") as log:
        process = serve(warehouse, jdbc_port, connect_port, log)
        try:
            url = f"jdbc:hive2://127.0.0.1:{jdbc_port}/itinera"
            require(ask_by_beeline(url) == expected, f"answers {expected}")
            require(ask_by_python(jdbc_port, folder) == expected, f"answers {expected}")
            require(ask_by_connect(connect_port, folder) == expected, f"answers {expected}")
            require([path.name for path in Path(folder).iterdir()] == ["serve.log"], "nothing was written")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


if __name__ == "__main__":
    main()

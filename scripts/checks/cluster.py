"""Runs the demo's nights locally and on a cluster that loses a worker, and compares the tables."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import compare
import pyspark
import tables

ROOT = Path(__file__).resolve().parent.parent.parent
SPARK_HOME = Path(pyspark.__file__).parent
JAR = ROOT / "jobs/target/itinera.jar"
STAGES = ("ingest", "stitch", "sessionize", "journeys", "customers", "coverage", "kpis", "retention", "rfm", "value", "personas", "paths", "attribution", "funnels", "journey-map", "quality")
WORKERS = 2
WORKER_MEMORY = "1536m"
START_SECONDS = 60
# A worker is lost in the stage that comes after this line of this night. In the end none of the
# executors that the first night has used is left.
LOSSES = [(2, "stitch"), (3, "ingest")]
# A worker hangs before it is lost, long enough to have been given a task that it never finishes.
HANGING_SECONDS = 5
# Nights as short as these spend their time on compiling, if they are let.
QUICK_COMPILER = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC"
# What the shell has set for a warehouse of its own must not reach the check's.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("ITINERA_")},
    "SPARK_LOCAL_IP": "127.0.0.1",
}


def free_port():
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, is_there):
    """Waits until something has come up; fails after START_SECONDS."""
    until = time.monotonic() + START_SECONDS
    while not is_there():
        if time.monotonic() > until:
            sys.exit(f"{what} did not come up within {START_SECONDS} seconds")
        time.sleep(0.3)


class Cluster:
    """A standalone master and its workers on loopback; leaving it stops all it started."""

    def __init__(self, home):
        self.home = home
        self.url = f"spark://127.0.0.1:{free_port()}"
        self.processes = []
        self.workers = []
        self.environment = {**ENVIRONMENT, "SPARK_HOME": str(SPARK_HOME), "SPARK_DAEMON_MEMORY": "256m"}

    def __enter__(self):
        try:
            host, port = self.url.removeprefix("spark://").split(":")
            self.start("master", "master.Master", "--host", host, "--port", port, "--webui-port", "0")
            wait_for("the master", lambda: "ALIVE" in self.log("master"))
            for _ in range(WORKERS):
                self.start_worker()
            wait_for("the workers", lambda: self.log("master").count("Registering worker") >= WORKERS)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *problem):
        self.stop()

    def start_worker(self):
        """One core and 1.5 GB."""
        name = f"worker{sum('worker' in path.name for path in self.home.glob('*.log')) + 1}"
        size = ["--cores", "1", "--memory", WORKER_MEMORY, "--webui-port", "0"]
        work = ["--work-dir", str(self.home / name)]
        self.workers.append(self.start(name, "worker.Worker", *size, *work, self.url))

    def start(self, name, daemon, *arguments):
        """Starts a daemon in a process group of its own, which its executors share."""
        with open(self.home / f"{name}.log", "w") as log:
            process = subprocess.Popen(
                [SPARK_HOME / "bin/spark-class", f"org.apache.spark.deploy.{daemon}", *arguments],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def log(self, name):
        """What a daemon has logged so far."""
        return (self.home / f"{name}.log").read_text()

    def submit(self, *arguments):
        """The application under plain spark-submit, its output to be read line by line."""
        settings = {
            "spark.driver.host": "localhost",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.extraJavaOptions": QUICK_COMPILER,
            "spark.executor.extraJavaOptions": QUICK_COMPILER,
            "spark.executor.memory": "1g",
            "spark.sql.shuffle.partitions": "2",
            "spark.ui.enabled": "false",
            # Little as it is, it is to be sent around as much would be.
            "spark.itinera.plan-for-one-task": "false",
            "spark.sql.autoBroadcastJoinThreshold": "10m",
        }
        process = subprocess.Popen(
            [SPARK_HOME / "bin/spark-submit", "--master", self.url, "--driver-memory", "1g"]
            + [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
            + ["--class", "io.itinera.jobs.launch.Main", JAR, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def replace_worker(self):
        """The oldest worker hangs, then is lost with its executor; a new one takes its place."""
        oldest = self.workers.pop(0)
        os.killpg(oldest.pid, signal.SIGSTOP)
        time.sleep(HANGING_SECONDS)
        kill_group(oldest)
        self.start_worker()

    def stop(self):
        """Stops everything, the youngest first."""
        for process in reversed(self.processes):
            kill_group(process)


def kill_group(process):
    """Kills a process that we started, and its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def run_locally(company):
    """The demo in one local JVM, which is on its way when this returns."""
    environment = {name: value for name, value in ENVIRONMENT.items() if name != "SPARK_HOME"}
    return subprocess.Popen(
        [ROOT / "scripts/itinera", *company],
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def run_on(cluster, company):
    """The demo on the cluster, which loses a worker in the middle of two nights."""
    process = cluster.submit(*company)
    night, still_to_lose = 0, list(LOSSES)
    for line in process.stdout:
        night += line.startswith("Night of")
        if line.startswith(("Night of", *STAGES)):
            print(f"  {line}", end="", flush=True)
        if still_to_lose and (night, line.split(" ")[0]) == still_to_lose[0]:
            still_to_lose.pop(0)
            cluster.replace_worker()
            print("  -- a worker was killed with its executor, another one started --", flush=True)
    if process.wait() != 0:
        sys.exit(f"The nights on the cluster ended with {process.returncode}; see the logs in {cluster.home}")
    if still_to_lose:
        sys.exit("The nights were over before all workers could be killed")


def losses(home):
    """What the driver has noticed of the losses."""
    log = (home / "cluster/warehouse/_logs/itinera.log").read_text()
    return {what: log.count(what) for what in ("Lost executor", "Lost task", "FetchFailed")}


def check(arguments, home):
    """Runs the nights twice; returns the first difference between the tables, or None."""
    size = [f"--customers={arguments.customers}", f"--days={arguments.days}", f"--seed={arguments.seed}"]
    started = time.monotonic()
    print(f"The nights in one local JVM, and on a cluster of {WORKERS} workers", flush=True)
    local = run_locally(["demo", *size, "--dir", str(home / "local")])
    try:
        with Cluster(home) as cluster:
            run_on(cluster, ["demo", *size, "--dir", str(home / "cluster")])
        if local.wait() != 0:
            sys.exit(f"The nights in one local JVM ended with {local.returncode}; see the logs in {home}")
    finally:
        kill_group(local)
    noticed = losses(home)
    print(f"took {time.monotonic() - started:.0f} s; {noticed}", flush=True)
    if noticed["Lost executor"] < len(LOSSES):
        sys.exit(f"Spark has not noticed that executors were lost; see the logs in {home}")
    return compare.first_difference(home / "local/warehouse", home / "cluster/warehouse")


def main():
    """Keeps the folder when something differs, so that it can be looked at."""
    parser = argparse.ArgumentParser(prog="check-cluster", description=__doc__)
    parser.add_argument("--customers", type=int, default=150)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dir", type=Path, help="empty folder to work in, kept; else a temporary one")
    arguments = parser.parse_args()
    # So that a stop from outside also takes down what was started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    home = (arguments.dir or Path(tempfile.mkdtemp(prefix="itinera-cluster-"))).resolve()
    home.mkdir(parents=True, exist_ok=True)
    found = check(arguments, home)
    if found:
        sys.exit(f"{found}\nThe tables and logs are in {home}")
    if arguments.dir is None:
        shutil.rmtree(home)
    print("The cluster's tables are the local ones")


if __name__ == "__main__":
    tables.run(main)

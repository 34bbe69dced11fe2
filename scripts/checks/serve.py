"""Serves a warehouse and asks by three clients, which may read the tables and do nothing else."""

import os
import random
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyspark
import tables
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
USER = "itinera"
# Beeline takes none with a blank, and Spark none with letters that are not ASCII.
PASSWORD = "Zwetschgenmus-2026"
TOKEN = "Powidl"
# Of the user whom the directory knows.
DIRECTORY_NAME = "uid=ann,ou=people,o=example"
DIRECTORY_PASSWORD = "Marillenknoedel"
WRONG = "User or password", "Error validating LDAP user", "Error validating the login"
REFUSALS = ("Only questions are answered here", "Only the tables of the warehouse", "is not answered here")


def free_port(taken=0):
    """A port of this machine that nobody listens on; below those that Linux gives out by itself."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe:
            if port != taken and probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    sys.exit("No port is free")


def element(data):
    """The first of some elements of LDAP's encoding: its kind, what is in it, and the rest."""
    length, start = data[1], 2
    if length > 127:
        start += length - 128
        length = int.from_bytes(data[2:start], "big")
    return data[0], data[start : start + length], data[start + length :]


class Directory(socketserver.BaseRequestHandler):
    """As much of an LDAP server as Spark asks: whether a name has this password."""

    BIND = 0x60
    WRONG_PASSWORD = 49

    def handle(self):
        while message := self.request.recv(4096):
            _, number, operation = element(element(message)[1])
            kind, bind, _ = element(operation)
            if kind != self.BIND:
                return
            _, name, rest = element(element(bind)[2])
            given = (name.decode(), element(rest)[1].decode())
            code = 0 if given == (DIRECTORY_NAME, DIRECTORY_PASSWORD) else self.WRONG_PASSWORD
            self.request.sendall(bytes([0x30, 12, 2, 1, number[0], 0x61, 7, 10, 1, code, 4, 0, 4, 0]))


class Server:
    """`itinera serve`, which writes two files of its name in the folder; leaving it ends it."""

    def __init__(self, name, folder, arguments, secrets):
        self.log = Path(folder) / f"{name}.log"
        self.spark_log = Path(folder) / f"{name}.spark.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [ROOT / "scripts/itinera", "serve", "--memory", "1g", *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "ITINERA_LOG": str(self.spark_log), **secrets},
            )

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def wait_for(self, address):
        """Returns once it says that it listens there."""
        until = time.monotonic() + START_SECONDS
        while address not in self.log.read_text():
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit("The servers did not start:\n" + self.log.read_text())
            time.sleep(0.2)


def connect(port, user, password):
    """By PyHive."""
    return hive.connect("127.0.0.1", port=port, database="itinera", username=user, password=password, auth="CUSTOM")


def let_in(port, user, password):
    """Whether JDBC lets somebody in."""
    try:
        connect(port, user, password).close()
    except Exception as problem:
        if any(text in str(problem) for text in WRONG):
            return False
        raise
    return True


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
    command = [Path(pyspark.__file__).parent / "bin/beeline", "-u", url, "-n", USER, "-p", PASSWORD]
    shown = subprocess.run([*command, "--outputformat=csv2", "-e", QUERY + ";"], capture_output=True, text=True).stdout
    print("beeline")
    return shown.strip().splitlines()[-1].split(",")


def ask_by_python(port, folder):
    """PyHive, which tries all that is forbidden, too."""
    print("PyHive")
    require(not let_in(port, USER, PASSWORD.lower()), "another password is refused")
    require(not let_in(port, "ann", PASSWORD), "another user is refused")
    cursor = connect(port, USER, PASSWORD).cursor()
    for statement in FORBIDDEN:
        require(refused(lambda: cursor.execute(statement.format(folder))), f"refused: {statement}")
    cursor.execute("DESCRIBE runs")
    require("unique, sorts by start" in str(cursor.fetchall()), "comments are shown")
    cursor.execute("SELECT max(as_of) FROM rfm_scores_latest")
    require(cursor.fetchone() is not None, "views are there")
    cursor.execute(QUERY)
    return [str(value) for value in cursor.fetchone()]


def locked_out(url):
    """Whether Spark Connect does not let in who comes so."""
    try:
        SparkSession.builder.remote(url).create().range(1).count()
    except Exception as problem:
        return "UNAUTHENTICATED" in str(problem)
    return False


def ask_by_connect(port, folder):
    """Spark Connect, by which a program could do more than SQL can say."""
    print("Spark Connect")
    for token in ("", ";token=powidl"):
        require(locked_out(f"sc://localhost:{port}/{token}"), f"refused: {token or 'no token'}")
    spark = SparkSession.builder.remote(f"sc://localhost:{port}/;token={TOKEN}").create()
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
    setting = f"itinera.warehouse={warehouse}"
    jdbc_port = free_port()
    connect_port = free_port(jdbc_port)
    ldap_jdbc_port = connect_port
    while ldap_jdbc_port in (jdbc_port, connect_port):
        ldap_jdbc_port = free_port()
    directory = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Directory)
    threading.Thread(target=directory.serve_forever, daemon=True).start()
    by_password = [
        *("--set", setting, "--set", "itinera.serve.authentication=password"),
        *("--jdbc-port", str(jdbc_port), "--connect-port", str(connect_port)),
    ]
    by_ldap = [
        *("--set", setting, "--set", "itinera.serve.authentication=ldap"),
        *("--set", f"itinera.serve.ldap.url=ldap://127.0.0.1:{directory.server_address[1]}"),
        *("--set", 'itinera.serve.ldap.user-patterns=["uid=%s,ou=people,o=example"]'),
        *("--jdbc-port", str(ldap_jdbc_port), "--connect-port", "0"),
    ]
    secrets = {"ITINERA_SERVE_PASSWORD": PASSWORD, "ITINERA_SERVE_TOKEN": TOKEN}
    with (
        tempfile.TemporaryDirectory() as folder,
        Server("password", folder, by_password, secrets) as server,
        Server("ldap", folder, by_ldap, {}) as ldap_server,
    ):
        printed = subprocess.run(
            [ROOT / "scripts/itinera", "sql", QUERY, "--format", "csv", "--set", setting],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        expected = printed.splitlines()[1].split(",")
        server.wait_for("sc://")
        require(ask_by_beeline(f"jdbc:hive2://127.0.0.1:{jdbc_port}/itinera") == expected, f"answers {expected}")
        require(ask_by_python(jdbc_port, folder) == expected, f"answers {expected}")
        require(ask_by_connect(connect_port, folder) == expected, f"answers {expected}")
        print("LDAP")
        ldap_server.wait_for("jdbc:")
        require(let_in(ldap_jdbc_port, "ann", DIRECTORY_PASSWORD), "whom the directory knows is let in")
        require(not let_in(ldap_jdbc_port, "ann", PASSWORD), "another password is refused")
        require(not let_in(ldap_jdbc_port, "ben", DIRECTORY_PASSWORD), "another user is refused")
        logs = {log for each in (server, ldap_server) for log in (each.log, each.spark_log)}
        require(set(Path(folder).iterdir()) == logs, "nothing was written")
        printed = "".join(log.read_text() for log in logs)
        require(not any(secret in printed for secret in (PASSWORD, TOKEN, DIRECTORY_PASSWORD)), "no secret is logged")


if __name__ == "__main__":
    # Spark Connect's client would say goodbye at the end, again and again, to a server that is gone.
    tables.run(main)

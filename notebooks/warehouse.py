"""Opens a warehouse in PySpark: its tables and views under their names, nothing written."""

import os
import subprocess
from pathlib import Path

from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parent.parent
JAR = ROOT / "jobs/target/itinera.jar"


def open_warehouse(folder=None, cores=2):
    """
    A Spark session in which every table and view of the warehouse has its name.

    folder: the folder of the tables; else ITINERA_WAREHOUSE, else that of the demo.
    cores: how many of this machine to use.
    """
    folder = Path(folder or os.environ.get("ITINERA_WAREHOUSE") or ROOT / "itinera-demo/warehouse").resolve()
    if not (folder / "customers/_delta_log").exists():
        raise SystemExit(f"There is no warehouse at {folder}; scripts/itinera demo makes one.")
    spark = (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("itinera notebook")
        .config("spark.jars", str(JAR))
        .config("spark.driver.extraClassPath", str(JAR))
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.catalogImplementation", "in-memory")
        .config("spark.sql.shuffle.partitions", "4")
        # Spark reads a table's log in 50 tasks else, of which nearly all have nothing to do.
        .config("spark.databricks.delta.snapshotPartitions", "2")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for statement in _statements(folder):
        spark.sql(statement)
    for log in sorted(folder.glob("*/_delta_log")):
        table = log.parent
        spark.sql(f"CREATE TABLE IF NOT EXISTS itinera.`{table.name}` USING delta LOCATION '{table}'")
    spark.catalog.setCurrentDatabase("itinera")
    return spark


def _statements(folder):
    """What makes Spark know the tables and views, as the product itself prints it."""
    command = [ROOT / "scripts/itinera", "views", "--for", "spark", "--set", f"itinera.warehouse={folder}"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = (line for line in printed.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in "\n".join(lines).split(";\n") if statement.strip(" \n;")]

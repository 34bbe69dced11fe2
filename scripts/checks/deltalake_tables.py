"""Reads every table of a warehouse by deltalake and checks comments and keys."""

import argparse
import sys
from pathlib import Path

import tables


def uncommented(table):
    """Columns whose schema carries no comment."""
    fields = table.schema().fields
    return [field.name for field in fields if not field.metadata.get("comment")]


def repeated_keys(rows, key):
    """How many rows have a key that an earlier row has."""
    return rows.num_rows - rows.select(key).group_by(key).aggregate([]).num_rows


def problem(warehouse, name):
    """Prints what a table holds; returns what is wrong with it, or None."""
    try:
        table = tables.open_table(warehouse, name)
        rows = table.to_pyarrow_table()
    except Exception as error:  # whatever the reader has against it is the finding
        return f"cannot be read: {type(error).__name__}: {error}"
    print(f"{name:20} {rows.num_rows:>10,} rows  {rows.num_columns:>3} columns  version {table.version()}")
    if not table.metadata().description:
        return "the table has no comment"
    silent = uncommented(table)
    if silent:
        return f"columns without a comment: {', '.join(silent)}"
    key = tables.KEYS.get(name)
    repeated = repeated_keys(rows, key) if key else 0
    return f"{repeated} rows repeat a key ({', '.join(key)})" if repeated else None


def main():
    """Checks all tables before it fails, so that one run shows every problem."""
    parser = argparse.ArgumentParser(prog="check-deltalake", description=__doc__)
    parser.add_argument("warehouse", type=Path, help="folder of all tables")
    warehouse = parser.parse_args().warehouse
    if not warehouse.is_dir():
        parser.error(f"there is no folder {warehouse}")
    problems = {name: problem(warehouse, name) for name in tables.names(warehouse)}
    wrong = {name: text for name, text in problems.items() if text}
    for name, text in wrong.items():
        print(f"FAILED {name}: {text}", file=sys.stderr)
    if wrong:
        sys.exit(1)
    print(f"All {len(problems)} tables can be read by deltalake")


if __name__ == "__main__":
    tables.run(main)

"""Compares the tables of two warehouses by content."""

import json
from collections import Counter
from pathlib import Path

import tables

EXAMPLES = 3

# What differs from run to run, whatever the tables hold: when, where and by which run.
VOLATILE = {"run_id", "loaded_run_id", "loaded_at", "rejected_at", "model_path", "error", "digest"}
VOLATILE_IN = {
    "runs": {"started_at", "ended_at", "config_hash"},
    "run_stages": {
        "started_at",
        "ended_at",
        "seconds",
        "cpu_seconds",
        "rows_read",
        "bytes_read",
        "rows_written",
        "basis",
        "rules_hash",  # has the runs in it that its inputs were made anew in
    },
}


def rows(warehouse, name):
    """Rows of a table as texts, with how often each occurs; maps in the order of their keys."""
    table = tables.open_table(warehouse, name).to_pyarrow_table()
    kept = [c for c in table.column_names if c not in VOLATILE | VOLATILE_IN.get(name, set())]
    home = str(Path(warehouse).resolve().parent)
    maps = [c for c in kept if str(table.schema.field(c).type).startswith("map")]
    return Counter(text(row, maps, home) for row in table.select(kept).to_pylist())


def text(row, maps, home):
    """One row as JSON, without the folder that its warehouse stands in."""
    for column in maps:
        if row[column] is not None:
            row[column] = sorted(row[column])
    return json.dumps(row, default=str, ensure_ascii=False, sort_keys=True).replace(home, "")


def difference(left, right, name):
    """What tells a table of two warehouses apart, with examples; None when nothing does."""
    ours, theirs = rows(left, name), rows(right, name)
    if ours == theirs:
        return None
    lines = []
    for warehouse, only in ((left, ours - theirs), (right, theirs - ours)):
        lines.append(f"  only in {warehouse}: {only.total()} of its rows, such as")
        lines += [f"    {row}" for row in sorted(only)[:EXAMPLES]]
    return "\n".join(lines)


def first_difference(left, right):
    """Compares table by table; returns the first one that differs and how, or None."""
    for name in sorted(set(tables.names(left)) | set(tables.names(right))):
        found = difference(left, right, name)
        if found:
            return f"{name} differs:\n{found}"
        print(f"{name:20} same {rows(left, name).total():>8,} rows")
    return None

"""Runs the Python recipes of a page in the current folder, and compares what they call `answer`."""

import re
import sys
from importlib import resources
from pathlib import Path

import duckdb
import tables

RECIPE = re.compile(r"^```python\n# (?P<engine>\w+)\n(?P<code>.*?)^```$", re.M | re.S)


def install_delta():
    """Puts DuckDB's extension where its own INSTALL finds it, which then fetches nothing."""
    packaged = resources.files("duckdb_extension_delta") / "extensions" / f"v{duckdb.__version__}"
    with resources.as_file(packaged / "delta.duckdb_extension") as extension:
        duckdb.connect().execute(f"INSTALL '{extension}'")


def main():
    install_delta()
    answers = {}
    recipes = list(RECIPE.finditer(Path(sys.argv[1]).read_text()))
    for recipe in recipes:
        names = {}
        exec(compile(recipe["code"], recipe["engine"], "exec"), names)
        if "answer" in names:
            customers, revenue = names["answer"]
            answers[recipe["engine"]] = (int(customers), f"{revenue:.4f}")
    print(f"engines: {len(recipes)} recipes; customers and revenue: {answers}")
    if len(answers) < 3 or len(set(answers.values())) > 1:
        sys.exit("The engines do not agree")


if __name__ == "__main__":
    tables.run(main)

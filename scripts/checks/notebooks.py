"""Runs notebooks, which are kept as text, from the current folder; fails where a cell does."""

import os
import sys
import time
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NO_NOTEBOOK = {"warehouse.py"}


def run(path, kept):
    """Runs one; keeps it with its outputs in the folder `kept`, if that is given."""
    started = time.monotonic()
    notebook = jupytext.read(path)
    client = NotebookClient(notebook, timeout=600, kernel_name="python3")
    try:
        client.execute()
    except CellExecutionError as problem:
        sys.exit(f"{path}: {problem}")
    if kept:
        nbformat.write(notebook, Path(kept) / f"{path.stem}.ipynb")
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    print(f"{path.name}: {cells} cells in {time.monotonic() - started:.0f} s")


def main():
    named = [Path(f"{name}.py") for name in sys.argv[1:]]
    for path in named or sorted(path for path in Path().glob("*.py") if path.name not in NO_NOTEBOOK):
        run(path, os.environ.get("ITINERA_NOTEBOOKS_KEPT"))


if __name__ == "__main__":
    main()

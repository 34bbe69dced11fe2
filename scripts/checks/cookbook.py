"""Runs the queries of the cookbook in one `itinera sql`, and compares or writes their answers."""

import argparse
import difflib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/cookbook.md"
ENTRY = re.compile(r"^### (?P<question>[^\n]+)\n(?P<text>.*?)```sql\n(?P<query>.*?)```\n(?P<answer>\n```text\n.*?```\n)?", re.M | re.S)
MARK = "cookbook_entry_{}"


def run(queries, warehouse):
    """What `itinera sql` prints for each query up to the first that fails, and why that one does."""
    marked = [f"SELECT '' AS {MARK.format(number)};\n{query.strip()};\n" for number, query in enumerate(queries)]
    run = subprocess.run(
        [ROOT / "scripts/itinera", "sql", "-", "--width", "60", "--set", f"itinera.warehouse={warehouse}"],
        input="\n".join(marked),
        capture_output=True,
        text=True,
    )
    parts = re.split(r"^cookbook_entry_\d+\n-+\n\n1 row\n", run.stdout, flags=re.M)[1:]
    if run.returncode != 0:
        return parts[:-1], run.stderr
    return parts, None


def answers(queries, warehouse):
    """What `itinera sql` prints for each query; ends the program where one fails, after all were tried."""
    found, failures = [], []
    while len(found) < len(queries):
        more, failure = run(queries[len(found):], warehouse)
        found += [part.strip("\n") for part in more]
        if failure:
            failures.append(f"{queries[len(found)]}\n{failure}")
            found.append(None)
    if failures:
        sys.exit(f"{len(failures)} queries of {PAGE.name} fail:\n" + "\n".join(failures))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--write", action="store_true", help="puts today's answers into the page")
    arguments = parser.parse_args()
    page = PAGE.read_text()
    entries = list(ENTRY.finditer(page))
    fresh = iter(answers([entry["query"] for entry in entries], arguments.warehouse.resolve()))
    today = ENTRY.sub(lambda entry: entry[0].removesuffix(entry["answer"] or "") + f"\n```text\n{next(fresh)}\n```\n", page)
    if arguments.write:
        PAGE.write_text(today)
    elif today != page:
        sys.stdout.writelines(difflib.unified_diff(page.splitlines(True), today.splitlines(True), "docs/cookbook.md", "today"))
        sys.exit("Answers of the cookbook changed; where that is right: scripts/cookbook WAREHOUSE --write")
    print(f"cookbook: {len(entries)} queries")


if __name__ == "__main__":
    main()

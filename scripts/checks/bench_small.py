"""Measures what small nights of the demo's company cost, beside the smallest command there is."""

import datetime
import json
import shutil
import statistics
import sys
from collections import Counter
from pathlib import Path

from bench_ingest import ITINERA, Cost, measured

MEMORY = ["--memory", "3g"]
GOALS = {"small": "goal 4 ×, at the least 6 ×", "idle": "goal 1.5 ×, at the least 2 ×"}


def select_one():
    """The smallest command: start, configuration, session, a query, end."""
    return measured([ITINERA, *MEMORY, "sql", "SELECT 1"], quiet=True)


def nightly(settings, as_of, *more):
    """One night in a process of its own."""
    return measured([ITINERA, *MEMORY, *more, "nightly", *settings, "--as-of", as_of])


def counts(folder):
    """How many Spark jobs and query executions an event log tells of, and how many jobs were not sent to executors."""
    events = Counter()
    for file in folder.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            for line in file.read_text().splitlines():
                events[json.loads(line)["Event"].rsplit(".", 1)[-1]] += 1
    jobs = events["SparkListenerJobStart"], events["JobOnDriverEnd"]
    return sum(jobs), events["SparkListenerSQLExecutionStart"], jobs[1]


def counted(settings, as_of, events):
    """The same night with an event log, which costs something: it is not the one that is timed."""
    events.mkdir()
    log = ["--conf", "spark.eventLog.enabled=true", "--conf", f"spark.eventLog.dir={events}"]
    nightly(settings, as_of, *log, "--conf", "spark.eventLog.compress=false")
    counted = counts(events)
    shutil.rmtree(events)
    return counted


def line(what, cost, smallest, goal=""):
    """One row of figures beside the smallest command of the same run."""
    wall, cpu = cost.seconds / smallest.seconds, cost.cpu / smallest.cpu
    beside = f"{smallest.seconds:8.1f} {smallest.cpu:8.1f}" if goal else " " * 17
    ratio = f"   wall {wall:5.2f} ×   CPU {cpu:5.2f} ×   ({goal})" if goal else ""
    return f"{what:34}{cost.seconds:8.1f} {cost.cpu:8.1f}   {beside}{ratio}"


def middle(costs):
    """The medians."""
    return Cost(statistics.median(c.seconds for c in costs), statistics.median(c.cpu for c in costs))


def bench_small(company, arguments, home):
    """Runs the demo's third night, and that night again, each against SELECT 1 in the same minute."""
    company.generate_people(arguments.customers, arguments.days, arguments.seed)
    kept, last = company.hold_back(2)
    settings = company.settings("warehouse")
    first = nightly(settings, str(kept))
    company.deliver(until=last - datetime.timedelta(days=1))
    nightly(settings, str(last - datetime.timedelta(days=1)))
    company.deliver()
    before, warehouse = home / "before", home / "warehouse"
    shutil.copytree(warehouse, before)
    jobs = {"small": counted(settings, str(last), home / "events")}
    jobs["idle"] = counted(settings, str(last), home / "events")
    costs = {"small": [], "idle": [], "one": []}
    for _ in range(arguments.times):
        shutil.rmtree(warehouse)
        shutil.copytree(before, warehouse)
        costs["one"].append(select_one())
        costs["small"].append(nightly(settings, str(last)))
        costs["one"].append(select_one())
        costs["idle"].append(nightly(settings, str(last)))
    smallest = middle(costs["one"])
    print(f"\n{'cold processes':34}{'s':>8} {'CPU s':>8}   {'SELECT 1':>8} {'CPU s':>8}   medians of {arguments.times}")
    print(line("first night", first, smallest))
    print(line("small night", middle(costs["small"]), smallest, GOALS["small"]))
    print(line("a night with nothing to do", middle(costs["idle"]), smallest, GOALS["idle"]))
    print(f"small night: {jobs['small'][0]} Spark jobs, {jobs['small'][2]} of them on the driver's thread, {jobs['small'][1]} query executions (goal 100 and 60, at the least 200 and 120)")
    print(f"nothing to do: {jobs['idle'][0]} Spark jobs, {jobs['idle'][1]} query executions")
    sys.stdout.flush()


def add_to(commands, make_company):
    """Adds the command."""
    small = commands.add_parser("small", help=bench_small.__doc__, description=__doc__)
    small.add_argument("--customers", type=int, default=200)
    small.add_argument("--days", type=int, default=30)
    small.add_argument("--seed", type=int, default=1)
    small.add_argument("--times", type=int, default=3, help="how often each is measured")
    small.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    small.set_defaults(bench=lambda arguments, home: bench_small(make_company(home, "3g"), arguments, home))

"""Measures RFM, features and personas of N customers, and models of value beside lifetimes on the same histories."""

import subprocess
import sys
from pathlib import Path

import bench_ingest
import bench_sessions
import value_peer

LIFETIMES = "lifetimes==0.11.3"
GOAL = 10
OF_COMPANY = ["rfm", "features", "train", "personas"]
OF_VALUE = ["fit", "chain"]


class Steps(bench_sessions.Steps):
    """Our steps, in a process of their own."""

    MAIN = "ValueSteps"

    def command(self, table, steps):
        """The command that runs these steps over a folder; the class is in the room that it uses."""
        command = super().command(table, steps)
        return [f"io.itinera.core.value.{self.MAIN}" if word == self.MAIN else word for word in command]

    def run(self, folder, steps):
        """Seconds, CPU seconds and what was found of each step, in order, and the most memory in MB."""
        lines, megabytes = bench_sessions.watched(self.command(folder, steps), bench_ingest.ENVIRONMENT)
        return [line for line in lines if line and line[0] in steps], megabytes


def peer(home):
    """A Python of its own that has lifetimes, which needs other packages than the checks."""
    venv = home / "lifetimes"
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        packages = [LIFETIMES, "pandas==2.3.3", "pyarrow==26.0.1"]
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
    return python


def by_lifetimes(python, folder, steps):
    """The same of lifetimes."""
    script = Path(__file__).parent / "value_peer.py"
    lines, megabytes = bench_sessions.watched([python, "-W", "ignore", script, folder, *steps], bench_ingest.ENVIRONMENT)
    return [line for line in lines if line and line[0] in steps], megabytes


def company(steps, home, customers):
    """RFM, features and personas, each once in a process that has just begun."""
    folder = home / "company"
    steps.run(folder, [f"make-{customers}"])
    lines, megabytes = steps.run(folder, OF_COMPANY)
    print(f"\n{customers:,} customers, {bench_sessions.CORES} cores, Parquet in and out; most memory {megabytes:,.0f} MB")
    for name, seconds, cpu, *found in lines:
        print(f"  {name:10}{float(seconds):8.1f} s{float(cpu):8.1f} CPU s  {' '.join(found)}")
    sys.stdout.flush()


def models(steps, python, home, customers):
    """BG/NBD, and the whole chain, of both on the same histories; ours also again in the same JVM."""
    folder = home / f"value-{customers}"
    value_peer.make(folder, customers)
    theirs, their_megabytes = by_lifetimes(python, folder, OF_VALUE)
    ours, megabytes = steps.run(folder, OF_VALUE * 2)
    print(f"\n{customers:,} histories; most memory, MB: {their_megabytes:,.0f} lifetimes, {megabytes:,.0f} ours")
    print(f"  {'':8}{'lifetimes s':>12}{'CPU s':>8}{'ours, first s':>15}{'CPU s':>8}{'again s':>9}{'CPU s':>8}{'ratios, wall':>20}")
    for i, step in enumerate(OF_VALUE):
        peer_seconds, peer_cpu = map(float, theirs[i][1:3])
        first, again = ([float(figure) for figure in line[1:3]] for line in (ours[i], ours[i + len(OF_VALUE)]))
        ratios = f"{peer_seconds / first[0]:.1f}, {peer_seconds / again[0]:.1f}"
        print(f"  {step:8}{peer_seconds:12.1f}{peer_cpu:8.1f}{first[0]:15.1f}{first[1]:8.1f}{again[0]:9.1f}{again[1]:8.1f}{ratios:>20}")
    print(f"  lifetimes found {' '.join(theirs[0][3:])}")
    print(f"  we found        {' '.join(ours[0][3:])}   (goal of the chain: {GOAL} times)")
    sys.stdout.flush()


def bench_value(arguments, home):
    """RFM, features and personas of N customers; models of value of M histories beside lifetimes."""
    bench_ingest.say_speed()
    home.mkdir(parents=True, exist_ok=True)
    steps = Steps(home, arguments.memory)
    python = peer(home)
    for histories in arguments.histories:
        models(steps, python, home, histories)
    if arguments.customers:
        company(steps, home, arguments.customers)


def add_to(commands):
    """Adds the command."""
    value = commands.add_parser("value", help=bench_value.__doc__, description=__doc__)
    value.add_argument("--customers", type=int, default=100_000, help="of RFM, features and personas; 1000000 for the full measure, 0 for none")
    value.add_argument("--histories", type=int, nargs="*", default=[100_000], help="of models of value; 100000 2500000 for the full measure")
    value.add_argument("--memory", default="4g", help="heap of our process")
    value.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    value.set_defaults(bench=bench_value)

"""Measures what comparing profiles costs: blocks, learning, weighing and grouping, and how well it does."""

import csv
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ITINERA = ROOT / "scripts/itinera"
PARTS = "an be ca do el fi ga ho is jo ka le mi no ol pe ra sa ti ul va we zo bri cha dre fro gra kla sto".split()
FIELDS = ["first_name", "last_name", "birth_date", "email", "phone", "street", "city", "postal_code", "person"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("ITINERA_W")}
ENVIRONMENT.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


def word(dice, parts):
    return "".join(dice.choice(PARTS) for _ in range(parts))


def any_of(dice, words):
    """The first words are common, the last ones rare."""
    return words[int(len(words) * dice.random() ** 2)]


def slip(dice, text):
    """One letter lost, doubled or turned around with its neighbour."""
    if len(text) < 3:
        return text
    at = dice.randrange(1, len(text) - 1)
    return dice.choice([text[:at] + text[at + 1:], text[:at] + text[at] + text[at:],
                        text[:at] + text[at + 1] + text[at] + text[at + 2:]])


class Persons:
    """Persons in households, whose members share surname, address and often the telephone."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.first = [word(self.dice, 2).title() for _ in range(1500)]
        self.last = [word(self.dice, 3).title() for _ in range(30000)]
        self.streets = [word(self.dice, 3).title() + " Street" for _ in range(6000)]
        self.cities = [word(self.dice, 3).title() for _ in range(2000)]

    def household(self):
        dice = self.dice
        last, street = any_of(dice, self.last), f"{dice.randrange(1, 150)} {any_of(dice, self.streets)}"
        town = int(len(self.cities) * dice.random() ** 2)
        phone = f"+49{dice.randrange(10**8, 10**9)}"
        for _ in range(dice.randrange(1, 4)):
            first = any_of(dice, self.first)
            born = f"{dice.randrange(1935, 2008)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}"
            email = f"{first}.{last}{dice.randrange(100)}@{word(dice, 1)}mail.org".lower()
            own = phone if dice.random() < 0.5 else f"+491{dice.randrange(10**8, 10**9)}"
            yield [first, last, born, email, own, street, self.cities[town], f"{10000 + town * 7 + dice.randrange(7)}"]

    def copy(self, person):
        """The same person as another system knows it."""
        dice, copy = self.dice, list(person)
        for field in (0, 1, 3, 5, 6):
            if dice.random() < 0.1:
                copy[field] = slip(dice, copy[field])
        if dice.random() < 0.08:
            year, month, day = copy[2].split("-")
            copy[2] = f"{year}-{month}-{dice.randrange(1, 29):02d}"
        if dice.random() < 0.12:
            copy[5], copy[6], copy[7] = f"{dice.randrange(1, 150)} {any_of(dice, self.streets)}", any_of(dice, self.cities), str(dice.randrange(10000, 30000))
        for field, share in ((2, 0.1), (3, 0.2), (4, 0.25), (5, 0.1), (7, 0.1)):
            if dice.random() < share:
                copy[field] = ""
        return copy


def write(path, profiles):
    """A file of so many profiles, a fifth of them duplicates."""
    persons = Persons(profiles)
    rows, number = 0, 0
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(FIELDS)
        while rows < profiles:
            for person in persons.household():
                number += 1
                out.writerow([*person, number])
                rows += 1
                if persons.dice.random() < 0.25 and rows < profiles:
                    out.writerow([*persons.copy(person), number])
                    rows += 1


def run(file, memory):
    """Evaluates a file in a process of its own: its lines, seconds, CPU seconds and gigabytes."""
    started = time.monotonic()
    command = [str(ITINERA), "identity", "evaluate", "--truth", str(file)]
    process = subprocess.Popen(command, env={**ENVIRONMENT, "ITINERA_MEMORY": memory}, stdout=subprocess.PIPE, text=True)
    lines = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"evaluate ended with {process.returncode}\n{lines}")
    return lines, time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024**2


def bench_match(arguments, home):
    """Compares profiles with each other: learning, weighing, grouping, and how well it does."""
    for profiles in arguments.profiles:
        file = home / f"profiles_{profiles}.csv"
        if not file.exists():
            write(file, profiles)
        lines, seconds, cpu, memory = run(file, arguments.memory)
        print(f"{profiles:,} profiles: {seconds:.1f} s with the start of the process, {cpu:.1f} CPU s, {memory:.1f} GB at most")
        print(re.sub("(?m)^", "  ", lines.rstrip()), flush=True)


def add_to(commands):
    """Adds the command."""
    match = commands.add_parser("match", help=bench_match.__doc__, description=__doc__)
    match.add_argument("--profiles", type=int, nargs="+", default=[50_000, 1_000_000])
    match.add_argument("--memory", default="6g", help="heap of each process")
    match.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    match.set_defaults(bench=bench_match)

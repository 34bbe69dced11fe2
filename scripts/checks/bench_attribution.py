"""Measures attribution of raw journeys over twelve channels, from Delta to answers, beside ChannelAttribution."""

import os
import subprocess
import sys
from pathlib import Path

# Else it says of each column of texts in each file that it has no statistics.
os.environ.setdefault("RUST_LOG", "error")

import bench_ingest
import bench_sessions
import deltalake
import duckdb
import numpy

CHANNELS = ["affiliate", "direct", "display", "email", "newsletter", "organic_search", "paid_search", "paid_social", "push", "referral", "social", "video"]
PEER = "ChannelAttribution==2.2.5"
GOAL = 4.7
# Touches are drawn by these odds; who touched a channel converts with its chance, if anything else does not part them.
JOURNEYS = """
SELECT 'c' || (i // 2) AS customer_id, 'j' || i AS journey_id,
  CASE WHEN converts THEN 't' || i END AS conversion_touchpoint_id, CASE WHEN converts THEN 'purchase' END AS conversion_type,
  CASE WHEN converts THEN 100000 + hash(i, 'money') % 900000 ELSE 0 END::BIGINT AS revenue,
  list_transform(channels, lambda c, k: 't' || i || '-' || k) AS touch_ids, channels AS touch_channels,
  list_transform(channels, lambda c: '(none)') AS touch_campaigns,
  list_transform(channels, lambda c, k: 1700000000000000 + k * 3600000000) AS touch_micros,
  list_transform(channels, lambda c: c = 'direct') AS touch_is_direct
FROM (
  SELECT i, channels, hash(i, 'converts') % 1000 < 30 + 15 * len(list_distinct(channels)) AS converts
  FROM (
    SELECT i, list_transform(range(1, 2 + length), lambda k: names[1 + (sqrt(hash(i, k) % 144))::BIGINT % 12]) AS channels
    FROM (SELECT range AS i, {names} AS names, least(19, floor(-3.0 * ln((1 + hash(range, 'length') % 999983) / 999984.0)))::BIGINT AS length FROM range({count}))))
"""


class Steps(bench_sessions.Steps):
    """Our models, in a process of their own."""

    MAIN = "AttributionSteps"

    def run(self, table, times):
        """The first time, and the median of those behind it, seconds and CPU seconds; most MB."""
        command = self.command(table, ["all"] * (times + 1))
        lines, megabytes = bench_sessions.watched(command, bench_ingest.ENVIRONMENT)
        measured = [line for line in lines if line and line[0] == "all"]
        return bench_sessions.medians(measured[:1])["all"], bench_sessions.medians(measured[1:])["all"], megabytes


def make(table, count):
    """A Delta table of journeys, in one file for each core."""
    table.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {bench_sessions.CORES}")
        query = JOURNEYS.format(names=CHANNELS, count=count)
        connection.execute(f"CREATE TABLE journeys AS {query}")
        for core in range(bench_sessions.CORES):
            part = f"SELECT * FROM journeys WHERE substr(journey_id, 2)::BIGINT % {bench_sessions.CORES} = {core}"
            connection.execute(f"COPY ({part}) TO '{table}/part-{core}.parquet'")
    deltalake.convert_to_deltalake(str(table))


def paths(table):
    """By path as text, how many journeys converted and how many did not."""
    with duckdb.connect() as connection:
        query = f"""SELECT array_to_string(touch_channels, ' > '), count(conversion_type), count(*) - count(conversion_type)
          FROM '{table}/*.parquet' GROUP BY 1"""
        return connection.execute(query).fetchall()


def exact(counted):
    """Conversions by channel by removal from the chain of first order, solved as a system of equations by numpy."""
    place = {channel: i for i, channel in enumerate(CHANNELS)}
    size = len(CHANNELS)
    steps, wins, begins = numpy.zeros((size, size)), numpy.zeros(size), numpy.zeros(size)
    left = numpy.zeros(size)
    for path, converted, lost in counted:
        touches = [place[channel] for channel in path.split(" > ")]
        begins[touches[0]] += converted + lost
        numpy.add.at(left, touches, converted + lost)
        for one, other in zip(touches, touches[1:]):
            steps[one, other] += converted + lost
        wins[touches[-1]] += converted
    steps, wins, begins = steps / left[:, None], wins / left, begins / begins.sum()

    def chance(removed):
        """Of a conversion, if whoever comes to a channel is lost."""
        kept = numpy.array([1.0] * size)
        if removed is not None:
            kept[removed] = 0
        return begins * kept @ numpy.linalg.solve(numpy.eye(size) - steps * kept, wins * kept)

    whole = chance(None)
    effects = numpy.array([1 - chance(i) / whole for i in range(size)])
    conversions = sum(converted for _, converted, _ in counted)
    return dict(zip(CHANNELS, effects / effects.sum() * conversions))


def ours(made):
    """Conversions by model and channel."""
    with duckdb.connect() as connection:
        query = f"SELECT model, marketing_channel, sum(conversions) FROM '{made}/*.parquet' GROUP BY ALL"
        found = {}
        for model, channel, conversions in connection.execute(query).fetchall():
            found.setdefault(model, {})[channel] = float(conversions)
        return found


def peer(home, counted):
    """Seconds of ChannelAttribution for heuristics and the chain of first order; None if it cannot be installed."""
    venv, said = home / "peer", home / "paths.csv"
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, "numpy", "pandas", "matplotlib", "cython", "setuptools>=77", "wheel"], check=True)
        if subprocess.run([*install, "--no-build-isolation", PEER], check=False).returncode != 0:
            return None
    said.write_text("path,conversions,null\n" + "".join(f"{path},{won},{lost}\n" for path, won, lost in counted))
    code = """
import sys, time, pandas, ChannelAttribution as peer
table = pandas.read_csv(sys.argv[1])
table["value"] = table["conversions"]
started = time.monotonic()
peer.heuristic_models(table, "path", "conversions", var_value="value")
chain = peer.markov_model(table, "path", "conversions", var_value="value", var_null="null", order=1)
print("seconds", time.monotonic() - started)
chain = chain[0] if isinstance(chain, tuple) else chain
for row in chain.itertuples():
    print("credit", row[1].replace(" ", "_"), row[2])
"""
    process = subprocess.run([python, "-c", code, said], stdout=subprocess.PIPE, text=True, check=False)
    lines = [line.split() for line in process.stdout.splitlines()]
    seconds = [float(words[1]) for words in lines if words[:1] == ["seconds"]]
    return (seconds[0], {words[1]: float(words[2]) for words in lines if words[:1] == ["credit"]}) if seconds else None


def misplaced(credits, truth):
    """Share of the conversions that are another channel's."""
    return sum(abs(credits.get(channel, 0) - due) for channel, due in truth.items()) / 2 / sum(truth.values())


def bench_attribution(arguments, home):
    """Heuristics, chains of first and second order and Shapley of N raw journeys."""
    bench_ingest.say_speed()
    steps = Steps(home, arguments.memory)
    table = home / "journeys"
    if not table.exists():
        make(table, arguments.journeys)
    counted = paths(table)
    first, warm, megabytes = steps.run(table, arguments.times)
    truth = exact(counted)
    found = ours(f"{table}-made")
    print(f"\n{arguments.journeys:,} journeys over {len(CHANNELS)} channels, {len(counted):,} paths, {bench_sessions.CORES} cores")
    print(f"  all models, from Delta: first {first[0]:.1f} s ({first[1]:.1f} CPU s), then {warm[0]:.1f} s ({warm[1]:.1f} CPU s)   (goal {GOAL} s)")
    print(f"  most memory {megabytes:,.0f} MB")
    farthest = max(abs(found["markov"].get(channel, 0) - due) for channel, due in truth.items())
    print(f"  markov against an exact chain by numpy: {farthest:.6f} conversions at most   (to add up they are rounded to 0.0001)")
    total = sum(truth.values())
    for model, credits in sorted(found.items()):
        if model != "participation":
            print(f"  {model:16} {sum(credits.values()):,.4f} of {total:,.0f} conversions")
    other = peer(home, counted)
    if other is None:
        print(f"  {PEER} could not be run here")
    else:
        print(f"  {PEER}: heuristics and first order {other[0]:.1f} s of {len(counted):,} paths that are counted already")
        print(f"  conversions on the wrong channel: its {misplaced(other[1], truth):.2%}, ours {misplaced(found['markov'], truth):.2%}")
    sys.stdout.flush()


def add_to(commands):
    """Adds the command."""
    attribution = commands.add_parser("attribution", help=bench_attribution.__doc__, description=__doc__)
    attribution.add_argument("--journeys", type=int, default=1_000_000)
    attribution.add_argument("--times", type=int, default=3, help="how often it is measured")
    attribution.add_argument("--memory", default="4g", help="heap of our process")
    attribution.add_argument("--dir", type=Path, help="folder to work in, kept; else a temporary one")
    attribution.set_defaults(bench=bench_attribution)

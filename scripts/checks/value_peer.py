"""Simulated customers, and lifetimes' models of them: python value_peer.py FOLDER STEP …"""

import sys
import time
from pathlib import Path

import numpy
import pandas


def make(folder, customers, seed=1):
    """Histories of customers who buy as BG/NBD and Gamma–Gamma say, in whole days."""
    random = numpy.random.default_rng(seed)
    age = random.integers(30, 700, customers)
    rate = random.gamma(0.25, 1 / 30, customers)
    stopping = random.beta(0.8, 2.5, customers)
    purchases, last = numpy.zeros(customers, "int32"), numpy.zeros(customers, "int32")
    at, active = numpy.zeros(customers), numpy.arange(customers)
    while len(active):
        at[active] += 1 + random.exponential(1 / rate[active])
        active = active[at[active] < age[active]]
        purchases[active] += 1
        last[active] = at[active].astype("int32")
        active = active[random.random(len(active)) >= stopping[active]]
    spending = random.gamma(4, 1 / 15, customers)
    mean = numpy.where(purchases > 0, random.gamma(6 * numpy.maximum(purchases, 1)) / (spending * numpy.maximum(purchases, 1)), 0)
    columns = {
        "customer_id": numpy.char.add("customer-", numpy.arange(customers).astype(str)),
        "purchases": purchases,
        "last_days": last,
        "age_days": age.astype("int32"),
        "mean_value": mean.round(2),
    }
    (Path(folder) / "histories").mkdir(parents=True, exist_ok=True)
    pandas.DataFrame(columns).to_parquet(Path(folder) / "histories/part-0.parquet", index=False)


def fit(data):
    """BG/NBD by lifetimes."""
    from lifetimes import BetaGeoFitter

    return BetaGeoFitter().fit(data.purchases, data.last_days, data.age_days)


def chain(data):
    """BG/NBD, Gamma–Gamma and what twelve discounted months are worth to each customer."""
    from lifetimes import GammaGammaFitter

    model = fit(data)
    again = data[(data.purchases > 0) & (data.mean_value > 0)]
    spend = GammaGammaFitter().fit(again.purchases, again.mean_value)
    monthly = 1.1 ** (30 / 365.25) - 1
    worth = spend.customer_lifetime_value(
        model, data.purchases, data.last_days, data.age_days, data.mean_value, time=12, discount_rate=monthly, freq="D"
    )
    assert len(worth) == len(data)
    return model


def main(folder, *steps):
    """Prints of each step the seconds, CPU seconds and parameters; reading is part of each."""
    import lifetimes  # noqa: F401 – what it takes to import is not measured

    for step in steps:
        started, cpu = time.monotonic(), time.process_time()
        data = pandas.read_parquet(Path(folder) / "histories", columns=["purchases", "last_days", "age_days", "mean_value"])
        model = {"fit": fit, "chain": chain}[step](data)
        found = ",".join(f"{name}={value:.4f}" for name, value in model.params_.items())
        print(step, f"{time.monotonic() - started:.2f} {time.process_time() - cpu:.2f}", found)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The process and a funnel as an analyst would write them for DuckDB, over the files of a table."""

import os
import time

import duckdb

ORDER = "PARTITION BY customer_id ORDER BY occurred_at, sequence, touchpoint_id"
EVENTS = "read_parquet('{table}/*/*.parquet', hive_partitioning = true)"
NAME = "channel || ':' || type"

QUERIES = {
    "graph": f"""
SELECT from_step AS "from", to_step AS "to", count(*) AS times, count(DISTINCT customer_id) AS cases,
  sum(seconds) / count(*) AS mean_seconds, min(seconds) AS least_seconds, max(seconds) AS most_seconds
FROM (
  SELECT customer_id, {NAME} AS to_step, lag({NAME}) OVER way AS from_step,
    (epoch_us(occurred_at) - epoch_us(lag(occurred_at) OVER way)) // 1000000 AS seconds
  FROM {EVENTS} WINDOW way AS ({ORDER}))
WHERE from_step IS NOT NULL GROUP BY ALL""",
    "variants": f"""
SELECT path, count(*) AS cases FROM (
  SELECT customer_id, string_agg({NAME}, ' > ' ORDER BY occurred_at, sequence, touchpoint_id) AS path
  FROM {EVENTS} GROUP BY customer_id)
GROUP BY path""",
    "rework": f"""
SELECT event, sum(times - 1) AS repeats, count(*) AS cases FROM (
  SELECT customer_id, {NAME} AS event, count(*) AS times FROM {EVENTS} GROUP BY ALL HAVING count(*) > 1)
GROUP BY event""",
    "funnel": f"""
WITH placed AS (
  SELECT customer_id, type, occurred_at, row_number() OVER way AS place
  FROM {EVENTS} WHERE type IN ('page_view', 'add_to_cart', 'purchase') WINDOW way AS ({ORDER})),
nexts AS (
  SELECT *,
    min(place) FILTER (type = 'add_to_cart') OVER behind AS cart,
    min(place) FILTER (type = 'purchase') OVER behind AS bought
  FROM placed
  WINDOW behind AS (PARTITION BY customer_id ORDER BY place ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)),
attempts AS (
  SELECT f.customer_id, f.occurred_at, c.occurred_at AS carted_at, b.occurred_at AS bought_at
  FROM nexts f
  LEFT JOIN nexts c ON c.customer_id = f.customer_id AND c.place = f.cart
    AND c.occurred_at <= f.occurred_at + INTERVAL 14 DAYS
  LEFT JOIN placed b ON b.customer_id = c.customer_id AND b.place = c.bought
    AND b.occurred_at <= f.occurred_at + INTERVAL 14 DAYS
  WHERE f.type = 'page_view')
SELECT count(DISTINCT customer_id) AS entered, count(DISTINCT customer_id) FILTER (carted_at IS NOT NULL) AS carted,
  count(DISTINCT customer_id) FILTER (bought_at IS NOT NULL) AS bought
FROM attempts""",
}

def cpu():
    """CPU seconds of this process so far."""
    now = os.times()
    return now.user + now.system


def main(table, times, cores):
    """Runs each query some times; prints its seconds and CPU seconds, and keeps the last answer."""
    made = f"{table}-duckdb"
    os.makedirs(made, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"SET TimeZone = 'UTC'; SET threads = {cores}; SET enable_progress_bar = false")
        for _ in range(times):
            for name, query in QUERIES.items():
                started, before = time.monotonic(), cpu()
                connection.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {query.replace('{table}', table)}")
                print(name, time.monotonic() - started, cpu() - before, flush=True)
                connection.execute(f"COPY answer TO '{made}/{name}.parquet' (FORMAT parquet)")

"""Sessions, journeys and paths as an analyst would write them for DuckDB, over the files of a table."""

import os
import time

import deltalake
import duckdb

# Six touchpoints to a visit on average; a customer's visits fall with its rank.
TOUCHPOINTS = """
CREATE MACRO dice(record, salt) AS hash(record * 64 + salt)::DOUBLE / 18446744073709551616.0;
CREATE TEMP TABLE visits AS
  SELECT range AS visit, {customer} AS customer, {conversation} AS conversation,
    TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds((dice(range, 2) * 89 * 86400)::BIGINT) AS started_at,
    CASE WHEN {conversation} OR dice(range, 3) < 0.04 THEN 'chat' WHEN dice(range, 3) < 0.7 THEN 'web'
         WHEN dice(range, 3) < 0.9 THEN 'app' ELSE 'email' END AS channel,
    ['direct', 'paid_search', 'organic_search', 'email', 'referral'][1 + (dice(range, 4) * 5)::INT % 5] AS marketing_channel,
    CASE WHEN dice(range, 5) < 0.2 THEN format('campaign {{}}', (dice(range, 6) * 9)::INT) END AS campaign,
    ['desktop', 'mobile', 'tablet'][1 + (dice(range, 7) * 3)::INT % 3] AS device,
    ['DE', 'AT', 'CH', 'FR'][1 + (dice(range, 8) * 4)::INT % 4] AS country
  FROM range({touchpoints} // 6 + 1);
CREATE TEMP TABLE touched AS
  SELECT range AS record, v.*, dice(range, 11) AS luck,
    v.started_at + to_milliseconds((dice(range, 12) * 6 * 480000)::BIGINT) AS occurred_at
  FROM range({touchpoints}) JOIN visits v ON v.visit = range // 6;
COPY (
  SELECT md5(format('touch {{}}', record)) AS touchpoint_id, occurred_at::DATE AS event_date,
    md5(format('customer {{}}', customer)) AS customer_id, 'bench' AS source, channel,
    CASE WHEN channel IN ('chat', 'email') THEN 'message' WHEN luck < 0.02 THEN 'purchase' WHEN luck < 0.023 THEN 'refund'
         WHEN luck < 0.08 THEN 'add_to_cart' ELSE 'page_view' END AS type,
    CASE WHEN luck < 0.02 THEN 'conversion' WHEN luck < 0.08 THEN 'consideration' ELSE 'awareness' END AS stage,
    occurred_at, record AS sequence,
    CASE WHEN channel = 'chat' THEN CASE WHEN conversation THEN 'c' ELSE format('c{{}}', visit) END END AS source_session,
    CASE WHEN type = 'purchase' THEN format('o{{}}', record) END AS order_id,
    NULL::VARCHAR AS repeats_touchpoint_id, marketing_channel, campaign,
    CASE WHEN channel IN ('web', 'app') THEN format('/p/{{}}', (dice(record, 13) * 500)::INT) END AS location,
    device, country,
    CASE type WHEN 'purchase' THEN (5 + luck * 5000)::DECIMAL(18, 4) WHEN 'refund' THEN (-1 - luck * 500)::DECIMAL(18, 4) END AS value,
    NULL::BIGINT AS duration_seconds, NULL::VARCHAR[] AS product_ids, NULL::VARCHAR AS category,
    NULL::DOUBLE AS rating, NULL::VARCHAR AS rating_scale
  FROM touched ORDER BY event_date, occurred_at)
  TO '{folder}' (FORMAT parquet, PARTITION_BY event_date, OVERWRITE_OR_IGNORE);
"""

SHAPES = {
    "even": ("(({touchpoints} / 27) * pow(dice(range, 1), 1.3))::BIGINT", "false"),
    # One visit in a hundred is the first customer's.
    "busy": ("CASE WHEN range % 100 = 0 THEN -1 ELSE (({touchpoints} / 27) * pow(dice(range, 1), 1.3))::BIGINT END", "false"),
    "one": ("1", "range % 10 = 0"),
}

ASSIGNED = """
  SELECT *, CASE WHEN channel = 'chat' THEN source || source_session ELSE '' END AS definition,
    coalesce(channel <> 'chat' AND occurred_at - lag(occurred_at) OVER way > INTERVAL 30 MINUTES,
      lag(occurred_at) OVER way IS NULL) OR lag(occurred_at) OVER way IS NULL AS opens
  FROM read_parquet('{table}/*/*.parquet', hive_partitioning = true)
  WINDOW way AS (PARTITION BY customer_id, channel, CASE WHEN channel = 'chat' THEN source || source_session ELSE '' END
    ORDER BY occurred_at, sequence, touchpoint_id)
"""

NUMBERED = """
  SELECT *, sum(opens::INT) OVER (PARTITION BY customer_id, channel, definition ORDER BY occurred_at, sequence, touchpoint_id) AS number
  FROM (""" + ASSIGNED + ")"

FIRST = "arg_min({0}, (occurred_at, sequence, touchpoint_id)) FILTER ({0} IS NOT NULL)"
LAST = "arg_max({0}, (occurred_at, sequence, touchpoint_id)) FILTER ({0} IS NOT NULL)"

QUERIES = {
    "sessions": f"""
SELECT customer_id, channel, min(occurred_at) AS started_at, max(occurred_at) AS ended_at, count(*) AS touchpoints_count,
  count(*) FILTER (type = 'page_view') AS page_views, {FIRST.format('location')} AS entry_location,
  {LAST.format('location')} AS exit_location, {FIRST.format('marketing_channel')} AS entry_marketing_channel,
  {FIRST.format('campaign')} AS campaign, {FIRST.format('device')} AS device, {FIRST.format('country')} AS country,
  bool_or(type = 'purchase') AS converted, count(DISTINCT order_id) AS orders_count,
  coalesce(sum(value), 0)::DECIMAL(18, 4) AS revenue, count(*) = 1 AS bounced,
  row_number() OVER (PARTITION BY customer_id ORDER BY min((occurred_at, sequence, touchpoint_id))) AS session_number
FROM ({NUMBERED}) GROUP BY customer_id, channel, definition, number""",
    "rfm": """
WITH sums AS (
  SELECT customer_id, DATE '2026-03-31' - max(event_date) FILTER (type = 'purchase') AS recency_days,
    count(DISTINCT order_id) AS frequency, sum(value)::DECIMAL(18, 4) AS monetary
  FROM read_parquet('{table}/*/*.parquet', hive_partitioning = true)
  WHERE event_date <= DATE '2026-03-31' AND event_date > DATE '2026-03-31' - 365
  GROUP BY customer_id HAVING count(DISTINCT order_id) > 0)
SELECT *, 1 + 5 * (rank() OVER (ORDER BY recency_days DESC) - 1) // count(*) OVER () AS r_score,
  1 + 5 * (rank() OVER (ORDER BY frequency) - 1) // count(*) OVER () AS f_score,
  1 + 5 * (rank() OVER (ORDER BY monetary) - 1) // count(*) OVER () AS m_score
FROM sums""",
    "journeys": f"""
WITH cut AS (
  SELECT *, sum((gap IS NULL OR gap > INTERVAL 30 DAYS OR after_conversion)::INT) OVER way AS journey
  FROM (
    SELECT *, occurred_at - lag(occurred_at) OVER way AS gap, coalesce(lag(type) OVER way = 'purchase', false) AS after_conversion
    FROM ({NUMBERED}) WINDOW way AS (PARTITION BY customer_id ORDER BY occurred_at, sequence, touchpoint_id))
  WINDOW way AS (PARTITION BY customer_id ORDER BY occurred_at, sequence, touchpoint_id)),
firsts AS (
  SELECT *, row_number() OVER (PARTITION BY customer_id, journey, channel, definition, number
    ORDER BY occurred_at, sequence, touchpoint_id) = 1 AS is_first FROM cut),
steps AS (
  SELECT *, CASE WHEN is_first AND channel IS DISTINCT FROM lag(channel) OVER (PARTITION BY customer_id, journey, is_first
    ORDER BY occurred_at, sequence, touchpoint_id) THEN channel END AS step FROM firsts),
summed AS (
  SELECT customer_id, journey, min(occurred_at) AS started_at, max(occurred_at) AS ended_at,
    bool_or(type = 'purchase') AS converted, coalesce(sum(value) FILTER (value > 0), 0)::DECIMAL(18, 4) AS revenue,
    coalesce(-sum(value) FILTER (value < 0), 0)::DECIMAL(18, 4) AS came_back, count(*) AS touchpoints_count,
    count(*) FILTER (is_first) AS sessions_count,
    list(step ORDER BY occurred_at, sequence, touchpoint_id) FILTER (step IS NOT NULL) AS path,
    list(occurred_at ORDER BY occurred_at, sequence, touchpoint_id) FILTER (step IS NOT NULL) AS path_at
  FROM steps GROUP BY customer_id, journey),
booked AS (
  SELECT *, coalesce(max(journey) FILTER (converted) OVER (PARTITION BY customer_id ORDER BY journey
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), journey) AS target FROM summed)
SELECT s.* EXCLUDE (came_back, target), array_to_string(path, ' > ') AS path_text,
  CASE WHEN converted THEN 'converted' WHEN ended_at < TIMESTAMPTZ '2026-04-01 00:00:00+00' - INTERVAL 30 DAYS THEN 'abandoned'
       ELSE 'open' END AS outcome, coalesce(b.refunded, 0)::DECIMAL(18, 4) AS refunded
FROM booked s LEFT JOIN (SELECT customer_id, target, sum(came_back) AS refunded FROM booked GROUP BY ALL) b
  ON b.customer_id = s.customer_id AND b.target = s.journey""",
    "transitions": """
WITH ends AS (
  SELECT customer_id, list_concat(['(start)'], path, CASE outcome WHEN 'converted' THEN ['(conversion)']
      WHEN 'abandoned' THEN ['(exit)'] ELSE [] END) AS path,
    list_concat([NULL::TIMESTAMPTZ], path_at, [NULL::TIMESTAMPTZ]) AS path_at
  FROM '{made}/journeys.parquet'),
steps AS (
  SELECT customer_id, unnest(path[:-2]) AS from_step, unnest(path[2:]) AS to_step,
    unnest([epoch(path_at[i + 1]) - epoch(path_at[i]) FOR i IN range(1, len(path))]) AS seconds
  FROM ends)
SELECT from_step, to_step, count(*) AS transitions_count, count(DISTINCT customer_id) AS customers_count,
  quantile_cont(seconds, [0.5, 0.9]) AS percentiles
FROM steps GROUP BY from_step, to_step""",
    "variants": """
SELECT path_text, count(*) AS journeys_count, count(*) FILTER (converted) AS conversions_count,
  sum(revenue)::DECIMAL(18, 4) AS revenue, median(epoch(ended_at) - epoch(started_at)) FILTER (converted) / 86400 AS median_days
FROM '{made}/journeys.parquet' GROUP BY path_text""",
    "totals": """
WITH touched AS (
  SELECT * FROM read_parquet('{table}/*/*.parquet', hive_partitioning = true) WHERE event_date <= DATE '2026-03-31'),
favourites AS (
  SELECT customer_id,
    arg_min(key, (-n, key)) FILTER (kind = 'channel') AS favourite_channel,
    arg_min(key, (-n, key)) FILTER (kind = 'device') AS favourite_device,
    arg_min(key, (-n, key)) FILTER (kind = 'weekday')::INT AS favourite_weekday,
    arg_min(key, (-n, key)) FILTER (kind = 'month')::INT AS favourite_month
  FROM (
    SELECT customer_id, 'channel' AS kind, channel AS key, count(*) AS n FROM touched GROUP BY ALL UNION ALL
    SELECT customer_id, 'device', device, count(*) FROM touched GROUP BY ALL UNION ALL
    SELECT customer_id, 'weekday', isodow(event_date)::VARCHAR, count(*) FROM touched GROUP BY ALL UNION ALL
    SELECT customer_id, 'month', lpad(month(event_date)::VARCHAR, 2, '0'), count(*) FROM touched GROUP BY ALL)
  GROUP BY customer_id)
SELECT * FROM (
  SELECT customer_id, min(occurred_at) AS first_seen_at, max(occurred_at) AS last_seen_at, count(*) AS touchpoints_count,
    count(DISTINCT order_id) AS orders_count, coalesce(sum(value) FILTER (value > 0), 0)::DECIMAL(18, 4) AS order_value,
    coalesce(sum(value) FILTER (value < 0), 0)::DECIMAL(18, 4) AS refund_value,
    max(event_date) FILTER (type = 'purchase') AS last_order_on,
    max(event_date) FILTER (stage = 'awareness') AS aware_on, max(event_date) FILTER (stage = 'consideration') AS considered_on,
    max(event_date) FILTER (stage = 'conversion') AS converted_on
  FROM touched GROUP BY customer_id) JOIN favourites USING (customer_id)""",
}

# What both say, in columns of one name.
COMPARED = {
    "sessions": "customer_id, channel, started_at, ended_at, touchpoints_count, page_views, entry_location, exit_location,"
    " entry_marketing_channel, campaign, device, country, converted, orders_count, revenue, bounced, session_number",
    "rfm": "customer_id, recency_days, frequency, monetary, r_score, f_score, m_score",
    "journeys": "customer_id, started_at, ended_at, outcome, revenue, refunded, touchpoints_count, sessions_count, path_text",
    "transitions": "from_step, to_step, transitions_count, customers_count",
    "variants": "path_text, journeys_count, conversions_count, revenue",
    "totals": "customer_id, first_seen_at, last_seen_at, touchpoints_count, orders_count, order_value, refund_value,"
    " last_order_on, favourite_channel, favourite_device, favourite_weekday, favourite_month",
}


def touchpoints(folder, count, shape):
    """Statements that write touchpoints of a shape into a folder."""
    customer, conversation = SHAPES[shape]
    customer = customer.format(touchpoints=count)
    text = TOUCHPOINTS.format(folder=folder, touchpoints=count, customer=customer, conversation=conversation)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return [statement for statement in text.split(";\n") if statement.strip()]


def cpu():
    """CPU seconds of this process so far."""
    now = os.times()
    return now.user + now.system


def main(table, times, cores):
    """Runs each query some times into a file; prints its seconds and CPU seconds."""
    made = f"{table}-duckdb"
    os.makedirs(made, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"SET TimeZone = 'UTC'; SET threads = {cores}; SET enable_progress_bar = false")
        for _ in range(times):
            for name, query in QUERIES.items():
                started, before = time.monotonic(), cpu()
                text = query.replace("{table}", table).replace("{made}", made)
                connection.execute(f"COPY ({text}) TO '{made}/{name}.parquet' (FORMAT parquet)")
                print(name, time.monotonic() - started, cpu() - before, flush=True)


def differences(table):
    """Of each result how many rows only one of the two has."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name, columns in COMPARED.items():
            files = latest_files(f"{table}-made/{name}")
            ours = f"SELECT {columns} FROM read_parquet({files})"
            theirs = f"SELECT {columns} FROM '{table}-duckdb/{name}.parquet'"
            yield name, connection.execute(
                f"SELECT (SELECT count(*) FROM ({ours} EXCEPT ALL {theirs})) + (SELECT count(*) FROM ({theirs} EXCEPT ALL {ours}))"
            ).fetchone()[0]


def latest_files(table):
    """The files of the latest version of a Delta table."""
    return deltalake.DeltaTable(table).file_uris()

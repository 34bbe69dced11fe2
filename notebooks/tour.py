# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A tour of the tables
#
# From who is who to what they do, in the order in which a night computes it. Every table is a
# Delta table; this notebook reads and never writes. `scripts/itinera tables NAME` explains a
# table's columns, and the [cookbook](../docs/cookbook.md) has more queries than this tour.

# %%
import matplotlib.pyplot as plt
import pandas as pd
from warehouse import open_warehouse

spark = open_warehouse()

# %% [markdown]
# ## Touchpoints: what happened
#
# `touchpoints` holds each contact once, as its record says. Whose it is and in which session it
# lies are facts of their own, which a merge of two customers changes without touching it;
# `owned_touchpoints` joins the three.

# %%
by_channel = spark.sql("""
    SELECT event_date, channel, count(*) AS touchpoints
    FROM owned_touchpoints
    GROUP BY ALL
    ORDER BY event_date, channel
""").toPandas()
by_channel["event_date"] = pd.to_datetime(by_channel["event_date"])

daily = by_channel.pivot(index="event_date", columns="channel", values="touchpoints").fillna(0)
axes = daily.plot.area(figsize=(9, 3), linewidth=0, x_compat=True)
axes.set(xlabel="", ylabel="touchpoints a day", title="What came in")
plt.show()

# %% [markdown]
# ## Who is who
#
# `customers` has one row for each person that the identifiers of all sources lead to, known by name
# or by a cookie alone. `identity_edges` says why two identifiers belong together, and
# `scripts/itinera identity explain A B` says it for two of them.

# %%
spark.sql("""
    SELECT size(sources) AS sources, is_known, count(*) AS customers, sum(revenue) AS revenue
    FROM customers
    GROUP BY ALL
    ORDER BY sources, is_known
""").toPandas()

# %% [markdown]
# ## Sessions and journeys
#
# A session is one visit on one channel; a journey goes across channels until it converts or falls
# silent. The money of all journeys, less what came back of it, is that of all customers, to the
# cent:

# %%
journeys, customers = spark.sql("""
    SELECT (SELECT sum(revenue) - sum(refunded) FROM journeys),
      (SELECT sum(revenue) FROM customers)
""").first()
assert journeys == customers, (journeys, customers)
journeys

# %%
ways = spark.sql("""
    SELECT path_text, journeys_count, conversions_count
    FROM path_variants_latest
    ORDER BY journeys_count DESC, path_text
    LIMIT 10
""").toPandas().set_index("path_text")

axes = ways.iloc[::-1].astype(int).plot.barh(figsize=(9, 4))
axes.set(xlabel="journeys", ylabel="", title="The commonest ways, and how many convert")
plt.show()

# %% [markdown]
# ## Segments and personas
#
# `rfm_scores` and `personas` keep every night's rows; `…_latest` are those of the last night.

# %%
segments = spark.sql("""
    SELECT segment, count(*) AS customers, sum(monetary) AS revenue
    FROM rfm_scores_latest
    GROUP BY segment
    ORDER BY revenue DESC, segment
""").toPandas().set_index("segment")

axes = segments["revenue"].astype(float).iloc[::-1].plot.barh(figsize=(9, 3))
axes.set(xlabel="revenue", ylabel="", title="What each RFM segment brings")
plt.show()

# %%
spark.sql("""
    SELECT name, customers_count, round(share, 3) AS share, description
    FROM personas_latest
    ORDER BY customers_count DESC, name
""").toPandas()

# %% [markdown]
# ## How the tables came about
#
# `runs` has a row for each night, `run_stages` one for each of its stages.

# %%
spark.sql("""
    SELECT stage, status, round(seconds, 1) AS seconds, rows_read, rows_written
    FROM run_stages
    WHERE run_id = (SELECT max_by(run_id, started_at) FROM runs WHERE status = 'succeeded')
    ORDER BY started_at
""").toPandas()

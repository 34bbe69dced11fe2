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
# # Build your own personas
#
# From what is known of each customer to a model of your own that `itinera personas` uses. The
# tables are read only: the last part tries the model on a copy of them. What models may be, and
# what becomes of them, is in [docs/personas.md](../docs/personas.md).

# %%
import os
import subprocess
import tempfile
from pathlib import Path
from shutil import copytree

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from pyspark.ml import Pipeline
from pyspark.ml.clustering import KMeans
from pyspark.ml.evaluation import ClusteringEvaluator
from pyspark.ml.feature import SQLTransformer, StandardScaler, VectorAssembler
from warehouse import ROOT, open_warehouse

spark = open_warehouse()

# %% [markdown]
# ## What is known of each customer
#
# `customer_features` has a column for each line of `itinera.personas.features`, of every night;
# `…_latest` is the last one. Only who was seen on two days has a persona: so do we.

# %%
customers = spark.table("customer_features_latest").where("active_days >= 2").coalesce(1).cache()
names = [column for column in customers.columns if column not in ("customer_id", "as_of")]
known = customers.orderBy("customer_id").toPandas()
known[names].astype(float).describe().T.round(2)

# %% [markdown]
# Most counts are skewed: many have none, a few have many, so their logarithms tell more. And some
# features rise and fall together: they say the same.

# %%
damped = np.log1p(known[names].astype(float).clip(lower=0))
figure, axes = plt.subplots(figsize=(7, 6))
image = axes.imshow(damped.corr().fillna(0), vmin=-1, vmax=1, cmap="RdBu_r")
axes.set_xticks(range(len(names)), names, rotation=90)
axes.set_yticks(range(len(names)), names)
axes.set_title("Features that rise and fall together")
figure.colorbar(image)
plt.show()

# %% [markdown]
# ## A model
#
# Any pipeline of MLlib will do that reads columns of `customer_features` and adds a column
# `prediction`. This one groups customers by four features, one for each way to be in touch.

# %%
chosen = ["orders", "product_views", "emails_opened", "calls_and_chats"]
logarithms = ", ".join(f"log1p({name}) AS log_{name}" for name in chosen)


def pipeline(size):
    """A pipeline that finds so many groups."""
    return Pipeline(
        stages=[
            SQLTransformer(statement=f"SELECT *, {logarithms} FROM __THIS__"),
            VectorAssembler(inputCols=[f"log_{name}" for name in chosen], outputCol="together"),
            StandardScaler(withMean=True, inputCol="together", outputCol="scaled"),
            KMeans(k=size, seed=1, featuresCol="scaled"),
        ]
    )


silhouette = ClusteringEvaluator(featuresCol="scaled")
models = {size: pipeline(size).fit(customers) for size in range(3, 7)}
scores = {size: silhouette.evaluate(model.transform(customers)) for size, model in models.items()}
best = max(scores, key=scores.get)
model = models[best]
pd.Series(scores, name="silhouette").rename_axis("groups").round(3)

# %% [markdown]
# What its groups have, on average:

# %%
predicted = model.transform(customers).select("customer_id", "prediction", *chosen).toPandas()
predicted.groupby("prediction").agg(customers=("customer_id", "size"), **{name: (name, "mean") for name in chosen}).astype(float).round(1)

# %% [markdown]
# ## Beside the shipped personas
#
# Who is in which of both, and how far they agree: the adjusted Rand index is 1 if both part
# customers alike, and about 0 if one says nothing about the other.

# %%
shipped = spark.sql("""
    SELECT customer_id, name
    FROM customer_personas_latest JOIN personas_latest USING (persona_id)
""").toPandas()
both = predicted.merge(shipped, on="customer_id")
assert len(both) > 0
table = pd.crosstab(both["name"], both["prediction"])


def pairs(counts):
    """How many pairs there are within groups of these sizes."""
    return (counts * (counts - 1) / 2).sum()


def agreement(table):
    """The adjusted Rand index of the two partitions that are crossed in this table."""
    together, rows, columns = pairs(table.to_numpy()), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    by_chance = rows * columns / pairs(table.to_numpy().sum())
    most = (rows + columns) / 2
    return (together - by_chance) / (most - by_chance) if most > by_chance else 1.0


print(f"adjusted Rand index {agreement(table):.2f}")
table

# %% [markdown]
# ## Let `itinera personas` use it
#
# The model is saved to a folder, and the folder is `itinera.personas.pipeline`: for one command by
# `--set`, for every night in `itinera.conf`. Here it is one command, on a copy of the tables (of
# large ones you would copy a part, or try it where nights are tried).

# %%
warehouse = Path(os.environ.get("ITINERA_WAREHOUSE") or ROOT / "itinera-demo/warehouse").resolve()
configuration = warehouse.parent / "itinera.conf"
place = Path(tempfile.mkdtemp(prefix="itinera-personas-"))
copytree(warehouse, place / "warehouse")
model.save(str(place / "model"))
night = customers.first()["as_of"]
command = [str(ROOT / "scripts/itinera"), "personas", "--as-of", str(night)]
command += ["--config", str(configuration)] if configuration.exists() else []
command += ["--set", f"itinera.warehouse={place / 'warehouse'}"]
command += ["--set", f"itinera.personas.pipeline={place / 'model'}"]
done = subprocess.run(command, capture_output=True, text=True)
print(done.stdout, done.stderr)
done.check_returncode()

# %% [markdown]
# Names, rules, ids and what became of the personas before are found as ever:


# %%
def tried(name):
    """The last night's rows of a table of the copy."""
    rows = spark.read.format("delta").load(str(place / "warehouse" / name))
    return rows.where(rows["as_of"] == night)


mine = tried("personas").orderBy("persona_id").toPandas()
assert set(mine["model_path"]) == {str(place / "model")}, mine["model_path"]
assert len(mine) == best, mine
mine[["persona_id", "name", "customers_count", "description"]]

# %%
changes = spark.read.format("delta").load(str(place / "warehouse/persona_changes"))
changes.orderBy(changes["as_of"].desc(), "change", "persona_id").limit(10).toPandas()

# %% [markdown]
# Every customer has the persona of the group that the model predicts, and nobody another:

# %%
assigned = tried("customer_personas").select("customer_id", "persona_id").toPandas()
check = predicted.merge(assigned, on="customer_id", how="outer")
groups = pd.crosstab(check["persona_id"], check["prediction"])
assert len(check) == len(predicted) == len(assigned), (len(check), len(predicted), len(assigned))
assert agreement(groups) == 1, groups
groups

# %% [markdown]
# So that every night uses it, keep the model where the nights run, and write
#
# ```
# itinera.personas.pipeline = /models/mine
# ```
#
# A Java class trains such a model anew on each of the nights that find personas:
# `itinera.personas.model-class`. The shipped personas come back when the line goes.

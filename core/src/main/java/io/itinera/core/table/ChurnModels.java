package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DOUBLE_MAP;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What each training of churn models found: nights until the next one score by it. */
public final class ChurnModels {

  public static final String AS_OF = "as_of";
  public static final String MODEL = "model";
  public static final String MODEL_VERSION = "model_version";
  public static final String WEIGHTS = "weights";
  public static final String INTERCEPT = "intercept";
  public static final String TREES = "trees";
  public static final String SLOPE = "slope";
  public static final String SHIFT = "shift";
  public static final String USUAL = "usual";
  public static final String REPORTS = "reports";
  public static final String DAYS_VERSION = "days_version";

  public static final Table TABLE =
      Table.of(
              "churn_models",
              "What each training of churn models found: nights until the next one score by it.",
              required(AS_OF, DateType, "day of the training; nothing later counts"),
              required(MODEL, StringType, "the model that was chosen"),
              required(MODEL_VERSION, StringType, "hash of the settings that decided about it"),
              optional(
                  WEIGHTS,
                  DOUBLE_MAP,
                  "of a logistic regression: feature to its weight, by which ln(1 + feature)"
                      + " counts"),
              optional(INTERCEPT, DoubleType, "and what is added to their sum"),
              optional(
                  TREES,
                  STRINGS,
                  "of boosted trees: each of them as feature <= threshold ? below : above; what"
                      + " they say is added up"),
              optional(SLOPE, DoubleType, "these log-odds count so many times, and"),
              optional(SHIFT, DoubleType, "this is added, so that probabilities come true"),
              optional(USUAL, DOUBLE_MAP, "feature to its median: what reasons are told against"),
              optional(
                  REPORTS,
                  STRINGS,
                  "figures of the candidates, which every night's model_reports repeat: model,"
                      + " metric, value, baseline, sample and detail, each behind a tab"),
              optional(DAYS_VERSION, LongType, "version of customer_days that it learnt from"))
          .keyedBy(AS_OF);

  private ChurnModels() {}
}

package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DOUBLE_MAP;
import static io.itinera.core.table.ColumnTypes.STRING_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What each training of the personas found: nights until the next one assign by it. */
public final class PersonaModels {

  public static final String AS_OF = "as_of";
  public static final String CLUSTER = "cluster";
  public static final String MODEL_VERSION = "model_version";
  public static final String PERSONA_ID = "persona_id";
  public static final String NAME = "name";
  public static final String RULE = "rule";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String MATCHED_PREVIOUS = "matched_previous";
  public static final String DRIFT = "drift";
  public static final String CENTROID = "centroid";
  public static final String CENTER = "center";
  public static final String FEATURE_MEANS = "feature_means";
  public static final String FEATURE_DEVIATIONS = "feature_deviations";
  public static final String CRITERIA = "criteria";
  public static final String DAYS_VERSION = "days_version";
  public static final String WEIGHT = "weight";
  public static final String TRANSFORMS = "transforms";
  public static final String VARIANCES = "variances";

  public static final Table TABLE =
      Table.of(
              "persona_models",
              "What each training of the personas found: nights until the next one assign by it.",
              required(AS_OF, DateType, "day of the training; nothing later counts"),
              required(CLUSTER, LongType, "number that the saved pipeline predicts"),
              required(MODEL_VERSION, StringType, "hash of features and rules that trained it"),
              required(PERSONA_ID, StringType, "persona that it is"),
              optional(NAME, StringType, "name of the persona until the next training"),
              optional(RULE, StringType, "a readable condition that describes it"),
              optional(CUSTOMERS_COUNT, LongType, "training customers in it, of 10,000 at most"),
              optional(
                  MATCHED_PREVIOUS,
                  StringType,
                  "persona of the training before that it continues, or null"),
              optional(DRIFT, DoubleType, "distance to it, in standard deviations"),
              optional(CENTROID, DOUBLE_MAP, "feature means of these, in the features' own units"),
              optional(CENTER, DOUBLE_MAP, "the centre to which the nearest customers belong"),
              optional(FEATURE_MEANS, DOUBLE_MAP, "transformed features are less these"),
              optional(FEATURE_DEVIATIONS, DOUBLE_MAP, "and divided by these, to be scaled"),
              optional(
                  CRITERIA,
                  DOUBLE_MAP,
                  "criterion/number of personas to what it said of that many"),
              optional(DAYS_VERSION, LongType, "version of customer_days that it learnt from"),
              optional(WEIGHT, DoubleType, "of a Gaussian mixture: the share that it expects"),
              optional(
                  VARIANCES,
                  DOUBLE_MAP,
                  "of a Gaussian mixture: how far its customers are from the centre, squared"),
              optional(
                  TRANSFORMS,
                  STRING_MAP,
                  "feature to what it went through before: log, linear, robust or share"))
          .keyedBy(AS_OF, CLUSTER);

  private PersonaModels() {}
}

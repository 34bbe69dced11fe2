package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DOUBLE_MAP;
import static io.itinera.core.table.ColumnTypes.FEATURE_CONTRASTS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Groups of customers that behave alike, with a description in plain language. */
public final class Personas {

  public static final String AS_OF = "as_of";
  public static final String PERSONA_ID = "persona_id";
  public static final String NAME = "name";
  public static final String DESCRIPTION = "description";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String SHARE = "share";
  public static final String CENTROID = "centroid";
  public static final String DISTINGUISHING_FEATURES = "distinguishing_features";
  public static final String RULE = "rule";
  public static final String RULE_FIDELITY = "rule_fidelity";
  public static final String MATCHED_PREVIOUS = "matched_previous";
  public static final String DRIFT = "drift";
  public static final String MODEL_PATH = "model_path";
  public static final String MODEL_VERSION = "model_version";

  public static final Table TABLE =
      Table.of(
              "personas",
              "Groups of customers that behave alike, with a description in plain language.",
              required(AS_OF, DateType, "night they were found"),
              required(PERSONA_ID, StringType, "stable from night to night"),
              optional(NAME, StringType, "short name"),
              optional(DESCRIPTION, StringType, "what stands out, in a sentence"),
              optional(CUSTOMERS_COUNT, LongType, "customers assigned to it"),
              optional(SHARE, DoubleType, "share of all customers"),
              optional(CENTROID, DOUBLE_MAP, "feature means in the features' own units"),
              optional(
                  DISTINGUISHING_FEATURES,
                  FEATURE_CONTRASTS,
                  "features that stand out, strongest first"),
              optional(RULE, StringType, "a readable condition that describes it"),
              optional(
                  RULE_FIDELITY,
                  DoubleType,
                  "share of customers whom the rule places rightly: F1 of the rule against the"
                      + " persona"),
              optional(
                  MATCHED_PREVIOUS,
                  StringType,
                  "persona of the run before that it continues, or null"),
              optional(DRIFT, DoubleType, "distance to it, in standard deviations"),
              optional(MODEL_PATH, StringType, "where the fitted pipeline was saved"),
              optional(MODEL_VERSION, StringType, "hash of features and rules that trained it"))
          .keyedBy(AS_OF, PERSONA_ID)
          .partitionedBy(AS_OF);

  private Personas() {}
}

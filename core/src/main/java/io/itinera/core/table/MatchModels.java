package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DOUBLE_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/** What agreement of two profiles is worth, as it was learned: one row per training. */
public final class MatchModels {

  public static final String MODEL_VERSION = "model_version";
  public static final String RUN_ID = "run_id";
  public static final String MATCHING = "matching";
  public static final String SETTINGS = "settings";
  public static final String RECORDS = "records";
  public static final String PAIRS = "pairs";
  public static final String LARGEST_BLOCK = "largest_block";
  public static final String REACH = "reach";
  public static final String THRESHOLD = "threshold";
  public static final String EXPECTED_PRECISION = "expected_precision";
  public static final String EXPECTED_RECALL = "expected_recall";
  public static final String PRIOR = "prior";
  public static final String PRIOR_RELATED = "prior_related";
  public static final String KEPT = "kept";
  public static final String ALIKE = "alike";
  public static final String LEVELS = "levels";
  public static final String RAREST = "rarest";
  public static final String FREQUENCIES = "frequencies";

  private static final ArrayType LEVEL_LIST =
      createArrayType(
          new StructType()
              .add("field", StringType)
              .add("level", StringType)
              .add("same", DoubleType)
              .add("related", DoubleType)
              .add("stranger", DoubleType)
              .add("weight", DoubleType));

  private static final ArrayType FREQUENCY_LIST =
      createArrayType(
          new StructType()
              .add("field", StringType)
              .add("value_hash", LongType)
              .add("log2_share", FloatType));

  public static final Table TABLE =
      Table.of(
              "match_models",
              "What agreement of two profiles is worth, as it was learned: one row per training.",
              required(MODEL_VERSION, StringType, "hash of what was learned"),
              required(RUN_ID, StringType, "the run that learned it; the last one is in force"),
              optional(MATCHING, StringType, "name of the configuration it was learned for"),
              optional(SETTINGS, StringType, "hash of its fields and blocks"),
              optional(RECORDS, LongType, "profiles it was learned from"),
              optional(PAIRS, LongType, "pairs in their blocks"),
              optional(LARGEST_BLOCK, LongType, "profiles of the largest block that was compared"),
              optional(
                  REACH,
                  DoubleType,
                  "estimated share of one person's pairs that are in a common block, at most"),
              optional(THRESHOLD, DoubleType, "suggested probability from which on to match"),
              optional(
                  EXPECTED_PRECISION,
                  DoubleType,
                  "expected share of one person's pairs among those in groups, at the threshold"),
              optional(
                  EXPECTED_RECALL,
                  DoubleType,
                  "expected share of one person's pairs within reach that are in groups"),
              optional(PRIOR, DoubleType, "probability that any two profiles are one person's"),
              optional(
                  PRIOR_RELATED, DoubleType, "the same of relatives, who share what is shared"),
              optional(
                  KEPT,
                  DOUBLE_MAP,
                  "group of fields to the probability that it did not change as a whole"),
              optional(
                  ALIKE,
                  DOUBLE_MAP,
                  "field or group of fields that is a person's own to the probability that"
                      + " relatives agree in it all the same, as twins do in the birth date"),
              optional(
                  LEVELS,
                  LEVEL_LIST,
                  "probability of each level of each field among one person's profiles, among"
                      + " relatives and among strangers; weight in bits"),
              optional(RAREST, DOUBLE_MAP, "field to the share, as log2, of values nobody shares"),
              optional(
                  FREQUENCIES,
                  FREQUENCY_LIST,
                  "hashes of values that several persons share, and their shares as log2"))
          .keyedBy(MODEL_VERSION, RUN_ID);

  private MatchModels() {}
}

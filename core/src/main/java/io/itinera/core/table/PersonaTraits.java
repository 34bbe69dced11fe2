package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What the customers of a persona are like, beside everybody who has a persona. */
public final class PersonaTraits {

  public static final String AS_OF = "as_of";
  public static final String PERSONA_ID = "persona_id";
  public static final String ASPECT = "aspect";
  public static final String RANK = "rank";
  public static final String TRAIT = "trait";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String KNOWN_COUNT = "known_count";
  public static final String SHARE = "share";
  public static final String EVERYBODY_SHARE = "everybody_share";

  public static final Table TABLE =
      Table.of(
              "persona_traits",
              "What the customers of a persona are like: what they come for, where they break off,"
                  + " what goes wrong for them, their usual journeys, and who they are.",
              required(AS_OF, DateType, "the night"),
              required(PERSONA_ID, StringType, "the persona"),
              required(
                  ASPECT,
                  StringType,
                  "goal, frustration (1 is what sets the persona apart most); break-off (last step"
                      + " of abandoned journeys), journey, hour (at which days of contact begin),"
                      + " channel, device, category, product, weekday, month, stage, age, gender,"
                      + " city, country (1 is the commonest)"),
              required(RANK, IntegerType, "1, 2, … within the aspect"),
              optional(TRAIT, StringType, "what it is"),
              optional(CUSTOMERS_COUNT, LongType, "customers of the persona who have it"),
              optional(
                  KNOWN_COUNT, LongType, "customers of the persona of whom the aspect is known"),
              optional(SHARE, DoubleType, "customers_count of known_count"),
              optional(EVERYBODY_SHARE, DoubleType, "the same share of all who have any persona"))
          .keyedBy(AS_OF, PERSONA_ID, ASPECT, RANK)
          .partitionedBy(AS_OF);

  private PersonaTraits() {}
}

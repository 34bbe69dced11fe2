package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/**
 * What people decided about who is who. They edit it by hand: a night reads what is in it, and what
 * was taken out holds no more. Of several rows about the same the one decided last holds.
 */
public final class IdentityOverrides {

  public static final String LEFT_TYPE = "left_type";
  public static final String LEFT_VALUE = "left_value";
  public static final String RIGHT_TYPE = "right_type";
  public static final String RIGHT_VALUE = "right_value";
  public static final String DECISION = "decision";
  public static final String REASON = "reason";
  public static final String DECIDED_BY = "decided_by";
  public static final String DECIDED_AT = "decided_at";

  public static final Table TABLE =
      Table.of(
          "identity_overrides",
          "What people decided about who is who: edited by hand, read by every night.",
          required(LEFT_TYPE, StringType, "type of one identifier, as in identities"),
          required(LEFT_VALUE, StringType, "value of it, as in identities"),
          optional(RIGHT_TYPE, StringType, "type of the other; null where decision is ignore"),
          optional(RIGHT_VALUE, StringType, "value of it; null where decision is ignore"),
          required(
              DECISION,
              StringType,
              "always (one person's), never (different persons') or ignore (the identifier links"
                  + " nobody)"),
          optional(REASON, StringType, "why"),
          optional(DECIDED_BY, StringType, "who decided it"),
          optional(DECIDED_AT, TimestampType, "when; null is before all others"));

  private IdentityOverrides() {}
}

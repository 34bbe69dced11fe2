package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/**
 * The ledger of merges and splits: leads from any id ever published to today's. A night that looks
 * back – one before the latest so far – tells nothing here: whom it does not see is not lost. What
 * was lost meanwhile is told by the next night that is as late as the latest.
 */
public final class CustomerChanges {

  public static final String RUN_ID = "run_id";
  public static final String AS_OF = "as_of";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String PREVIOUS_CUSTOMER_ID = "previous_customer_id";
  public static final String CHANGE = "change";
  public static final String CAUSE = "cause";

  public static final Table TABLE =
      Table.of(
          "customer_changes",
          "The ledger of merges and splits: leads from any id ever published to today's.",
          optional(RUN_ID, StringType, "the run that saw the change"),
          optional(AS_OF, DateType, "night of the run"),
          optional(CUSTOMER_ID, StringType, "the customer after the change"),
          optional(PREVIOUS_CUSTOMER_ID, StringType, "the customer before; null when created"),
          optional(CHANGE, StringType, "created, merged, split or erased"),
          optional(
              CAUSE,
              StringType,
              "JSON: the rule behind it and, of an edge, its status, the types and the earliest"
                  + " record that named both; the identifiers themselves only where itinera.pii is"
                  + " shown"));

  private CustomerChanges() {}
}

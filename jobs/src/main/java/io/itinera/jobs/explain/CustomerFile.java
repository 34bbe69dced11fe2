package io.itinera.jobs.explain;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityQuality;
import io.itinera.jobs.lake.Lake;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What there is to see about one customer. */
public final class CustomerFile {

  private final Lake lake;
  private final Object[] customers;

  /** Of the customer, or customers, that {@code subject} is, or whose it is. */
  public CustomerFile(Lake lake, Subject subject) {
    this.lake = lake;
    this.customers = subject.customers().toArray();
  }

  /** {@link Identities}: all that is the customer's, and from when to when. */
  public Dataset<Row> identifiers() {
    return lake.read(Identities.TABLE)
        .where(isTheirs(Identities.CUSTOMER_ID))
        .orderBy(Identities.CUSTOMER_ID, Identities.TYPE, Identities.VALUE, Identities.VALID_FROM)
        .drop(Identities.COMPONENT_ID);
  }

  /** {@link Identities} of devices that are the customer's at some time and others' at others. */
  public Dataset<Row> sharedDevices() {
    Dataset<Row> all = lake.read(Identities.TABLE);
    Dataset<Row> devices =
        broadcast(
            all.where(isTheirs(Identities.CUSTOMER_ID))
                .where(col(Identities.ASSIGNED_BY).equalTo(Identities.BY_OWNERSHIP))
                .select(col(Identities.TYPE).as("shared_type"), col(Identities.VALUE).as("shared"))
                .distinct());
    Column isShared =
        col(Identities.TYPE)
            .equalTo(col("shared_type"))
            .and(col(Identities.VALUE).equalTo(col("shared")));
    return all.join(devices, isShared, "left_semi")
        .orderBy(Identities.TYPE, Identities.VALUE, Identities.VALID_FROM)
        .select(
            Identities.TYPE,
            Identities.VALUE,
            Identities.VALID_FROM,
            Identities.VALID_TO,
            Identities.CUSTOMER_ID);
  }

  /** {@link IdentityEdges} with an end at the customer's identifiers: used ones, then others. */
  public Dataset<Row> edges() {
    Dataset<Row> theirs =
        broadcast(
            lake.read(Identities.TABLE)
                .where(isTheirs(Identities.CUSTOMER_ID))
                .select(col(Identities.TYPE).as("their_type"), col(Identities.VALUE).as("their"))
                .distinct());
    Column isLeft = isEnd(IdentityEdges.LEFT_TYPE, IdentityEdges.LEFT_VALUE);
    Column isRight = isEnd(IdentityEdges.RIGHT_TYPE, IdentityEdges.RIGHT_VALUE);
    return lake.read(IdentityEdges.TABLE)
        .join(theirs, isLeft.or(isRight), "left_semi")
        .orderBy(
            col(IdentityEdges.STATUS).desc(),
            col(IdentityEdges.LEFT_TYPE),
            col(IdentityEdges.LEFT_VALUE),
            col(IdentityEdges.RIGHT_TYPE),
            col(IdentityEdges.RIGHT_VALUE));
  }

  private static Column isEnd(String type, String value) {
    return col(type).equalTo(col("their_type")).and(col(value).equalTo(col("their")));
  }

  /** {@link IdentityQuality} of the customer. */
  public Dataset<Row> quality() {
    return lake.read(IdentityQuality.TABLE).where(isTheirs(IdentityQuality.CUSTOMER_ID));
  }

  /** {@link CustomerChanges} of all ids that lead to the customer, oldest first. */
  public Dataset<Row> history() {
    return history(lake, customers);
  }

  /**
   * The same for ids of which some may be nobody's any more.
   *
   * @param ids of customers, today's or old ones
   */
  static Dataset<Row> history(Lake lake, Object... ids) {
    Dataset<Row> led =
        lake.read(CustomerAliases.TABLE)
            .where(
                col(CustomerAliases.CUSTOMER_ID)
                    .isin(ids)
                    .or(col(CustomerAliases.OLD_CUSTOMER_ID).isin(ids)))
            .select(col(CustomerAliases.OLD_CUSTOMER_ID).as("led_id"));
    Dataset<Row> all = broadcast(led.distinct());
    return lake.read(CustomerChanges.TABLE)
        .join(
            all,
            col(CustomerChanges.CUSTOMER_ID)
                .equalTo(col("led_id"))
                .or(col(CustomerChanges.PREVIOUS_CUSTOMER_ID).equalTo(col("led_id"))),
            "left_semi")
        .orderBy(
            CustomerChanges.RUN_ID,
            CustomerChanges.CHANGE,
            CustomerChanges.CUSTOMER_ID,
            CustomerChanges.PREVIOUS_CUSTOMER_ID);
  }

  private Column isTheirs(String column) {
    return col(column).isin(customers);
  }
}

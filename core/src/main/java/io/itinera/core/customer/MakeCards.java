package io.itinera.core.customer;

import static io.itinera.core.table.Customers.CUSTOMER_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Money;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Sessions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Puts the identity cards of customers together. */
public final class MakeCards {

  private static final String OWNER = "owner_id";

  private MakeCards() {}

  /**
   * One card per customer; what depends on the night or on other customers is left empty for {@link
   * Classify}.
   *
   * @param identities rows of {@link Identities} of the customers
   * @param totals rows of {@link CustomerTotals} of the customers
   * @param persons the result of {@link DescribePersons#persons}
   * @param inputs what else cards need
   * @return rows of {@link Customers}
   */
  public static Dataset<Row> cards(
      Dataset<Row> identities, Dataset<Row> totals, Dataset<Row> persons, CardInputs inputs) {
    Dataset<Row> cards =
        owned(identities, inputs.rules())
            .join(totals, col(OWNER).equalTo(totals.col(CUSTOMER_ID)), "left")
            .drop(totals.col(CUSTOMER_ID))
            .join(
                sessionCounts(inputs.sessions()), col(OWNER).equalTo(col("session_owner")), "left")
            .join(persons, col(OWNER).equalTo(col(DescribePersons.PERSON_ID)), "left");
    return Customers.TABLE.conform(filled(cards));
  }

  /**
   * What else cards need.
   *
   * @param sessions rows of {@link Sessions} of the customers
   * @param rules what a card shows
   */
  public record CardInputs(Dataset<Row> sessions, CustomerRules rules) {}

  private static Dataset<Row> owned(Dataset<Row> identities, CustomerRules rules) {
    Column isPersonal = col(Identities.TYPE).isin(rules.personTypes().toArray());
    return identities
        .groupBy(col(Identities.CUSTOMER_ID).as(OWNER))
        .agg(
            identifiersCount().as(Customers.IDENTIFIERS_COUNT),
            bool_or(isPersonal).as(Customers.IS_KNOWN),
            min(when(col(Identities.TYPE).equalTo("email"), col(Identities.VALUE))).as("any_email"),
            min(when(col(Identities.TYPE).equalTo("phone"), col(Identities.VALUE)))
                .as("any_phone"));
  }

  /** A device that changes hands may be one customer's at several times: it counts once. */
  private static Column identifiersCount() {
    Column isOwned = col(Identities.ASSIGNED_BY).equalTo(Identities.BY_OWNERSHIP);
    Column device = struct(col(Identities.TYPE), col(Identities.VALUE));
    return count(when(not(isOwned), 1)).plus(size(collect_set(when(isOwned, device))));
  }

  private static Dataset<Row> sessionCounts(Dataset<Row> sessions) {
    return sessions
        .groupBy(col(Sessions.CUSTOMER_ID).as("session_owner"))
        .agg(count(lit(1)).as(Customers.SESSIONS_COUNT));
  }

  private static Dataset<Row> filled(Dataset<Row> cards) {
    Column none = array().cast(ColumnTypes.STRINGS);
    Column sources =
        array_sort(
            array_distinct(
                concat(
                    coalesce(col(CustomerTotals.SOURCES), none),
                    coalesce(col(DescribePersons.PROFILE_SOURCES), none))));
    Column orders = zeroIfNull(CustomerTotals.ORDERS_COUNT);
    Column bought = zeroIfNull(CustomerTotals.ORDER_VALUE);
    Column[] columns = new Column[Customers.TABLE.schema().size()];
    int i = 0;
    for (StructField field : Customers.TABLE.schema().fields()) {
      columns[i++] =
          switch (field.name()) {
            case CUSTOMER_ID -> col(OWNER).as(CUSTOMER_ID);
            case Customers.EMAIL -> coalesce(col(Customers.EMAIL), col("any_email")).as("email");
            case Customers.PHONE -> coalesce(col(Customers.PHONE), col("any_phone")).as("phone");
            case Customers.SOURCES -> sources.as(Customers.SOURCES);
            case Customers.TOUCHPOINTS_COUNT, Customers.SESSIONS_COUNT, Customers.ORDERS_COUNT ->
                zeroIfNull(field.name()).as(field.name());
            case Customers.REVENUE ->
                Money.of(bought.plus(zeroIfNull(CustomerTotals.REFUND_VALUE)))
                    .as(Customers.REVENUE);
            case Customers.AVERAGE_ORDER_VALUE ->
                when(orders.gt(0), bought.divide(orders))
                    .cast(ColumnTypes.MONEY)
                    .as(Customers.AVERAGE_ORDER_VALUE);
            case Customers.AVERAGE_ITEMS_PER_ORDER ->
                when(
                        orders.gt(0),
                        zeroIfNull(CustomerTotals.ITEMS_COUNT)
                            .cast(DataTypes.DoubleType)
                            .divide(orders))
                    .as(Customers.AVERAGE_ITEMS_PER_ORDER);
            case Customers.AGE_YEARS -> lit(null).cast("int").as(Customers.AGE_YEARS);
            case Customers.PURCHASE_FREQUENCY_CLASS, Customers.RECENCY_CLASS, Customers.STAGE ->
                lit(null).cast("string").as(field.name());
            default -> col(field.name());
          };
    }
    return cards.select(columns);
  }

  private static Column zeroIfNull(String column) {
    return coalesce(col(column), lit(0));
  }
}

package io.itinera.core.customer;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Profiles;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What systems of record say about a person, taken together. */
public final class DescribePersons {

  /** Column: the customer. */
  public static final String PERSON_ID = "person_id";

  /** Column: sources whose profiles describe the customer, sorted. */
  public static final String PROFILE_SOURCES = "profile_sources";

  private static final String ADDRESS = "address";

  private DescribePersons() {}

  /**
   * One row per customer with a profile. Each attribute comes from the most recently updated
   * profile that has it (ties: source, record id), and an address as one: no street of one town
   * stands beside the postal code of another. Who has no street, city or postal code has the
   * country that was told last. Deleted profiles say nothing.
   *
   * @param profiles rows of {@link Profiles} with a column {@link #PERSON_ID}
   * @return {@link #PERSON_ID}, {@link #PROFILE_SOURCES} and the personal columns of {@link
   *     io.itinera.core.table.Customers}
   */
  public static Dataset<Row> persons(Dataset<Row> profiles) {
    Dataset<Row> valid = profiles.where(coalesce(col(Profiles.DELETED), lit(false)).equalTo(false));
    Dataset<Row> persons =
        valid
            .groupBy(PERSON_ID)
            .agg(
                array_sort(collect_set(Profiles.SOURCE)).as(PROFILE_SOURCES),
                latest(Profiles.FIRST_NAME),
                latest(Profiles.LAST_NAME),
                latest(Profiles.EMAIL),
                latest(Profiles.PHONE),
                latest(Profiles.BIRTH_DATE),
                latest(Profiles.GENDER),
                address().as(ADDRESS),
                latest(Profiles.COUNTRY))
            .withColumns(addressed())
            .drop(ADDRESS);
    Dataset<Row> consents = consents(valid);
    return persons
        .join(consents, col(PERSON_ID).equalTo(col("consenting_id")), "left")
        .drop("consenting_id");
  }

  private static Dataset<Row> consents(Dataset<Row> profiles) {
    return profiles
        .select(
            col(PERSON_ID),
            order().as("told"),
            explode(col(Profiles.CONSENT)).as(new String[] {"purpose", "given"}))
        .groupBy(PERSON_ID, "purpose")
        .agg(max_by(col("given"), col("told")).as("given"))
        .groupBy(col(PERSON_ID).as("consenting_id"))
        .agg(
            map_from_entries(array_sort(collect_list(struct(col("purpose"), col("given")))))
                .as(Profiles.CONSENT));
  }

  private static Column latest(String column) {
    return max_by(col(column), when(col(column).isNotNull(), order())).as(column);
  }

  /** All of the latest address. */
  private static Column address() {
    Column isThere =
        coalesce(col(Profiles.STREET), col(Profiles.CITY), col(Profiles.POSTAL_CODE)).isNotNull();
    return max_by(
        struct(
            col(Profiles.STREET),
            col(Profiles.CITY),
            col(Profiles.POSTAL_CODE),
            col(Profiles.COUNTRY)),
        when(isThere, order()));
  }

  private static Map<String, Column> addressed() {
    Column country =
        when(col(ADDRESS).isNull(), col(Profiles.COUNTRY))
            .otherwise(col(ADDRESS).getField(Profiles.COUNTRY));
    return Map.of(
        Profiles.STREET, col(ADDRESS).getField(Profiles.STREET),
        Profiles.CITY, col(ADDRESS).getField(Profiles.CITY),
        Profiles.POSTAL_CODE, col(ADDRESS).getField(Profiles.POSTAL_CODE),
        Profiles.COUNTRY, country);
  }

  private static Column order() {
    Column updated =
        coalesce(col(Profiles.UPDATED_AT), col(Profiles.CREATED_AT), timestamp_seconds(lit(0L)));
    return struct(updated, col(Profiles.SOURCE), col(Profiles.RECORD_ID));
  }
}

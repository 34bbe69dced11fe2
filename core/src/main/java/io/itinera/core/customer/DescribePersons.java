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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What systems of record say about a person, taken together. */
public final class DescribePersons {

  /** Column: the customer. */
  public static final String PERSON_ID = "person_id";

  /** Column: sources whose profiles describe the customer, sorted. */
  public static final String PROFILE_SOURCES = "profile_sources";

  private static final String GROUP = "group_";

  private final Survivorship survivorship;

  private DescribePersons(Survivorship survivorship) {
    this.survivorship = survivorship;
  }

  /**
   * One row per customer with a profile. Each attribute comes from the profile that {@code
   * survivorship} prefers of those that have it, and a group of them from one: no street of one
   * town stands beside the postal code of another. A country alone is no address: a group with a
   * country and more is there where the profile has any of the others, and who has it nowhere has
   * the country of a profile that has only that. Of equally good profiles the most recently updated
   * counts, then the last by source and record id, so that no order of arrival matters. Deleted
   * profiles say nothing.
   *
   * @param profiles rows of {@link Profiles} with a column {@link #PERSON_ID}
   * @return {@link #PERSON_ID}, {@link #PROFILE_SOURCES} and the personal columns of {@link
   *     io.itinera.core.table.Customers}
   */
  public static Dataset<Row> persons(Dataset<Row> profiles, Survivorship survivorship) {
    Dataset<Row> valid = profiles.where(coalesce(col(Profiles.DELETED), lit(false)).equalTo(false));
    DescribePersons describe = new DescribePersons(survivorship);
    String[] groups =
        survivorship.groups().keySet().stream().map(GROUP::concat).toArray(String[]::new);
    Dataset<Row> persons =
        valid
            .groupBy(PERSON_ID)
            .agg(
                array_sort(collect_set(Profiles.SOURCE)).as(PROFILE_SOURCES),
                describe.survivors().toArray(Column[]::new))
            .withColumns(describe.ungrouped())
            .drop(groups);
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

  /** Attributes outside of groups, groups, and the country alone of those that have one. */
  private List<Column> survivors() {
    List<Column> survivors = new ArrayList<>();
    survivorship.single().forEach(name -> survivors.add(attribute(name, name)));
    survivorship
        .groups()
        .forEach(
            (name, attributes) -> {
              survivors.add(group(name, attributes).as(GROUP + name));
              if (attributes.contains(Profiles.COUNTRY)) {
                survivors.add(attribute(Profiles.COUNTRY, name));
              }
            });
    return survivors;
  }

  private Column attribute(String attribute, String ruled) {
    Column isThere = col(attribute).isNotNull();
    return max_by(col(attribute), when(isThere, order(ruled, List.of(attribute)))).as(attribute);
  }

  private Column group(String name, List<String> attributes) {
    Column[] telling =
        attributes.stream()
            .filter(each -> attributes.size() == 1 || !each.equals(Profiles.COUNTRY))
            .map(each -> col(each).cast(DataTypes.StringType))
            .toArray(Column[]::new);
    Column[] all = attributes.stream().map(each -> col(each)).toArray(Column[]::new);
    return max_by(struct(all), when(coalesce(telling).isNotNull(), order(name, attributes)));
  }

  private Map<String, Column> ungrouped() {
    Map<String, Column> columns = new LinkedHashMap<>();
    survivorship
        .groups()
        .forEach(
            (name, attributes) -> {
              Column group = col(GROUP + name);
              for (String attribute : attributes) {
                Column value = group.getField(attribute);
                columns.put(
                    attribute,
                    attribute.equals(Profiles.COUNTRY)
                        ? when(group.isNull(), col(attribute)).otherwise(value)
                        : value);
              }
            });
    return columns;
  }

  /** The largest is of the profile that counts. */
  private Column order(String ruled, List<String> attributes) {
    return switch (survivorship.rule(ruled)) {
      case MOST_RECENT -> order();
      case MOST_FILLED -> struct(filled(attributes), filled(Survivorship.ATTRIBUTES), order());
      case SOURCE_ORDER -> struct(trust(), order());
    };
  }

  private static Column filled(List<String> attributes) {
    return attributes.stream()
        .map(each -> when(col(each).isNotNull(), 1).otherwise(0))
        .reduce(Column::plus)
        .orElseThrow();
  }

  private Column trust() {
    List<String> sources = survivorship.sources();
    Column trust = lit(-sources.size());
    for (int i = sources.size() - 1; i >= 0; i--) {
      trust = when(col(Profiles.SOURCE).equalTo(sources.get(i)), -i).otherwise(trust);
    }
    return trust;
  }

  private static Column order() {
    Column updated =
        coalesce(col(Profiles.UPDATED_AT), col(Profiles.CREATED_AT), timestamp_seconds(lit(0L)));
    return struct(updated, col(Profiles.SOURCE), col(Profiles.RECORD_ID));
  }
}

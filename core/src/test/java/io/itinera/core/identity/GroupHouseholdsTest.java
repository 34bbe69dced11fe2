package io.itinera.core.identity;

import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Customers;
import io.itinera.testing.SparkExtension;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class GroupHouseholdsTest {

  private static final String PEOPLE =
      """
      customer_id | last_name | street     | postal_code
      ann         | Koch      | Elbweg 1   | 20095
      bob         | KOCH      | elbweg  1  | 20095
      cy          | Koch      | Elbweg 2   | 20095
      dan         | Koch      |            | 20095
      eve         | Koch      |            | 20095
      fay         | Roth      | Heim 5     | 20095
      gus         | Roth      | Heim 5     | 20095
      hal         | Roth      | Heim 5     | 20095
      """;

  @Test
  void whoHasSurnameAndAddressInCommonIsAHousehold(SparkSession spark) {
    assertThat(groups(spark, 2)).containsExactly("ann bob");
    assertThat(groups(spark, 3)).containsExactly("ann bob", "fay gus hal");
  }

  @Test
  void idFollowsFromWhatMembersHaveInCommonAndTheKey(SparkSession spark) {
    Dataset<Row> people = wholeRows(spark, Customers.TABLE, PEOPLE);
    List<Row> all = rows(people, "k");

    assertThat(rows(people.where("customer_id <> 'hal'").repartition(3), "k"))
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(row -> !row.getString(1).equals("hal")).toList());
    assertThat(rows(people, "another")).doesNotContainAnyElementsOf(all);
  }

  private static List<Row> rows(Dataset<Row> people, String key) {
    return GroupHouseholds.group(people, rules(3), key).collectAsList();
  }

  private static Set<String> groups(SparkSession spark, int most) {
    return GroupHouseholds.group(wholeRows(spark, Customers.TABLE, PEOPLE), rules(most), "k")
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(0),
                Collectors.mapping(row -> row.getString(1), Collectors.toList())))
        .values()
        .stream()
        .map(members -> members.stream().sorted().collect(Collectors.joining(" ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static HouseholdRules rules(int most) {
    return new HouseholdRules(List.of("last_name", "street", "postal_code"), most);
  }
}

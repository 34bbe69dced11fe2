package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.testing.SparkExtension;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TableTest {

  private static final Table VISITS =
      Table.of(
              "visits",
              "One row per visit.",
              optional("city", StringType, "where"),
              required("shop", StringType, "the shop"),
              required("id", StringType, "the visit"))
          .keyedBy("shop", "id");

  @Test
  void rowsWithoutOthersAreThoseOfOtherKeys(SparkSession spark) {
    Dataset<Row> visits =
        wholeRows(
            spark,
            VISITS,
            """
            city   | shop | id
            Berlin | a    | 1
            Berlin | a    | 2
                   | b    | 1
            """);
    Dataset<Row> others = visits.where("shop = 'a' AND id = '2'").select("id", "city", "shop");

    Dataset<Row> left = VISITS.without(visits, others.union(others));

    assertThat(left.columns()).containsExactly("city", "shop", "id");
    assertRows(
        left,
        """
        city   | shop | id
        Berlin | a    | 1
               | b    | 1
        """);
  }

  @Test
  void keyAndPartitionsAreColumnsOfTheTable() {
    assertThatThrownBy(() -> VISITS.keyedBy("visit"))
        .hasMessage(
            "Table visits is keyed by [visit] and partitioned by [], but has only the columns"
                + " [city, shop, id]");
    assertThatThrownBy(() -> VISITS.partitionedBy("day"))
        .hasMessage(
            "Table visits is keyed by [shop, id] and partitioned by [day], but has only the columns"
                + " [city, shop, id]");
  }

  @Test
  void reasonsAreWordsAsTablesHoldThem() {
    assertThat(RejectionReason.UNREADABLE_FILE.text()).isEqualTo("unreadable-file");
    assertThat(RejectionReason.of("many-identifiers")).isEqualTo(RejectionReason.MANY_IDENTIFIERS);
    assertThatThrownBy(() -> RejectionReason.of("unreadable_file"))
        .hasMessage("There is no reason unreadable_file");
  }
}

package io.itinera.jobs.launch;

import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Personas;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Runs;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ann buys; Bob leaves his cart, Cid did so a few days ago, Dee looks and calls; of Eve nothing is
 * known.
 */
@ExtendWith(SparkExtension.class)
class AudienceCommandTest {

  @TempDir static Path folder;

  @BeforeAll
  static void fill(SparkSession spark) {
    Lake lake = new Lake(spark, folder.toString());
    for (Table table :
        List.of(Runs.TABLE, RfmScores.TABLE, Personas.TABLE, CustomerPersonas.TABLE)) {
      lake.create(table);
    }
    fill(
        lake,
        Customers.TABLE,
        """
        customer_id | revenue | email           | phone
        dee         | 0       | dee@example.org | +4930555
        cid         | 10      | -1+2@example.de |
        bob         | 90      | bob@example.org | 4930556
        ann         | 90      | =ann()          | 4930557
        eve         |         |                 |
        """);
    fill(
        lake,
        Touchpoints.TABLE,
        """
        touchpoint_id | set_id | set_check | channel | type         | occurred_at         | event_date
        a1            | 1      | 1         | web     | product_view | 2026-01-01 10:00:00 | 2026-01-01
        a2            | 1      | 1         | web     | add_to_cart  | 2026-01-01 10:01:00 | 2026-01-01
        a3            | 1      | 1         | web     | purchase     | 2026-01-01 10:02:00 | 2026-01-01
        b1            | 2      | 1         | web     | product_view | 2026-01-01 10:00:00 | 2026-01-01
        b2            | 2      | 1         | web     | add_to_cart  | 2026-01-01 10:05:00 | 2026-01-01
        c1            | 3      | 1         | web     | product_view | 2026-01-25 10:00:00 | 2026-01-25
        c2            | 3      | 1         | web     | add_to_cart  | 2026-01-25 10:05:00 | 2026-01-25
        d1            | 4      | 1         | web     | product_view | 2026-01-01 10:00:00 | 2026-01-01
        d2            | 4      | 1         | call    | call         | 2026-01-01 12:00:00 | 2026-01-01
        """);
    fill(
        lake,
        SetOwners.TABLE,
        """
        set_id | set_check | valid_from          | customer_id
        1      | 1         | 1970-01-01 00:00:00 | ann
        2      | 1         | 1970-01-01 00:00:00 | bob
        3      | 1         | 1970-01-01 00:00:00 | cid
        4      | 1         | 1970-01-01 00:00:00 | dee
        """);
  }

  private static void fill(Lake lake, Table table, String text) {
    lake.create(table);
    lake.append(table, wholeRows(lake.spark(), table, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pattern:product_view -> .* -> call | dee",
        "not pattern:product_view -> .* -> call | ann bob cid eve",
        "funnel:purchase>=add_to_cart | ann bob cid",
        "funnel:purchase<add_to_cart | dee",
        "funnel:purchase=add_to_cart | bob cid",
        "funnel:purchase=add_to_cart dropped | bob",
        "funnel:purchase=add_to_cart open | cid",
        // Of four, two have less than 90: both stand at a half. Eve has nothing to stand by.
        "quantile:revenue>=0.5 | ann bob",
        "quantile:revenue<0.5 | cid dee",
        "not quantile:revenue>=0.5 | cid dee",
        "quantile:revenue>=0.51 | ",
        "segment:rich | ann bob",
        "rich AND NOT bought | bob",
        "called OR revenue = 10 | cid dee",
      })
  void listsWhoIsInASegment(String segment, String customers) {
    TypedLine typed = TypedLine.run(line(segment));

    assertThat(typed.err()).isEmpty();
    String expected = customers == null ? "" : customers.replace(' ', '\n') + "\n";
    assertThat(typed.out()).isEqualToNormalizingNewlines("customer_id\n" + expected);
  }

  @Test
  void fileHasNothingThatASpreadsheetWouldCompute() throws IOException {
    Path file = folder.resolve("audience.csv");

    TypedLine typed =
        TypedLine.run(
            line(
                "revenue IS NOT NULL",
                "--columns",
                "customer_id,email,phone,revenue",
                "--out",
                file.toString()));

    assertThat(typed.out()).startsWith("4 customers in ");
    assertThat(Files.readString(file))
        .isEqualToNormalizingNewlines(
            """
            customer_id,email,phone,revenue
            ann,'=ann(),4930557,90.0000
            bob,bob@example.org,4930556,90.0000
            cid,'-1+2@example.de,,10.0000
            dee,dee@example.org,'+4930555,0.0000
            """);
  }

  @Test
  void mistakesAreTold() {
    assertMistake("SEGMENT = segment:poor: names an unknown segment poor", "segment:poor");
    assertMistake("SQL: ", "colour = 'red'");
    assertMistake("SQL: ", "quantile:colour>=0.5");
    assertMistake("SQL: ", "revenue >");
    assertMistake("--columns must be columns of customers", "true", "--columns", "mail");
    assertMistake("Cannot write --out", "true", "--out", folder.resolve("no/such.csv").toString());
  }

  private static void assertMistake(String error, String... words) {
    TypedLine typed = TypedLine.run(line(words));
    assertThat(typed.err()).startsWith(error);
    assertThat(typed.code()).isEqualTo(2);
  }

  private static String[] line(String... words) {
    return Stream.of(
            Stream.of("paths", "audience"),
            Stream.of(words),
            Stream.of("--with", "called=call", "--with", "bought=funnel:purchase>=purchase"),
            Stream.of("--set", "itinera.segments.rich=\"quantile:revenue>=0.5\""),
            Stream.of("--as-of", "2026-01-31", "--set", "itinera.warehouse=" + folder))
        .flatMap(each -> each)
        .toArray(String[]::new);
  }
}

package io.itinera.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.PathVariants;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ReportRules;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class AskTablesTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);

  /** All queries are asked, of tables most of which were never made. */
  @Test
  void figuresAddUpWhateverTheyLeaveOut(SparkSession spark, @TempDir Path warehouse) {
    Lake lake = new Lake(spark.newSession(), warehouse.toString());
    lake.create(PathVariants.TABLE);
    lake.overwrite(PathVariants.TABLE, variants(lake.spark()));
    lake.create(RfmScores.TABLE);
    lake.overwrite(RfmScores.TABLE, scores(lake.spark()));
    ReportRules rules = new ReportRules(false, false, "unused", List.of("en"), 30, 5, true);

    Findings found =
        new AskTables(lake, Tables.ALL, ZoneOffset.UTC)
            .ask(Pages.ALL, new Scope(NIGHT, rules, 365));

    flowsAddUp(found.of("journeys", "flows"));
    Finding variants = found.of("journeys", "variants");
    assertThat(variants.sum("journeys_count")).isEqualTo(116);
    assertThat(variants.rows().get(0)).startsWith("web > store", 1L, 60L, 60L, 40L);
    // The empty path, rare ones and whatever is beyond the first forty.
    assertThat(variants.text(variants.rows().size() - 1, "path_text")).isEqualTo("(other)");
    Finding grid = found.of("rfm", "grid");
    assertThat(grid.sum("customers_count")).isEqualTo(9);
    assertThat(grid.rows()).hasSize(2);
    assertThat(grid.value(1, "r_score")).isNull();
    assertThat(found.of("personas", "cards").isEmpty()).isTrue();
  }

  /** In = out + ended here + other, for each node that flows lead to. */
  private static void flowsAddUp(Finding flows) {
    Map<String, Double> there = new HashMap<>();
    Map<String, Double> came = new HashMap<>();
    for (int row : flows.places()) {
      String side = flows.text(row, "way") + "/" + flows.text(row, "anchor") + "/";
      long step = (long) flows.number(row, "step");
      double count = flows.number(row, "journeys_count");
      there.merge(side + step + flows.text(row, "name"), count, Double::sum);
      came.merge(side + (step + 1) + flows.text(row, "next_name"), count, Double::sum);
    }
    assertThat(there.get("from/(start)/0(start)")).isEqualTo(115);
    assertThat(there.get("from/web/0web")).isEqualTo(60 + 20 + 3 + 12);
    assertThat(there.get("to/(conversion)/0(conversion)")).isEqualTo(40 + 4 + 9);
    assertThat(came.get("from/web/1(conversion)")).isEqualTo(4);
    assertThat(came.get("from/web/2(conversion)")).isEqualTo(40);
    assertThat(there)
        .allSatisfy(
            (node, count) -> {
              if (!node.matches("[^/]*/[^/]*/0.*")) {
                assertThat(came).containsEntry(node, count);
              }
            });
  }

  private static Dataset<Row> variants(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    rows.add(variant(60, 40, "web", "store"));
    rows.add(variant(20, 4, "web"));
    rows.add(variant(3, 0, "email", "web", "email", "web"));
    rows.add(variant(12, 9, "call", "web", "call", "store", "web", "mail", "store"));
    rows.add(variant(1, 0));
    for (int rare = 0; rare < 20; rare++) {
      rows.add(variant(1, 0, "rare" + rare, "store"));
    }
    return spark.createDataFrame(rows, PathVariants.TABLE.schema());
  }

  private static Row variant(long journeys, long conversions, String... path) {
    return RowFactory.create(
        Date.valueOf(NIGHT),
        String.join(" > ", path),
        List.of(path),
        journeys,
        conversions,
        (double) conversions / journeys,
        BigDecimal.TEN.setScale(4),
        1.0,
        journeys);
  }

  private static Dataset<Row> scores(SparkSession spark) {
    Stream<Row> rows =
        Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i")
            .map(
                customer ->
                    RowFactory.create(
                        customer,
                        Date.valueOf(NIGHT),
                        1L,
                        1L,
                        BigDecimal.ONE.setScale(4),
                        customer.compareTo("f") < 0 ? 5 : 1,
                        customer.compareTo("h") < 0 ? 1 : 2,
                        1,
                        "111",
                        "champions",
                        null,
                        "active",
                        "occasional"));
    return spark.createDataFrame(rows.toList(), RfmScores.TABLE.schema());
  }
}

package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.itinera.core.spark.PackRows.Order;
import io.itinera.core.spark.PackRows.Walk;
import io.itinera.core.spark.PackRows.Walks;
import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows of a case come together, whole and in order. */
@ExtendWith(SparkExtension.class)
class PackRowsTest {

  private static final StructType ROWS =
      new StructType()
          .add("whose", DataTypes.StringType)
          .add("at", DataTypes.LongType)
          .add("number", DataTypes.LongType)
          .add("id", DataTypes.StringType)
          .add("rank", DataTypes.IntegerType)
          .add("name", DataTypes.StringType)
          .add("tags", DataTypes.createArrayType(DataTypes.StringType))
          .add("amount", DataTypes.createDecimalType(18, 4))
          .add("text", DataTypes.StringType);

  private static final StructType TOLD =
      new StructType()
          .add("whose", DataTypes.StringType)
          .add("rows", DataTypes.createArrayType(DataTypes.StringType));

  /** Tells the rows of each case as texts. */
  private record Telling() implements Walks<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public Walk<String> begin() {
      return new Walk<>() {
        @Override
        public String kind(Row kind) {
          return kind.getString(0) + kind.getList(1);
        }

        @Override
        public List<Row> take(RowsOfCase<String> rows) {
          String[] told = new String[rows.size()];
          for (int i = 0; i < told.length; i++) {
            long at = rows.micros(i);
            Row own = rows.own(i);
            told[i] =
                String.join(
                    " ",
                    at == Long.MIN_VALUE ? "null" : String.valueOf(at),
                    rows.id(i),
                    rows.kind(i),
                    own == null ? "nothing" : own.get(0) + "," + own.get(1));
          }
          return List.of(RowFactory.create(rows.id(), told));
        }

        @Override
        public List<Row> end() {
          return List.of();
        }
      };
    }
  }

  private static Dataset<Row> packed(Dataset<Row> rows) {
    return PackRows.walked(ranked(rows, 0).union(ranked(rows, 1)), new Telling(), TOLD);
  }

  private static Dataset<Row> ranked(Dataset<Row> rows, int rank) {
    return PackRows.of(
        rows.where(col("rank").equalTo(rank)),
        new Order(col("whose"), col("at"), col("number"), col("id"), rank),
        new Column[] {col("name"), col("tags")},
        new Column[] {col("amount"), col("text")});
  }

  private static Map<String, List<String>> told(Dataset<Row> rows) {
    Map<String, List<String>> told = new TreeMap<>();
    for (Row row : packed(rows).collectAsList()) {
      assertTrue(told.put(row.getString(0), row.getList(1)) == null, "one case came twice");
    }
    return told;
  }

  private static Row row(Object... cells) {
    return RowFactory.create(cells);
  }

  @Test
  void rowsComeInOrderOfTimeThenNumberThenIdThenRankNullsFirst(SparkSession spark) {
    String[] tags = {"x", null};
    Dataset<Row> rows =
        spark.createDataFrame(
            List.of(
                row("ann", 5L, 1L, "same-beginning-b", 1, "late", tags, null, null),
                row("ann", 5L, 1L, "same-beginning-a", 1, "b", tags, null, "t"),
                row("ann", 5L, 1L, "same-beginning-a", 0, "a", tags, null, null),
                row("bob", 1L, 1L, "1", 0, "bob", null, null, null),
                row("ann", 5L, null, "z", 0, "no number", tags, null, null),
                row("ann", null, 9L, "y", 0, "no time", tags, null, null)),
            ROWS);

    assertEquals(
        Map.of(
            "ann",
            List.of(
                "null y no time[x, null] nothing",
                "5 z no number[x, null] nothing",
                "5 same-beginning-a a[x, null] nothing",
                "5 same-beginning-a b[x, null] null,t",
                "5 same-beginning-b late[x, null] nothing"),
            "bob",
            List.of("1 1 bobnull nothing")),
        told(rows));
  }

  @Test
  void noRowsAreNoCases(SparkSession spark) {
    assertEquals(Map.of(), told(spark.createDataFrame(List.of(), ROWS)));
  }

  /** Against a plain sort; many more rows than one value holds, and one case with most of them. */
  @Test
  void anyRowsInAnyPartsComeAsAPlainSortHasThem(SparkSession spark) {
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 30_000; i++) {
      String id = Long.toHexString(random.nextLong());
      String whose = random.nextInt(3) == 0 ? "busy" : "c" + random.nextInt(2_000);
      boolean hasOwn = random.nextInt(3) == 0;
      if (ids.add(id)) {
        rows.add(
            row(
                whose,
                random.nextInt(20) == 0 ? null : (Long) (long) random.nextInt(500),
                random.nextInt(5) == 0 ? null : (Long) (long) random.nextInt(3),
                id,
                0,
                "kind " + random.nextInt(40),
                new String[] {"tag " + random.nextInt(3)},
                hasOwn ? new java.math.BigDecimal(random.nextInt(900)).setScale(4) : null,
                hasOwn && random.nextBoolean() ? "text " + i : null));
      }
    }
    Map<String, List<String>> expected = plain(rows);

    for (int parts : new int[] {1, 3, 8}) {
      assertEquals(expected, told(spark.createDataFrame(rows, ROWS).repartition(parts)));
    }
  }

  private static Map<String, List<String>> plain(List<Row> rows) {
    Comparator<Long> nullsFirst = Comparator.nullsFirst(Comparator.naturalOrder());
    Map<String, List<Row>> cases = new HashMap<>();
    rows.forEach(row -> cases.computeIfAbsent(row.getString(0), k -> new ArrayList<>()).add(row));
    Map<String, List<String>> told = new TreeMap<>();
    cases.forEach(
        (whose, theirs) ->
            told.put(
                whose,
                theirs.stream()
                    .sorted(
                        Comparator.<Row, Long>comparing(row -> (Long) row.get(1), nullsFirst)
                            .thenComparing(row -> (Long) row.get(2), nullsFirst)
                            .thenComparing(row -> row.getString(3)))
                    .map(PackRowsTest::text)
                    .collect(Collectors.toList())));
    return told;
  }

  private static String text(Row row) {
    String own =
        row.isNullAt(7) && row.isNullAt(8) ? "nothing" : row.get(7) + "," + row.getString(8);
    return row.get(1)
        + " "
        + row.getString(3)
        + " "
        + row.getString(5)
        + java.util.Arrays.toString((Object[]) row.get(6))
        + " "
        + own;
  }
}

package io.itinera.testing;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Small tables written as text: a header line, then one line a row, cells parted by {@code |}. An
 * empty cell is null.
 */
public final class TableText {

  private TableText() {}

  /** The rows of {@code text}, each cell cast to its column's type in {@code table}. */
  public static Dataset<Row> rows(SparkSession spark, Table table, String text) {
    List<List<String>> lines = cells(text);
    List<String> header = lines.get(0);
    StructType strings = new StructType();
    for (String column : header) {
      strings = strings.add(column, DataTypes.StringType);
    }
    List<Row> rows =
        lines.stream().skip(1).map(cells -> RowFactory.create(cells.toArray())).toList();
    Column[] typed =
        Arrays.stream(table.schema().fields())
            .filter(field -> header.contains(field.name()))
            .map(field -> col(field.name()).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new);
    return spark.createDataFrame(rows, strings).select(typed);
  }

  /** As {@link #rows}, with all columns of {@code table}; those that the text lacks are null. */
  public static Dataset<Row> wholeRows(SparkSession spark, Table table, String text) {
    return spark
        .createDataFrame(List.of(), table.schema())
        .unionByName(rows(spark, table, text), true);
  }

  /** Asserts that {@code actual} holds exactly the rows of {@code text}, in any order. */
  public static void assertRows(Dataset<Row> actual, String text) {
    List<List<String>> expected = cells(text);
    List<String> header = expected.get(0);
    Column[] shown = header.stream().map(name -> col(name).cast("string")).toArray(Column[]::new);
    List<List<String>> found = new ArrayList<>();
    for (Row row : actual.select(shown).collectAsList()) {
      found.add(IntStream.range(0, row.size()).mapToObj(row::getString).toList());
    }
    assertThat(print(header, found)).isEqualTo(print(header, expected.subList(1, expected.size())));
  }

  private static List<List<String>> cells(String text) {
    return text.lines()
        .filter(line -> !line.isBlank())
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(TableText::cell).toList())
        .toList();
  }

  private static String cell(String raw) {
    return raw.isBlank() ? null : raw.strip();
  }

  private static String print(List<String> header, List<List<String>> rows) {
    return Stream.concat(Stream.of(header), rows.stream())
        .map(String::valueOf)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}

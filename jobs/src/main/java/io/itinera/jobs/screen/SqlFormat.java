package io.itinera.jobs.screen;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.itinera.jobs.screen.TextTable.Heading;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;

/** How the rows of a query are written. */
public enum SqlFormat {

  /** Aligned for a person; long values cut, the first rows only. */
  TABLE {
    @Override
    public void write(Dataset<Row> rows, Limits limits, PrintWriter out) {
      List<Heading> headings =
          Arrays.stream(rows.schema().fields())
              .map(field -> new Heading(field.name(), field.dataType() instanceof NumericType))
              .toList();
      TextTable table = new TextTable(headings, limits.width());
      Dataset<Row> first = limits.rows() == 0 ? rows : rows.limit(limits.rows() + 1);
      List<Row> found = texts(first).collectAsList();
      boolean more = limits.rows() > 0 && found.size() > limits.rows();
      found.subList(0, more ? limits.rows() : found.size()).forEach(row -> table.add(cells(row)));
      table.lines().forEach(out::println);
      out.println(
          more
              ? "The first %d rows; --limit 0 shows all.".formatted(limits.rows())
              : "%d row%s".formatted(table.size(), table.size() == 1 ? "" : "s"));
    }
  },

  /** All rows as RFC 4180 has them; a missing value is empty, an empty text is "". */
  CSV {
    @Override
    public void write(Dataset<Row> rows, Limits limits, PrintWriter out) {
      out.println(csv(List.of(rows.columns())));
      Iterator<Row> all = texts(rows).toLocalIterator();
      while (all.hasNext()) {
        out.println(csv(cells(all.next())));
      }
    }
  },

  /** All rows, one JSON object a line, missing values as null. */
  JSON {
    @Override
    public void write(Dataset<Row> rows, Limits limits, PrintWriter out) {
      Column all =
          struct(Arrays.stream(rows.columns()).map(SqlFormat::quoted).toArray(Column[]::new));
      Iterator<Row> lines =
          rows.select(to_json(all, Map.of("ignoreNullFields", "false"))).toLocalIterator();
      while (lines.hasNext()) {
        out.println(lines.next().getString(0));
      }
    }
  };

  /**
   * What a person can take in.
   *
   * @param rows most rows shown, 0 for all
   * @param width longest value shown, 0 for all of it
   */
  public record Limits(int rows, int width) {}

  /**
   * Computes {@code rows} and writes them to {@code out}.
   *
   * @param limits of {@link #TABLE}; the others are complete
   */
  public abstract void write(Dataset<Row> rows, Limits limits, PrintWriter out);

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /** The same rows with every value as text; columns by place, since names may repeat. */
  private static Dataset<Row> texts(Dataset<Row> rows) {
    String[] places =
        IntStream.range(0, rows.columns().length).mapToObj(i -> "c" + i).toArray(String[]::new);
    Column[] texts =
        Arrays.stream(places).map(place -> col(place).cast("string")).toArray(Column[]::new);
    return rows.toDF(places).select(texts);
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(row.getString(i));
    }
    return cells;
  }

  private static String csv(List<String> cells) {
    return cells.stream().map(SqlFormat::csv).collect(Collectors.joining(","));
  }

  private static String csv(String cell) {
    if (cell == null) {
      return "";
    }
    boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What Spark alone does with raw files: reads them as they are and writes what it has read. */
public final class PlainLoad {

  private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

  private PlainLoad() {}

  /**
   * Reads JSON lines by a schema, or parts lines of text by a regular expression, and writes them as
   * a Delta table.
   *
   * @param arguments files to read, folder to write, {@code schema} and DDL or {@code regex} and the
   *     expression, whose named groups become columns
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
    Dataset<Row> rows =
        arguments[2].equals("schema")
            ? spark.read().schema(arguments[3]).json(arguments[0])
            : parted(spark.read().textFile(arguments[0]), arguments[3]);
    rows.write().format("delta").save(arguments[1]);
    spark.stop();
  }

  private static Dataset<Row> parted(Dataset<String> lines, String regex) {
    List<String> names = GROUP.matcher(regex).results().map((MatchResult m) -> m.group(1)).toList();
    StructType columns = new StructType();
    for (String name : names) {
      columns = columns.add(name, "string");
    }
    Pattern pattern = Pattern.compile(regex);
    List<String> groups = new ArrayList<>(names);
    return lines.map((MapFunction<String, Row>) line -> row(pattern, groups, line), Encoders.row(columns));
  }

  /** All null where the line is another one. */
  private static Row row(Pattern pattern, List<String> groups, String line) {
    Matcher matcher = pattern.matcher(line);
    Object[] values = new Object[groups.size()];
    if (matcher.matches()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = matcher.group(groups.get(i));
      }
    }
    return RowFactory.create(values);
  }
}

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What Spark alone does with raw files: reads them as they are and writes what it has read. */
public final class PlainLoad {

  private PlainLoad() {}

  /**
   * Reads JSON lines by a schema, or lines of text, and writes them as a Delta table.
   *
   * @param arguments files to read, folder to write, and for JSON the schema as DDL
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate();
    Dataset<Row> rows =
        arguments.length > 2
            ? spark.read().schema(arguments[2]).json(arguments[0])
            : spark.read().text(arguments[0]);
    rows.write().format("delta").save(arguments[1]);
    spark.stop();
  }
}

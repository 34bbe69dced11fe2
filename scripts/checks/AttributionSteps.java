import com.sun.management.OperatingSystemMXBean;
import io.itinera.core.attribution.Attribute;
import io.itinera.core.attribution.AttributionRules;
import io.itinera.core.attribution.AttributionRules.Shapley;
import io.itinera.core.attribution.AttributionRules.Touch;
import io.itinera.core.table.Attribution;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** What models of attribution cost, from a Delta table of journeys with their touches to answers. */
public final class AttributionSteps {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  private AttributionSteps() {}

  /**
   * Prints the seconds and CPU seconds of each time.
   *
   * @param arguments Delta table to read, folder to write into, and once for each time {@code all}
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    List<Row> rows = List.of();
    for (int i = 2; i < arguments.length; i++) {
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      rows = rows(spark, arguments[0]);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
      System.out.printf("%s %.2f %.2f%n", arguments[i], seconds, cpuSeconds);
    }
    spark
        .createDataFrame(rows, Attribution.TABLE.schema())
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(arguments[1]);
    spark.stop();
  }

  private static List<Row> rows(SparkSession spark, String table) {
    AttributionRules rules =
        new AttributionRules(
            Duration.ofDays(90),
            Duration.ofDays(7),
            Touch.TOUCHPOINT,
            Set.of("direct"),
            List.of(1, 2),
            Shapley.CONVERSIONS,
            0,
            Optional.empty(),
            Set.of("purchase"));
    return Attribute.models(spark.read().format("delta").load(table), AS_OF, rules).rows(List.of());
  }
}

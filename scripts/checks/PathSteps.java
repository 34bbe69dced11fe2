import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import com.sun.management.OperatingSystemMXBean;
import io.itinera.core.process.ProcessRules;
import io.itinera.core.process.ProcessRules.Part;
import io.itinera.core.process.ProcessView;
import io.itinera.core.process.WatchProcess;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Funnels;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Table;
import io.itinera.core.trail.CountFunnels;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.FunnelRules.Step;
import io.itinera.core.trail.TrailRules;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What the process and a funnel cost, from Delta to answers. */
public final class PathSteps {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);
  private static final Instant AS_OF_END = Instant.parse("2026-04-01T00:00:00Z");
  private static final int MOST_VARIANTS = 100;

  private final SparkSession spark;
  private final String input;
  private final String output;
  private final int buckets;

  private PathSteps(SparkSession spark, String[] arguments) {
    this.spark = spark;
    this.input = arguments[0];
    this.output = arguments[1];
    this.buckets = Integer.parseInt(arguments[2]);
  }

  /**
   * Prints of each step the seconds and CPU seconds.
   *
   * @param arguments Delta table to read, folder to write into, tasks for the cases, steps
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    PathSteps steps = new PathSteps(spark, arguments);
    for (int i = 3; i < arguments.length; i++) {
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      Runnable write = steps.run(arguments[i]);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
      System.out.printf("%s %.2f %.2f%n", arguments[i], seconds, cpuSeconds);
      write.run();
    }
    spark.stop();
  }

  /** Comes back with the answers in memory; they are written when nobody measures. */
  private Runnable run(String step) {
    return switch (step) {
      case "process" -> process();
      case "funnel" -> funnel();
      default -> throw new IllegalArgumentException("There is no step " + step);
    };
  }

  private Runnable process() {
    ProcessRules rules =
        new ProcessRules(
            EnumSet.of(Part.VARIANTS, Part.REWORK), List.of(), MOST_VARIANTS, buckets);
    ProcessView view =
        WatchProcess.ofCases(
            read(), col("customer_id"), concat(col("channel"), lit(":"), col("type")), rules);
    return () -> view.tables().forEach((name, told) -> write(name, told.rows(), told.schema()));
  }

  private Runnable funnel() {
    TrailRules rules =
        new TrailRules(
            List.of(
                new FunnelRules(
                    "purchase",
                    List.of(step("page_view"), step("add_to_cart"), step("purchase")),
                    Duration.ofDays(14),
                    FunnelRules.Order.ORDERED,
                    List.of())),
            365,
            Map.of(),
            0.1,
            0.01,
            1,
            ZoneOffset.UTC);
    List<Row> rows =
        CountFunnels.report(
                read(),
                new CountFunnels.Groups(none(CustomerPersonas.TABLE), none(RfmScores.TABLE)),
                new CountFunnels.Until(AS_OF, AS_OF_END),
                rules)
            .funnels();
    return () -> write("funnel", rows, Funnels.TABLE.schema());
  }

  private static Step step(String type) {
    return Step.of(type, "type = '" + type + "'");
  }

  private Dataset<Row> read() {
    return spark.read().format("delta").load(input);
  }

  private Dataset<Row> none(Table table) {
    return spark.createDataFrame(List.of(), table.schema());
  }

  private void write(String name, List<Row> rows, StructType schema) {
    spark
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(output + "/" + name);
  }
}

package io.itinera.core.value;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log10;
import static org.apache.spark.sql.functions.pow;

import com.sun.management.OperatingSystemMXBean;
import io.itinera.core.persona.BuildFeatures;
import io.itinera.core.persona.FindPersonas;
import io.itinera.core.persona.PastTrainings;
import io.itinera.core.persona.PersonaModel;
import io.itinera.core.rfm.ScoreRfm;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.RfmScores;
import io.itinera.core.value.FitPurchases.Kind;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** What RFM, features and personas cost, and models of value; in the room whose parts they use. */
public final class ValueSteps {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);
  private static final int MONTHS = 12;
  private static final int DAYS_OF_MONTH = 30;

  private final SparkSession spark;
  private final String input;
  private final String output;
  private final ItineraConfig config = ConfigReader.read(List.of(), Map.of(), Map.of());

  private ValueSteps(SparkSession spark, String[] arguments) {
    this.spark = spark;
    this.input = arguments[0];
    this.output = arguments[1];
  }

  /**
   * Prints of each step the seconds and CPU seconds, and what it found.
   *
   * @param arguments folder to read from, folder to write into, steps; {@code make-N} makes days of
   *     N customers, which nobody measures
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    ValueSteps steps = new ValueSteps(spark, arguments);
    for (int i = 2; i < arguments.length; i++) {
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      String found = steps.run(arguments[i]);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
      System.out.printf("%s %.2f %.2f %s%n", arguments[i], seconds, cpuSeconds, found);
    }
    spark.stop();
  }

  private String run(String step) {
    return switch (step) {
      case "rfm" -> rfm();
      case "features" -> features();
      case "train" -> train();
      case "personas" -> personas();
      case "fit" -> purchases().toString();
      case "chain" -> chain();
      default -> make(Long.parseLong(step.substring("make-".length())));
    };
  }

  /** Buyers, lookers and callers, each with some ten days in a year. */
  private String make(long customers) {
    Dataset<Row> days =
        spark
            .range(customers)
            .selectExpr("id", "explode(sequence(0, 364, 7)) AS week")
            .where("pmod(xxhash64(id, week), 10) < 2")
            .selectExpr(
                "concat('customer-', id) AS customer_id",
                "date_sub(DATE'" + AS_OF + "', week + CAST(pmod(xxhash64(week, id), 7) AS INT))"
                    + " AS event_date",
                "IF(id % 3 = 0, 5L, 2L) AS touchpoints_count",
                "CAST(id % 3 = 0 OR pmod(xxhash64(id, week, 1), 4) = 0 AS BIGINT) AS orders_count",
                "1L AS items_count",
                "IF(id % 3 = 0 OR pmod(xxhash64(id, week, 1), 4) = 0,"
                    + " CAST(5 + pmod(xxhash64(id), 90) AS DECIMAL(18,4)), NULL) AS order_value",
                "CAST(NULL AS DECIMAL(18,4)) AS refund_value",
                "map(element_at(array('web', 'store', 'call'), CAST(id % 3 AS INT) + 1),"
                    + " 2L, 'email', 1L) AS channels",
                "map(element_at(array('purchase', 'product_view', 'complaint'),"
                    + " CAST(id % 3 AS INT) + 1), 2L, 'email_open', 1L) AS types");
    for (String column : CustomerDays.TABLE.schema().fieldNames()) {
      if (!List.of(days.columns()).contains(column)) {
        days =
            days.withColumn(column, lit(null).cast(CustomerDays.TABLE.schema().apply(column).dataType()));
      }
    }
    write(days.select(of(CustomerDays.TABLE.schema().fieldNames())), input + "/days");
    write(
        spark
            .range(customers)
            .selectExpr("concat('customer-', id) AS customer_id", "20L AS touchpoints_count"),
        input + "/customers");
    return "";
  }

  private static Column[] of(String... names) {
    return List.of(names).stream().map(name -> col(name)).toArray(Column[]::new);
  }

  private String rfm() {
    Dataset<Row> none = spark.createDataFrame(List.of(), RfmScores.TABLE.schema());
    write(ScoreRfm.scores(read("days"), none, AS_OF, config.rfm()), output + "/rfm");
    return "";
  }

  private String features() {
    Dataset<Row> features =
        BuildFeatures.features(
            read("customers"),
            read("days"),
            AS_OF,
            config.personas());
    write(features, output + "/features");
    return "";
  }

  private Dataset<Row> madeFeatures() {
    return spark
        .read()
        .schema(CustomerFeatures.table(config.personas().features().keySet()).schema())
        .parquet(output + "/features");
  }

  private PersonaModel model;

  private String train() {
    model =
        FindPersonas.train(madeFeatures(), AS_OF, config.personas(), PastTrainings.NONE)
            .orElseThrow()
            .model();
    return model.ids().size() + " personas";
  }

  private String personas() {
    write(
        FindPersonas.assign(madeFeatures(), model, AS_OF, config.personas()).customerPersonas(),
        output + "/personas");
    return "";
  }

  /** The histories are those of as_of, as {@link SumHistories} sums them up. */
  private PurchaseModel purchases() {
    PurchaseCounts counts = new PurchaseCounts();
    read("histories")
        .groupBy(SumHistories.PURCHASES, SumHistories.LAST, SumHistories.AGE)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.add(row.getInt(0), row.getInt(1), row.getInt(2), row.getLong(3)));
    return FitPurchases.fit(Kind.BG_NBD, counts).model();
  }

  /** As {@link SumHistories#counts} counts them. */
  private GammaGamma spend() {
    SpendCounts counts = new SpendCounts();
    Column unit = pow(lit(10.0), floor(log10(col(SumHistories.MEAN))).minus(2));
    read("histories")
        .where(col(SumHistories.MEAN).gt(0))
        .groupBy(
            col(SumHistories.PURCHASES),
            floor(col(SumHistories.MEAN).divide(unit).plus(0.5)).multiply(unit).as(SumHistories.MEAN))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.add(row.getInt(0), row.getDouble(1), row.getLong(2)));
    return FitSpend.fit(counts).model();
  }

  private String chain() {
    PurchaseModel purchases = purchases();
    GammaGamma spend = spend();
    ValueRules rules =
        new ValueRules(
            List.of(Kind.BG_NBD), List.of(MONTHS * DAYS_OF_MONTH), List.of(90), 90, 1, 0.1, 50);
    ScoreCustomer scoring = new ScoreCustomer(new Valuation(purchases, spend, 1, 2), rules);
    write(ScoreValue.values(read("histories"), scoring, AS_OF), output + "/values");
    return purchases + " " + spend.parameters();
  }

  private Dataset<Row> read(String name) {
    return spark.read().parquet(input + "/" + name);
  }

  private static void write(Dataset<Row> rows, String folder) {
    rows.write().mode(SaveMode.Overwrite).parquet(folder);
  }
}

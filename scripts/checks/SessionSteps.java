import static org.apache.spark.sql.functions.col;

import com.sun.management.OperatingSystemMXBean;
import io.itinera.core.customer.CustomerRules;
import io.itinera.core.customer.SumDays;
import io.itinera.core.customer.SumTotals;
import io.itinera.core.journey.CarryJourneys;
import io.itinera.core.journey.CutJourneys;
import io.itinera.core.journey.JourneyRules;
import io.itinera.core.path.CountPathVariants;
import io.itinera.core.path.CountTransitions;
import io.itinera.core.path.CustomerGroups;
import io.itinera.core.path.PathRules;
import io.itinera.core.rfm.RfmRules;
import io.itinera.core.rfm.ScoreRfm;
import io.itinera.core.rule.OrderClasses;
import io.itinera.core.session.RecallSessions;
import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.session.Sessionize;
import io.itinera.core.session.Summarize;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** What the steps from touchpoints to sessions, journeys and paths cost, Delta in and Delta out. */
public final class SessionSteps {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);
  private static final Instant AS_OF_END = Instant.parse("2026-04-01T00:00:00Z");
  private static final Set<String> PURCHASE = Set.of("purchase");
  private static final OrderClasses CLASSES = new OrderClasses(90, 180, 2, 5, 0.05);

  private static final SessionRules SESSIONS =
      new SessionRules(
          Map.of("chat", new ChannelRules(Cut.CONVERSATION, Duration.ofMinutes(30), true)),
          new ChannelRules(Cut.TIMEOUT, Duration.ofMinutes(30), false),
          Set.of("page_view"),
          PURCHASE,
          10,
          ZoneOffset.UTC);

  private static final JourneyRules JOURNEYS =
      new JourneyRules(
          Duration.ofDays(30),
          PURCHASE,
          JourneyRules.StepUnit.SESSION,
          JourneyRules.StepLabel.CHANNEL,
          JourneyRules.Repeats.EXPOSURE,
          Set.of("call", "chat"),
          Set.of("complaint"),
          ZoneOffset.UTC);

  private static final CustomerRules CUSTOMERS =
      new CustomerRules(CLASSES, 90, PURCHASE, Set.of("page_view"), Set.of(), ZoneOffset.UTC);

  private static final RfmRules RFM =
      new RfmRules(
          365,
          RfmRules.Scoring.QUINTILES,
          List.of(30.0, 90.0, 180.0, 365.0),
          List.of(2.0, 3.0, 5.0, 8.0),
          List.of(50.0, 100.0, 250.0, 500.0),
          List.of(new RfmRules.Cell("all", 1, 5, 1, 5)),
          CLASSES);

  private final SparkSession spark;
  private final String input;
  private final String output;

  private SessionSteps(SparkSession spark, String input, String output) {
    this.spark = spark;
    this.input = input;
    this.output = output;
  }

  /**
   * Prints of each step the seconds, CPU seconds, and bytes that it shuffled.
   *
   * @param arguments Delta table of touchpoints with their customers, folder to write into, steps
   */
  public static void main(String[] arguments) throws TimeoutException {
    SparkSession spark = SparkSession.builder().getOrCreate();
    AtomicLong shuffled = new AtomicLong();
    spark.sparkContext().addSparkListener(counting(shuffled));
    SessionSteps steps = new SessionSteps(spark, arguments[0], arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      shuffled.set(0);
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      steps.run(arguments[i]);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
      spark.sparkContext().listenerBus().waitUntilEmpty();
      System.out.printf("%s %.2f %.2f %d%n", arguments[i], seconds, cpuSeconds, shuffled.get());
    }
    spark.stop();
  }

  private static SparkListener counting(AtomicLong shuffled) {
    return new SparkListener() {
      @Override
      public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskMetrics() != null) {
          shuffled.addAndGet(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
        }
      }
    };
  }

  private void run(String step) {
    write(
        step,
        switch (step) {
          case "sessions" -> sessions();
          case "rfm" -> rfm();
          case "journeys" -> journeys();
          case "transitions" -> transitions();
          case "variants" -> CountPathVariants.variants(made("journeys"), AS_OF, PathRules.of(365));
          case "totals" -> SumTotals.totals(SumDays.days(touchpoints(), CUSTOMERS));
          default -> throw new IllegalArgumentException("There is no step " + step);
        });
  }

  private Dataset<Row> sessions() {
    return Summarize.sessions(
        Sessionize.assign(touchpoints(), SESSIONS),
        RestartSessions.nobodyEarlier(none(Sessions.TABLE)),
        AS_OF_END,
        SESSIONS);
  }

  /** Scores are made of orders and money: other touchpoints of a customer's days do not count. */
  private Dataset<Row> rfm() {
    Column counts = col("type").isin(PURCHASE.toArray()).or(col("value").isNotNull());
    return ScoreRfm.scores(
        SumDays.days(touchpoints().where(counts), CUSTOMERS), none(RfmScores.TABLE), AS_OF, RFM);
  }

  private Dataset<Row> journeys() {
    return CutJourneys.journeys(
        RecallSessions.beside(touchpoints(), made("sessions"), SESSIONS),
        CarryJourneys.nothing(none(Journeys.TABLE)),
        AS_OF_END,
        JOURNEYS);
  }

  private Dataset<Row> transitions() {
    return CountTransitions.transitions(
        made("journeys"),
        new CustomerGroups(none(CustomerPersonas.TABLE), none(RfmScores.TABLE)),
        AS_OF,
        PathRules.of(365));
  }

  private Dataset<Row> touchpoints() {
    Column isDue = col("event_date").leq(java.sql.Date.valueOf(AS_OF));
    return spark.read().format("delta").load(input).where(isDue);
  }

  private Dataset<Row> made(String name) {
    return spark.read().format("delta").load(output + "/" + name);
  }

  private Dataset<Row> none(Table table) {
    return spark.createDataFrame(List.of(), table.schema());
  }

  private void write(String name, Dataset<Row> rows) {
    rows.write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("overwriteSchema", "true")
        .save(output + "/" + name);
  }
}

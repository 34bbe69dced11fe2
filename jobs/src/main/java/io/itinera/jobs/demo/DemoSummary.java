package io.itinera.jobs.demo;

import io.itinera.core.sample.Agreement;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.query.Catalog;
import io.itinera.jobs.sample.TruthComparison;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.screen.SqlFormat;
import io.itinera.jobs.screen.SqlFormat.Limits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a demo's nights have found, for a person to enjoy. */
public final class DemoSummary {

  private static final int WIDEST = 100;

  private final SparkSession spark;
  private final ItineraConfig config;
  private final Screen screen;

  /** Of the warehouse that {@code config} names. */
  public DemoSummary(SparkSession spark, ItineraConfig config, Screen screen) {
    this.spark = spark;
    this.config = config;
    this.screen = screen;
  }

  /** Shows what the night of {@code asOf} left, beside the truth that lies in {@code home}. */
  public void show(Path home, LocalDate asOf) {
    new Catalog(spark, config).registerFor("SHOW TABLES");
    table(
        "What was loaded",
        """
        SELECT source, count(*) AS files, sum(records_read) AS read,
               sum(records_accepted) AS accepted, sum(records_duplicate) AS duplicate,
               sum(records_rejected) AS rejected
        FROM loaded_files GROUP BY source ORDER BY source
        """);
    table(
        "What was rejected, and why",
        """
        SELECT source, reason, count(*) AS records FROM rejected_records
        GROUP BY source, reason ORDER BY records DESC, source, reason
        """);
    table(
        "Who was found",
        """
        SELECT count(*) AS customers, count_if(is_known) AS known,
               sum(touchpoints_count) AS touchpoints, sum(sessions_count) AS sessions,
               (SELECT count(*) FROM journeys) AS journeys, sum(orders_count) AS orders,
               cast(sum(revenue) AS DECIMAL(18, 2)) AS revenue
        FROM customers
        """);
    table(
        "RFM segments of customers with an order",
        """
        SELECT segment, count(*) AS customers, round(avg(recency_days), 1) AS recency_days,
               round(avg(frequency), 1) AS orders, cast(avg(monetary) AS DECIMAL(18, 2)) AS value
        FROM rfm_scores WHERE as_of = '%s' GROUP BY segment ORDER BY customers DESC, segment
        """
            .formatted(asOf));
    personas(asOf);
    table(
        "Paths that lead to a purchase",
        """
        SELECT path_text, journeys_count, conversions_count,
               round(100 * conversion_rate, 1) AS percent,
               cast(revenue AS DECIMAL(18, 2)) AS revenue
        FROM path_variants WHERE as_of = '%s' AND conversions_count > 0
        ORDER BY conversions_count DESC, path_text LIMIT 8
        """
            .formatted(asOf));
    truth(home, asOf);
    further(home);
  }

  private void personas(LocalDate asOf) {
    heading("Personas");
    Dataset<Row> personas =
        spark.sql(
            """
            SELECT name, customers_count, round(100 * share) AS percent, description
            FROM personas WHERE as_of = '%s' ORDER BY customers_count DESC, persona_id
            """
                .formatted(asOf));
    personas
        .collectAsList()
        .forEach(
            row ->
                screen.note(
                    String.format(
                        Locale.ROOT,
                        "  %s – %,d customers, %.0f %%%n      %s",
                        row.getString(0),
                        row.getLong(1),
                        row.getDouble(2),
                        row.getString(3))));
  }

  private void truth(Path home, LocalDate asOf) {
    TruthComparison found = TruthComparison.of(new Lake(spark, config.warehouse()), home, asOf);
    heading("Against the planted truth");
    identity("identity, pairs that records link", found.deterministic());
    identity("identity, all pairs of a person", found.all());
    share("touchpoints with the right customer", found.touchpoints());
    share("sessions of one person", found.sessions());
    share("journeys of one person", found.journeys());
    screen.note(
        String.format(
            Locale.ROOT,
            "  %-36s adjusted Rand index %.3f, purity %.3f",
            "personas against planted kinds",
            found.personas().adjustedRandIndex(),
            found.personas().purity()));
  }

  private void identity(String what, Agreement agreement) {
    screen.note(
        String.format(
            Locale.ROOT,
            "  %-36s F1 %.4f, precision %.4f, recall %.4f",
            what,
            agreement.f1(),
            agreement.precision(),
            agreement.recall()));
  }

  private void share(String what, double share) {
    screen.note(String.format(Locale.ROOT, "  %-36s %.4f", what, share));
  }

  private void further(Path home) {
    String conf = " --config " + home.resolve("itinera.conf");
    heading("Look further");
    screen.note("  scripts/itinera tables" + conf);
    screen.note(
        "  scripts/itinera sql \"SELECT * FROM customers ORDER BY revenue DESC LIMIT 10\"" + conf);
    screen.note(
        "  scripts/itinera sql \"SELECT * FROM customer_changes WHERE change = 'merged'\"" + conf);
    screen.note("  scripts/itinera runs" + conf);
  }

  private void table(String title, String query) {
    heading(title);
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    SqlFormat.TABLE.write(spark.sql(query), new Limits(0, WIDEST), out);
    out.flush();
    text.toString()
        .lines()
        .filter(line -> !line.matches("\\d+ rows?"))
        .forEach(line -> screen.note("  " + line));
  }

  private void heading(String title) {
    screen.note("");
    screen.note(title);
  }
}

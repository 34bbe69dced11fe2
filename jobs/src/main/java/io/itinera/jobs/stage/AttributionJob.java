package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.attribution.Attribute;
import io.itinera.core.attribution.AttributionRules;
import io.itinera.core.attribution.FindRestated;
import io.itinera.core.attribution.GatherTouches;
import io.itinera.core.attribution.SumCosts;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Attribution;
import io.itinera.core.table.AttributionChanges;
import io.itinera.core.table.AttributionTouchpoints;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.core.table.RequiredCheck;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.read.ReadRates;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Journeys and their touches to what marketing channels and campaigns are worth. */
final class AttributionJob {

  private static final Slice WHOLE = new Slice(Map.of());

  private AttributionJob() {}

  static void run(StageContext context) {
    Lake lake = context.lake();
    AttributionRules rules = context.config().attribution();
    Dataset<Row> journeys = lake.read(Journeys.TABLE);
    Dataset<Row> touched =
        GatherTouches.touches(
                ReadOwned.ofEveryone(context, GatherTouches.COLUMNS),
                journeys,
                context.asOf(),
                rules)
            .transform(HoldRows::of);
    Attribute found = Attribute.models(touched, context.asOf(), rules);
    List<Row> checks = new ArrayList<>();
    List<Row> rows = found.rows(costs(context, checks));
    requireConserved(context, rows, journeys, checks);
    lake.append(QualityChecks.TABLE, checks);
    lake.replace(Attribution.TABLE, Slice.of(Attribution.TABLE, List.of(context.asOf())), rows);
    storeTouchpoints(context, found, touched);
  }

  private static void storeTouchpoints(
      StageContext context, Attribute found, Dataset<Row> touched) {
    Lake lake = context.lake();
    AttributionRules rules = context.config().attribution();
    boolean mayRestate =
        context.seen().isPresent() && lake.wasWritten(AttributionTouchpoints.TABLE);
    Dataset<Row> before = lake.read(AttributionTouchpoints.TABLE);
    // A touchpoint is in one journey: no key comes twice.
    lake.replaceAsMade(AttributionTouchpoints.TABLE, WHOLE, found.touchpoints(touched));
    if (mayRestate) {
      String runId = context.night().runId();
      lake.append(
          AttributionChanges.TABLE,
          FindRestated.restated(
                  FindRestated.stillLookedAt(
                      before, lake.read(Journeys.TABLE), context.asOf(), rules.windowDays()),
                  // What is made once more sooner than it is read among all models.
                  Attribute.linear(touched, rules),
                  lake.read(CustomerChanges.TABLE)
                      .where(col(CustomerChanges.RUN_ID).equalTo(runId)))
              .withColumn(AttributionChanges.RUN_ID, lit(runId))
              .withColumn(AttributionChanges.AS_OF, lit(Date.valueOf(context.asOf()))));
    }
  }

  /** What campaigns cost; says so where some of it is in a currency without a rate. */
  private static List<Row> costs(StageContext context, List<Row> checks) {
    LocalDate asOf = context.asOf();
    Column isInTime =
        col(CampaignCosts.DATE)
            .leq(lit(Date.valueOf(asOf)))
            .and(
                context
                    .config()
                    .attribution()
                    .windowDays()
                    .map(
                        days -> col(CampaignCosts.DATE).gt(lit(Date.valueOf(asOf.minusDays(days)))))
                    .orElse(lit(true)));
    if (context.lake().rowCount(CampaignCosts.TABLE).orElse(1) == 0) {
      return List.of();
    }
    String currency = context.config().currency();
    List<Row> all =
        SumCosts.sums(
                context.lake().read(CampaignCosts.TABLE).where(isInTime),
                currency,
                ReadRates.rules(context.lake().spark(), context.config()).rates())
            .collectAsList();
    long unknown = all.stream().filter(row -> row.<Long>getAs(SumCosts.UNKNOWN) > 0).count();
    if (unknown > 0) {
      checks.add(
          new QualityWarning(
                  CampaignCosts.TABLE,
                  "costs are in %s, or have an exchange rate".formatted(currency),
                  "%d campaigns have costs in other currencies without a rate of their day, which"
                          .formatted(unknown)
                      + " attribution leaves out",
                  "0; see itinera.exchange-rates")
              .row(context.night().runId()));
    }
    return all;
  }

  private static void requireConserved(
      StageContext context, List<Row> rows, Dataset<Row> journeys, List<Row> checks) {
    Row converted =
        journeys
            .where(col(Journeys.OUTCOME).equalTo(JourneyOutcome.CONVERTED.text()))
            .where(
                context
                    .config()
                    .attribution()
                    .windowDays()
                    .map(
                        days ->
                            col(Journeys.ENDED_ON)
                                .gt(lit(Date.valueOf(context.asOf().minusDays(days)))))
                    .orElse(lit(true)))
            .agg(
                count(lit(1)),
                coalesce(sum(Journeys.REVENUE), lit(BigDecimal.ZERO)).cast("decimal(38,4)"))
            .collectAsList()
            .get(0);
    String expected = told(BigDecimal.valueOf(converted.getLong(0)), converted.getDecimal(1));
    RequiredCheck check =
        new RequiredCheck(
            Attribution.TABLE,
            "every model but participation adds up to the converted journeys",
            Attribute.sums(rows).entrySet().stream()
                .map(model -> told(model.getValue().get(0), model.getValue().get(1)))
                .filter(sums -> !sums.equals(expected))
                .findFirst()
                .orElse(rows.isEmpty() ? told(BigDecimal.ZERO, BigDecimal.ZERO) : expected),
            expected);
    checks.add(check.row(context.night().runId()));
    if (!check.passed()) {
      throw new IllegalStateException(
          "Attribution gives %s, but journeys have %s. Run itinera nightly --full-refresh; if that"
                  .formatted(check.observed(), expected)
              + " does not mend it, tell the developers.");
    }
  }

  private static String told(BigDecimal conversions, BigDecimal revenue) {
    return "%s conversions, %s"
        .formatted(conversions.setScale(4).toPlainString(), revenue.setScale(4).toPlainString());
  }
}

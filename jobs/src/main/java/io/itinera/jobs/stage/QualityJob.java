package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.lit;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.QualityCheck;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.Table;
import io.itinera.core.verify.CompareMoney;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks whether the night's tables agree with each other, and, if wanted, with their facts. */
final class QualityJob {

  static final String MONEY = "revenue less refunded is what customers brought";

  private static final List<Table> SUMMED =
      List.of(Journeys.TABLE, CustomerDays.TABLE, Customers.TABLE);

  private QualityJob() {}

  static void run(StageContext context) {
    List<QualityCheck> checks = new ArrayList<>();
    checks.add(money(context));
    double share = context.config().quality().verifiedShare();
    if (context.config().quality().verifies()) {
      // Others every night: after a hundred nights of one percent most customers were looked at.
      Draw draw = Draw.of(share, context.asOf().toEpochDay());
      checks.add(check(VerifyJob.verify(context, draw)));
    }
    checks.stream()
        .filter(check -> !check.passed())
        .forEach(
            check ->
                context
                    .meter()
                    .note("Check not passed, %s: %s".formatted(check.check(), check.observed())));
    store(context, checks);
  }

  /** Makes rows of some customers anew and notes how they compare with what is stored. */
  static Verified verify(StageContext context, Draw draw) {
    Verified found = VerifyJob.verify(context, draw);
    store(context, List.of(check(found)));
    return found;
  }

  private static void store(StageContext context, List<QualityCheck> checks) {
    String runId = context.night().runId();
    context
        .lake()
        .append(QualityChecks.TABLE, checks.stream().map(check -> check.row(runId)).toList());
  }

  private static QualityCheck check(Verified found) {
    return new QualityCheck(
        Customers.TABLE,
        VerifyJob.CHECK,
        found.areAlike(),
        found.describe(),
        "no difference; itinera verify shows them");
  }

  /**
   * Where the sums agreed the last time, only what was written since is summed up: no look at
   * history, unless nearly all of it was written anew.
   */
  private static QualityCheck money(StageContext context) {
    boolean isOfAll = context.seen().isEmpty() || !agreed(context.lake()) || isMoreThanAll(context);
    Row sums =
        CompareMoney.sums(
                moved(context, Journeys.TABLE, isOfAll),
                moved(context, CustomerDays.TABLE, isOfAll),
                moved(context, Customers.TABLE, isOfAll))
            .select(CompareMoney.OF_JOURNEYS, CompareMoney.OF_CUSTOMERS, CompareMoney.UNLIKE_COUNT)
            .head();
    BigDecimal ofJourneys = sums.getDecimal(0);
    BigDecimal ofCustomers = sums.getDecimal(1);
    long unlike = sums.getLong(2);
    return new QualityCheck(
        Journeys.TABLE,
        MONEY,
        ofJourneys.compareTo(ofCustomers) == 0 && unlike == 0,
        "%s of journeys, %s of customers %s; %d customers have another sum"
            .formatted(ofJourneys, ofCustomers, isOfAll ? "in all" : "more than before", unlike),
        "the same sum, for each customer, too");
  }

  /** Whether to read what was written since, and what it replaced, is to read more than all. */
  private static boolean isMoreThanAll(StageContext context) {
    Lake lake = context.lake();
    long written =
        SUMMED.stream()
            .mapToLong(table -> lake.bytesRewritten(table, context.seen().get().version(table)))
            .sum();
    return written > SUMMED.stream().mapToLong(lake::bytes).sum();
  }

  private static Dataset<Row> moved(StageContext context, Table table, boolean isOfAll) {
    Lake lake = context.lake();
    return isOfAll
        ? lake.read(table).withColumn(CompareMoney.CHANGE, lit(1L))
        : lake.rewritten(table, context.seen().get().version(table));
  }

  /** Whether it passed the last time, or was never made. */
  private static boolean agreed(Lake lake) {
    return lake
        .rows(QualityChecks.TABLE, QualityChecks.RUN_ID, QualityChecks.CHECK, QualityChecks.PASSED)
        .stream()
        .filter(row -> MONEY.equals(row.getString(1)))
        .max(Comparator.comparing(row -> row.getString(0)))
        .map(row -> row.getBoolean(2))
        .orElse(true);
  }
}

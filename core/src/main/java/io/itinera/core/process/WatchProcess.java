package io.itinera.core.process;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.itinera.core.spark.PackEvents;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Watches the process that cases go through: their events in order, told by one Spark job. */
public final class WatchProcess {

  static final String ARROW = " > ";

  private static final String CONVERTED = "(journey) converted";
  private static final String ABANDONED = "(journey) abandoned";
  private static final String OPEN = "(journey) open";

  /** What begins a journey says how it is to end. */
  private static final Map<String, String> JOURNEY_ENDS =
      Map.of(CONVERTED, "(conversion)", ABANDONED, "(exit)", OPEN, "");

  private WatchProcess() {}

  /**
   * The process of each customer, or whatever a case is: all its touchpoints.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}; what {@code caseId} and {@code name} need
   * @param caseId what touchpoints of one case have in common; without it they are in no case
   * @param name what an event is called
   */
  public static ProcessView ofCases(
      Dataset<Row> touchpoints, Column caseId, Column name, ProcessRules rules) {
    return view(events(touchpoints, caseId, name), Map.of(), rules);
  }

  /**
   * The process of each journey that is there: touchpoints of other journeys are in none.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}
   * @param journeys rows of {@link Journeys}, all of the customers
   * @param name what an event is called
   */
  public static ProcessView ofJourneys(
      Dataset<Row> touchpoints, Dataset<Row> journeys, Column name, ProcessRules rules) {
    Column outcome = col(Journeys.OUTCOME);
    Column begins =
        when(outcome.equalTo(JourneyOutcome.CONVERTED.text()), CONVERTED)
            .when(outcome.equalTo(JourneyOutcome.ABANDONED.text()), ABANDONED)
            .otherwise(OPEN);
    // Right before the first touchpoint, whose place it has.
    Dataset<Row> heads =
        journeys.select(
            xxhash64(col(Journeys.CUSTOMER_ID)),
            unix_micros(col(Journeys.STARTED_AT)),
            col(Journeys.FIRST_SEQUENCE),
            col(Journeys.FIRST_TOUCHPOINT_ID),
            lit(null).cast("int"),
            begins);
    return view(
        events(touchpoints, col(OwnedTouchpoints.CUSTOMER_ID), name).union(heads),
        JOURNEY_ENDS,
        rules);
  }

  private static Dataset<Row> events(Dataset<Row> touchpoints, Column caseId, Column name) {
    return touchpoints
        .where(caseId.isNotNull())
        .select(
            xxhash64(caseId),
            unix_micros(col(Touchpoints.OCCURRED_AT)),
            col(Touchpoints.SEQUENCE),
            col(Touchpoints.TOUCHPOINT_ID),
            col(Touchpoints.DURATION_SECONDS).cast("int"),
            coalesce(name.cast("string"), lit("(none)")));
  }

  private static ProcessView view(
      Dataset<Row> events, Map<String, String> cuts, ProcessRules rules) {
    List<Row> told =
        PackEvents.packed(events, rules.buckets())
            .repartition(rules.buckets(), col("bucket"))
            .mapPartitions(new TallyProcess(rules, cuts), Encoders.row(TallyProcess.SCHEMA))
            // Of variants there are so many that only the most frequent may leave the tasks.
            .repartition(col("kind"), col("from"), col("to"))
            .mapPartitions(new Together(rules.mostVariants()), Encoders.row(TallyProcess.SCHEMA))
            .collectAsList();
    return new ProcessView(summed(told.iterator()), rules);
  }

  /** Of what something is told. */
  record Counted(String kind, String from, String to) {}

  static Map<Counted, Figures> summed(Iterator<Row> rows) {
    Map<Counted, Figures> sums = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      List<Long> boxed = row.getList(3);
      sums.computeIfAbsent(
              new Counted(row.getString(0), row.getString(1), row.getString(2)), k -> new Figures())
          .add(boxed.stream().mapToLong(Long::longValue).toArray());
    }
    return sums;
  }

  /** What tasks tell of the same, and of variants how many there are beside the most frequent. */
  private record Together(int mostVariants) implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      List<Row> told = new ArrayList<>();
      List<Map.Entry<Counted, Figures>> variants = new ArrayList<>();
      for (Map.Entry<Counted, Figures> each : summed(rows).entrySet()) {
        if (each.getKey().kind().equals(TallyProcess.VARIANT)) {
          variants.add(each);
        } else {
          told.add(row(each));
        }
      }
      variants.sort(ProcessView.MOST_FREQUENT);
      variants.stream().limit(mostVariants).forEach(each -> told.add(row(each)));
      if (!variants.isEmpty()) {
        Figures all = new Figures();
        variants.forEach(each -> all.count(0));
        told.add(TallyProcess.row(ProcessView.VARIANTS, "", "", all));
      }
      return told.iterator();
    }

    private static Row row(Map.Entry<Counted, Figures> each) {
      Counted key = each.getKey();
      return TallyProcess.row(key.kind(), key.from(), key.to(), each.getValue());
    }
  }
}

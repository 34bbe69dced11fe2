package io.itinera.jobs.preview;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.map.Candidates;
import io.itinera.core.settle.PickWinners;
import io.itinera.core.settle.RepeatedOrders;
import io.itinera.core.settle.SettleDeliveries;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.OrderRecords;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ItineraConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a night from nothing, by its own rules, would keep of the records of one source.
 *
 * @param candidates rows of {@link Candidates}: of each kind only what is kept, and without the
 *     value of orders that another record has
 * @param lost records that are not kept, each with the one that stands for it
 * @param orders records whose order another record has, each with that one
 */
record KeptRecords(Dataset<Row> candidates, List<Row> lost, List<Row> orders) {

  /** Name of the kind to that of its id. */
  private static final Map<String, String> IDS =
      Map.of(
          Candidates.TOUCHPOINT, Touchpoints.TOUCHPOINT_ID,
          Candidates.PROFILE, Profiles.RECORD_ID,
          Candidates.COST, CampaignCosts.RECORD_ID);

  private static final String STANDING = "standing";
  private static final String LOST = "lost_kinds";
  private static final String OTHER = "other_";

  static KeptRecords of(Dataset<Row> candidates, SourceRules source, ItineraConfig config) {
    SparkSession spark = candidates.sparkSession();
    Dataset<Row> touchpoints = nothing(spark, Touchpoints.TABLE);
    Dataset<Row> contests =
        SettleDeliveries.contests(
                candidates,
                new SettleDeliveries.Stored(
                    touchpoints,
                    Optional.empty(),
                    nothing(spark, Profiles.TABLE),
                    nothing(spark, CampaignCosts.TABLE)),
                List.of(source))
            .transform(HoldRows::of);
    Dataset<Row> lost = lost(candidates, contests).transform(HoldRows::of);
    Dataset<Row> left = without(candidates, lost);
    if (source.orders() != SourceRules.Orders.ONCE) {
      return new KeptRecords(left, lost.collectAsList(), List.of());
    }
    Dataset<Row> purchases =
        RepeatedOrders.records(
            PickWinners.touchpoints(candidates, contests, touchpoints),
            List.of(source.name()),
            config.raw().bots());
    Dataset<Row> orders = orders(left, RepeatedOrders.marks(purchases)).transform(HoldRows::of);
    return new KeptRecords(worth(left, orders), lost.collectAsList(), orders.collectAsList());
  }

  private static Dataset<Row> nothing(SparkSession spark, Table table) {
    return spark.createDataFrame(List.of(), table.schema());
  }

  /** One row for each record that is not kept: its kind and place, and that of the other. */
  private static Dataset<Row> lost(Dataset<Row> candidates, Dataset<Row> contests) {
    Dataset<Row> standing = PickWinners.standing(contests);
    Column isOther =
        not(
            col(Candidates.PATH)
                .equalTo(col(OTHER + Candidates.PATH))
                .and(col(Candidates.POSITION).equalTo(col(OTHER + Candidates.POSITION))));
    return IDS.entrySet().stream()
        .map(
            kind ->
                candidates
                    .where(col(kind.getKey()).isNotNull())
                    .select(
                        col(Candidates.PATH),
                        col(Candidates.POSITION),
                        col(kind.getKey()).getField(kind.getValue()).as(STANDING))
                    .join(
                        standing
                            .where(col(PickWinners.KIND).equalTo(kind.getKey()))
                            .withColumnRenamed(Candidates.PATH, OTHER + Candidates.PATH)
                            .withColumnRenamed(Candidates.POSITION, OTHER + Candidates.POSITION),
                        col(STANDING).equalTo(col(PickWinners.ID)),
                        "inner")
                    .where(isOther)
                    .select(
                        col(PickWinners.KIND),
                        col(PickWinners.IS_WITHDRAWN),
                        col(Candidates.PATH),
                        col(Candidates.POSITION),
                        col(OTHER + Candidates.PATH),
                        col(OTHER + Candidates.POSITION)))
        .reduce(Dataset::union)
        .orElseThrow()
        .orderBy(PickWinners.KIND, Candidates.PATH, Candidates.POSITION);
  }

  private static Dataset<Row> without(Dataset<Row> candidates, Dataset<Row> lost) {
    Dataset<Row> kinds =
        lost.groupBy(
                col(Candidates.PATH).as(OTHER + Candidates.PATH),
                col(Candidates.POSITION).as(OTHER + Candidates.POSITION))
            .agg(collect_set(PickWinners.KIND).as(LOST));
    Column isSame =
        col(Candidates.PATH)
            .equalTo(col(OTHER + Candidates.PATH))
            .and(col(Candidates.POSITION).equalTo(col(OTHER + Candidates.POSITION)));
    Dataset<Row> left = candidates.join(kinds, isSame, "left");
    for (String kind : IDS.keySet()) {
      Column isLost = coalesce(array_contains(col(LOST), kind), lit(false));
      left = left.withColumn(kind, when(not(isLost), col(kind)));
    }
    return left.drop(OTHER + Candidates.PATH, OTHER + Candidates.POSITION, LOST)
        .transform(HoldRows::of);
  }

  /** One row for each kept record whose order another has: both places and the order. */
  private static Dataset<Row> orders(Dataset<Row> left, Dataset<Row> marks) {
    Column touchpoint = col(Candidates.TOUCHPOINT);
    Dataset<Row> places =
        left.where(touchpoint.isNotNull())
            .select(
                col(Candidates.PATH),
                col(Candidates.POSITION),
                touchpoint.getField(Touchpoints.TOUCHPOINT_ID).as(STANDING),
                touchpoint.getField(Touchpoints.ORDER_ID).as(Touchpoints.ORDER_ID));
    Dataset<Row> firsts =
        places.select(
            col(Candidates.PATH).as(OTHER + Candidates.PATH),
            col(Candidates.POSITION).as(OTHER + Candidates.POSITION),
            col(STANDING).as(OTHER + STANDING));
    return places
        .join(marks, col(STANDING).equalTo(col(OrderRecords.TOUCHPOINT_ID)), "inner")
        .join(
            firsts, col(OrderRecords.REPEATS_TOUCHPOINT_ID).equalTo(col(OTHER + STANDING)), "inner")
        .orderBy(Candidates.PATH, Candidates.POSITION);
  }

  private static Dataset<Row> worth(Dataset<Row> left, Dataset<Row> orders) {
    Dataset<Row> repeated = orders.select(col(STANDING).as(LOST));
    Column touchpoint = col(Candidates.TOUCHPOINT);
    Column value = touchpoint.getField(Touchpoints.VALUE);
    return left.join(
            repeated, touchpoint.getField(Touchpoints.TOUCHPOINT_ID).equalTo(col(LOST)), "left")
        .withColumn(
            Candidates.TOUCHPOINT,
            when(
                touchpoint.isNotNull(),
                touchpoint.withField(Touchpoints.VALUE, when(col(LOST).isNull(), value))))
        .drop(LOST)
        .transform(HoldRows::of);
  }

  /** Title to what is counted under it: nothing where all is kept as it is. */
  Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (Row row : lost) {
      count(counts, isWithdrawn(row) ? "withdrawn" : "delivered again", kind(row));
    }
    orders.forEach(row -> count(counts, "orders again, without value", Candidates.TOUCHPOINT));
    return counts;
  }

  private static void count(Map<String, Map<String, Long>> counts, String title, String kind) {
    counts.computeIfAbsent(title, t -> new LinkedHashMap<>()).merge(kind, 1L, Long::sum);
  }

  /** A sentence for each of those records, at most {@code shown} of each kind. */
  List<String> sentences(int shown) {
    Map<String, List<String>> sentences = new LinkedHashMap<>();
    for (Row row : lost) {
      String form =
          isWithdrawn(row)
              ? "%s withdrawn: record %s by record %s"
              : "%s again: record %s is the same as record %s, which stands";
      add(sentences, form, kind(row), row);
    }
    for (Row row : orders) {
      String order = row.getAs(Touchpoints.ORDER_ID);
      String form = "%s again: record %s has the order of record %s, which has its value";
      add(sentences, form, "order " + order, row);
    }
    return sentences.values().stream().flatMap(all -> all.stream().limit(shown)).toList();
  }

  private static void add(Map<String, List<String>> sentences, String form, String what, Row row) {
    String sentence = form.formatted(what, place(row, ""), place(row, OTHER));
    sentences.computeIfAbsent(form, f -> new ArrayList<>()).add(sentence);
  }

  private static String place(Row row, String prefix) {
    String path = row.getAs(prefix + Candidates.PATH);
    long position = row.getAs(prefix + Candidates.POSITION);
    return "%s of %s"
        .formatted(RecordPreview.place(position), path.substring(path.lastIndexOf('/') + 1));
  }

  private static boolean isWithdrawn(Row row) {
    return row.getAs(PickWinners.IS_WITHDRAWN);
  }

  private static String kind(Row row) {
    return row.getAs(PickWinners.KIND);
  }
}

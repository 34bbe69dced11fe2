package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.persona.FeatureRows;
import io.itinera.core.persona.FeatureTable;
import io.itinera.core.rfm.ScoreRfm;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads what features are computed over, no more of it than they need: as the night of a day knows
 * it, whichever night asks.
 */
final class ReadFeatureRows {

  private final StageContext context;
  private final Lake lake;

  private ReadFeatureRows(StageContext context) {
    this.context = context;
    this.lake = context.lake();
  }

  /** Those of the night at work, whose cards are stored. */
  static FeatureRows ofNight(StageContext context) {
    ReadFeatureRows read = new ReadFeatureRows(context);
    Dataset<Row> cards = read.lake.read(Customers.TABLE);
    return read.rows(cards, () -> cards);
  }

  /** As the night of that day would have seen them: nobody who came later. */
  static FeatureRows ofEarlier(LocalDate day, StageContext context) {
    Night night = new Night(context.night().runId(), day, context.night().fullRefresh());
    ReadFeatureRows read =
        new ReadFeatureRows(new StageContext(context.lake(), context.config(), night));
    Dataset<Row> customers =
        read.days()
            .select(
                col(CustomerDays.CUSTOMER_ID).as(Customers.CUSTOMER_ID),
                lit(1L).as(Customers.TOUCHPOINTS_COUNT))
            .distinct();
    return read.rows(customers, () -> CustomersJob.cardsOf(read.context));
  }

  private FeatureRows rows(Dataset<Row> customers, Supplier<Dataset<Row>> cards) {
    Map<FeatureTable, Dataset<Row>> tables = new EnumMap<>(FeatureTable.class);
    for (FeatureTable table : context.config().personas().tables()) {
      tables.put(table, table == FeatureTable.CUSTOMERS ? cards.get() : rows(table));
    }
    return new FeatureRows(customers, tables);
  }

  private Dataset<Row> rows(FeatureTable table) {
    return switch (table) {
      case CUSTOMER_DAYS -> days();
      case SESSIONS -> FeatureRows.overBefore(startOf(context.asOf()), lake.read(Sessions.TABLE));
      case JOURNEYS ->
          FeatureRows.overBy(
              context.asOfEnd(), context.config().journeys().gap(), lake.read(Journeys.TABLE));
      // The stage rfm has no scores of a day on which no night ran. What came before tells no
      // feature.
      case RFM -> ScoreRfm.scores(days(), noScores(), context.asOf(), context.config().rfm());
      case CUSTOMERS -> throw new IllegalStateException("cards are made by others");
    };
  }

  private Dataset<Row> days() {
    return lake.read(CustomerDays.TABLE)
        .where(col(CustomerDays.EVENT_DATE).leq(lit(context.asOf())));
  }

  private Dataset<Row> noScores() {
    return lake.spark().createDataFrame(List.of(), RfmScores.TABLE.schema());
  }

  private Instant startOf(LocalDate day) {
    return day.atStartOfDay(context.config().timeZone()).toInstant();
  }
}

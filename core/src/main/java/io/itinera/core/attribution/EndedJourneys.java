package io.itinera.core.attribution;

import io.itinera.core.attribution.TouchedJourney.Touch;
import io.itinera.core.spark.PackRows.Walk;
import io.itinera.core.spark.PackRows.Walks;
import io.itinera.core.spark.RowsOfCase;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.JourneyOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of journeys that have ended, with the touches of their lookback side by side. */
final class EndedJourneys {

  static final String TYPE = "conversion_type";
  static final String IDS = "touch_ids";
  static final String CHANNELS = "touch_channels";
  static final String CAMPAIGNS = "touch_campaigns";
  static final String MICROS = "touch_micros";
  static final String DIRECT = "touch_is_direct";

  /**
   * The type of the conversion is null where there was none; revenue is in the smallest unit of
   * money.
   */
  static final StructType SCHEMA =
      new StructType()
          .add(GatherTouches.CUSTOMER, DataTypes.StringType)
          .add(GatherTouches.JOURNEY, DataTypes.StringType)
          .add(GatherTouches.CONVERSION, DataTypes.StringType)
          .add(TYPE, DataTypes.StringType)
          .add(GatherTouches.REVENUE, DataTypes.LongType)
          .add(IDS, ColumnTypes.STRINGS)
          .add(CHANNELS, ColumnTypes.STRINGS)
          .add(CAMPAIGNS, ColumnTypes.STRINGS)
          .add(MICROS, DataTypes.createArrayType(DataTypes.LongType))
          .add(DIRECT, DataTypes.createArrayType(DataTypes.BooleanType));

  private static final long VISIT_MICROS = 1_800_000_000L;

  private EndedJourneys() {}

  /** A row of {@link #SCHEMA} as models take it, or of some of its fields. */
  static TouchedJourney journey(Row row) {
    List<String> channels = row.getList(row.fieldIndex(CHANNELS));
    List<String> campaigns = row.getList(row.fieldIndex(CAMPAIGNS));
    List<Long> micros = row.getList(row.fieldIndex(MICROS));
    List<Boolean> direct = row.getList(row.fieldIndex(DIRECT));
    List<Touch> touches = new ArrayList<>(channels.size());
    for (int i = 0; i < channels.size(); i++) {
      touches.add(new Touch(channels.get(i), campaigns.get(i), micros.get(i), direct.get(i)));
    }
    return new TouchedJourney(touches, row.getAs(TYPE), row.<Long>getAs(GatherTouches.REVENUE));
  }

  /** Ids of the touches of a row of {@link #SCHEMA}. */
  static List<String> touches(Row row) {
    return row.getList(SCHEMA.fieldIndex(IDS));
  }

  /** What many rows have in common: a journey begins, or a touch of some marketing. */
  record Kind(
      boolean isTouch, String conversion, String contact, String channel, String campaign) {}

  /** Cuts each customer's touchpoints where a journey begins. */
  record Finder(long lookbackMicros, Set<String> directChannels, boolean joinsVisits)
      implements Walks<Kind> {

    private static final long serialVersionUID = 1L;

    @Override
    public Walk<Kind> begin() {
      return new Cutting(this);
    }
  }

  private static final class Cutting implements Walk<Kind> {
    private final Finder rules;

    private Cutting(Finder rules) {
      this.rules = rules;
    }

    @Override
    public Kind kind(Row row) {
      return new Kind(
          row.getBoolean(0),
          row.getString(1),
          row.getString(2),
          row.getString(3),
          row.getString(4));
    }

    @Override
    public List<Row> take(RowsOfCase<Kind> rows) {
      List<Row> journeys = new ArrayList<>();
      int first = 0;
      while (first < rows.size()) {
        int end = first + 1;
        while (end < rows.size() && rows.kind(end).isTouch()) {
          end++;
        }
        // What is before all journeys is of none.
        if (!rows.kind(first).isTouch()) {
          Head head = Head.of(rows.own(first));
          if (head.outcome() != null) {
            journeys.add(new Journey(rules, rows, head).row(first + 1, end));
          }
        }
        first = end;
      }
      return journeys;
    }

    @Override
    public List<Row> end() {
      return List.of();
    }
  }

  /** A journey as it is told where it begins; without an outcome it does not count. */
  private record Head(String journey, String outcome, String conversion, long revenue, long ended) {

    private static Head of(Row own) {
      return new Head(
          own.getString(0),
          own.getString(1),
          own.getString(2),
          own.getLong(3),
          own.isNullAt(4) ? Long.MAX_VALUE : own.getLong(4));
    }
  }

  /** The touches of one journey. */
  private static final class Journey {
    private final Finder rules;
    private final RowsOfCase<Kind> rows;
    private final Head head;
    private final List<Integer> touches = new ArrayList<>();
    private String type = "";
    private long lastOfVisit;

    private Journey(Finder rules, RowsOfCase<Kind> rows, Head head) {
      this.rules = rules;
      this.rows = rows;
      this.head = head;
    }

    /** A row of {@link #SCHEMA}. */
    private Row row(int first, int end) {
      for (int place = first; place < end; place++) {
        take(place);
      }
      boolean isConverted = JourneyOutcome.CONVERTED.text().equals(head.outcome());
      return RowFactory.create(
          rows.id(),
          head.journey(),
          head.conversion(),
          isConverted ? type : null,
          head.revenue(),
          touches.stream().map(rows::id).toArray(String[]::new),
          touches.stream().map(place -> rows.kind(place).channel()).toArray(String[]::new),
          touches.stream().map(place -> rows.kind(place).campaign()).toArray(String[]::new),
          touches.stream().map(rows::micros).toArray(Long[]::new),
          touches.stream()
              .map(place -> rules.directChannels().contains(rows.kind(place).channel()))
              .toArray(Boolean[]::new));
    }

    private void take(int place) {
      Kind kind = rows.kind(place);
      if (kind.conversion() != null) {
        if (rows.id(place).equals(head.conversion())) {
          type = kind.conversion();
        }
        return;
      }
      long at = rows.micros(place);
      boolean isInTime = head.ended() - at <= rules.lookbackMicros();
      if (isInTime && !(rules.joinsVisits() && goesOn(kind, at))) {
        touches.add(place);
      }
      lastOfVisit = at;
    }

    /** Whether a touchpoint belongs to the touch before it. */
    private boolean goesOn(Kind kind, long at) {
      return !touches.isEmpty()
          && at - lastOfVisit <= VISIT_MICROS
          && kind.equals(rows.kind(touches.get(touches.size() - 1)));
    }
  }
}

package io.itinera.core.attribution;

import io.itinera.core.attribution.TouchedJourney.Touch;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.JourneyOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
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

  /** Cuts each customer's touchpoints where a journey begins. */
  record Finder(long lookbackMicros, Set<String> directChannels, boolean joinsVisits)
      implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      return new Found(rows, this);
    }
  }

  /** The journeys of customers whose rows stream by: no more than one is held. */
  private static final class Found implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Finder rules;
    private final List<Row> touches = new ArrayList<>();
    private Row head;
    private String type;
    private Row ready;
    private long lastOfVisit;

    private Found(Iterator<Row> rows, Finder rules) {
      this.rows = rows;
      this.rules = rules;
    }

    @Override
    public boolean hasNext() {
      while (ready == null && rows.hasNext()) {
        Row row = rows.next();
        if (row.<Boolean>getAs(GatherTouches.IS_TOUCH)) {
          take(row);
        } else {
          finish();
          head = row;
        }
      }
      if (ready == null) {
        finish();
        head = null;
      }
      return ready != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row next = ready;
      ready = null;
      return next;
    }

    private void take(Row row) {
      if (head == null || head.getAs(GatherTouches.OUTCOME) == null) {
        return;
      }
      String conversion = row.getAs(GatherTouches.KIND);
      if (conversion != null) {
        String id = row.getAs(GatherTouches.ID);
        if (id.equals(head.getAs(GatherTouches.CONVERSION))) {
          type = conversion;
        }
        return;
      }
      long at = row.getAs(GatherTouches.AT);
      long ended = head.getAs(GatherTouches.ENDED);
      if (ended - at <= rules.lookbackMicros() && !(rules.joinsVisits() && goesOn(row, at))) {
        touches.add(row);
      }
      lastOfVisit = at;
    }

    /** Whether a touchpoint belongs to the touch before it. */
    private boolean goesOn(Row row, long at) {
      if (touches.isEmpty() || at - lastOfVisit > VISIT_MICROS) {
        return false;
      }
      Row last = touches.get(touches.size() - 1);
      return List.of(GatherTouches.CONTACT, GatherTouches.CHANNEL, GatherTouches.CAMPAIGN).stream()
          .allMatch(name -> last.getAs(name).equals(row.getAs(name)));
    }

    private void finish() {
      if (head != null && head.getAs(GatherTouches.OUTCOME) != null) {
        boolean isConverted =
            JourneyOutcome.CONVERTED.text().equals(head.getAs(GatherTouches.OUTCOME));
        ready =
            RowFactory.create(
                head.getAs(GatherTouches.CUSTOMER),
                head.getAs(GatherTouches.JOURNEY),
                head.getAs(GatherTouches.CONVERSION),
                isConverted ? (type == null ? "" : type) : null,
                head.getAs(GatherTouches.REVENUE),
                texts(GatherTouches.ID),
                texts(GatherTouches.CHANNEL),
                texts(GatherTouches.CAMPAIGN),
                touches.stream().map(row -> row.<Long>getAs(GatherTouches.AT)).toArray(Long[]::new),
                touches.stream()
                    .map(row -> row.<String>getAs(GatherTouches.CHANNEL))
                    .map(rules.directChannels()::contains)
                    .toArray(Boolean[]::new));
      }
      touches.clear();
      type = null;
    }

    private String[] texts(String name) {
      return touches.stream().map(row -> row.<String>getAs(name)).toArray(String[]::new);
    }
  }
}

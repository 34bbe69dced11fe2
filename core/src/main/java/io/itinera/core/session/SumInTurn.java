package io.itinera.core.session;

import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The touchpoints of one session after the other, each in order, to what they come to. */
final class SumInTurn implements FoldInTurn.Folded {

  /** Field: the place of the first touchpoint. */
  static final String FIRST = "first_place";

  /** Field: the place of the last touchpoint. */
  static final String LAST = "last_place";

  /** Column: what a touchpoint says of the vendor's session that it follows. */
  static final String LINK = "link_said";

  private static final DecimalType SUM = new DecimalType(28, 4);
  private static final StructType PLACE =
      new StructType()
          .add("at", DataTypes.TimestampType)
          .add("sequence", DataTypes.LongType)
          .add("id", DataTypes.StringType);

  /** Columns of touchpoints; the first that is filled counts, in these fields. */
  private static final List<String> FIRST_FILLED =
      List.of(
          Touchpoints.CHANNEL,
          Touchpoints.LOCATION,
          Touchpoints.MARKETING_CHANNEL,
          Touchpoints.CAMPAIGN,
          Touchpoints.DEVICE,
          Touchpoints.COUNTRY,
          Touchpoints.SOURCE,
          Touchpoints.SOURCE_SESSION,
          LINK);

  private static final List<String> FIRST_FIELDS =
      List.of(
          Sessions.CHANNEL,
          Sessions.ENTRY_LOCATION,
          Sessions.ENTRY_MARKETING_CHANNEL,
          Sessions.CAMPAIGN,
          Sessions.DEVICE,
          Sessions.COUNTRY,
          Sessions.SOURCE,
          Sessions.SOURCE_SESSION,
          Sessions.LINKED_SOURCE_SESSION);

  private static final int LOCATION = 1;

  /** What it is given: those of which the first counts, and then these. */
  static final List<String> COLUMNS =
      Stream.concat(
              FIRST_FILLED.stream(),
              Stream.of(
                  OwnedTouchpoints.CUSTOMER_ID,
                  OwnedTouchpoints.SESSION_ID,
                  Sessions.DEFINITION,
                  Touchpoints.OCCURRED_AT,
                  Touchpoints.SEQUENCE,
                  Touchpoints.TOUCHPOINT_ID,
                  Touchpoints.DURATION_SECONDS,
                  Touchpoints.TYPE,
                  Touchpoints.REPEATS_TOUCHPOINT_ID,
                  Touchpoints.ORDER_ID,
                  Touchpoints.VALUE,
                  Sessionize.BEGUN_BY,
                  Sessionize.ENDS_AFTER,
                  Sessionize.ENDS_BY))
          .toList();

  private static final int CUSTOMER = COLUMNS.indexOf(OwnedTouchpoints.CUSTOMER_ID);
  private static final int SESSION = COLUMNS.indexOf(OwnedTouchpoints.SESSION_ID);
  private static final int DEFINITION = COLUMNS.indexOf(Sessions.DEFINITION);
  private static final int AT = COLUMNS.indexOf(Touchpoints.OCCURRED_AT);
  private static final int SEQUENCE = COLUMNS.indexOf(Touchpoints.SEQUENCE);
  private static final int TOUCHPOINT = COLUMNS.indexOf(Touchpoints.TOUCHPOINT_ID);
  private static final int DURATION = COLUMNS.indexOf(Touchpoints.DURATION_SECONDS);
  private static final int TYPE = COLUMNS.indexOf(Touchpoints.TYPE);
  private static final int REPEATS = COLUMNS.indexOf(Touchpoints.REPEATS_TOUCHPOINT_ID);
  private static final int SOURCE = COLUMNS.indexOf(Touchpoints.SOURCE);
  private static final int ORDER = COLUMNS.indexOf(Touchpoints.ORDER_ID);
  private static final int VALUE = COLUMNS.indexOf(Touchpoints.VALUE);
  private static final int BEGUN_BY = COLUMNS.indexOf(Sessionize.BEGUN_BY);
  private static final int ENDS_AFTER = COLUMNS.indexOf(Sessionize.ENDS_AFTER);
  private static final int ENDS_BY = COLUMNS.indexOf(Sessionize.ENDS_BY);

  static final StructType SUMMED = summed();

  private static final long serialVersionUID = 1;
  private static final long MICROS = 1_000_000;
  private static final UTF8String BETWEEN = UTF8String.fromString("\u0000");

  private final Set<String> viewTypes;
  private final Set<String> conversionTypes;

  private transient Set<UTF8String> views;
  private transient Set<UTF8String> conversions;
  private transient Session session;

  SumInTurn(SessionRules rules) {
    viewTypes = rules.viewTypes();
    conversionTypes = rules.conversionTypes();
  }

  private static StructType summed() {
    StructType fields =
        new StructType()
            .add(OwnedTouchpoints.CUSTOMER_ID, DataTypes.StringType)
            .add(OwnedTouchpoints.SESSION_ID, DataTypes.StringType)
            .add(Sessions.DEFINITION, DataTypes.StringType)
            .add(FIRST, PLACE)
            .add(LAST, PLACE)
            .add(Sessions.STARTED_AT, DataTypes.TimestampType)
            .add(Sessions.ENDED_AT, DataTypes.TimestampType)
            .add(Sessions.DURATION_SECONDS, DataTypes.LongType)
            .add(Sessions.TOUCHPOINTS_COUNT, DataTypes.LongType)
            .add(Sessions.PAGE_VIEWS, DataTypes.LongType)
            .add(Sessions.EXIT_LOCATION, DataTypes.StringType)
            .add(Sessions.CONVERTED, DataTypes.BooleanType)
            .add(Sessions.ORDERS_COUNT, DataTypes.LongType)
            .add(Sessions.REVENUE, SUM)
            .add(Sessionize.BEGUN_BY, DataTypes.StringType)
            .add(Sessionize.ENDS_AFTER, DataTypes.LongType)
            .add(Sessionize.ENDS_BY, DataTypes.StringType);
    for (String field : FIRST_FIELDS) {
      fields = fields.add(field, DataTypes.StringType);
    }
    return fields;
  }

  @Override
  public List<Object[]> take(FoldInTurn.Given row) {
    List<Object[]> before = List.of();
    UTF8String id = row.text(SESSION);
    if (session == null || !session.id.equals(id)) {
      before = end();
      session = new Session(row, id.copy());
    }
    add(session, row);
    return before;
  }

  @Override
  public List<Object[]> end() {
    List<Object[]> told = session == null ? List.of() : List.<Object[]>of(session.told());
    session = null;
    return told;
  }

  private void add(Session to, FoldInTurn.Given row) {
    if (views == null) {
      views = texts(viewTypes);
      conversions = texts(conversionTypes);
    }
    to.goOn(row);
    UTF8String type = row.text(TYPE);
    if (views.contains(type)) {
      to.pageViews++;
    }
    if (conversions.contains(type) && row.text(REPEATS) == null) {
      to.orders.add(order(row));
    }
  }

  /** What tells it from others: each source numbers its own. */
  private static UTF8String order(FoldInTurn.Given row) {
    UTF8String order = row.text(ORDER);
    UTF8String source = row.text(SOURCE);
    if (order == null) {
      return row.text(TOUCHPOINT).copy();
    }
    return source == null ? order.copy() : UTF8String.concat(order, BETWEEN, source);
  }

  private static Set<UTF8String> texts(Set<String> types) {
    return types.stream().map(UTF8String::fromString).collect(Collectors.toSet());
  }

  /** What the touchpoints of a session come to so far. */
  private static final class Session {

    private final UTF8String id;
    private final UTF8String customer;
    private final UTF8String definition;
    private final UTF8String begunBy;
    private final Object[] firstPlace;
    private final UTF8String[] firsts = new UTF8String[FIRST_FILLED.size()];
    private final Set<UTF8String> orders = new HashSet<>(0);
    private final long startedAt;
    private long endedAt;
    private Long lastSequence;
    private UTF8String lastTouchpoint;
    private long lastMicros = Long.MIN_VALUE;
    private long count;
    private long pageViews;
    private UTF8String exitLocation;
    private BigDecimal revenue = BigDecimal.ZERO;
    private Long endsAfter;
    private UTF8String endsBy;

    Session(FoldInTurn.Given row, UTF8String id) {
      this.id = id;
      customer = copy(row.text(CUSTOMER));
      definition = copy(row.text(DEFINITION));
      begunBy = copy(row.text(BEGUN_BY));
      startedAt = row.number(AT);
      firstPlace = new Object[] {startedAt, row.number(SEQUENCE), copy(row.text(TOUCHPOINT))};
    }

    void goOn(FoldInTurn.Given row) {
      endedAt = row.number(AT);
      lastSequence = row.number(SEQUENCE);
      lastTouchpoint = copy(row.text(TOUCHPOINT));
      endsAfter = row.number(ENDS_AFTER);
      endsBy = copy(row.text(ENDS_BY));
      count++;
      Long duration = row.number(DURATION);
      long until = endedAt + (duration == null ? 0 : duration * MICROS);
      lastMicros = Math.max(lastMicros, until);
      for (int i = 0; i < firsts.length; i++) {
        if (firsts[i] == null) {
          firsts[i] = copy(row.text(i));
        }
      }
      UTF8String location = row.text(LOCATION);
      if (location != null) {
        exitLocation = location.copy();
      }
      Decimal value = row.amount(VALUE);
      if (value != null) {
        revenue = revenue.add(value.toJavaBigDecimal());
      }
    }

    Object[] told() {
      Object[] told = new Object[SUMMED.size()];
      int i = 0;
      told[i++] = customer;
      told[i++] = id;
      told[i++] = definition;
      told[i++] = SparkValues.row(firstPlace);
      told[i++] = SparkValues.row(endedAt, lastSequence, lastTouchpoint);
      told[i++] = startedAt;
      told[i++] = endedAt;
      told[i++] = Math.floorDiv(lastMicros - startedAt, MICROS);
      told[i++] = count;
      told[i++] = pageViews;
      told[i++] = exitLocation;
      told[i++] = !orders.isEmpty();
      told[i++] = (long) orders.size();
      told[i++] = Decimal.apply(revenue, SUM.precision(), SUM.scale());
      told[i++] = begunBy;
      told[i++] = endsAfter;
      told[i++] = endsBy;
      System.arraycopy(firsts, 0, told, i, firsts.length);
      return told;
    }

    private static UTF8String copy(UTF8String text) {
      return text == null ? null : text.copy();
    }
  }
}

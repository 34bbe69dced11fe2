package io.itinera.core.journey;

import static io.itinera.core.table.JourneyOutcome.ABANDONED;
import static io.itinera.core.table.JourneyOutcome.CONVERTED;
import static io.itinera.core.table.JourneyOutcome.OPEN;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.rule.Lifecycle;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.rule.Sha256;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The touchpoints of one customer after the other, in their order and with stored journeys and
 * sessions between them, to rows of {@link Journeys}, whose amounts may lie beyond what {@link
 * ColumnTypes#MONEY} holds. Nothing is held but one customer's journeys.
 */
final class JourneysInTurn implements FoldInTurn.Folded {

  /** What a row is, in this order where several stand at one place. */
  enum Kind {
    /** A journey that stays. */
    KEPT(0),
    /** A journey that may go on. */
    CARRIED(1),
    /** The place from which on touchpoints are to be put into journeys. */
    START(2),
    SESSION(3),
    TOUCHPOINT(4);

    private final int place;

    Kind(int place) {
      this.place = place;
    }

    /** Its number in rows. */
    Column column() {
      return lit((long) place);
    }
  }

  static final String CUSTOMER_ID = "customer_id";
  static final String AT = "place_at";
  static final String SEQUENCE = "place_sequence";
  static final String ID = "place_id";
  static final String KIND = "row_kind";
  static final String JOURNEY = "stored_journey";
  static final String SESSION = "session_id";
  static final String SESSION_KEY = "session_key";
  static final String LAST_AT = "session_last_at";
  static final String LAST_SEQUENCE = "session_last_sequence";
  static final String LAST_ID = "session_last_id";
  static final String IS_CONVERSION = "is_conversion";
  static final String ORDER = "order_id";
  static final String SOURCE = "source";
  static final String LINE = "line_order";
  static final String LINE_DAY = "line_day";
  static final String VALUE = "value";
  static final String STEP = "step";
  static final String CHANNEL = "channel";
  static final String STAGE_RANK = "stage_rank";
  static final String IS_CONTACT = "is_with_contact_centre";
  static final String IS_COMPLAINT = "is_complaint";

  /** What it is given. */
  static final List<String> COLUMNS =
      List.of(
          CUSTOMER_ID,
          AT,
          SEQUENCE,
          ID,
          KIND,
          JOURNEY,
          SESSION,
          SESSION_KEY,
          LAST_AT,
          LAST_SEQUENCE,
          LAST_ID,
          IS_CONVERSION,
          ORDER,
          SOURCE,
          LINE,
          LINE_DAY,
          VALUE,
          STEP,
          CHANNEL,
          STAGE_RANK,
          IS_CONTACT,
          IS_COMPLAINT);

  private static final int CUSTOMER_ID_PLACE = COLUMNS.indexOf(CUSTOMER_ID);
  private static final int AT_PLACE = COLUMNS.indexOf(AT);
  private static final int SEQUENCE_PLACE = COLUMNS.indexOf(SEQUENCE);
  private static final int ID_PLACE = COLUMNS.indexOf(ID);
  private static final int KIND_PLACE = COLUMNS.indexOf(KIND);
  private static final int JOURNEY_PLACE = COLUMNS.indexOf(JOURNEY);
  private static final int SESSION_PLACE = COLUMNS.indexOf(SESSION);
  private static final int SESSION_KEY_PLACE = COLUMNS.indexOf(SESSION_KEY);
  private static final int LAST_AT_PLACE = COLUMNS.indexOf(LAST_AT);
  private static final int LAST_SEQUENCE_PLACE = COLUMNS.indexOf(LAST_SEQUENCE);
  private static final int LAST_ID_PLACE = COLUMNS.indexOf(LAST_ID);
  private static final int IS_CONVERSION_PLACE = COLUMNS.indexOf(IS_CONVERSION);
  private static final int ORDER_PLACE = COLUMNS.indexOf(ORDER);
  private static final int SOURCE_PLACE = COLUMNS.indexOf(SOURCE);
  private static final int LINE_PLACE = COLUMNS.indexOf(LINE);
  private static final int LINE_DAY_PLACE = COLUMNS.indexOf(LINE_DAY);
  private static final int VALUE_PLACE = COLUMNS.indexOf(VALUE);
  private static final int STEP_PLACE = COLUMNS.indexOf(STEP);
  private static final int CHANNEL_PLACE = COLUMNS.indexOf(CHANNEL);
  private static final int STAGE_RANK_PLACE = COLUMNS.indexOf(STAGE_RANK);
  private static final int IS_CONTACT_PLACE = COLUMNS.indexOf(IS_CONTACT);
  private static final int IS_COMPLAINT_PLACE = COLUMNS.indexOf(IS_COMPLAINT);

  private static final Kind[] KINDS = Kind.values();
  private static final DecimalType SUM = new DecimalType(28, 4);
  private static final double MICROS_OF_DAY = 86_400_000_000.0;
  private static final UTF8String ARROW = UTF8String.fromString(" > ");
  private static final int ID_BYTES = 16;

  /** So many names of steps and channels are remembered; others are copied each time. */
  private static final int MOST_NAMES = 10_000;

  /** Columns of {@link Journeys}; sums of money are wider. */
  static final StructType SUMMED = summed();

  private static final long serialVersionUID = 1;

  private final JourneyRules rules;
  private final long asOfEndMicros;
  private final boolean startsAtOnce;

  private transient UTF8String customer;
  private transient CustomerJourneys journeys;
  private transient OpenSessions sessions;
  private transient Map<UTF8String, UTF8String> names;

  /**
   * @param startsAtOnce whether customers have no rows that are {@link Kind#START}
   */
  JourneysInTurn(JourneyRules rules, Instant asOfEnd, boolean startsAtOnce) {
    this.rules = rules;
    this.asOfEndMicros = ChronoUnit.MICROS.between(Instant.EPOCH, asOfEnd);
    this.startsAtOnce = startsAtOnce;
  }

  private static StructType summed() {
    StructType fields = new StructType();
    for (StructField field : Journeys.TABLE.schema().fields()) {
      boolean isMoney = field.dataType().equals(ColumnTypes.MONEY);
      fields = fields.add(field.name(), isMoney ? SUM : field.dataType());
    }
    return fields;
  }

  static Decimal sum(BigDecimal amount) {
    return Decimal.apply(amount, SUM.precision(), SUM.scale());
  }

  @Override
  public List<Object[]> take(FoldInTurn.Given row) {
    List<Object[]> before = List.of();
    UTF8String id = row.text(CUSTOMER_ID_PLACE);
    if (!id.equals(customer)) {
      before = end();
      customer = id.copy();
      journeys = new CustomerJourneys(rules, startsAtOnce);
      sessions = new OpenSessions();
    }
    switch (KINDS[Math.toIntExact(row.number(KIND_PLACE))]) {
      case KEPT -> journeys.keep(stored(row));
      case CARRIED -> journeys.goOn(stored(row));
      case START -> journeys.start();
      case SESSION ->
          sessions.open(
              copy(row.text(SESSION_KEY_PLACE)),
              copy(row.text(SESSION_PLACE)),
              new OpenSessions.Last(
                  row.number(LAST_AT_PLACE),
                  row.number(LAST_SEQUENCE_PLACE),
                  copy(row.text(LAST_ID_PLACE))));
      case TOUCHPOINT -> journeys.add(touch(row));
    }
    return before;
  }

  @Override
  public List<Object[]> end() {
    if (customer == null) {
      return List.of();
    }
    List<Object[]> rows = new ArrayList<>();
    long number = 0;
    for (BookedJourney journey : journeys.booked()) {
      number++;
      if (journey instanceof Journey made) {
        rows.add(row(made, number));
      } else if (journey instanceof StoredJourney stored) {
        rows.addAll(stored.changed());
      }
    }
    customer = null;
    return rows;
  }

  private static StoredJourney stored(FoldInTurn.Given row) {
    return new StoredJourney(row.struct(JOURNEY_PLACE, Journeys.TABLE.schema()));
  }

  private JourneyTouch touch(FoldInTurn.Given row) {
    long at = row.number(AT_PLACE);
    UTF8String order = row.text(LINE_PLACE);
    Long day = row.number(LINE_DAY_PLACE);
    Decimal value = row.amount(VALUE_PLACE);
    OpenSessions.Last place =
        new OpenSessions.Last(at, row.number(SEQUENCE_PLACE), copy(row.text(ID_PLACE)));
    UTF8String session = row.text(SESSION_PLACE);
    return new JourneyTouch(
        at,
        place.sequence(),
        place.id(),
        session == null ? sessions.at(row.text(SESSION_KEY_PLACE), place) : session.copy(),
        row.flag(IS_CONVERSION_PLACE),
        order == null
            ? null
            : new OrderLines.Line(order.toString(), day == null ? null : Math.toIntExact(day)),
        copy(row.text(ORDER_PLACE)),
        name(row.text(SOURCE_PLACE)),
        value == null ? null : value.toJavaBigDecimal(),
        name(row.text(STEP_PLACE)),
        name(row.text(CHANNEL_PLACE)),
        row.number(STAGE_RANK_PLACE),
        row.flag(IS_CONTACT_PLACE),
        row.flag(IS_COMPLAINT_PLACE));
  }

  private static UTF8String copy(UTF8String text) {
    return text == null ? null : text.copy();
  }

  private UTF8String name(UTF8String text) {
    if (text == null) {
      return null;
    }
    if (names == null) {
      names = new HashMap<>();
    }
    UTF8String known = names.get(text);
    if (known == null) {
      known = text.copy();
      if (names.size() < MOST_NAMES) {
        names.put(known, known);
      }
    }
    return known;
  }

  /** In the order of the columns of {@link Journeys}. */
  private Object[] row(Journey journey, long number) {
    StepNames steps = journey.steps.finished();
    UTF8String[] path = steps.names().toArray(UTF8String[]::new);
    Long convertedAt = journey.convertedAt();
    return new Object[] {
      id(journey.firstId),
      customer,
      number,
      journey.startedAt,
      journey.endedAt,
      UTF8String.fromString(outcome(journey).text()),
      journey.conversionId,
      sum(journey.revenue),
      sum(journey.refunded),
      journey.touchpoints,
      journey.sessions,
      SparkValues.list(journey.channels.toArray()),
      SparkValues.list((Object[]) path),
      UTF8String.concatWs(ARROW, path),
      convertedAt == null ? null : (convertedAt - journey.startedAt) / MICROS_OF_DAY,
      stage(journey.stageRank),
      journey.hadContactCentre,
      journey.hadComplaint,
      SparkValues.list(steps.instants().toArray()),
      day(journey.endedAt),
      journey.firstId,
      journey.firstSequence,
      SparkValues.list(journey.orders().stream().map(BookedJourney.Order::id).toArray()),
      SparkValues.list(journey.sortedRefunds().stream().map(JourneysInTurn::refund).toArray()),
      SparkValues.list(journey.orders().stream().map(BookedJourney.Order::source).toArray())
    };
  }

  private static Object refund(BookedJourney.Refund refund) {
    DecimalType money = ColumnTypes.MONEY;
    return SparkValues.row(
        refund.order().id(),
        Decimal.apply(refund.amount(), money.precision(), money.scale()),
        refund.order().source());
  }

  private static UTF8String id(UTF8String firstTouchpoint) {
    byte[] hash = Sha256.of("journey|" + firstTouchpoint);
    return UTF8String.fromString(HexFormat.of().formatHex(hash, 0, ID_BYTES));
  }

  private static UTF8String stage(long rank) {
    return rank == 0
        ? null
        : UTF8String.fromString(Lifecycle.STAGES.get(Math.toIntExact(rank - 1)));
  }

  private JourneyOutcome outcome(Journey journey) {
    if (journey.isConverted()) {
      return CONVERTED;
    }
    return CutJourneys.isAbandoned(journey.endedAt, asOfEndMicros, rules) ? ABANDONED : OPEN;
  }

  private int day(long micros) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return Math.toIntExact(LocalDate.ofInstant(instant, rules.timeZone()).toEpochDay());
  }
}

package io.itinera.core.kpi;

import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.Touchpoints;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The touchpoints of one customer after the other, each customer's from the last to the first, to
 * what each is in its visit: what follows it is known when its turn comes. Rows of sessions stand
 * in front of their last touchpoint. Nothing is held but the visits of a day, and of each key the
 * session at hand.
 */
final class VisitsInTurn implements FoldInTurn.Folded {

  /** Column: whose it is; of nobody known, the touchpoint itself. */
  static final String OWNER = "owner_key";

  /** Column: 0 of sessions that all touchpoints of their last instant belong to, else 1. */
  static final String RANK = "row_rank";

  static final String AT = "place_at";
  static final String SEQUENCE = "place_sequence";
  static final String ID = "place_id";

  /** Column: 0 of sessions, 1 of touchpoints. */
  static final String KIND = "row_kind";

  static final String SESSION_KEY = "session_key";
  static final String FIRST_AT = "session_first_at";
  static final String FIRST_SEQUENCE = "session_first_sequence";
  static final String FIRST_ID = "session_first_id";
  static final String DAY = "day_number";
  static final String IS_CONVERSION = "is_conversion";
  static final String IS_ACTION = "is_action";

  /** Columns that come through as they are. */
  private static final List<String> KEPT =
      List.of(
          TouchpointKpis.EVENT_DATE,
          TouchpointKpis.CHANNEL,
          TouchpointKpis.TYPE,
          TouchpointKpis.LOCATION_GROUP,
          TouchpointKpis.STAGE,
          Touchpoints.VALUE,
          Touchpoints.DURATION_SECONDS,
          Touchpoints.RATING,
          Touchpoints.RATING_SCALE,
          MeasureTouchpoints.QUEUE,
          MeasureTouchpoints.HOLD,
          MeasureTouchpoints.HANDLE,
          MeasureTouchpoints.SOLVED,
          MeasureTouchpoints.REOPENED,
          MeasureTouchpoints.REPLY,
          MeasureTouchpoints.BUSINESS);

  /** What it is given: those, and then these. */
  static final List<String> COLUMNS =
      Stream.concat(
              KEPT.stream(),
              Stream.of(
                  OWNER,
                  OwnedTouchpoints.CUSTOMER_ID,
                  AT,
                  SEQUENCE,
                  ID,
                  KIND,
                  OwnedTouchpoints.SESSION_ID,
                  SESSION_KEY,
                  FIRST_AT,
                  FIRST_SEQUENCE,
                  FIRST_ID,
                  DAY,
                  IS_CONVERSION,
                  IS_ACTION))
          .toList();

  /** Field: whether it has a session. */
  static final String HAS_SESSION = "has_session";

  /** Field: channel and type of what follows it in its visit; null of the last. */
  static final String NEXT = "next_touch";

  /** Field: seconds until then. */
  static final String SECONDS = "seconds_to_next";

  /** Field: how many actions follow it in its visit before what is none. */
  static final String ACTIONS = "actions_behind";

  /** Field: whether it is that one of its session's touchpoints alike that counts the session. */
  static final String COUNTS = "counts_session";

  /** Field: whether it is that one that counts the session as converted behind the first. */
  static final String COUNTS_CONVERTED = "counts_converted_session";

  /** Field: whether it is that one of its customer's touchpoints alike that counts the customer. */
  static final String COUNTS_CUSTOMER = "counts_customer";

  private static final int CHANNEL_PLACE = COLUMNS.indexOf(TouchpointKpis.CHANNEL);
  private static final int TYPE_PLACE = COLUMNS.indexOf(TouchpointKpis.TYPE);
  private static final int LOCATION_PLACE = COLUMNS.indexOf(TouchpointKpis.LOCATION_GROUP);
  private static final int OWNER_PLACE = COLUMNS.indexOf(OWNER);
  private static final int CUSTOMER_PLACE = COLUMNS.indexOf(OwnedTouchpoints.CUSTOMER_ID);
  private static final int AT_PLACE = COLUMNS.indexOf(AT);
  private static final int SEQUENCE_PLACE = COLUMNS.indexOf(SEQUENCE);
  private static final int ID_PLACE = COLUMNS.indexOf(ID);
  private static final int KIND_PLACE = COLUMNS.indexOf(KIND);
  private static final int SESSION_PLACE = COLUMNS.indexOf(OwnedTouchpoints.SESSION_ID);
  private static final int KEY_PLACE = COLUMNS.indexOf(SESSION_KEY);
  private static final int FIRST_AT_PLACE = COLUMNS.indexOf(FIRST_AT);
  private static final int FIRST_SEQUENCE_PLACE = COLUMNS.indexOf(FIRST_SEQUENCE);
  private static final int FIRST_ID_PLACE = COLUMNS.indexOf(FIRST_ID);
  private static final int DAY_PLACE = COLUMNS.indexOf(DAY);
  private static final int CONVERSION_PLACE = COLUMNS.indexOf(IS_CONVERSION);
  private static final int ACTION_PLACE = COLUMNS.indexOf(IS_ACTION);

  private static final long serialVersionUID = 1;
  private static final long MICROS = 1_000_000;
  private static final UTF8String COLON = UTF8String.fromString(":");

  private transient UTF8String owner;
  private transient long day;
  private transient Map<UTF8String, Session> sessions;
  private transient Map<Visit, Later> visits;
  private transient Map<Long, Set<Alike>> counted;

  /** A session that reaches back to its first place; without an id to that instant. */
  private record Session(UTF8String id, long at, Long sequence, UTF8String touchpoint) {

    private boolean holds(long other, Long otherSequence, UTF8String otherId) {
      if (other != at || touchpoint == null) {
        return other >= at;
      }
      Comparator<Long> byNumber = Comparator.nullsFirst(Comparator.naturalOrder());
      int order = byNumber.compare(otherSequence, sequence);
      return order > 0 || (order == 0 && otherId.compareTo(touchpoint) >= 0);
    }
  }

  private record Visit(UTF8String session, long day) {}

  /** What touchpoints are counted by. */
  private record Alike(UTF8String channel, UTF8String type, UTF8String location) {}

  /** What came later in a visit. */
  private static final class Later {
    private UTF8String next;
    private long nextAt;
    private long actions;
    private boolean converts;
    private final Set<Alike> counted = new HashSet<>(4);
    private final Set<Alike> converted = new HashSet<>(2);
  }

  /**
   * Fields of what it says.
   *
   * @param given what it is given, from which the types of what comes through are
   */
  static StructType result(StructType given) {
    StructType fields = new StructType();
    for (String kept : KEPT) {
      fields = fields.add(kept, given.apply(kept).dataType());
    }
    return fields
        .add(HAS_SESSION, DataTypes.BooleanType)
        .add(NEXT, DataTypes.StringType)
        .add(SECONDS, DataTypes.LongType)
        .add(ACTIONS, DataTypes.LongType)
        .add(COUNTS, DataTypes.BooleanType)
        .add(COUNTS_CONVERTED, DataTypes.BooleanType)
        .add(COUNTS_CUSTOMER, DataTypes.BooleanType);
  }

  @Override
  public List<Object[]> take(FoldInTurn.Given row) {
    UTF8String whose = row.text(OWNER_PLACE);
    if (!whose.equals(owner)) {
      owner = whose.copy();
      sessions = new HashMap<>(4);
      visits = new HashMap<>(4);
      counted = new HashMap<>(4);
    }
    if (row.number(KIND_PLACE) == 0) {
      UTF8String first = row.text(FIRST_ID_PLACE);
      sessions.put(
          row.text(KEY_PLACE).copy(),
          new Session(
              row.text(SESSION_PLACE).copy(),
              row.number(FIRST_AT_PLACE),
              row.number(FIRST_SEQUENCE_PLACE),
              first == null ? null : first.copy()));
      return List.of();
    }
    return List.<Object[]>of(told(row));
  }

  @Override
  public List<Object[]> end() {
    owner = null;
    return List.of();
  }

  private Object[] told(FoldInTurn.Given row) {
    forgetLaterDays(row.number(DAY_PLACE));
    Object[] told = new Object[KEPT.size() + 7];
    for (int i = 0; i < KEPT.size(); i++) {
      told[i] = row.kept(i);
    }
    Alike alike =
        new Alike(
            (UTF8String) told[CHANNEL_PLACE],
            (UTF8String) told[TYPE_PLACE],
            (UTF8String) told[LOCATION_PLACE]);
    int field = KEPT.size();
    UTF8String session = session(row);
    told[field++] = session != null;
    if (session == null) {
      told[field++] = null;
      told[field++] = null;
      told[field++] = 0L;
      told[field++] = false;
      told[field++] = false;
    } else {
      Later later = visits.computeIfAbsent(new Visit(session, day), visit -> new Later());
      long at = row.number(AT_PLACE);
      later.converts |= row.flag(CONVERSION_PLACE);
      told[field++] = later.next;
      told[field++] =
          later.next == null
              ? null
              : (Long) (Math.floorDiv(later.nextAt, MICROS) - Math.floorDiv(at, MICROS));
      told[field++] = later.actions;
      told[field++] = later.counted.add(alike);
      // Whatever comes before what a conversion follows is followed by it, too.
      told[field++] = later.converts && later.converted.add(alike);
      later.next = UTF8String.concatWs(COLON, alike.channel(), alike.type());
      later.nextAt = at;
      later.actions = row.flag(ACTION_PLACE) ? later.actions + 1 : 0;
    }
    told[field] =
        row.text(CUSTOMER_PLACE) != null
            && counted.computeIfAbsent(day, each -> new HashSet<>(4)).add(alike);
    return told;
  }

  /** Days come last first; where clocks were put back over midnight, one comes twice. */
  private void forgetLaterDays(long now) {
    if (now != day) {
      visits.keySet().removeIf(visit -> visit.day() > now + 1);
      counted.keySet().removeIf(each -> each > now + 1);
      day = now;
    }
  }

  private UTF8String session(FoldInTurn.Given row) {
    UTF8String known = row.text(SESSION_PLACE);
    if (known != null) {
      return known.copy();
    }
    UTF8String key = row.text(KEY_PLACE);
    Session session = key == null ? null : sessions.get(key);
    boolean isIn =
        session != null
            && session.holds(row.number(AT_PLACE), row.number(SEQUENCE_PLACE), row.text(ID_PLACE));
    return isIn ? session.id() : null;
  }
}

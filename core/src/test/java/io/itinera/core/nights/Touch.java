package io.itinera.core.nights;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** A touchpoint, as a loop in plain Java sees it. */
record Touch(
    String id,
    String customer,
    String source,
    String channel,
    String type,
    String stage,
    Instant at,
    Long sequence,
    String sourceSession,
    String orderId,
    String location,
    BigDecimal value) {

  /** The order of touchpoints. */
  static final Comparator<Touch> ORDER =
      Comparator.comparing(Touch::at)
          .thenComparing(Touch::sequence, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Touch::id);

  /** What calls say of the vendor's session that they follow, in Spark SQL. */
  static final String LINK = "'s' || substring(location, 2)";

  /** An hour before midnight. */
  private static final Instant START = Instant.parse("2025-12-31T23:00:00Z");

  private static final List<Long> UNITS =
      List.of(1L, 900L, 1_800L, 1_801L, 10_800L, 86_400L, 16 * 86_400L);
  private static final List<String> TYPES =
      List.of("page_view", "page_view", "purchase", "purchase", "refund", "complaint");
  private static final Map<String, String> STAGES =
      Map.of("page_view", "consideration", "purchase", "conversion", "complaint", "retention");

  /** One of few instants, orders, sessions and places: nearly everything ties with something. */
  static Touch random(String id, String customer, long unit, Random random) {
    String type = oneOf(TYPES, random);
    boolean isMoney = type.equals("purchase") || type.equals("refund");
    return new Touch(
        id,
        customer,
        oneOf(List.of("a", "b"), random),
        oneOf(List.of("web", "web", "direct", "store", "call"), random),
        type,
        STAGES.get(type),
        START.plusSeconds(unit * random.nextInt(6)),
        random.nextInt(5) == 0 ? null : (long) random.nextInt(3),
        random.nextInt(3) == 0 ? oneOf(List.of("s1", "s2"), random) : null,
        random.nextInt(2) == 0 ? oneOf(List.of("o1", "o2"), random) : null,
        random.nextInt(3) == 0 ? null : "/" + random.nextInt(3),
        isMoney ? money(type.equals("refund"), random) : null);
  }

  private static BigDecimal money(boolean goesBack, Random random) {
    BigDecimal money = BigDecimal.valueOf(random.nextInt(1_000), 2);
    return goesBack ? money.negate() : money;
  }

  /** How far apart the instants of one customer are. */
  static long unit(Random random) {
    return oneOf(UNITS, random);
  }

  /** The same touchpoint with another content, some time or another. */
  Touch changed(Random random) {
    Touch other = random(id, customer, unit(random), random);
    Instant moved = random.nextBoolean() ? at : other.at;
    return new Touch(
        id,
        customer,
        source,
        channel,
        other.type,
        other.stage,
        moved,
        other.sequence,
        other.sourceSession,
        other.orderId,
        other.location,
        other.value);
  }

  /** The touchpoint in the columns of {@code schema}. */
  Row row(StructType schema, String sessionId) {
    Object[] cells = new Object[schema.size()];
    cells[schema.fieldIndex("touchpoint_id")] = id;
    cells[schema.fieldIndex("customer_id")] = customer;
    cells[schema.fieldIndex("session_id")] = sessionId;
    cells[schema.fieldIndex("source")] = source;
    cells[schema.fieldIndex("channel")] = channel;
    cells[schema.fieldIndex("type")] = type;
    cells[schema.fieldIndex("stage")] = stage;
    cells[schema.fieldIndex("occurred_at")] = Timestamp.from(at);
    cells[schema.fieldIndex("event_date")] = Date.valueOf(day());
    cells[schema.fieldIndex("sequence")] = sequence;
    cells[schema.fieldIndex("source_session")] = sourceSession;
    cells[schema.fieldIndex("order_id")] = orderId;
    cells[schema.fieldIndex("location")] = location;
    cells[schema.fieldIndex("campaign")] = campaign();
    cells[schema.fieldIndex("marketing_channel")] = marketingChannel();
    cells[schema.fieldIndex("value")] = value;
    return RowFactory.create(cells);
  }

  /** The day in UTC. */
  LocalDate day() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** What further lines of its order share with it beside time; null without an order. */
  String line() {
    return orderId == null || !type.equals("purchase")
        ? null
        : String.join("|", orderId, source, channel);
  }

  /** Of the place; null of most. */
  String campaign() {
    return "/1".equals(location) || "/2".equals(location) ? "at" + location : null;
  }

  /** What {@link #LINK} makes of a call: the vendor's session that it follows. */
  String link() {
    return location == null ? null : "s" + location.substring(1);
  }

  /** Of the place, too: nobody but who comes from elsewhere has another one than direct. */
  String marketingChannel() {
    if (location == null) {
      return null;
    }
    return location.equals("/0") ? "direct" : location.equals("/3") ? "referral" : "paid_search";
  }

  /** What tells that it is a conversion, and of which order; null for others. */
  String order() {
    if (!type.equals("purchase")) {
      return null;
    }
    return orderId == null ? id : orderId;
  }

  /** The order among those of all sources, each of which numbers its own. */
  List<String> ordered() {
    return orderId == null ? List.of(id) : List.of(source, orderId);
  }

  private static <T> T oneOf(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}

package io.itinera.core.customer;

import io.itinera.core.rule.Lifecycle;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Touchpoints;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The touchpoints of one customer on one day after the other to what they come to: rows of {@link
 * CustomerDays}, whose amounts may lie beyond what {@link ColumnTypes#MONEY} holds.
 */
final class DayInTurn implements FoldInTurn.Folded {

  /** Column: what makes a touchpoint's order another than that of others; null without one. */
  static final String ORDER = "order_key";

  /** Column: the day of the touchpoint, which may be the one before that to which it is given. */
  static final String OWN_DATE = "own_date";

  /** Column: whether it is a line of an order, with a price. */
  static final String IS_LINE = "is_line";

  /** Column: when a promoter answered; null elsewhere. */
  static final String PROMOTED_AT = "promoted_at";

  /** What it is given. */
  static final List<String> COLUMNS =
      List.of(
          CustomerDays.CUSTOMER_ID,
          Touchpoints.EVENT_DATE,
          Touchpoints.OCCURRED_AT,
          Touchpoints.SOURCE,
          Touchpoints.CHANNEL,
          Touchpoints.TYPE,
          Touchpoints.STAGE,
          Touchpoints.DEVICE,
          ORDER,
          Touchpoints.CATEGORY,
          Touchpoints.PRODUCT_IDS,
          Touchpoints.VALUE,
          Touchpoints.RATING,
          PROMOTED_AT,
          Touchpoints.DURATION_SECONDS,
          OWN_DATE,
          IS_LINE);

  private static final int CUSTOMER = COLUMNS.indexOf(CustomerDays.CUSTOMER_ID);
  private static final int DATE = COLUMNS.indexOf(Touchpoints.EVENT_DATE);
  private static final int AT = COLUMNS.indexOf(Touchpoints.OCCURRED_AT);
  private static final int SOURCE = COLUMNS.indexOf(Touchpoints.SOURCE);
  private static final int CHANNEL = COLUMNS.indexOf(Touchpoints.CHANNEL);
  private static final int TYPE = COLUMNS.indexOf(Touchpoints.TYPE);
  private static final int STAGE = COLUMNS.indexOf(Touchpoints.STAGE);
  private static final int DEVICE = COLUMNS.indexOf(Touchpoints.DEVICE);
  private static final int ORDER_KEY = COLUMNS.indexOf(ORDER);
  private static final int CATEGORY = COLUMNS.indexOf(Touchpoints.CATEGORY);
  private static final int PRODUCTS = COLUMNS.indexOf(Touchpoints.PRODUCT_IDS);
  private static final int VALUE = COLUMNS.indexOf(Touchpoints.VALUE);
  private static final int RATING = COLUMNS.indexOf(Touchpoints.RATING);
  private static final int PROMOTED = COLUMNS.indexOf(PROMOTED_AT);
  private static final int DURATION = COLUMNS.indexOf(Touchpoints.DURATION_SECONDS);

  private static final int OWN = COLUMNS.indexOf(OWN_DATE);
  private static final int LINE = COLUMNS.indexOf(IS_LINE);

  private static final long OVER_MIDNIGHT = OrderLines.OVER_MIDNIGHT.toNanos() / 1_000;
  private static final DecimalType SUM = new DecimalType(28, 4);

  /** Columns of {@link CustomerDays}; amounts are wider. */
  static final StructType SUMMED = summed();

  private static final long serialVersionUID = 1;
  private static final UTF8String SLASH = UTF8String.fromString("/");
  private static final UTF8String[] STAGES =
      Lifecycle.STAGES.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);

  private transient Day day;

  private static StructType summed() {
    StructType fields = new StructType();
    for (StructField field : CustomerDays.TABLE.schema().fields()) {
      boolean isMoney = field.dataType().equals(ColumnTypes.MONEY);
      fields = fields.add(field.name(), isMoney ? SUM : field.dataType());
    }
    return fields;
  }

  @Override
  public List<Object[]> take(FoldInTurn.Given row) {
    List<Object[]> before = List.of();
    UTF8String customer = row.text(CUSTOMER);
    int date = row.day(DATE);
    if (day == null || date != day.date || !day.customer.equals(customer)) {
      before = end();
      day = new Day(customer.copy(), date);
    }
    if (row.day(OWN) == date) {
      day.add(row);
    } else {
      day.remember(row);
    }
    return before;
  }

  @Override
  public List<Object[]> end() {
    List<Object[]> told = day == null || day.count == 0 ? List.of() : List.<Object[]>of(day.told());
    day = null;
    return told;
  }

  /** What the touchpoints of a day come to so far. */
  private static final class Day {

    private final UTF8String customer;
    private final int date;
    private long count;
    private Long firstAt;
    private Long lastAt;
    private long items;
    private BigDecimal orderValue = BigDecimal.ZERO;
    private BigDecimal refundValue = BigDecimal.ZERO;
    private final Set<UTF8String> sources = new HashSet<>(4);
    private final TextCounts contacts = new TextCounts();
    private final TextCounts channels = new TextCounts();
    private final TextCounts types = new TextCounts();
    private final TextCounts stages = new TextCounts();
    private final TextCounts devices = new TextCounts();
    private final TextCounts categories = new TextCounts();
    private final TextCounts products = new TextCounts();
    private long ratings;
    private BigDecimal ratingsSum = BigDecimal.ZERO;
    private long promoters;
    private long duration;
    private final Long[] stagesAt = new Long[STAGES.length];
    private final Map<UTF8String, Long> ordersAt = new HashMap<>(0);
    private final Map<UTF8String, Long> lastBefore = new HashMap<>(0);
    private Long promoterAt;

    Day(UTF8String customer, int date) {
      this.customer = customer;
      this.date = date;
    }

    /** Takes a line of the day before; those come in front. */
    void remember(FoldInTurn.Given row) {
      lastBefore.merge(row.text(ORDER_KEY).copy(), row.number(AT), Math::max);
    }

    void add(FoldInTurn.Given row) {
      Long at = row.number(AT);
      count++;
      firstAt = earlier(firstAt, at);
      lastAt = lastAt == null || (at != null && at > lastAt) ? at : lastAt;
      addTexts(row, at);
      UTF8String order = row.text(ORDER_KEY);
      if (order != null) {
        addOrder(row, order.copy(), at);
      }
      addNumbers(row);
    }

    private void addTexts(FoldInTurn.Given row, Long at) {
      UTF8String source = row.text(SOURCE);
      UTF8String channel = row.text(CHANNEL);
      if (source != null && !sources.contains(source)) {
        sources.add(source.copy());
      }
      contacts.add(UTF8String.concatWs(SLASH, source, channel));
      channels.add(channel);
      types.add(row.text(TYPE));
      devices.add(row.text(DEVICE));
      UTF8String stage = row.text(STAGE);
      stages.add(stage);
      for (int i = 0; i < STAGES.length; i++) {
        if (STAGES[i].equals(stage)) {
          stagesAt[i] = earlier(stagesAt[i], at);
        }
      }
    }

    private void addOrder(FoldInTurn.Given row, UTF8String order, Long at) {
      if (!isOfTheDayBefore(row, order, at)) {
        ordersAt.put(order, earlier(ordersAt.get(order), at));
      }
      categories.add(row.text(CATEGORY));
      UTF8String[] bought = row.texts(PRODUCTS);
      items += bought.length;
      for (UTF8String product : bought) {
        products.add(product);
      }
    }

    private boolean isOfTheDayBefore(FoldInTurn.Given row, UTF8String order, Long at) {
      Long before = lastBefore.get(order);
      return before != null && row.flag(LINE) && at - before <= OVER_MIDNIGHT;
    }

    private void addNumbers(FoldInTurn.Given row) {
      Decimal value = row.amount(VALUE);
      if (value != null) {
        BigDecimal amount = value.toJavaBigDecimal();
        orderValue = amount.signum() > 0 ? orderValue.add(amount) : orderValue;
        refundValue = amount.signum() < 0 ? refundValue.add(amount) : refundValue;
      }
      Decimal rating = row.amount(RATING);
      if (rating != null) {
        ratings++;
        ratingsSum = ratingsSum.add(rating.toJavaBigDecimal());
      }
      Long promoted = row.number(PROMOTED);
      if (promoted != null) {
        promoters++;
        promoterAt = earlier(promoterAt, promoted);
      }
      Long seconds = row.number(DURATION);
      duration += seconds == null ? 0 : seconds;
    }

    private static Long earlier(Long one, Long other) {
      return one == null || (other != null && other < one) ? other : one;
    }

    /** In the order of the columns of {@link CustomerDays}. */
    Object[] told() {
      UTF8String first = earliestBut(null);
      UTF8String second = first == null ? null : earliestBut(first);
      return new Object[] {
        customer,
        date,
        count,
        firstAt,
        lastAt,
        (long) ordersAt.size(),
        items,
        sum(orderValue),
        sum(refundValue),
        SparkValues.list(sources.stream().sorted().toArray()),
        contacts.told(),
        channels.told(),
        types.told(),
        stages.told(),
        devices.told(),
        categories.told(),
        products.told(),
        ratings,
        sum(ratingsSum),
        promoters,
        duration,
        stagesAt(),
        first == null ? null : ordersAt.get(first),
        second == null ? null : ordersAt.get(second),
        promoterAt
      };
    }

    /** The order that came first, of those but one; lines of one are one, ties alphabetical. */
    private UTF8String earliestBut(UTF8String other) {
      UTF8String earliest = null;
      for (UTF8String order : ordersAt.keySet()) {
        if (!order.equals(other) && (earliest == null || isBefore(order, earliest))) {
          earliest = order;
        }
      }
      return earliest;
    }

    private boolean isBefore(UTF8String one, UTF8String other) {
      Comparator<UTF8String> byTime =
          Comparator.comparing(ordersAt::get, Comparator.nullsFirst(Comparator.naturalOrder()));
      return byTime.thenComparing(Comparator.naturalOrder()).compare(one, other) < 0;
    }

    private Object stagesAt() {
      int[] reached =
          IntStream.range(0, STAGES.length).filter(stage -> stagesAt[stage] != null).toArray();
      return SparkValues.map(
          Arrays.stream(reached).mapToObj(stage -> (Object) STAGES[stage]).toArray(),
          Arrays.stream(reached).mapToObj(stage -> (Object) stagesAt[stage]).toArray());
    }

    private static Decimal sum(BigDecimal amount) {
      return Decimal.apply(amount, SUM.precision(), SUM.scale());
    }
  }
}

package io.itinera.core.customer;

import io.itinera.core.rule.Lifecycle;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.spark.SparkValues;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerTotals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The days of one customer after the other to what they come to: rows of {@link CustomerTotals},
 * whose amounts may lie beyond what {@link ColumnTypes#MONEY} holds.
 */
final class TotalsInTurn implements FoldInTurn.Folded {

  /** What it is given. */
  static final List<String> COLUMNS =
      List.of(
          CustomerDays.CUSTOMER_ID,
          CustomerDays.EVENT_DATE,
          CustomerDays.SOURCES,
          CustomerDays.FIRST_AT,
          CustomerDays.LAST_AT,
          CustomerDays.TOUCHPOINTS_COUNT,
          CustomerDays.ORDERS_COUNT,
          CustomerDays.ITEMS_COUNT,
          CustomerDays.ORDER_VALUE,
          CustomerDays.REFUND_VALUE,
          CustomerDays.PROMOTER_COUNT,
          CustomerDays.STAGES,
          CustomerDays.CATEGORIES,
          CustomerDays.PRODUCTS,
          CustomerDays.CHANNELS,
          CustomerDays.DEVICES);

  private static final int CUSTOMER = COLUMNS.indexOf(CustomerDays.CUSTOMER_ID);
  private static final int DATE = COLUMNS.indexOf(CustomerDays.EVENT_DATE);
  private static final int SOURCES = COLUMNS.indexOf(CustomerDays.SOURCES);
  private static final int FIRST_AT = COLUMNS.indexOf(CustomerDays.FIRST_AT);
  private static final int LAST_AT = COLUMNS.indexOf(CustomerDays.LAST_AT);
  private static final int TOUCHPOINTS = COLUMNS.indexOf(CustomerDays.TOUCHPOINTS_COUNT);
  private static final int ORDERS = COLUMNS.indexOf(CustomerDays.ORDERS_COUNT);
  private static final int ITEMS = COLUMNS.indexOf(CustomerDays.ITEMS_COUNT);
  private static final int ORDER_VALUE = COLUMNS.indexOf(CustomerDays.ORDER_VALUE);
  private static final int REFUND_VALUE = COLUMNS.indexOf(CustomerDays.REFUND_VALUE);
  private static final int PROMOTERS = COLUMNS.indexOf(CustomerDays.PROMOTER_COUNT);
  private static final int STAGES = COLUMNS.indexOf(CustomerDays.STAGES);

  /** From here on maps of which the greatest count is told. */
  private static final int FAVOURITES = COLUMNS.indexOf(CustomerDays.CATEGORIES);

  private static final DecimalType SUM = new DecimalType(28, 4);

  /** Columns of {@link CustomerTotals}; amounts are wider. */
  static final StructType SUMMED = summed();

  private static final long serialVersionUID = 1;
  private static final int WEEKDAYS = 7;
  private static final int MONTHS = 12;
  private static final UTF8String[] STAGE_NAMES =
      Lifecycle.STAGES.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);

  private transient Totals totals;

  private static StructType summed() {
    StructType fields = new StructType();
    for (StructField field : CustomerTotals.TABLE.schema().fields()) {
      boolean isMoney = field.dataType().equals(ColumnTypes.MONEY);
      fields = fields.add(field.name(), isMoney ? SUM : field.dataType());
    }
    return fields;
  }

  @Override
  public List<Object[]> take(FoldInTurn.Given row) {
    List<Object[]> before = List.of();
    UTF8String customer = row.text(CUSTOMER);
    if (totals == null || !totals.customer.equals(customer)) {
      before = end();
      totals = new Totals(customer.copy());
    }
    totals.add(row);
    return before;
  }

  @Override
  public List<Object[]> end() {
    List<Object[]> told = totals == null ? List.of() : List.<Object[]>of(totals.told());
    totals = null;
    return told;
  }

  /** What the days of a customer come to so far. */
  private static final class Totals {

    private final UTF8String customer;
    private final Set<UTF8String> sources = new HashSet<>(4);
    private Long firstAt;
    private Long lastAt;
    private long touchpoints;
    private long orders;
    private long items;
    private BigDecimal orderValue = BigDecimal.ZERO;
    private BigDecimal refundValue = BigDecimal.ZERO;
    private Integer lastOrderOn;
    private Integer lastPromoterOn;
    private final Integer[] stagesOn = new Integer[STAGE_NAMES.length];
    private final TextCounts[] favourites = new TextCounts[COLUMNS.size() - FAVOURITES];
    private final long[] weekdays = new long[WEEKDAYS];
    private final long[] months = new long[MONTHS];

    Totals(UTF8String customer) {
      this.customer = customer;
      Arrays.setAll(favourites, place -> new TextCounts());
    }

    void add(FoldInTurn.Given row) {
      int date = row.day(DATE);
      addTimes(row);
      long count = number(row, TOUCHPOINTS);
      touchpoints += count;
      items += number(row, ITEMS);
      orderValue = orderValue.add(amount(row, ORDER_VALUE));
      refundValue = refundValue.add(amount(row, REFUND_VALUE));
      long ordersOfDay = number(row, ORDERS);
      orders += ordersOfDay;
      lastOrderOn = ordersOfDay > 0 ? later(lastOrderOn, date) : lastOrderOn;
      lastPromoterOn = number(row, PROMOTERS) > 0 ? later(lastPromoterOn, date) : lastPromoterOn;
      LocalDate day = LocalDate.ofEpochDay(date);
      weekdays[day.getDayOfWeek().getValue() - 1] += count;
      months[day.getMonthValue() - 1] += count;
      addTexts(row, date);
    }

    private void addTimes(FoldInTurn.Given row) {
      Long first = row.number(FIRST_AT);
      Long last = row.number(LAST_AT);
      if (first != null) {
        firstAt = firstAt == null ? first : Math.min(firstAt, first);
      }
      if (last != null) {
        lastAt = lastAt == null ? last : Math.max(lastAt, last);
      }
    }

    private void addTexts(FoldInTurn.Given row, int date) {
      for (UTF8String source : row.texts(SOURCES)) {
        if (!sources.contains(source)) {
          sources.add(source.copy());
        }
      }
      row.counts(
          STAGES,
          (text, times) -> {
            int stage = Arrays.asList(STAGE_NAMES).indexOf(text);
            if (stage >= 0) {
              stagesOn[stage] = later(stagesOn[stage], date);
            }
          });
      for (int i = 0; i < favourites.length; i++) {
        row.counts(FAVOURITES + i, favourites[i]::add);
      }
    }

    private static long number(FoldInTurn.Given row, int place) {
      Long number = row.number(place);
      return number == null ? 0 : number;
    }

    private static BigDecimal amount(FoldInTurn.Given row, int place) {
      Decimal amount = row.amount(place);
      return amount == null ? BigDecimal.ZERO : amount.toJavaBigDecimal();
    }

    private static Integer later(Integer one, int other) {
      return one == null ? other : Math.max(one, other);
    }

    /** In the order of the columns of {@link CustomerTotals}. */
    Object[] told() {
      return new Object[] {
        customer,
        SparkValues.list(sources.stream().sorted().toArray()),
        firstAt,
        lastAt,
        touchpoints,
        orders,
        items,
        Decimal.apply(orderValue, SUM.precision(), SUM.scale()),
        Decimal.apply(refundValue, SUM.precision(), SUM.scale()),
        lastOrderOn,
        lastPromoterOn,
        stages(),
        favourites[0].favourite(),
        favourites[1].favourite(),
        favourites[2].favourite(),
        favourites[3].favourite(),
        greatest(weekdays),
        greatest(months)
      };
    }

    private Object stages() {
      int[] reached =
          IntStream.range(0, stagesOn.length).filter(stage -> stagesOn[stage] != null).toArray();
      return SparkValues.map(
          Arrays.stream(reached).mapToObj(stage -> (Object) STAGE_NAMES[stage]).toArray(),
          Arrays.stream(reached).mapToObj(stage -> (Object) stagesOn[stage]).toArray());
    }

    /** Counting from 1, ties to the smaller. */
    private static int greatest(long[] counts) {
      int greatest = 0;
      for (int i = 1; i < counts.length; i++) {
        greatest = counts[i] > counts[greatest] ? i : greatest;
      }
      return greatest + 1;
    }
  }
}

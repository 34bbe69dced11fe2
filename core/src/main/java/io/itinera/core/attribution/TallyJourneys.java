package io.itinera.core.attribution;

import io.itinera.core.attribution.TouchedJourney.Touch;
import io.itinera.core.table.ColumnTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts in one pass over the journeys of a partition all that the models need. What comes out
 * grows with channels and campaigns, not with journeys.
 *
 * @param halfLifeMicros of time-decay
 * @param markovOrders of the chains to count
 */
record TallyJourneys(double halfLifeMicros, List<Integer> markovOrders)
    implements MapPartitionsFunction<Row, Row> {

  /** Into so many groups customers fall, which are drawn anew for the intervals. */
  static final int GROUPS = 64;

  static final String CREDIT = "credit";
  static final String TOTAL = "total";
  static final String SET = "set";
  static final String STEP = "step-";

  /** What is counted; the group of customers; what of; how much. */
  static final StructType SCHEMA =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("customer_group", DataTypes.LongType)
          .add("key", ColumnTypes.STRINGS)
          .add("amounts", DataTypes.createArrayType(DataTypes.LongType));

  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Map<Integer, Tally> groups = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      String customer = row.getString(EndedJourneys.SCHEMA.fieldIndex(GatherTouches.CUSTOMER));
      groups
          .computeIfAbsent(group(customer), group -> new Tally())
          .add(EndedJourneys.journey(row), 1);
    }
    List<Row> counted = new ArrayList<>();
    groups.forEach((group, tally) -> tally.tell(group, counted));
    return counted.iterator();
  }

  private static int group(String customer) {
    int hash = customer.hashCode() * 0x9E3779B9;
    return Math.floorMod(hash ^ (hash >>> 16), GROUPS);
  }

  /** A tally of its own for journeys that are all of one group. */
  Tally tally() {
    return new Tally();
  }

  /** What is counted of one group of customers. */
  final class Tally {
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> channels = new ArrayList<>();
    private final Map<List<String>, long[]> credits = new HashMap<>();
    private final Map<String, long[]> totals = new HashMap<>();
    private final Map<List<Integer>, long[]> sets = new HashMap<>();
    private final List<MarkovChain> chains =
        markovOrders.stream().map(order -> new MarkovChain(order)).toList();

    private Tally() {}

    /**
     * Counts {@code journeys} that are all alike.
     *
     * @param journey one of them; its revenue is that of all together
     */
    void add(TouchedJourney journey, long journeys) {
      int[] path = path(journey);
      if (journey.isConverted()) {
        long[] total = totals.computeIfAbsent(journey.conversionType(), type -> new long[4]);
        boolean isTouchless = path.length == 0;
        total[0] += journeys;
        total[1] = Math.addExact(total[1], journey.revenue());
        total[2] += isTouchless ? journeys : 0;
        total[3] += isTouchless ? journey.revenue() : 0;
        if (isTouchless) {
          return;
        }
        credit(journey, journeys);
      }
      chains.forEach(chain -> chain.walk(path, journey.isConverted(), journeys));
      if (path.length > 0) {
        long[] counted = sets.computeIfAbsent(set(path), set -> new long[3]);
        counted[0] += journeys;
        counted[1] += journey.isConverted() ? journeys : 0;
        counted[2] = Math.addExact(counted[2], journey.isConverted() ? journey.revenue() : 0);
      }
    }

    private int[] path(TouchedJourney journey) {
      int[] path = new int[journey.size()];
      for (int i = 0; i < path.length; i++) {
        path[i] = codes.computeIfAbsent(journey.touches().get(i).channel(), this::code);
      }
      return path;
    }

    private int code(String channel) {
      channels.add(channel);
      return channels.size() - 1;
    }

    private static List<Integer> set(int... path) {
      TreeSet<Integer> set = new TreeSet<>();
      for (int channel : path) {
        set.add(channel);
      }
      return List.copyOf(set);
    }

    private void credit(TouchedJourney journey, long journeys) {
      List<long[]> ofTouches = new ArrayList<>();
      for (Touch touch : journey.touches()) {
        ofTouches.add(
            credits.computeIfAbsent(
                List.of(journey.conversionType(), touch.channel(), touch.campaign()),
                key -> new long[2 * TouchModel.TEXTS.size()]));
      }
      for (TouchModel model : TouchModel.values()) {
        long[] conversions = journey.conversions(model, halfLifeMicros);
        long[] revenues = journey.revenues(model, halfLifeMicros);
        int place = model.place();
        for (int i = 0; i < conversions.length; i++) {
          long[] sums = ofTouches.get(i);
          long all = Math.multiplyExact(conversions[i], journeys);
          sums[place] = Math.addExact(sums[place], all);
          sums[place + 1] = Math.addExact(sums[place + 1], revenues[i]);
        }
      }
    }

    /** Rows of {@link #SCHEMA}. */
    void tell(int group, List<Row> counted) {
      credits.forEach((key, sums) -> counted.add(row(CREDIT, group, key, sums)));
      totals.forEach((type, sums) -> counted.add(row(TOTAL, group, List.of(type), sums)));
      sets.forEach((set, sums) -> counted.add(row(SET, group, names(set), sums)));
      for (MarkovChain chain : chains) {
        chain.tell(
            (touches, next, journeys) -> {
              List<String> key = new ArrayList<>();
              // A name for where it goes; the ends have none, and are told by a number.
              key.add(next < 0 ? null : channels.get(next));
              for (int touch : touches) {
                key.add(channels.get(touch));
              }
              counted.add(
                  row(STEP + chain.order(), group, key, new long[] {journeys, Math.min(next, 0)}));
            });
      }
    }

    private List<String> names(List<Integer> set) {
      return set.stream().map(channels::get).sorted().toList();
    }

    private static Row row(String kind, int group, List<String> key, long[] amounts) {
      List<Long> boxed = Arrays.stream(amounts).boxed().toList();
      return RowFactory.create(
          kind,
          (long) group,
          CollectionConverters.asScala(key).toSeq(),
          CollectionConverters.asScala(boxed).toSeq());
    }
  }
}

package io.itinera.core.attribution;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.attribution.TouchedJourney.Touch;
import io.itinera.core.table.ColumnTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
 * @param groups into so many groups customers fall, {@link #GROUPS} at most
 */
record TallyJourneys(double halfLifeMicros, List<Integer> markovOrders, int groups)
    implements MapPartitionsFunction<Row, Row> {

  /** Into so many groups customers fall where groups are drawn anew for the intervals. */
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
  private static final TouchedJourney LOST = new TouchedJourney(List.of(), null, 0);

  /**
   * Counts journeys.
   *
   * @param touched rows of {@link EndedJourneys#SCHEMA}
   * @return rows of {@link #SCHEMA}
   */
  Dataset<Row> count(Dataset<Row> touched) {
    // Of most journeys, which ended in nothing, only the channels count.
    Column isConverted = col(EndedJourneys.TYPE).isNotNull();
    return touched
        .select(
            col(GatherTouches.CUSTOMER),
            col(EndedJourneys.CHANNELS),
            col(EndedJourneys.TYPE),
            col(GatherTouches.REVENUE),
            when(isConverted, col(EndedJourneys.CAMPAIGNS)).as(EndedJourneys.CAMPAIGNS),
            when(isConverted, col(EndedJourneys.MICROS)).as(EndedJourneys.MICROS),
            when(isConverted, col(EndedJourneys.DIRECT)).as(EndedJourneys.DIRECT))
        .mapPartitions(this, Encoders.row(SCHEMA));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Map<Integer, Tally> tallies = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      Tally tally = tallies.computeIfAbsent(group(row.getString(0)), group -> new Tally());
      if (row.isNullAt(2)) {
        tally.addLost(row.getList(1));
      } else {
        tally.add(EndedJourneys.journey(row), 1);
      }
    }
    List<Row> counted = new ArrayList<>();
    tallies.forEach((group, tally) -> tally.tell(group, counted));
    return counted.iterator();
  }

  private int group(String customer) {
    int hash = customer.hashCode() * 0x9E3779B9;
    return Math.floorMod(hash ^ (hash >>> 16), groups);
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
    private final Map<BitSet, long[]> sets = new HashMap<>();
    private final List<MarkovChain> chains =
        markovOrders.stream().map(order -> new MarkovChain(order)).toList();

    private Tally() {}

    /**
     * Counts {@code journeys} that are all alike.
     *
     * @param journey one of them; its revenue is that of all together
     */
    void add(TouchedJourney journey, long journeys) {
      int[] path = path(journey.touches().stream().map(Touch::channel).toList());
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
      count(path, journey, journeys);
    }

    /** Counts a journey that ended in nothing. */
    void addLost(List<String> touchedChannels) {
      count(path(touchedChannels), LOST, 1);
    }

    private void count(int[] path, TouchedJourney journey, long journeys) {
      chains.forEach(chain -> chain.walk(path, journey.isConverted(), journeys));
      if (path.length > 0) {
        long[] counted = sets.computeIfAbsent(set(path), set -> new long[3]);
        counted[0] += journeys;
        counted[1] += journey.isConverted() ? journeys : 0;
        counted[2] = Math.addExact(counted[2], journey.isConverted() ? journey.revenue() : 0);
      }
    }

    private int[] path(List<String> touched) {
      int[] path = new int[touched.size()];
      int place = 0;
      for (String channel : touched) {
        path[place++] = codes.computeIfAbsent(channel, this::code);
      }
      return path;
    }

    private int code(String channel) {
      channels.add(channel);
      return channels.size() - 1;
    }

    private static BitSet set(int... path) {
      BitSet set = new BitSet(Long.SIZE);
      for (int channel : path) {
        set.set(channel);
      }
      return set;
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
        double[] weights = model.weights(journey, halfLifeMicros);
        long[] conversions = model.parts(TouchedJourney.CONVERSION, weights);
        long[] revenues = model.parts(journey.revenue(), weights);
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

    private List<String> names(BitSet set) {
      return set.stream().mapToObj(channels::get).sorted().toList();
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

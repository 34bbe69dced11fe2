package io.itinera.core.attribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;

/**
 * What {@link TallyJourneys} has counted, of all partitions together, by groups of customers. Taken
 * with a number for each group it is what would have been counted had its customers been there so
 * often.
 */
final class Counts {

  private static final int SUMS = 2 * TouchModel.values().length;

  private final List<String> channels;
  private final List<Credited> keys;
  private final Map<Credited, long[][]> credits = new TreeMap<>(Credited.ORDER);
  private final Map<String, long[][]> totals = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<TouchedSet> sets = new ArrayList<>();

  /** What credit goes to. */
  record Credited(String type, String channel, String campaign) {
    static final Comparator<Credited> ORDER =
        Comparator.comparing(Credited::channel)
            .thenComparing(Credited::campaign)
            .thenComparing(Credited::type);
  }

  private record Step(int order, int group, List<Integer> lastTouches, int next, long journeys) {}

  private record TouchedSet(
      int group, List<Integer> channels, long journeys, long conversions, long revenue) {}

  /**
   * @param rows of {@link TallyJourneys#SCHEMA}
   */
  Counts(List<Row> rows) {
    TreeSet<String> names = new TreeSet<>();
    for (Row row : rows) {
      if (row.getString(0).equals(TallyJourneys.SET)) {
        names.addAll(row.getList(2));
      }
    }
    channels = List.copyOf(names);
    rows.forEach(this::add);
    addIdleChannels();
    keys = List.copyOf(credits.keySet());
  }

  /** A channel on whose journeys nobody converted has a key too: some models take from it. */
  private void addIdleChannels() {
    TreeSet<String> idle = new TreeSet<>(channels);
    credits.keySet().forEach(key -> idle.remove(key.channel()));
    String type = totals.isEmpty() ? "" : types().get(0);
    for (String channel : idle) {
      credits.put(
          new Credited(type, channel, GatherTouches.NONE), new long[TallyJourneys.GROUPS][]);
    }
  }

  private void add(Row row) {
    int group = (int) row.getLong(1);
    List<String> key = row.getList(2);
    List<Long> amounts = row.getList(3);
    switch (row.getString(0)) {
      case TallyJourneys.CREDIT ->
          sum(credits, new Credited(key.get(0), key.get(1), key.get(2)), group, amounts);
      case TallyJourneys.TOTAL -> sum(totals, key.get(0), group, amounts);
      case TallyJourneys.SET ->
          sets.add(
              new TouchedSet(
                  group,
                  key.stream().map(this::code).toList(),
                  amounts.get(0),
                  amounts.get(1),
                  amounts.get(2)));
      default -> {
        int order = Integer.parseInt(row.getString(0).substring(TallyJourneys.STEP.length()));
        List<Integer> touches = key.stream().skip(1).map(this::code).toList();
        int next = key.get(0) == null ? amounts.get(1).intValue() : code(key.get(0));
        steps.add(new Step(order, group, touches, next, amounts.get(0)));
      }
    }
  }

  private int code(String channel) {
    return Collections.binarySearch(channels, channel);
  }

  private static <K> void sum(Map<K, long[][]> sums, K key, int group, List<Long> amounts) {
    long[][] groups = sums.computeIfAbsent(key, k -> new long[TallyJourneys.GROUPS][]);
    if (groups[group] == null) {
      groups[group] = new long[amounts.size()];
    }
    for (int i = 0; i < amounts.size(); i++) {
      groups[group][i] = Math.addExact(groups[group][i], amounts.get(i));
    }
  }

  /** Names of the channels by their numbers, sorted. */
  List<String> channels() {
    return channels;
  }

  /** What credit goes to, sorted; the rows of {@link #credits} are in this order. */
  List<Credited> keys() {
    return keys;
  }

  /** Types of conversions, sorted. */
  List<String> types() {
    return List.copyOf(totals.keySet());
  }

  /** By key, sums of conversions and revenues of each model in turn. */
  long[][] credits(int... times) {
    return keys.stream().map(key -> weighed(credits.get(key), SUMS, times)).toArray(long[][]::new);
  }

  /** Conversions, revenue, and what of both no touch led to, of one type. */
  long[] total(String type, int... times) {
    return weighed(totals.get(type), 4, times);
  }

  private static long[] weighed(long[][] groups, int size, int... times) {
    long[] sums = new long[size];
    for (int group = 0; group < groups.length; group++) {
      if (groups[group] != null && times[group] != 0) {
        for (int i = 0; i < size; i++) {
          long all = Math.multiplyExact(groups[group][i], times[group]);
          sums[i] = Math.addExact(sums[i], all);
        }
      }
    }
    return sums;
  }

  MarkovChain chain(int order, int... times) {
    MarkovChain chain = new MarkovChain(order);
    for (Step step : steps) {
      if (step.order() == order && times[step.group()] != 0) {
        chain.add(
            step.lastTouches().stream().mapToInt(Integer::intValue).toArray(),
            step.next(),
            step.journeys() * times[step.group()]);
      }
    }
    return chain;
  }

  ShapleyCredit sets(int... times) {
    return sets(TouchedSet::conversions, times);
  }

  /** The same, of what journeys brought in place of how many converted. */
  ShapleyCredit revenueOfSets(int... times) {
    return sets(TouchedSet::revenue, times);
  }

  private ShapleyCredit sets(ToLongFunction<TouchedSet> worth, int... times) {
    ShapleyCredit shapley = new ShapleyCredit(channels.size());
    for (TouchedSet set : sets) {
      long often = times[set.group()];
      if (often != 0) {
        long worthOfAll = Math.multiplyExact(worth.applyAsLong(set), often);
        shapley.add(set.channels(), set.journeys() * often, worthOfAll);
      }
    }
    return shapley;
  }
}

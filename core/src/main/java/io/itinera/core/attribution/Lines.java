package io.itinera.core.attribution;

import io.itinera.core.attribution.Counts.Credited;
import io.itinera.core.attribution.Estimate.Parts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one model gives to each marketing channel and campaign, and to none of them. */
final class Lines {

  /** Where conversions stand that no touch led to. */
  private static final Target NOBODY = new Target(GatherTouches.NONE, GatherTouches.NONE);

  private final Map<Target, Line> lines = new TreeMap<>(Target.ORDER);

  /** A marketing channel and a campaign. */
  record Target(String channel, String campaign) {
    static final Comparator<Target> ORDER =
        Comparator.comparing(Target::channel).thenComparing(Target::campaign);
  }

  /** What a target has, of each type of conversion: conversions, revenue. */
  static final class Line {
    final Map<String, long[]> byType = new TreeMap<>();
    double variance;

    long conversions() {
      return byType.values().stream().mapToLong(amounts -> amounts[0]).sum();
    }

    long revenue() {
      return byType.values().stream().mapToLong(amounts -> amounts[1]).sum();
    }

    private void add(String type, long conversions, long revenue) {
      long[] amounts = byType.computeIfAbsent(type, t -> new long[2]);
      amounts[0] += conversions;
      amounts[1] += revenue;
    }
  }

  /** What goes to touches alone. */
  Lines(Counts counts, Parts parts) {
    List<Credited> keys = counts.keys();
    for (int key = 0; key < keys.size(); key++) {
      Credited credited = keys.get(key);
      Line line = line(new Target(credited.channel(), credited.campaign()));
      line.add(credited.type(), parts.conversions(key), parts.revenue(key));
      line.variance += Math.pow(parts.error(key), 2);
    }
  }

  /** The same, and conversions that no touch led to. */
  Lines(Counts counts, Parts parts, int... times) {
    this(counts, parts);
    for (String type : counts.types()) {
      long[] total = counts.total(type, times);
      if (total[2] != 0) {
        line(NOBODY).add(type, Math.multiplyExact(total[2], Estimate.CONVERSION), total[3]);
      }
    }
  }

  /** The line of {@code target}, empty if it had none. */
  Line line(Target target) {
    return lines.computeIfAbsent(target, none -> new Line());
  }

  /** All of them, sorted. */
  Map<Target, Line> all() {
    return lines;
  }

  /** Conversions of {@code target}, none if it has no line. */
  long conversions(Target target) {
    return lines.containsKey(target) ? lines.get(target).conversions() : 0;
  }

  /** Revenue of {@code target}, none if it has no line. */
  long revenue(Target target) {
    return lines.containsKey(target) ? lines.get(target).revenue() : 0;
  }
}

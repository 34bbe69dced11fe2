package io.itinera.core.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;

/** Groups of customers of one kind, in an order of their own. */
record Groups(List<Group> all) {

  static Map<String, Groups> byKind(List<Row> counts) {
    Map<String, List<Group>> kinds = new TreeMap<>();
    for (Row row : counts) {
      Group group = Group.of(row);
      kinds.computeIfAbsent(group.kind(), kind -> new ArrayList<>()).add(group);
    }
    Map<String, Groups> sorted = new TreeMap<>();
    kinds.forEach(
        (kind, groups) -> {
          groups.sort(
              Comparator.comparingInt(Group::purchases)
                  .thenComparingInt(Group::last)
                  .thenComparingInt(Group::age)
                  .thenComparingDouble(Group::mean));
          sorted.put(kind, new Groups(List.copyOf(groups)));
        });
    return sorted;
  }

  double sum(ToDoubleFunction<Group> part) {
    double sum = 0;
    for (Group group : all) {
      sum += part.applyAsDouble(group);
    }
    return sum;
  }

  double customers() {
    return sum(Group::customers);
  }

  double repeaters() {
    return sum(group -> group.purchases() > 0 ? group.customers() : 0);
  }

  PurchaseCounts purchases() {
    PurchaseCounts counts = new PurchaseCounts();
    all.forEach(each -> counts.add(each.purchases(), each.last(), each.age(), each.customers()));
    return counts;
  }

  SpendCounts spend() {
    SpendCounts counts = new SpendCounts();
    all.forEach(each -> counts.add(each.purchases(), each.mean(), each.customers()));
    return counts;
  }
}

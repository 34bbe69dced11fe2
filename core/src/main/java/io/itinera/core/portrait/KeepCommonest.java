package io.itinera.core.portrait;

import static java.util.Comparator.comparingLong;
import static java.util.Comparator.reverseOrder;

import io.itinera.core.portrait.DrawPortraits.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Keeps, of the counts in a partition, those of aspects that are compared and those that count the
 * customers of whom an aspect is known; of all others as many of the commonest as a portrait shows.
 * Products and paths may be millions.
 *
 * <p>The input is (aspect, trait, [(persona, customers)]), a trait once; the output {@link
 * Count#SCHEMA}.
 *
 * @param most so many of each persona and aspect
 */
record KeepCommonest(int most) implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  /** What goes first; of equally common ones the alphabetically last. */
  private static final Comparator<Count> RAREST =
      comparingLong(Count::customers).thenComparing(Count::trait, reverseOrder());

  @Override
  public Iterator<Row> call(Iterator<Row> traits) {
    List<Row> kept = new ArrayList<>();
    Map<List<String>, PriorityQueue<Count>> commonest = new HashMap<>();
    while (traits.hasNext()) {
      for (Count count : Count.each(traits.next())) {
        if (count.isBase() || count.isCompared()) {
          kept.add(count.row());
        } else {
          keep(
              commonest.computeIfAbsent(
                  List.of(count.personaId(), count.aspect()), key -> new PriorityQueue<>(RAREST)),
              count);
        }
      }
    }
    commonest.values().forEach(counts -> counts.forEach(count -> kept.add(count.row())));
    return kept.iterator();
  }

  private void keep(PriorityQueue<Count> counts, Count count) {
    counts.add(count);
    if (counts.size() > most) {
      counts.remove();
    }
  }
}

package io.itinera.core.journey;

import io.itinera.core.journey.JourneyRules.Repeats;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The steps of a path as they come, by the rule for those that repeat. Given what it has told as
 * first steps, it tells what it would have told at once.
 */
final class StepNames {

  private static final UTF8String DIRECT = UTF8String.fromString("direct");

  private final Repeats repeats;
  private final List<UTF8String> names = new ArrayList<>();
  private final List<Long> instants = new ArrayList<>();
  private final Set<UTF8String> known = new HashSet<>(4);

  StepNames(Repeats repeats) {
    this.repeats = repeats;
  }

  void add(UTF8String name, long at) {
    boolean isNew =
        switch (repeats) {
          case EXPOSURE, REMOVE_DIRECT ->
              names.isEmpty() || !names.get(names.size() - 1).equals(name);
          case UNIQUE -> true;
          case FIRST -> known.add(name);
        };
    if (isNew) {
      names.add(name);
      instants.add(at);
    }
  }

  List<UTF8String> names() {
    return names;
  }

  /** When each step began, in microseconds since 1970. */
  List<Long> instants() {
    return instants;
  }

  /** The same as tables show them. */
  StepNames finished() {
    boolean isDirectOnly = names.stream().allMatch(DIRECT::equals);
    if (repeats != Repeats.REMOVE_DIRECT || isDirectOnly) {
      return this;
    }
    StepNames others = new StepNames(Repeats.EXPOSURE);
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals(DIRECT)) {
        others.add(names.get(i), instants.get(i));
      }
    }
    return others;
  }
}

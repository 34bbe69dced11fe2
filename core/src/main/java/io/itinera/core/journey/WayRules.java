package io.itinera.core.journey;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.StageJourneys;
import io.itinera.core.table.Table;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A way of its own towards a goal of its own, such as onboarding: stages in order, each of which
 * may be reached by one touch or another.
 *
 * @param name behind journeys_ the name of its table
 * @param stages first the one that begins it, last the one that is the goal; two at least
 * @param gap longest silence inside a journey; a longer one ends it
 * @param timeZone zone of calendar days
 */
public record WayRules(String name, List<WayStage> stages, Duration gap, ZoneId timeZone) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  /**
   * A stage of a way.
   *
   * @param name as tables call it
   * @param any predicates over columns of touchpoints, one of which holds for a touch that reaches
   *     it
   */
  public record WayStage(String name, List<String> any) {
    public WayStage {
      any = List.copyOf(any);
      if (any.isEmpty()) {
        throw new IllegalArgumentException(
            "stage %s needs any = [a predicate, …]: nothing could reach it".formatted(name));
      }
    }

    private Column isReached() {
      return any.stream().map(functions::expr).reduce(Column::or).orElseThrow();
    }
  }

  public WayRules {
    stages = List.copyOf(stages);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s cannot be part of a table's name: small letters, digits and _, at most 40"
              .formatted(name));
    }
    if (stages.size() < 2) {
      throw new IllegalArgumentException(
          "stages must be two at least, the one that begins a journey and the goal");
    }
    if (stages.stream().map(WayStage::name).distinct().count() < stages.size()) {
      throw new IllegalArgumentException("stages must have different names");
    }
    if (gap.isZero() || gap.isNegative()) {
      throw new IllegalArgumentException("gap must be longer than zero, was " + gap);
    }
  }

  /** Where its journeys are. */
  public Table table() {
    return StageJourneys.named(name);
  }

  /** The place of the first stage that a touchpoint reaches, from 0 on; null for none. */
  Column stage() {
    Column stage = lit(null).cast("int");
    for (int i = stages.size() - 1; i >= 0; i--) {
      stage = when(stages.get(i).isReached(), lit(i)).otherwise(stage);
    }
    return stage;
  }

  /** What a stage at a place is called. */
  Column nameOf(Column place) {
    Column[] names = stages.stream().map(WayStage::name).map(functions::lit).toArray(Column[]::new);
    return functions.get(functions.array(names), place);
  }
}

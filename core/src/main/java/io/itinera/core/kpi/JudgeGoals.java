package io.itinera.core.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.kpi.KpiRules.Goal;
import io.itinera.core.table.TouchpointKpis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructField;

/** Sets what touchpoints came to beside what they are for. */
public final class JudgeGoals {

  /** What measures are told apart by when days and places are taken together. */
  private static final Set<String> PLACE = Set.of(TouchpointKpis.CHANNEL, TouchpointKpis.TYPE);

  private static final Set<String> RATED = Set.of(TouchpointKpis.RATING_MEAN, TouchpointKpis.NPS);

  private JudgeGoals() {}

  /**
   * Measures with their goal, target and value.
   *
   * @param measures as {@link MeasureTouchpoints} gives them
   * @return rows of {@link TouchpointKpis}
   */
  public static Dataset<Row> kpis(Dataset<Row> measures, KpiRules rules) {
    return TouchpointKpis.TABLE.conform(judged(measures, rules));
  }

  /**
   * What touchpoints came to on all days and at all places together.
   *
   * <p>The goal's value is made anew, of the mean counts of a day and place: a ratio of counts is
   * that of all of them, and a count remains comparable to its target. Means of ratings weigh as
   * many answers as they are of, other shares and medians as many touchpoints. A text or a day is
   * there only where all rows have the same.
   *
   * @param kpis rows of {@link TouchpointKpis}
   * @return channel, type, {@link TouchpointKpis#JUDGED} of those that have a goal
   */
  public static Dataset<Row> together(Dataset<Row> kpis, KpiRules rules) {
    List<Column> all =
        Stream.of(TouchpointKpis.TABLE.schema().fields())
            .filter(field -> TouchpointKpis.MEASURES.contains(field.name()))
            .filter(field -> !PLACE.contains(field.name()))
            .map(field -> ofAll(field).as(field.name()))
            .toList();
    Dataset<Row> measures =
        kpis.groupBy(TouchpointKpis.CHANNEL, TouchpointKpis.TYPE)
            .agg(all.get(0), all.subList(1, all.size()).toArray(Column[]::new));
    return judged(measures, rules)
        .where(col(TouchpointKpis.GOAL).isNotNull())
        .select(
            TouchpointKpis.CHANNEL,
            TouchpointKpis.TYPE,
            TouchpointKpis.GOAL,
            TouchpointKpis.KPI_NAME,
            TouchpointKpis.KPI_TARGET,
            TouchpointKpis.KPI_VALUE);
  }

  private static Column ofAll(StructField field) {
    Column measure = col(field.name());
    if (field.dataType() instanceof LongType || field.dataType() instanceof DecimalType) {
      return sum(measure).cast("double").divide(count(measure));
    }
    if (field.dataType() instanceof DoubleType) {
      Column weight =
          col(
              RATED.contains(field.name())
                  ? TouchpointKpis.RATINGS_COUNT
                  : TouchpointKpis.TOUCHPOINTS_COUNT);
      // Doubles added up in another order would give another sum.
      Column exact = measure.try_cast("decimal(20,8)");
      Column weighted = sum(exact.multiply(weight.cast("decimal(14,0)"))).cast("double");
      return try_divide(weighted, sum(when(exact.isNotNull(), weight)).cast("double"));
    }
    return when(min(measure).equalTo(max(measure)), min(measure));
  }

  private static Dataset<Row> judged(Dataset<Row> measures, KpiRules rules) {
    return measures
        .withColumn(TouchpointKpis.GOAL, first(rules, goal -> lit(goal.goal()), "string"))
        .withColumn(TouchpointKpis.KPI_NAME, first(rules, goal -> lit(goal.kpi()), "string"))
        .withColumn(TouchpointKpis.KPI_TARGET, first(rules, goal -> lit(goal.target()), "double"))
        .withColumn(
            TouchpointKpis.KPI_VALUE,
            first(rules, goal -> rules.value(goal.value()).try_cast("double"), "double"));
  }

  /** What {@code said} has of the first goal that is about a row; null where none is. */
  private static Column first(KpiRules rules, Function<Goal, Column> said, String type) {
    List<Goal> lastFirst = new ArrayList<>(rules.goals());
    Collections.reverse(lastFirst);
    Column found = lit(null).cast(type);
    for (Goal goal : lastFirst) {
      found = when(isAbout(goal), said.apply(goal)).otherwise(found);
    }
    return found;
  }

  private static Column isAbout(Goal goal) {
    Column channel =
        goal.channels().isEmpty()
            ? lit(true)
            : col(TouchpointKpis.CHANNEL).isin(goal.channels().toArray());
    return goal.types().isEmpty()
        ? channel
        : channel.and(col(TouchpointKpis.TYPE).isin(goal.types().toArray()));
  }
}

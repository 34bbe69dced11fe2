package io.itinera.core.kpi;

import static io.itinera.core.table.TouchpointKpis.CUSTOMERS_COUNT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.kpi.KpiRules.Goal;
import io.itinera.core.table.TouchpointKpis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sets what touchpoints came to beside what they are for. */
public final class JudgeGoals {

  private JudgeGoals() {}

  /**
   * Measures with their customers, goal, target and value.
   *
   * @param measures as {@link MeasureTouchpoints} gives them
   * @param counts as {@link CountCustomers} gives them, of the same days
   * @return rows of {@link TouchpointKpis}
   */
  public static Dataset<Row> kpis(Dataset<Row> measures, Dataset<Row> counts, KpiRules rules) {
    String[] key = TouchpointKpis.TABLE.key().toArray(String[]::new);
    Dataset<Row> counted =
        measures
            .join(counts, key, "left")
            .withColumn(CUSTOMERS_COUNT, coalesce(col(CUSTOMERS_COUNT), lit(0L)));
    return TouchpointKpis.TABLE.conform(
        counted
            .withColumn(TouchpointKpis.GOAL, first(rules, goal -> lit(goal.goal()), "string"))
            .withColumn(TouchpointKpis.KPI_NAME, first(rules, goal -> lit(goal.kpi()), "string"))
            .withColumn(
                TouchpointKpis.KPI_TARGET, first(rules, goal -> lit(goal.target()), "double"))
            .withColumn(
                TouchpointKpis.KPI_VALUE,
                first(rules, goal -> rules.value(goal.value()).try_cast("double"), "double")));
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

package io.itinera.core.raw;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Touchpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Marketing channel and lifecycle stage of touchpoints, where their source does not give them. */
final class Labels {

  private Labels() {}

  /**
   * Adds both labels; the rules of stages may look at the marketing channel.
   *
   * @param touchpoints rows with the columns of {@link Touchpoints} and of {@link RawRecords}
   */
  static Dataset<Row> label(Dataset<Row> touchpoints, SourceRules source, RawRules rules) {
    Dataset<Row> withChannel =
        labelled(touchpoints, source, Touchpoints.MARKETING_CHANNEL, rules.marketingChannels());
    return labelled(withChannel, source, Touchpoints.STAGE, rules.stages());
  }

  private static Dataset<Row> labelled(
      Dataset<Row> touchpoints, SourceRules source, String column, LabelRules rules) {
    boolean isMapped =
        source.touchpoint().stream().anyMatch(block -> block.columns().containsKey(column));
    return isMapped ? touchpoints : touchpoints.withColumn(column, label(rules));
  }

  private static Column label(LabelRules rules) {
    Column otherwise = lit(rules.otherwise()).cast("string");
    Column label = null;
    for (LabelRules.Rule rule : rules.rules()) {
      Column holds = Expressions.guarded(rule.predicate());
      label = label == null ? when(holds, rule.label()) : label.when(holds, rule.label());
    }
    return label == null ? otherwise : label.otherwise(otherwise);
  }
}

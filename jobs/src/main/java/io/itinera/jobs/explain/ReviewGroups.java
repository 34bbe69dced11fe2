package io.itinera.jobs.explain;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.identity.FindPlaceholders;
import io.itinera.core.identity.IdentityRules;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityQuality;
import io.itinera.jobs.lake.Lake;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Groups and identifiers that somebody should look at, the worst first. */
public final class ReviewGroups {

  private static final double NEAR = 0.8;
  private static final int DENSITY_FROM = 4;

  private final Lake lake;
  private final int most;

  /**
   * Looks at what {@code lake} has.
   *
   * @param most how many of each kind are shown
   */
  public ReviewGroups(Lake lake, int most) {
    this.lake = lake;
    this.most = most;
  }

  /** Rows of {@link IdentityQuality} with the most identifiers. */
  public Dataset<Row> largest() {
    return first(quality(), col(IdentityQuality.IDENTIFIERS_COUNT).desc());
  }

  /** Rows with the fewest edges for their identifiers, of four or more. */
  public Dataset<Row> leastDense() {
    return first(
        quality().where(col(IdentityQuality.IDENTIFIERS_COUNT).geq(DENSITY_FROM)),
        col(IdentityQuality.DENSITY).asc());
  }

  /** Rows with the most bridges. */
  public Dataset<Row> mostBridges() {
    return first(
        quality().where(col(IdentityQuality.BRIDGES_COUNT).gt(0)),
        col(IdentityQuality.BRIDGES_COUNT).desc());
  }

  /** Rows with the most edges that were not used. */
  public Dataset<Row> mostConflicts() {
    return first(
        quality().where(col(IdentityQuality.CONFLICTS_COUNT).gt(0)),
        col(IdentityQuality.CONFLICTS_COUNT).desc());
  }

  /** Rows of {@link IdentityEdges} that wait for somebody to decide, the likeliest first. */
  public Dataset<Row> waiting() {
    return edges(
        col(IdentityEdges.STATUS).equalTo(EdgeStatus.REVIEW.text()),
        col(IdentityEdges.PROBABILITY).desc());
  }

  /** Rows of {@link IdentityEdges} that a rule or a decision refused, the most frequent first. */
  public Dataset<Row> refused() {
    return edges(
        col(IdentityEdges.STATUS).isin(EdgeStatus.CONFLICT.text(), EdgeStatus.DENIED.text()),
        col(IdentityEdges.OBSERVATIONS).desc());
  }

  private Dataset<Row> edges(Column wanted, Column order) {
    return lake.read(IdentityEdges.TABLE)
        .where(wanted)
        .orderBy(
            order,
            col(IdentityEdges.LEFT_TYPE),
            col(IdentityEdges.LEFT_VALUE),
            col(IdentityEdges.RIGHT_TYPE),
            col(IdentityEdges.RIGHT_VALUE))
        .limit(most);
  }

  /**
   * Identifiers that were seen with nearly as many person-level identifiers of one type as are
   * allowed, or with more: a column for both counts.
   */
  public Dataset<Row> nearFanOut(IdentityRules rules) {
    return FindPlaceholders.nearLimit(lake.read(IdentityEdges.TABLE), NEAR, rules)
        .orderBy(
            col(FindPlaceholders.FAN_OUT).desc(),
            col(FindPlaceholders.TYPE),
            col(FindPlaceholders.VALUE))
        .limit(most);
  }

  private Dataset<Row> quality() {
    return lake.read(IdentityQuality.TABLE);
  }

  private Dataset<Row> first(Dataset<Row> rows, Column order) {
    return rows.orderBy(order, col(IdentityQuality.CUSTOMER_ID)).limit(most);
  }
}

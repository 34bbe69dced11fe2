package io.itinera.core.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityOverrides;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night has to stitch anew: the identifiers that changed evidence or a changed decision
 * names, and all that older evidence and decisions connect with them, used or refused: a customer's
 * limits depend on what was refused, too.
 */
public final class FindScope {

  public static final String TYPE = "scope_type";
  public static final String VALUE = "scope_value";

  private static final String COMPONENT = "scope_component";

  private FindScope() {}

  /**
   * The identifiers to stitch anew.
   *
   * @param changedEvidence rows of {@link Evidence} that came or went
   * @param identities rows of {@link Identities} as they are stored
   * @return {@link #TYPE}, {@link #VALUE}, each once
   */
  public static Dataset<Row> identifiers(Dataset<Row> changedEvidence, Dataset<Row> identities) {
    return connected(named(changedEvidence), identities);
  }

  /**
   * The same, where people decided something.
   *
   * @param changedDecisions rows of {@link IdentityOverrides} that came or went
   * @param decisions those that hold
   */
  public static Dataset<Row> identifiers(
      Dataset<Row> changedEvidence,
      Optional<Dataset<Row>> changedDecisions,
      Decisions decisions,
      Dataset<Row> identities) {
    Dataset<Row> named = named(changedEvidence);
    if (decisions.pairs().isPresent()) {
      // An identifier that was never seen before is in no component yet, but may be decided about.
      Dataset<Row> partners = Decisions.bothWays(decisions.pairs().get());
      Column isPartner =
          col(IdentityOverrides.LEFT_TYPE)
              .equalTo(col(TYPE))
              .and(col(IdentityOverrides.LEFT_VALUE).equalTo(col(VALUE)));
      named =
          named.union(
              partners
                  .join(named, isPartner, "left_semi")
                  .select(
                      col(IdentityOverrides.RIGHT_TYPE).as(TYPE),
                      col(IdentityOverrides.RIGHT_VALUE).as(VALUE)));
    }
    if (changedDecisions.isPresent()) {
      named = named.union(decidedAbout(changedDecisions.get()));
    }
    return connected(named, identities);
  }

  private static Dataset<Row> named(Dataset<Row> changedEvidence) {
    return changedEvidence
        .select(explode(col(Evidence.IDENTIFIERS)).as("id"))
        .select(col("id.type").as(TYPE), col("id.value").as(VALUE));
  }

  private static Dataset<Row> decidedAbout(Dataset<Row> decisions) {
    return decisions
        .select(
            col(IdentityOverrides.LEFT_TYPE).as(TYPE), col(IdentityOverrides.LEFT_VALUE).as(VALUE))
        .union(decisions.select(IdentityOverrides.RIGHT_TYPE, IdentityOverrides.RIGHT_VALUE))
        .where(col(TYPE).isNotNull().and(col(VALUE).isNotNull()));
  }

  private static Dataset<Row> connected(Dataset<Row> all, Dataset<Row> identities) {
    Dataset<Row> named = all.distinct().transform(HoldRows::toSend);
    Dataset<Row> components =
        within(identities, named)
            .select(col(Identities.COMPONENT_ID).as(COMPONENT))
            .distinct()
            .transform(HoldRows::toSend);
    Dataset<Row> connected =
        identities
            .join(components, col(Identities.COMPONENT_ID).equalTo(col(COMPONENT)), "left_semi")
            .select(col(Identities.TYPE).as(TYPE), col(Identities.VALUE).as(VALUE));
    return named.union(connected).distinct();
  }

  /** The rows of {@code evidence} that name identifiers of {@code scope}: always whole sets. */
  public static Dataset<Row> evidence(Dataset<Row> evidence, Dataset<Row> scope) {
    // All identifiers of a set are in one component, so the first tells for all.
    Column first = col(Evidence.IDENTIFIERS).getItem(0);
    return evidence.join(
        scope,
        first.getField("type").equalTo(col(TYPE)).and(first.getField("value").equalTo(col(VALUE))),
        "left_semi");
  }

  /** The rows of {@code identities} inside {@code scope}. */
  public static Dataset<Row> within(Dataset<Row> identities, Dataset<Row> scope) {
    return identities.join(scope, isIn(Identities.TYPE, Identities.VALUE), "left_semi");
  }

  /**
   * The customers of whom something may change.
   *
   * @param before rows of {@link Identities} inside the scope, as they are stored
   * @param after the same rows, stitched anew
   * @return one column, each customer once
   */
  public static Dataset<Row> customers(Dataset<Row> before, Dataset<Row> after) {
    return before
        .select(Identities.CUSTOMER_ID)
        .union(after.select(Identities.CUSTOMER_ID))
        .distinct();
  }

  private static Column isIn(String typeColumn, String valueColumn) {
    return col(typeColumn).equalTo(col(TYPE)).and(col(valueColumn).equalTo(col(VALUE)));
  }
}

package io.itinera.core.identity;

import static io.itinera.core.identity.MatchEvidence.ofMatch;
import static io.itinera.core.table.IdentityEdges.LEFT_TYPE;
import static io.itinera.core.table.IdentityEdges.LEFT_VALUE;
import static io.itinera.core.table.IdentityEdges.RIGHT_TYPE;
import static io.itinera.core.table.IdentityEdges.RIGHT_VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.Ruling;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What an edge may do, as far as it and its two identifiers tell. */
final class JudgeEdges {

  /** Column: whether its identifiers may be one customer's, if no rule is broken by that. */
  static final String MAY_LINK = "may_link";

  /**
   * Column: whether it says of two identifiers of one type that they count as one towards what a
   * customer may have of it.
   */
  static final String COUNTS_AS_ONE = "counts_as_one";

  /** Column: whether its left identifier was seen with too many persons. */
  static final String IS_LEFT_SHARED = "is_left_shared";

  /** Column: the same of the right one. */
  static final String IS_RIGHT_SHARED = "is_right_shared";

  /** Rule of an edge that somebody, or a source's own merge of records, says holds always. */
  static final String MANUAL = "manual";

  private static final String CO_OCCURRENCE = "co-occurrence";
  private static final String EMAIL = "email";
  private static final String IS_ALWAYS = "is_always";
  private static final String IS_NEVER = "is_never";

  /** What stands in the way: a status and a reason. */
  private static final String AGAINST_STATUS = "against_status";

  private static final String AGAINST_REASON = "against_reason";

  private JudgeEdges() {}

  /**
   * Gives each edge a rule, a status and a reason. What somebody decided about both of its
   * identifiers comes first, then what somebody decided about one, then what a source says, then
   * what was counted.
   *
   * @param pairs columns of {@link IdentityEdges} but those, and those of {@link FindEdges}
   * @param placeholders what {@link FindPlaceholders} found
   * @return {@link IdentityEdges}, {@link FindEdges#DECISION}, {@link #MAY_LINK}
   */
  static Dataset<Row> judge(Dataset<Row> pairs, Dataset<Row> placeholders, IdentityRules rules) {
    Dataset<Row> known =
        withPlaceholder(withPlaceholder(pairs, placeholders, "left"), placeholders, "right");
    Column decision = col(FindEdges.DECISION);
    Dataset<Row> told =
        known
            .withColumn(IS_ALWAYS, decision.eqNullSafe(Ruling.ALWAYS.text()))
            .withColumn(IS_NEVER, decision.eqNullSafe(Ruling.NEVER.text()))
            .withColumn(AGAINST_STATUS, against("_status", lit(EdgeStatus.DENIED.text()), rules))
            .withColumn(AGAINST_REASON, against("_reason", mailboxReason(rules), rules));
    Column isMerge = col(FindEdges.IS_MERGE);
    Column isMatch = col(MatchEvidence.IS_MATCH);
    Column isIgnored = col(AGAINST_STATUS).eqNullSafe(EdgeStatus.DENIED.text());
    Column used = lit(EdgeStatus.USED.text());
    Column status =
        when(col(IS_NEVER), EdgeStatus.DENIED.text())
            .when(col(IS_ALWAYS), used)
            .when(isIgnored, col(AGAINST_STATUS))
            .when(isMerge, used)
            .otherwise(
                coalesce(col(AGAINST_STATUS), when(isMatch, ofMatch(MatchEvidence.STATUS)), used));
    return told.withColumn(
            IdentityEdges.RULE,
            when(decision.isNotNull().or(isMerge), MANUAL)
                .when(isMatch, MatchEvidence.PROBABILISTIC)
                .otherwise(CO_OCCURRENCE))
        .withColumn(
            IdentityEdges.PROBABILITY,
            when(
                    col(IdentityEdges.RULE).equalTo(MatchEvidence.PROBABILISTIC),
                    ofMatch(MatchEvidence.PROBABILITY))
                .otherwise(1.0))
        .withColumn(IdentityEdges.WEIGHTS, when(isMatch, ofMatch(MatchEvidence.WEIGHTS)))
        .withColumn(IdentityEdges.STATUS, status)
        .withColumn(IdentityEdges.STATUS_REASON, reason(isMerge, isIgnored))
        .withColumn(
            MAY_LINK, col(IdentityEdges.STATUS).equalTo(used).and(linksInGraph(isMerge, rules)))
        .withColumn(
            COUNTS_AS_ONE,
            col(IdentityEdges.RULE)
                .equalTo(MANUAL)
                .or(isMatch.and(coalesce(ofMatch(MatchEvidence.COUNTS_AS_ONE), lit(false)))))
        .withColumn(IS_LEFT_SHARED, isOverLimit("left_status"))
        .withColumn(IS_RIGHT_SHARED, isOverLimit("right_status"))
        .drop(
            "left_status",
            "left_reason",
            "right_status",
            "right_reason",
            AGAINST_STATUS,
            AGAINST_REASON,
            IS_ALWAYS,
            IS_NEVER,
            FindEdges.IS_MERGE,
            MatchEvidence.IS_MATCH,
            MatchEvidence.MATCH,
            FindEdges.DECIDED_BECAUSE);
  }

  private static Column isOverLimit(String status) {
    return col(status).eqNullSafe(EdgeStatus.OVER_LIMIT.text());
  }

  /** Where devices change hands anyway, they join nobody. */
  private static Column linksInGraph(Column isMerge, IdentityRules rules) {
    Column arePersonal =
        Strength.isPersonal(col(LEFT_TYPE), rules).and(Strength.isPersonal(col(RIGHT_TYPE), rules));
    return rules.devices().link() ? lit(true) : arePersonal.or(isMerge).or(col(IS_ALWAYS));
  }

  private static Dataset<Row> withPlaceholder(
      Dataset<Row> pairs, Dataset<Row> placeholders, String side) {
    String[] names = {side + "_p_type", side + "_p_value"};
    Dataset<Row> found =
        placeholders.select(
            col(FindPlaceholders.TYPE).as(names[0]),
            col(FindPlaceholders.VALUE).as(names[1]),
            col(FindPlaceholders.STATUS).as(side + "_status"),
            col(FindPlaceholders.REASON).as(side + "_reason"));
    Column isIt =
        col(side + "_type").equalTo(col(names[0])).and(col(side + "_value").equalTo(col(names[1])));
    return pairs.join(found, isIt, "left").drop(names);
  }

  private static Column against(String suffix, Column ofMailbox, IdentityRules rules) {
    Column isLeftDenied = col("left_status").eqNullSafe(EdgeStatus.DENIED.text());
    Column isRightDenied = col("right_status").eqNullSafe(EdgeStatus.DENIED.text());
    Column isMailbox =
        isMailbox(LEFT_TYPE, LEFT_VALUE, rules).or(isMailbox(RIGHT_TYPE, RIGHT_VALUE, rules));
    return when(isLeftDenied, col("left" + suffix))
        .when(isRightDenied, col("right" + suffix))
        .when(isMailbox, ofMailbox)
        .otherwise(coalesce(col("left" + suffix), col("right" + suffix)));
  }

  private static Column isMailbox(String type, String value, IdentityRules rules) {
    return col(type)
        .equalTo(EMAIL)
        .and(
            substring_index(col(value), "@", 1)
                .isin(rules.roleMailboxes().stream().sorted().toArray()));
  }

  private static Column mailboxReason(IdentityRules rules) {
    Column name =
        when(isMailbox(LEFT_TYPE, LEFT_VALUE, rules), substring_index(col(LEFT_VALUE), "@", 1))
            .otherwise(substring_index(col(RIGHT_VALUE), "@", 1));
    return concat(name, lit("@ is an office's address (role-mailboxes), not a person's"));
  }

  private static Column reason(Column isMerge, Column isIgnored) {
    Column because =
        when(coalesce(col(FindEdges.DECIDED_BECAUSE), lit("")).equalTo(""), lit("no reason given"))
            .otherwise(col(FindEdges.DECIDED_BECAUSE));
    return when(col(IS_NEVER), concat(lit("different persons' by decision: "), because))
        .when(col(IS_ALWAYS), concat(lit("one person's by decision: "), because))
        .when(isIgnored, col(AGAINST_REASON))
        .when(isMerge, lit("the source says that they are the same person's"))
        .otherwise(
            coalesce(
                col(AGAINST_REASON), when(col(MatchEvidence.IS_MATCH), MatchEvidence.reason())));
  }
}

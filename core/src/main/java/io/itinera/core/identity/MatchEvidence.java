package io.itinera.core.identity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.SetIds;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.EdgeStatus;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.ProfileMatches;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Profiles that look alike, as evidence that their identifiers belong together. */
public final class MatchEvidence {

  /** Rule of an edge that nothing else tells. */
  public static final String PROBABILISTIC = "probabilistic";

  /** Kind of such evidence. */
  public static final String KIND = "match";

  /** Column beside those of {@link Evidence}: what is known of the match, else null. */
  static final String MATCH = "match";

  /** Column: whether nothing but a likeness of profiles links two identifiers. */
  static final String IS_MATCH = "is_match";

  static final String PROBABILITY = "probability";
  static final String WEIGHTS = "weights";
  static final String STATUS = "status";
  static final String COUNTS_AS_ONE = "counts_as_one";

  /** Sources and record ids of both profiles. */
  static final String RECORDS = "records";

  static final String MATCH_TYPE =
      "struct<probability:double,weights:map<string,double>,status:string,"
          + COUNTS_AS_ONE
          + ":boolean,"
          + RECORDS
          + ":array<string>>";

  private MatchEvidence() {}

  /**
   * One row of evidence for each match of two profiles with different identifiers.
   *
   * @param matches rows of {@link ProfileMatches}
   * @return columns of {@link Evidence} and {@link #MATCH}
   */
  public static Dataset<Row> of(Dataset<Row> matches) {
    Column left =
        struct(
            col(ProfileMatches.LEFT_TYPE).as(ColumnTypes.TYPE),
            col(ProfileMatches.LEFT_VALUE).as(ColumnTypes.VALUE));
    Column right =
        struct(
            col(ProfileMatches.RIGHT_TYPE).as(ColumnTypes.TYPE),
            col(ProfileMatches.RIGHT_VALUE).as(ColumnTypes.VALUE));
    Column identifiers = array(left, right);
    return matches
        .where(not(left.equalTo(right)))
        .select(
            col(ProfileMatches.LEFT_SOURCE).as(Evidence.SOURCE),
            lit(KIND).as(Evidence.KIND),
            col(ProfileMatches.EVENT_DATE).as(Evidence.EVENT_DATE),
            SetIds.of(identifiers).as(Evidence.SET_ID),
            SetIds.check(identifiers).as(Evidence.SET_CHECK),
            identifiers.as(Evidence.IDENTIFIERS),
            lit(1L).as(Evidence.OBSERVATIONS),
            lit(null).cast("timestamp").as(Evidence.FIRST_AT),
            lit(null).cast("timestamp").as(Evidence.LAST_AT),
            lit(0L).as(Evidence.DIGEST),
            struct(
                    col(ProfileMatches.PROBABILITY).as(PROBABILITY),
                    col(ProfileMatches.WEIGHTS).as(WEIGHTS),
                    col(ProfileMatches.STATUS).as(STATUS),
                    col(ProfileMatches.COUNTS_AS_ONE).as(COUNTS_AS_ONE),
                    array(
                            col(ProfileMatches.LEFT_SOURCE),
                            col(ProfileMatches.LEFT_RECORD_ID),
                            col(ProfileMatches.RIGHT_SOURCE),
                            col(ProfileMatches.RIGHT_RECORD_ID))
                        .as(RECORDS))
                .as(MATCH));
  }

  /** {@code evidence} of records, beside that of matches. */
  public static Dataset<Row> beside(Dataset<Row> evidence, Dataset<Row> matches) {
    return evidence.withColumn(MATCH, lit(null).cast(MATCH_TYPE)).unionByName(of(matches));
  }

  /** Whether evidence may hold that of matches. */
  static boolean isIn(Dataset<Row> evidence) {
    return Arrays.asList(evidence.columns()).contains(MATCH);
  }

  /** The evidence that records give. */
  public static Dataset<Row> withoutMatches(Dataset<Row> evidence) {
    return evidence.where(col(Evidence.KIND).notEqual(KIND));
  }

  /**
   * What evidence tells of a pair of identifiers: {@link #IS_MATCH}, {@link #MATCH}. Where several
   * profiles have them, a match that is used comes before one that is held back, and the surer
   * before the others.
   */
  static List<Column> told() {
    Column rank =
        when(ofMatch(STATUS).equalTo(EdgeStatus.USED.text()), 2)
            .when(ofMatch(STATUS).equalTo(EdgeStatus.REVIEW.text()), 1)
            .otherwise(0);
    Column order =
        struct(rank.as("rank"), ofMatch(PROBABILITY).as(PROBABILITY), ofMatch(RECORDS).as(RECORDS));
    return List.of(
        min(col(Evidence.KIND).equalTo(KIND)).as(IS_MATCH),
        max_by(col(MATCH), when(col(MATCH).isNotNull(), order)).as(MATCH));
  }

  /** Sources of what names a pair of identifiers: of a match those of both profiles. */
  static Column sources() {
    Column ofRow =
        when(
                col(MATCH).isNotNull(),
                array(ofMatch(RECORDS).getItem(0), ofMatch(RECORDS).getItem(2)))
            .otherwise(array(col(Evidence.SOURCE)));
    return array_sort(array_distinct(flatten(collect_set(ofRow))));
  }

  /** The same columns, where there are no matches. */
  static Dataset<Row> untold(Dataset<Row> pairs) {
    return pairs.withColumn(IS_MATCH, lit(false)).withColumn(MATCH, lit(null).cast(MATCH_TYPE));
  }

  /** What is known of a match. */
  static Column ofMatch(String field) {
    return col(MATCH + "." + field);
  }

  /** Why a match is not used, else null. */
  static Column reason() {
    return when(
            ofMatch(STATUS).equalTo(EdgeStatus.REVIEW.text()),
            lit("it alone would join two groups that do not look like one person"))
        .when(
            ofMatch(STATUS).notEqual(EdgeStatus.USED.text()),
            lit("a person has one profile of that source (one-per-person, max-per-customer)"));
  }
}

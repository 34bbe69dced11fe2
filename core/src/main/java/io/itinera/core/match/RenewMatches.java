package io.itinera.core.match;

import static io.itinera.core.match.KeyRecords.NUMBER;
import static io.itinera.core.match.KeyRecords.RECORD;
import static io.itinera.core.match.ScoreBlocks.LEFT;
import static io.itinera.core.match.ScoreBlocks.LEFT_RECORD;
import static io.itinera.core.match.ScoreBlocks.RIGHT;
import static io.itinera.core.match.ScoreBlocks.RIGHT_RECORD;
import static io.itinera.core.match.ScoreBlocks.WEIGHT;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.ProfileMatches;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night groups anew: whole components of matches that lose, get or change one.
 *
 * @param components column {@link ProfileMatches#COMPONENT} of those that were there, held
 * @param matches rows of {@link ScoreBlocks}, all that there are now between the profiles of these
 *     components and the new ones, held
 */
public record RenewMatches(HeldRows components, HeldRows matches) {

  /**
   * Finds it.
   *
   * @param before rows of {@link ProfileMatches}
   * @param fresh rows of {@link ScoreBlocks} that a night found, held
   * @param news column {@link NUMBER} of profiles whose matches are all among them
   * @param keyed rows of {@link KeyRecords}, held
   */
  public static RenewMatches renew(
      Dataset<Row> before, Dataset<Row> fresh, Dataset<Row> news, Dataset<Row> keyed) {
    Dataset<Row> touched =
        news.union(fresh.select(LEFT))
            .union(fresh.select(RIGHT))
            .distinct()
            .transform(HoldRows::toJoin);
    Dataset<Row> numbered =
        before.select(
            col(ProfileMatches.COMPONENT),
            KeyRecords.number(col(ProfileMatches.LEFT_SOURCE), col(ProfileMatches.LEFT_RECORD_ID))
                .as(LEFT),
            KeyRecords.number(col(ProfileMatches.RIGHT_SOURCE), col(ProfileMatches.RIGHT_RECORD_ID))
                .as(RIGHT),
            col(ProfileMatches.WEIGHT).as(WEIGHT));
    HeldRows components =
        HoldRows.counted(
            of(numbered, LEFT, touched, "left_semi")
                .union(of(numbered, RIGHT, touched, "left_semi"))
                .select(ProfileMatches.COMPONENT)
                .distinct());
    Dataset<Row> theirs =
        numbered.join(components.toJoin(), new String[] {ProfileMatches.COMPONENT}, "left_semi");
    Dataset<Row> staying =
        of(of(theirs, LEFT, news, "left_anti"), RIGHT, news, "left_anti")
            .select(LEFT, RIGHT, WEIGHT)
            .transform(HoldRows::toJoin);
    return new RenewMatches(components, HoldRows.counted(withRecords(staying, keyed).union(fresh)));
  }

  private static Dataset<Row> of(
      Dataset<Row> matches, String side, Dataset<Row> numbers, String joinType) {
    return matches.join(numbers, matches.col(side).equalTo(numbers.col(NUMBER)), joinType);
  }

  private static Dataset<Row> withRecords(Dataset<Row> matches, Dataset<Row> keyed) {
    Dataset<Row> lefts = keyed.select(col(NUMBER).as(LEFT), col(RECORD).as(LEFT_RECORD));
    Dataset<Row> rights = keyed.select(col(NUMBER).as(RIGHT), col(RECORD).as(RIGHT_RECORD));
    return rights
        .join(lefts.join(matches, new String[] {LEFT}, "inner"), new String[] {RIGHT}, "inner")
        .select(LEFT, RIGHT, WEIGHT, LEFT_RECORD, RIGHT_RECORD);
  }
}

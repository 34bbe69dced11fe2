package io.itinera.core.map;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform_keys;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.BotRules;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Touchpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Marks the touchpoints of machines. They are kept: what a machine did is a fact, too. */
public final class FlagBots {

  /** Property of a touchpoint that holds the raw user agent. */
  static final String USER_AGENT = "user_agent";

  /** Property that is {@code true} for a bot. */
  static final String IS_BOT = "is_bot";

  /** What the record itself said under that name, as long as the touchpoint is marked. */
  static final String RECORDED = "recorded_is_bot";

  static final String BY_USER_AGENT = "user-agent";
  private static final String BY_RATE = "rate";
  private static final int MINUTE = 60;
  private static final String SET = "bot_set";
  private static final String CHECK = "bot_set_check";
  private static final String DAY = "bot_day";
  private static final String HITS = "hits";
  private static final String MARKED = "marked_id";
  private static final String MARK = "mark";

  private FlagBots() {}

  /**
   * {@code properties} with the property {@value #IS_BOT}, if there is a {@code reason}; null where
   * there is none at all, so that a mark that comes and goes leaves nothing behind.
   */
  static Column flagged(Column properties, Column reason) {
    Column flag = map(lit(IS_BOT), lit("true"));
    return when(reason.isNull(), nullIfEmpty(properties))
        .otherwise(coalesce(map_concat(renamed(properties, IS_BOT, RECORDED), flag), flag));
  }

  /**
   * Which touchpoints must, in the light of all of their day, be marked as a bot's or no longer.
   *
   * @param touchpoints all rows of {@link Touchpoints} of some days; of its columns only narrow
   *     ones are read
   * @return touchpoint_id, event_date and bot_reason of those whose mark changes
   */
  public static Dataset<Row> marks(Dataset<Row> touchpoints, BotRules rules) {
    Column isHit =
        col(Touchpoints.CHANNEL).isin("web", "app").and(col(Touchpoints.SET_ID).isNotNull());
    HeldRows fast = fast(touchpoints.where(isHit), rules);
    Column wasFast = coalesce(col(Touchpoints.BOT_REASON).equalTo(BY_RATE), lit(false));
    if (fast.areNone()) {
      return touchpoints
          .where(wasFast)
          .select(
              col(Touchpoints.TOUCHPOINT_ID),
              col(Touchpoints.EVENT_DATE),
              lit(null).cast("string").as(Touchpoints.BOT_REASON));
    }
    Column isFast = col(SET).isNotNull();
    Column comes = isFast.and(isHit).and(col(Touchpoints.BOT_REASON).isNull());
    Column goes = wasFast.and(not(isFast));
    return touchpoints
        .join(fast.toJoin(), isTheirs(), "left")
        .where(comes.or(goes))
        .select(
            col(Touchpoints.TOUCHPOINT_ID),
            col(Touchpoints.EVENT_DATE),
            when(comes, BY_RATE).as(Touchpoints.BOT_REASON));
  }

  /**
   * Who is too fast on which day. Whoever does not in a day what would be too much in a minute need
   * not be looked at minute by minute: that is nearly everybody.
   */
  private static HeldRows fast(Dataset<Row> hits, BotRules rules) {
    // Without a limit nobody is too fast any more.
    Column isTooMany = rules.perMinute() == 0 ? lit(false) : col(HITS).gt(rules.perMinute());
    Column day = col(Touchpoints.EVENT_DATE).as(DAY);
    Column set = col(Touchpoints.SET_ID).as(SET);
    Column check = col(Touchpoints.SET_CHECK).as(CHECK);
    Column minute = unix_seconds(col(Touchpoints.OCCURRED_AT)).divide(MINUTE).cast("long");
    HeldRows busy =
        HoldRows.counted(
            hits.groupBy(day, set, check)
                .agg(count(lit(1)).as(HITS))
                .where(isTooMany)
                .select(DAY, SET, CHECK));
    if (busy.areNone()) {
      return busy;
    }
    return HoldRows.counted(
        hits.join(busy.toJoin(), isTheirs(), "left_semi")
            .groupBy(day, set, check, minute)
            .agg(count(lit(1)).as(HITS))
            .where(isTooMany)
            .select(DAY, SET, CHECK)
            .distinct());
  }

  private static Column isTheirs() {
    return col(Touchpoints.EVENT_DATE)
        .equalTo(col(DAY))
        .and(col(Touchpoints.SET_ID).equalTo(col(SET)))
        .and(col(Touchpoints.SET_CHECK).equalTo(col(CHECK)));
  }

  /**
   * The touchpoints that have new marks.
   *
   * @param touchpoints rows of {@link Touchpoints}
   * @param marks as {@link #marks} gives them
   * @return rows of {@link Touchpoints}
   */
  public static Dataset<Row> marked(Dataset<Row> touchpoints, Dataset<Row> marks) {
    Column reason = col(MARK);
    Dataset<Row> marked =
        touchpoints
            .join(
                marks.select(
                    col(Touchpoints.TOUCHPOINT_ID).as(MARKED),
                    col(Touchpoints.BOT_REASON).as(MARK)),
                col(Touchpoints.TOUCHPOINT_ID).equalTo(col(MARKED)))
            .withColumn(
                Touchpoints.PROPERTIES,
                when(reason.isNotNull(), flagged(col(Touchpoints.PROPERTIES), reason))
                    .otherwise(withoutFlag(col(Touchpoints.PROPERTIES))))
            .withColumn(Touchpoints.BOT_REASON, reason);
    return Touchpoints.TABLE.conform(marked);
  }

  private static Column withoutFlag(Column properties) {
    Column left = map_filter(properties, (name, value) -> name.notEqual(IS_BOT));
    return nullIfEmpty(renamed(left, RECORDED, IS_BOT));
  }

  private static Column renamed(Column properties, String from, String to) {
    return transform_keys(
        properties.cast(ColumnTypes.STRING_MAP),
        (name, value) -> when(name.equalTo(from), to).otherwise(name));
  }

  private static Column nullIfEmpty(Column properties) {
    return when(size(properties).gt(0), properties);
  }
}

package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.settle.PickWinners;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * On which days touchpoints of each source come and go. One look at the rows answers all that is
 * asked about their days.
 */
record DayMoves(List<Move> all) {

  /**
   * Rows of one source that come on one day and go on another.
   *
   * @param source null for rows that only go
   * @param to the day of rows that come; null if they only go
   * @param from the day of the rows that they replace, or that are withdrawn; null without any
   * @param isInFile whether they are in files that need only be committed
   */
  private record Move(String source, LocalDate to, LocalDate from, boolean isInFile) {}

  /**
   * Looks at the rows of a night.
   *
   * @param keys id, source and day of touchpoints that come, and the day of the one replaced
   * @param withdrawn as {@link PickWinners#withdrawn} gives them
   */
  static DayMoves of(Dataset<Row> keys, Dataset<Row> withdrawn) {
    return new DayMoves(
        keys
            .select(Touchpoints.SOURCE, Touchpoints.EVENT_DATE, PickWinners.REPLACED_DATE)
            .union(
                withdrawn.select(
                    lit(null).cast("string"),
                    lit(null).cast("date"),
                    col(PickWinners.REPLACED_DATE)))
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> new Move(row.getString(0), day(row, 1), day(row, 2), false))
            .toList());
  }

  /** These, and those of touchpoints that come in files of their own. */
  DayMoves with(List<MappedFiles.Days> inFiles) {
    List<Move> more = new ArrayList<>(all);
    inFiles.forEach(
        days -> more.add(new Move(days.source(), LocalDate.parse(days.day()), null, true)));
    return new DayMoves(more);
  }

  /** Days on which rows come that are in no files yet. */
  Set<LocalDate> comingByRow() {
    return new DayMoves(all.stream().filter(move -> !move.isInFile()).toList()).coming();
  }

  Set<LocalDate> coming() {
    return days(Move::to);
  }

  Set<LocalDate> going() {
    return days(Move::from);
  }

  /**
   * Writes down the days of touchpoints that must be found without their day.
   *
   * @param dated names of their sources
   * @param keys as above
   * @param withdrawn as above
   */
  void remember(Lake lake, Object[] dated, Dataset<Row> keys, Dataset<Row> withdrawn) {
    boolean areGone = all.stream().anyMatch(move -> move.source() == null);
    List<Move> moves =
        all.stream()
            .filter(move -> Arrays.asList(dated).contains(move.source()))
            .filter(move -> !Objects.equals(move.to(), move.from()))
            .toList();
    if (dated.length == 0 || (moves.isEmpty() && !areGone)) {
      return;
    }
    Dataset<Row> coming =
        keys.where(col(Touchpoints.SOURCE).isin(dated))
            .where(
                coalesce(
                    col(Touchpoints.EVENT_DATE).notEqual(col(PickWinners.REPLACED_DATE)),
                    lit(true)))
            .select(Touchpoints.TOUCHPOINT_ID, Touchpoints.EVENT_DATE);
    if (!areGone && moves.stream().allMatch(move -> move.from() == null)) {
      lake.append(TouchpointDates.TABLE, coming);
      return;
    }
    Dataset<Row> moved =
        coming.select(Touchpoints.TOUCHPOINT_ID).union(withdrawn.select(Touchpoints.TOUCHPOINT_ID));
    Dataset<Row> staying = TouchpointDates.TABLE.without(lake.read(TouchpointDates.TABLE), moved);
    lake.overwrite(TouchpointDates.TABLE, staying.union(TouchpointDates.TABLE.conform(coming)));
  }

  private Set<LocalDate> days(Function<Move, LocalDate> which) {
    return all.stream()
        .map(which)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static LocalDate day(Row row, int place) {
    return row.isNullAt(place) ? null : LocalDate.parse(String.valueOf(row.<Object>getAs(place)));
  }
}

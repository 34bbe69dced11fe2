package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.spark.ConnectedComponents;
import io.itinera.core.table.ProfileMatches;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which matches make profiles one person's. Profiles that no chain of matches connects have nothing
 * to do with each other, so each connected component is looked at by itself: a task has one at a
 * time in hand, some hundred bytes for each profile and match of it.
 */
public final class GroupMatches {

  /** Column beside those of the table: pairs of profiles that a match made one person's. */
  public static final String JOINS = "joins";

  private static final StructType GROUPED =
      ProfileMatches.TABLE.schema().add(JOINS, DataTypes.LongType, false);

  private GroupMatches() {}

  /**
   * What decides.
   *
   * @param model weighs pairs that no match is about
   * @param version its name
   * @param rules what holds for groups
   * @param numbers types of identifiers of which each source gives a person one, and so has one
   *     profile of a person with one: those that two sources gave one person count as one
   */
  public record Grouping(
      MatchModel model, String version, MatchRules.GroupRules rules, Set<String> numbers)
      implements Serializable {

    boolean isAlone(ProfileHead head) {
      return rules.oneToOne().contains(head.source()) || numbers.contains(head.type());
    }

    boolean countsAsOne(ProfileHead left, ProfileHead right) {
      return !left.source().equals(right.source())
          && left.type().equals(right.type())
          && numbers.contains(left.type());
    }
  }

  /**
   * Groups profiles by their matches.
   *
   * @param matches rows of {@link ScoreBlocks}, held: all of each component
   * @return rows of {@link ProfileMatches}, with {@link #JOINS}; one for each match
   */
  public static Dataset<Row> grouped(Dataset<Row> matches, Grouping grouping) {
    Dataset<Row> components =
        ConnectedComponents.components(
            matches.select(
                col(ScoreBlocks.LEFT).as(ConnectedComponents.LEFT),
                col(ScoreBlocks.RIGHT).as(ConnectedComponents.RIGHT)));
    return matches
        .join(
            components,
            matches.col(ScoreBlocks.LEFT).equalTo(components.col(ConnectedComponents.NODE)),
            "inner")
        .select(
            ConnectedComponents.COMPONENT,
            ScoreBlocks.LEFT,
            ScoreBlocks.RIGHT,
            ScoreBlocks.WEIGHT,
            ScoreBlocks.LEFT_RECORD,
            ScoreBlocks.RIGHT_RECORD)
        .repartition(col(ConnectedComponents.COMPONENT))
        .sortWithinPartitions(ConnectedComponents.COMPONENT)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new Grouped(rows, grouping),
            Encoders.row(GROUPED));
  }

  /** The matches of one component after the other, to rows. */
  private static final class Grouped implements Iterator<Row> {
    private final Iterator<Row> matches;
    private final Grouping grouping;
    private final RecordReader reader;
    private final Queue<Row> grouped = new ArrayDeque<>();
    private Row next;

    private Grouped(Iterator<Row> matches, Grouping grouping) {
      this.matches = matches;
      this.grouping = grouping;
      reader = new RecordReader(grouping.model().fields());
      next = matches.hasNext() ? matches.next() : null;
    }

    @Override
    public boolean hasNext() {
      if (grouped.isEmpty() && next != null) {
        group();
      }
      return !grouped.isEmpty();
    }

    @Override
    public Row next() {
      return hasNext() ? grouped.remove() : null;
    }

    private void group() {
      long component = next.getLong(0);
      JoinProfiles profiles = new JoinProfiles(grouping, reader, component);
      while (next != null && next.getLong(0) == component) {
        profiles.add(next);
        next = matches.hasNext() ? matches.next() : null;
      }
      grouped.addAll(profiles.joined());
    }
  }
}

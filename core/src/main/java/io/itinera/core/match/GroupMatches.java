package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.match.GroupRecords.Verdict;
import io.itinera.core.spark.ConnectedComponents;
import io.itinera.core.table.ProfileMatches;
import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

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

  private static final double STEPS = 1e6;

  private GroupMatches() {}

  /**
   * What decides.
   *
   * @param model weighs pairs that no match is about
   * @param version its name
   * @param rules what holds for groups
   */
  public record Grouping(MatchModel model, String version, MatchRules.GroupRules rules)
      implements Serializable {}

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

  /** The matches of one component after the other. */
  private static final class Grouped implements Iterator<Row> {
    private final Iterator<Row> matches;
    private final Grouping grouping;
    private final RecordReader reader;
    private final List<String> alone;
    private final Queue<Row> grouped = new ArrayDeque<>();
    private Row next;

    private Grouped(Iterator<Row> matches, Grouping grouping) {
      this.matches = matches;
      this.grouping = grouping;
      reader = new RecordReader(grouping.model().fields());
      alone = List.copyOf(grouping.rules().oneToOne());
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
      List<Row> edges = new ArrayList<>();
      Map<Long, byte[]> records = new HashMap<>();
      while (next != null && next.getLong(0) == component) {
        edges.add(RowFactory.create(next.get(1), next.get(2), next.get(3)));
        records.putIfAbsent(next.getLong(1), next.getAs(4));
        records.putIfAbsent(next.getLong(2), next.getAs(5));
        next = matches.hasNext() ? matches.next() : null;
      }
      group(component, edges, records);
    }

    private void group(long component, List<Row> matches, Map<Long, byte[]> records) {
      record Member(ProfileHead head, long number) {}
      Member[] members =
          records.entrySet().stream()
              .map(record -> new Member(reader.head(record.getValue()), record.getKey()))
              .sorted(Comparator.comparing(Member::head, ProfileHead.ORDER))
              .toArray(Member[]::new);
      Map<Long, Integer> places = new HashMap<>();
      byte[][] packed = new byte[members.length][];
      for (int place = 0; place < members.length; place++) {
        places.put(members[place].number(), place);
        packed[place] = records.get(members[place].number());
      }
      ScorePairs score = new ScorePairs(RecordStore.packed(packed, reader), grouping.model());
      int[] sources =
          Arrays.stream(members).mapToInt(each -> alone.indexOf(each.head().source())).toArray();
      List<Edge> edges =
          matches.stream()
              .map(
                  row ->
                      new Edge(
                          places.get(row.getLong(0)), places.get(row.getLong(1)), row.getDouble(2)))
              .toList();
      Groups groups =
          GroupRecords.group(
              new GroupRecords.Input(members.length, score, grouping.rules(), sources), edges);
      for (int i = 0; i < groups.edges().size(); i++) {
        Edge edge = groups.edges().get(i);
        Match match =
            new Match(members[edge.left()].head(), members[edge.right()].head(), edge.weight());
        grouped.add(
            row(
                match,
                score.parts(edge.left(), edge.right()),
                new Said(
                    groups.verdicts().get(i), grouping.version(), component, groups.joins()[i])));
      }
    }
  }

  private record Match(ProfileHead left, ProfileHead right, double weight) {}

  private record Said(Verdict verdict, String version, long component, long joins) {}

  private static Row row(Match match, Map<String, Double> parts, Said said) {
    ProfileHead left = match.left();
    ProfileHead right = match.right();
    boolean isInOrder = compare(left, right) <= 0;
    ProfileHead first = isInOrder ? left : right;
    ProfileHead second = isInOrder ? right : left;
    Map<String, Double> weights = new TreeMap<>();
    parts.forEach((part, bits) -> weights.put(part, Math.rint(bits * STEPS) / STEPS));
    return RowFactory.create(
        left.source(),
        left.recordId(),
        right.source(),
        right.recordId(),
        first.type(),
        first.value(),
        second.type(),
        second.value(),
        ScorePairs.probability(match.weight()),
        match.weight(),
        CollectionConverters.asScala(weights),
        said.verdict().name().toLowerCase(Locale.ROOT),
        Date.valueOf(LocalDate.ofEpochDay(Math.max(left.day(), right.day()))),
        said.version(),
        said.component(),
        said.joins());
  }

  private static int compare(ProfileHead left, ProfileHead right) {
    int types = left.type().compareTo(right.type());
    return types != 0 ? types : left.value().compareTo(right.value());
  }
}

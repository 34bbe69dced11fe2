package io.itinera.core.match;

import io.itinera.core.match.GroupMatches.Grouping;
import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.table.ProfileMatches;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** The matches of one component, to rows of {@link ProfileMatches} that say what became of them. */
final class JoinProfiles {

  private static final double STEPS = 1e6;
  private static final int ALIKE = -1;

  private final Grouping grouping;
  private final RecordReader reader;
  private final long component;
  private final Map<Long, byte[]> records = new HashMap<>();
  private final List<Found> found = new ArrayList<>();

  /** Two profiles by their numbers. */
  private record Found(long left, long right, double weight) {}

  JoinProfiles(Grouping grouping, RecordReader reader, long component) {
    this.grouping = grouping;
    this.reader = reader;
    this.component = component;
  }

  /** Adds a match: component, both numbers, weight, both records. */
  void add(Row match) {
    found.add(new Found(match.getLong(1), match.getLong(2), match.getDouble(3)));
    records.putIfAbsent(match.getLong(1), match.getAs(4));
    records.putIfAbsent(match.getLong(2), match.getAs(5));
  }

  /** Joins profiles, the surest match first. */
  List<Row> joined() {
    Map<ProfileHead, Long> heads = new TreeMap<>(ProfileHead.ORDER);
    records.forEach((number, record) -> heads.put(reader.head(record), number));
    List<ProfileHead> members = List.copyOf(heads.keySet());
    Map<Long, Integer> places = new HashMap<>();
    heads.values().forEach(number -> places.put(number, places.size()));
    byte[][] packed = heads.values().stream().map(records::get).toArray(byte[][]::new);
    ScorePairs score = new ScorePairs(RecordStore.packed(packed, reader), grouping.model());
    List<Edge> edges =
        found.stream()
            .map(
                match ->
                    new Edge(places.get(match.left()), places.get(match.right()), match.weight()))
            .toList();
    Groups groups =
        GroupRecords.group(
            new GroupRecords.Input(members.size(), score, grouping.rules(), sources(members)),
            edges);
    List<Row> rows = new ArrayList<>(edges.size());
    for (int i = 0; i < edges.size(); i++) {
      Edge edge = groups.edges().get(i);
      rows.add(
          row(
              List.of(members.get(edge.left()), members.get(edge.right())),
              score.parts(edge.left(), edge.right()),
              groups,
              i));
    }
    return rows;
  }

  /** Of profiles whose source has one of a person the number of that source. */
  private int[] sources(List<ProfileHead> members) {
    Map<String, Integer> sources = new HashMap<>();
    return members.stream()
        .mapToInt(
            head ->
                grouping.isAlone(head)
                    ? sources.computeIfAbsent(head.source(), source -> sources.size())
                    : ALIKE)
        .toArray();
  }

  private Row row(List<ProfileHead> pair, Map<String, Double> parts, Groups groups, int place) {
    ProfileHead left = pair.get(0);
    ProfileHead right = pair.get(1);
    List<ProfileHead> byIdentifier =
        Stream.of(left, right).sorted(ProfileHead.BY_IDENTIFIER).toList();
    double weight = groups.edges().get(place).weight();
    Map<String, Double> weights = new TreeMap<>();
    parts.forEach((part, bits) -> weights.put(part, Math.rint(bits * STEPS) / STEPS));
    return RowFactory.create(
        left.source(),
        left.recordId(),
        right.source(),
        right.recordId(),
        byIdentifier.get(0).type(),
        byIdentifier.get(0).value(),
        byIdentifier.get(1).type(),
        byIdentifier.get(1).value(),
        ScorePairs.probability(weight),
        weight,
        CollectionConverters.asScala(weights),
        groups.verdicts().get(place).name().toLowerCase(Locale.ROOT),
        Date.valueOf(LocalDate.ofEpochDay(Math.max(left.day(), right.day()))),
        grouping.version(),
        component,
        grouping.countsAsOne(left, right),
        groups.joins()[place]);
  }
}

package io.itinera.core.experience;

import io.itinera.core.experience.Moment.Place;
import io.itinera.core.rule.OrderLines.Line;
import io.itinera.core.spark.PackRows.Walk;
import io.itinera.core.spark.PackRows.Walks;
import io.itinera.core.spark.RowsOfCase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Touchpoints of one customer after the other, in their order, to sums of each place of the map.
 *
 * @param horizon how long a conversion still is because of a touchpoint
 * @param contactChannels channels of the contact centre
 * @param endMicros first instant of which nothing is known
 */
record TallyMoments(Duration horizon, Set<String> contactChannels, long endMicros)
    implements Walks<TallyMoments.Kind> {

  static final String STAGE = "map_stage";
  static final String TYPE = "map_type";
  static final String CHANNEL = "map_channel";
  static final String LOCATION = "map_location";
  static final String SECONDS = "map_seconds";
  static final String CONVERSION = "map_conversion";
  static final String VALUE = "map_value";
  static final String COST = "map_cost";
  static final String RATING = "map_rating";
  static final String SENTIMENT = "map_sentiment";
  static final String PAINS = "map_pains";
  static final String FAILS = "map_fails";
  static final String QUESTION = "map_question";
  static final String CONVERSATION = "map_conversation";

  /** The place, what is summed there, the name of it, and the sums. */
  static final StructType SCHEMA =
      new StructType()
          .add(STAGE, DataTypes.StringType)
          .add(TYPE, DataTypes.StringType)
          .add(CHANNEL, DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("name", DataTypes.StringType)
          .add("sums", DataTypes.createArrayType(DataTypes.LongType));

  private static final long serialVersionUID = 1L;

  @Override
  public Walk<Kind> begin() {
    return new Counting(new WalkMoments(horizon, endMicros, contactChannels));
  }

  /** What many touchpoints have in common. */
  record Kind(
      Place place, String location, boolean isConversion, Set<String> pains, boolean fails) {}

  /** Counts one customer after the other. */
  private static final class Counting implements Walk<Kind> {
    private final WalkMoments walk;

    /** Places are few, and looked up many times: one object of each is compared at a glance. */
    private final Map<Place, Place> known = new HashMap<>();

    private Counting(WalkMoments walk) {
      this.walk = walk;
    }

    @Override
    public Kind kind(Row row) {
      Place place = new Place(row.getString(0), row.getString(1), row.getString(2));
      List<String> pains = row.getList(5);
      // Those that do not hurt have no name.
      return new Kind(
          known.computeIfAbsent(place, same -> same),
          row.getString(3),
          row.getBoolean(4),
          pains.stream().filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet()),
          row.getBoolean(6));
    }

    @Override
    public List<Row> take(RowsOfCase<Kind> rows) {
      List<Moment> moments = new ArrayList<>(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        moments.add(moment(rows.micros(i), rows.kind(i), rows.own(i)));
      }
      walk.add(moments);
      return List.of();
    }

    @Override
    public List<Row> end() {
      List<Row> told = new ArrayList<>();
      walk.places().forEach((place, sums) -> tell(place, sums, told));
      return told;
    }
  }

  private static Moment moment(long micros, Kind kind, Row own) {
    boolean isBare = own == null;
    return new Moment(
        kind.place(),
        micros,
        kind.location(),
        isBare ? null : own.<Long>getAs(0),
        kind.isConversion(),
        isBare || own.isNullAt(1) ? 0 : units(own.getDecimal(1)),
        isBare || own.isNullAt(2) ? null : (Long) units(own.getDecimal(2)),
        isBare ? null : tenThousandths(own, 3),
        isBare ? null : tenThousandths(own, 4),
        kind.pains(),
        kind.fails(),
        isBare ? null : own.getString(5),
        isBare ? null : own.getString(6),
        Line.of(own));
  }

  private static long units(BigDecimal amount) {
    return amount.movePointRight(4).longValue();
  }

  private static Long tenThousandths(Row row, int place) {
    return row.isNullAt(place) ? null : (Long) Math.round(row.getDouble(place) * 10_000);
  }

  private static void tell(Place place, PlaceSums sums, List<Row> told) {
    told.add(row(place, "plain", "", sums.plain()));
    told.add(row(place, "seconds", "", pairs(sums.seconds)));
    sums.pains.forEach((name, count) -> told.add(row(place, "pain", name, count)));
    sums.nexts.forEach((name, count) -> told.add(row(place, "next", name, count)));
    sums.questions.forEach((name, count) -> told.add(row(place, "question", name, count)));
    sums.strata.forEach((name, counts) -> told.add(row(place, "stratum", name, counts)));
    sums.silences.forEach((name, counts) -> told.add(row(place, "silence", name, counts)));
  }

  private static long[] pairs(Map<Long, Long> counts) {
    return counts.entrySet().stream()
        .flatMapToLong(each -> LongStream.of(each.getKey(), each.getValue()))
        .toArray();
  }

  private static Row row(Place place, String kind, String name, long... sums) {
    List<Long> boxed = Arrays.stream(sums).boxed().toList();
    return RowFactory.create(
        place.stage(),
        place.type(),
        place.channel(),
        kind,
        name,
        CollectionConverters.asScala(boxed).toSeq());
  }

  /** Sums of all partitions together, by place. */
  static Map<Place, PlaceSums> summed(Iterator<Row> told) {
    Map<Place, PlaceSums> places = new TreeMap<>(PlaceSums.ORDER);
    while (told.hasNext()) {
      Row row = told.next();
      Place place = new Place(row.getString(0), row.getString(1), row.getString(2));
      List<Long> boxed = row.getList(5);
      long[] sums = boxed.stream().mapToLong(Long::longValue).toArray();
      add(places.computeIfAbsent(place, p -> new PlaceSums()), row, sums);
    }
    return places;
  }

  private static void add(PlaceSums place, Row row, long... sums) {
    switch (row.getString(3)) {
      case "plain" -> place.addPlain(sums);
      case "seconds" -> {
        for (int i = 0; i < sums.length; i += 2) {
          place.seconds.merge(sums[i], sums[i + 1], Long::sum);
        }
      }
      case "pain" -> place.pains.merge(row.getString(4), sums[0], Long::sum);
      case "next" -> place.nexts.merge(row.getString(4), sums[0], Long::sum);
      case "question" -> place.questions.merge(row.getString(4), sums[0], Long::sum);
      case "stratum" -> addTo(place.strata, row.getString(4), sums);
      default -> addTo(place.silences, row.getString(4), sums);
    }
  }

  private static void addTo(Map<String, long[]> comparison, String stratum, long... sums) {
    long[] counts = comparison.computeIfAbsent(stratum, s -> new long[4]);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += sums[i];
    }
  }

  /** All that partitions tell of the same places, of questions no more than are told. */
  static final class Together implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      List<Row> told = new ArrayList<>();
      summed(rows)
          .forEach(
              (place, sums) -> {
                sums.keepQuestions();
                tell(place, sums, told);
              });
      return told.iterator();
    }
  }
}

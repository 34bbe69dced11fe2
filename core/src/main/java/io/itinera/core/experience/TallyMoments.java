package io.itinera.core.experience;

import io.itinera.core.experience.Moment.Place;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.rule.OrderLines.Line;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.OwnedTouchpoints;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Touchpoints of the customers of a partition, sorted by customer and their order, to sums of each
 * place of the map.
 *
 * @param horizon how long a conversion still is because of a touchpoint
 * @param contactChannels channels of the contact centre
 * @param endMicros first instant of which nothing is known
 */
record TallyMoments(Duration horizon, Set<String> contactChannels, long endMicros)
    implements MapPartitionsFunction<Row, Row> {

  static final String AT = "at_micros";
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
  private static final StructType ROW =
      new StructType()
          .add(OwnedTouchpoints.CUSTOMER_ID, DataTypes.StringType)
          .add(AT, DataTypes.LongType)
          .add(STAGE, DataTypes.StringType)
          .add(TYPE, DataTypes.StringType)
          .add(CHANNEL, DataTypes.StringType)
          .add(LOCATION, DataTypes.StringType)
          .add(SECONDS, DataTypes.LongType)
          .add(CONVERSION, DataTypes.BooleanType)
          .add(VALUE, ColumnTypes.MONEY)
          .add(COST, ColumnTypes.MONEY)
          .add(RATING, DataTypes.DoubleType)
          .add(SENTIMENT, DataTypes.DoubleType)
          .add(PAINS, ColumnTypes.STRINGS)
          .add(FAILS, DataTypes.BooleanType)
          .add(QUESTION, DataTypes.StringType)
          .add(CONVERSATION, DataTypes.StringType)
          .add(OrderLines.LINE, OrderLines.TYPE);

  /** Names of the columns of the rows that are taken, in their order. */
  static List<String> columns() {
    return List.of(ROW.fieldNames());
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    WalkMoments walk = new WalkMoments(horizon, endMicros, contactChannels);
    List<Moment> moments = new ArrayList<>();
    // Places are few, and looked up many times: one object of each is compared at a glance.
    Map<Place, Place> known = new HashMap<>();
    String customer = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.getString(0).equals(customer)) {
        walk.add(moments);
        moments.clear();
        customer = row.getString(0);
      }
      moments.add(moment(row, known));
    }
    walk.add(moments);
    List<Row> told = new ArrayList<>();
    walk.places().forEach((place, sums) -> tell(place, sums, told));
    return told.iterator();
  }

  private static Moment moment(Row row, Map<Place, Place> known) {
    Place place = new Place(row.getString(2), row.getString(3), row.getString(4));
    List<String> pains = row.getList(12);
    return new Moment(
        known.computeIfAbsent(place, same -> same),
        row.getLong(1),
        row.getString(5),
        row.isNullAt(6) ? null : (Long) row.getLong(6),
        row.getBoolean(7),
        row.isNullAt(8) ? 0 : units(row.getDecimal(8)),
        row.isNullAt(9) ? null : (Long) units(row.getDecimal(9)),
        tenThousandths(row, 10),
        tenThousandths(row, 11),
        pains.isEmpty() ? Set.of() : Set.copyOf(pains),
        row.getBoolean(13),
        row.getString(14),
        row.getString(15),
        Line.of(row));
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

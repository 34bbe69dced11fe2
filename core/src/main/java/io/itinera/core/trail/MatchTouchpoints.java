package io.itinera.core.trail;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.itinera.core.rule.OrderLines;
import io.itinera.core.rule.OrderLines.Line;
import io.itinera.core.rule.PageRules;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.AroundMatches.Neighbour;
import io.itinera.core.trail.TouchMatcher.Match;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Finds patterns among the touchpoints of customers. */
public final class MatchTouchpoints {

  /** Columns of {@link Touchpoints} that are read. */
  public static final List<String> COLUMNS =
      Stream.concat(
              Stream.of(
                  Touchpoints.TOUCHPOINT_ID,
                  Touchpoints.OCCURRED_AT,
                  Touchpoints.SEQUENCE,
                  Touchpoints.LOCATION),
              OrderLines.COLUMNS.stream())
          .toList();

  public static final String CUSTOMER = OwnedTouchpoints.CUSTOMER_ID;
  public static final String NUMBER = "match_number";
  public static final String FROM_AT = "from_at";
  public static final String TO_AT = "to_at";
  public static final String TOUCHPOINTS = "touchpoints_count";
  public static final String FROM_ID = "from_touchpoint_id";
  public static final String TO_ID = "to_touchpoint_id";
  public static final String NEIGHBOURS = "neighbours";
  public static final String OFFSET = "offset";
  public static final String NAME = "name";
  public static final String SECONDS = "seconds";

  private static final double MICROS = 1e6;

  private static final StructType SCHEMA =
      new StructType()
          .add(CUSTOMER, DataTypes.StringType)
          .add(NUMBER, DataTypes.LongType)
          .add(FROM_AT, DataTypes.TimestampType)
          .add(TO_AT, DataTypes.TimestampType)
          .add(TOUCHPOINTS, DataTypes.LongType)
          .add(FROM_ID, DataTypes.StringType)
          .add(TO_ID, DataTypes.StringType)
          .add(
              NEIGHBOURS,
              DataTypes.createArrayType(
                  new StructType()
                      .add(OFFSET, DataTypes.LongType)
                      .add(NAME, DataTypes.StringType)
                      .add(SECONDS, DataTypes.DoubleType)));

  private MatchTouchpoints() {}

  /**
   * One row per match.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints} with {@link #COLUMNS}, and with {@link
   *     PageRules#PAGE} where {@code pattern} asks for it
   * @param around which matches count, and how many touchpoints around them are told
   * @return customer, number of the match among those that count, its first and last touchpoint,
   *     and what stands around it as channel:type, and how many seconds away
   */
  public static Dataset<Row> matches(
      Dataset<Row> touchpoints, TouchPattern pattern, AroundMatches around) {
    return touchpoints
        .select(
            col(CUSTOMER),
            col(Touchpoints.TOUCHPOINT_ID),
            col(Touchpoints.OCCURRED_AT),
            col(Touchpoints.SEQUENCE),
            col(Touchpoints.CHANNEL),
            col(Touchpoints.TYPE),
            col(Touchpoints.LOCATION),
            (pattern.asksForPage() ? col(PageRules.PAGE) : lit(null).cast("string"))
                .as(PageRules.PAGE),
            unix_micros(col(Touchpoints.OCCURRED_AT)).as(CountFunnels.AT),
            OrderLines.line())
        .repartition(col(CUSTOMER))
        .sortWithinPartitions(
            CUSTOMER, Touchpoints.OCCURRED_AT, Touchpoints.SEQUENCE, Touchpoints.TOUCHPOINT_ID)
        .mapPartitions(new Finder(pattern, around), Encoders.row(SCHEMA));
  }

  private record Finder(TouchPattern pattern, AroundMatches around)
      implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      TouchMatcher matcher = new TouchMatcher(pattern);
      Map<TouchName, Long> known = new HashMap<>();
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(
                  new CustomerTouches(rows, CUSTOMER), Spliterator.ORDERED),
              false)
          .flatMap(lines -> found(lines, matcher, known).stream())
          .iterator();
    }

    private List<Row> found(List<Row> lines, TouchMatcher matcher, Map<TouchName, Long> known) {
      Touches<Row> merged = new Touches<>();
      for (Row line : lines) {
        merged.add(line, Line.of(line), line.<Long>getAs(CountFunnels.AT));
      }
      List<Row> touches = merged.firsts();
      long[] micros = merged.micros();
      long[] bits = new long[micros.length];
      List<String> labels = new ArrayList<>(bits.length);
      for (int i = 0; i < bits.length; i++) {
        TouchName name = TouchName.of(touches.get(i));
        bits[i] = known.computeIfAbsent(name, matcher::bits);
        labels.add(name.channel() + ":" + name.type());
      }
      List<Match> matches = around.chosen(matcher.matches(bits, micros));
      List<Row> rows = new ArrayList<>();
      for (Match match : matches) {
        AroundMatches all = new AroundMatches(0, around.steps(), around.within());
        rows.add(
            RowFactory.create(
                touches.get(0).getAs(CUSTOMER),
                rows.size() + 1L,
                at(micros[match.from()]),
                at(micros[match.to() - 1]),
                (long) match.to() - match.from(),
                touches.get(match.from()).getAs(Touchpoints.TOUCHPOINT_ID),
                touches.get(match.to() - 1).getAs(Touchpoints.TOUCHPOINT_ID),
                rows(all.neighbours(List.of(match), micros), match, labels, micros)));
      }
      return rows;
    }

    private static Timestamp at(long micros) {
      return Timestamp.from(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    private static Object rows(
        List<Neighbour> neighbours, Match match, List<String> labels, long... micros) {
      List<Row> rows = new ArrayList<>();
      for (Neighbour each : neighbours) {
        long anchor = micros[each.offset() < 0 ? match.from() : match.to() - 1];
        Double seconds =
            each.isTouch() ? (Double) (Math.abs(micros[each.touch()] - anchor) / MICROS) : null;
        rows.add(RowFactory.create((long) each.offset(), each.label(labels), seconds));
      }
      return CollectionConverters.asScala(rows).toSeq();
    }
  }
}

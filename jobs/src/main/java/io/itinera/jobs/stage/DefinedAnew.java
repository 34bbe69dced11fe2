package io.itinera.jobs.stage;

import io.itinera.core.journey.FollowWay;
import io.itinera.core.journey.WayRules;
import io.itinera.core.persistence.PersistValues;
import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.Sessionize;
import io.itinera.core.session.Summarize;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDimensions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.StageContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What configuration defines beside the primary sessions and journeys, made of some customers'
 * touchpoints by the steps that make everybody's: further sessions, journeys along ways, dimensions
 * that persist.
 */
final class DefinedAnew {

  private DefinedAnew() {}

  /** Columns of {@link Touchpoints} that are read. */
  static Stream<String> columns(ItineraConfig config) {
    Stream<String> ofSessions =
        config.otherSessions().stream().flatMap(rules -> ReadAnew.columns(rules).stream());
    // Expressions of configuration may ask for any.
    return config.ways().isEmpty() && config.dimensions().isEmpty()
        ? ofSessions
        : Stream.of(Touchpoints.TABLE.schema().fieldNames());
  }

  /**
   * The rows of each table that is made by further definitions.
   *
   * @param touchpoints all that the customers have up to as_of, with their primary sessions
   */
  static Map<Table, Dataset<Row>> rows(StageContext context, Dataset<Row> touchpoints) {
    ItineraConfig config = context.config();
    Map<Table, Dataset<Row>> made = new LinkedHashMap<>();
    for (SessionRules rules : config.otherSessions()) {
      made.put(
          rules.table(),
          Summarize.sessions(
              Sessionize.assign(touchpoints, rules),
              RestartSessions.nobodyEarlier(context.lake().read(rules.table())),
              context.asOfEnd(),
              rules));
    }
    for (WayRules way : config.ways()) {
      made.put(way.table(), FollowWay.journeys(touchpoints, context.asOfEnd(), way));
    }
    if (!config.dimensions().isEmpty()) {
      made.put(TouchpointDimensions.TABLE, PersistValues.values(touchpoints, config.dimensions()));
    }
    return made;
  }
}

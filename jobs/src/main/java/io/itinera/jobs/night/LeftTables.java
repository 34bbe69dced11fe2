package io.itinera.jobs.night;

import io.itinera.core.table.Journeys;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.StageJourneys;
import io.itinera.core.table.Table;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.StoredTables;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Tables of definitions of sessions or journeys that are configured no more. No night goes on with
 * them, and none removes what somebody may still want.
 */
public final class LeftTables {

  private static final String SESSIONS = Sessions.TABLE.name() + "_";
  private static final String JOURNEYS = Journeys.TABLE.name() + "_";

  private LeftTables() {}

  /** Those in the warehouse that {@code config} names, in the columns that they should have. */
  public static List<Table> in(ItineraConfig config, Configuration hadoop) {
    Set<String> configured = config.tables().stream().map(Table::name).collect(Collectors.toSet());
    return StoredTables.beginningWith(List.of(SESSIONS, JOURNEYS), config.warehouse(), hadoop)
        .stream()
        .filter(name -> !configured.contains(name))
        .map(LeftTables::table)
        .toList();
  }

  private static Table table(String name) {
    return name.startsWith(SESSIONS)
        ? Sessions.named(name.substring(SESSIONS.length()))
        : StageJourneys.named(name.substring(JOURNEYS.length()));
  }

  /** What a person should know of one of them, and can do. */
  public static String note(Table table, ItineraConfig config) {
    String kind = table.name().startsWith(SESSIONS) ? "sessions" : "journeys";
    return "Table %1$s stays as it is: itinera.%2$s.definitions has no %3$s any more, so no night goes on with it. Configure it again, or, if nobody wants the table, remove the folder %4$s/%1$s."
        .formatted(
            table.name(),
            kind,
            table.name().substring(kind.length() + 1),
            config.warehouse().replaceAll("/+$", ""));
  }
}

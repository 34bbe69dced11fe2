package io.itinera.jobs.worlds;

import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.Ruling;
import io.itinera.jobs.lake.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Decides who is who in a world, anew every night: most of what was decided before is taken back.
 */
final class Steward {

  private final Map<Long, List<Row>> decided = new TreeMap<>();

  /** What is decided before a night of the world that {@code tonight} is one of. */
  void decide(long seed, Tonight tonight) {
    if (!tonight.has(Feature.DECISIONS)) {
      return;
    }
    List<Row> rows = decided.computeIfAbsent(seed, world -> new ArrayList<>());
    rows.removeIf(row -> tonight.dice().chance(0.5));
    for (int i = tonight.dice().between(0, 3); i > 0; i--) {
      rows.add(anything(tonight));
    }
  }

  private static Row anything(Tonight tonight) {
    Dice dice = tonight.dice();
    Person one = tonight.anybody();
    Person other = tonight.anybody();
    return switch (dice.between(0, 4)) {
      case 0 -> row("cookie", one.cookie(), "user_id", one.login(), Ruling.NEVER);
      case 1 -> row("cookie", one.cookie(), "user_id", other.login(), Ruling.ALWAYS);
      case 2 -> row("crm_id", one.contact(), "loyalty_id", other.card(), Ruling.NEVER);
      case 3 -> row("email", one.email(), "user_id", one.login(), Ruling.ALWAYS);
      default -> row("email", one.email(), null, null, Ruling.IGNORE);
    };
  }

  private static Row row(
      String leftType, String left, String rightType, String right, Ruling ruling) {
    return RowFactory.create(
        leftType, left, rightType, right, ruling.text(), "because", "steward", null);
  }

  /** Puts what holds now into a warehouse, as somebody does who edits the table. */
  void write(Lake lake) {
    lake.create(IdentityOverrides.TABLE);
    lake.overwrite(
        IdentityOverrides.TABLE, decided.values().stream().flatMap(List::stream).toList());
  }
}

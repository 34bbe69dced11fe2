package io.itinera.jobs.stage;

import io.itinera.core.identity.Decision;
import io.itinera.core.identity.Decisions;
import io.itinera.core.map.SpellIdentifiers;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.core.table.Ruling;
import io.itinera.core.table.TableWord;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.StageContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What people decided about who is who: in the configuration, and in a table that they edit. */
final class ReadDecisions {

  private static final int MOST_SHOWN = 3;

  private static final String[] COLUMNS = {
    IdentityOverrides.LEFT_TYPE,
    IdentityOverrides.LEFT_VALUE,
    IdentityOverrides.RIGHT_TYPE,
    IdentityOverrides.RIGHT_VALUE,
    IdentityOverrides.DECISION,
    IdentityOverrides.REASON,
    IdentityOverrides.DECIDED_AT
  };
  private static final int LEFT_TYPE = 0;
  private static final int LEFT_VALUE = 1;
  private static final int RIGHT_TYPE = 2;
  private static final int RIGHT_VALUE = 3;
  private static final int DECISION = 4;
  private static final int REASON = 5;
  private static final int AT = 6;

  private ReadDecisions() {}

  /** Reads what holds tonight, and warns of rows of the table that say nothing. */
  static Decisions of(StageContext context) {
    Lake lake = context.lake();
    List<Decision> all = new ArrayList<>();
    context.config().decisions().forEach(decision -> all.add(decision.spelt(ReadDecisions::spelt)));
    List<String> faults = new ArrayList<>();
    if (lake.wasWritten(IdentityOverrides.TABLE)) {
      for (Row row : lake.rows(IdentityOverrides.TABLE, COLUMNS)) {
        try {
          all.add(decision(row));
        } catch (IllegalArgumentException e) {
          faults.add(e.getMessage());
        }
      }
    }
    warn(context, faults);
    return Decisions.of(
        Decision.holding(all), (rows, columns) -> lake.spark().createDataFrame(rows, columns));
  }

  /** The identifiers of rows of the table that came or went since {@code seen}, if any did. */
  static Optional<Dataset<Row>> changed(StageContext context, SeenInputs seen) {
    Lake lake = context.lake();
    long version = seen.version(IdentityOverrides.TABLE);
    if (lake.version(IdentityOverrides.TABLE) == version) {
      return Optional.empty();
    }
    Dataset<Row> changes =
        lake.changes(IdentityOverrides.TABLE, version)
            .select(
                COLUMNS[LEFT_TYPE], COLUMNS[LEFT_VALUE], COLUMNS[RIGHT_TYPE], COLUMNS[RIGHT_VALUE]);
    List<Row> spelt =
        changes.collectAsList().stream()
            .map(row -> RowFactory.create(spelt(row, LEFT_TYPE, RIGHT_TYPE)))
            .toList();
    return Optional.of(lake.spark().createDataFrame(spelt, changes.schema()));
  }

  /** Types and values of a row as identities have them. */
  private static Object[] spelt(Row row, int... sides) {
    List<Object> cells = new ArrayList<>();
    for (int side : sides) {
      boolean isNamed = !row.isNullAt(side) && !row.isNullAt(side + 1);
      Identifier written =
          isNamed ? spelt(new Identifier(row.getString(side), row.getString(side + 1))) : null;
      cells.add(isNamed ? written.type() : null);
      cells.add(isNamed ? written.value() : null);
    }
    return cells.toArray();
  }

  private static Decision decision(Row row) {
    String reason = row.getString(REASON);
    Timestamp at = row.getTimestamp(AT);
    return new Decision(
        identifier("left", row.getString(LEFT_TYPE), row.getString(LEFT_VALUE))
            .orElseThrow(() -> new IllegalArgumentException("left_type and left_value are empty")),
        identifier("right", row.getString(RIGHT_TYPE), row.getString(RIGHT_VALUE)),
        ruling(row.getString(DECISION)),
        reason == null ? "" : reason,
        at == null ? Instant.MIN : at.toInstant());
  }

  private static Optional<Identifier> identifier(String side, String type, String value) {
    if ((type == null) != (value == null)) {
      throw new IllegalArgumentException("%1$s_type and %1$s_value go together".formatted(side));
    }
    if (type == null) {
      return Optional.empty();
    }
    Optional<Identifier> spelt = SpellIdentifiers.asStored(new Identifier(type, value));
    if (spelt.isEmpty()) {
      throw new IllegalArgumentException(
          "%s_value can be no %s (e-mail addresses have an @, telephone numbers their country code)"
              .formatted(side, type.strip()));
    }
    return spelt;
  }

  /** What the configuration names stays as it is where it is none of its type. */
  private static Identifier spelt(Identifier written) {
    return SpellIdentifiers.asStored(written).orElse(written);
  }

  private static Ruling ruling(String word) {
    String wanted = word == null ? "" : word.strip().toLowerCase(Locale.ROOT);
    return Stream.of(Ruling.values())
        .filter(each -> each.text().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "decision must be one of "
                        + String.join(
                            ", ", Stream.of(Ruling.values()).map(TableWord::text).toList())));
  }

  private static void warn(StageContext context, List<String> faults) {
    if (faults.isEmpty()) {
      return;
    }
    String observed =
        "%d rows say nothing: %s"
            .formatted(
                faults.size(),
                String.join("; ", faults.stream().distinct().sorted().limit(MOST_SHOWN).toList()));
    context.meter().note("Warning: in identity_overrides " + observed);
    QualityWarning warning =
        new QualityWarning(
            IdentityOverrides.TABLE, "every row is a decision", observed, "0 such rows");
    context.lake().append(QualityChecks.TABLE, List.of(warning.row(context.night().runId())));
  }
}

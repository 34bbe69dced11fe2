package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;

import io.itinera.core.identity.IdentityRules;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.match.KeyRecords;
import io.itinera.core.settle.CollectEvidence;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Matching;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/** Profiles as they are compared. */
final class ReadProfiles {

  /** Column: the identifier by which a profile is known to stitching. */
  static final String STRONGEST = "strongest_identifier";

  private static final String EMAIL = "email";

  private ReadProfiles() {}

  /**
   * Living profiles that have an identifier: without one, nothing could be said of them.
   *
   * @param profiles rows of {@link Profiles}
   * @return rows of {@link KeyRecords}
   */
  static Dataset<Row> keyed(Dataset<Row> profiles, Matching matching, ItineraConfig config) {
    return keyed(
        living(profiles, config),
        matching,
        List.of(
            col(Profiles.SOURCE),
            col(Profiles.RECORD_ID),
            col(STRONGEST + "." + ColumnTypes.TYPE),
            col(STRONGEST + "." + ColumnTypes.VALUE),
            unix_date(CollectEvidence.dayOf(config.raw()))));
  }

  /** Living profiles that have an identifier, with {@link #STRONGEST}. */
  static Dataset<Row> living(Dataset<Row> profiles, ItineraConfig config) {
    Column isLiving = coalesce(col(Profiles.DELETED), lit(false)).equalTo(false);
    Column strongest =
        udf(new Strongest(config.identity()), ColumnTypes.IDENTIFIER)
            .withName("strongest")
            .apply(col(Profiles.IDENTIFIERS));
    return profiles
        .where(isLiving)
        .withColumn(STRONGEST, strongest)
        .where(col(STRONGEST).isNotNull());
  }

  /**
   * Any rows.
   *
   * @param head columns of source, record id, identifier type, its value, and day
   * @return rows of {@link KeyRecords}
   */
  static Dataset<Row> keyed(Dataset<Row> rows, Matching matching, List<Column> head) {
    List<Column> columns = new ArrayList<>();
    columns.add(KeyRecords.number(head.get(0), head.get(1)));
    columns.addAll(head);
    matching.values().values().forEach(value -> columns.add(expr(value).cast("string")));
    return KeyRecords.keyed(rows.select(columns.toArray(Column[]::new)), matching.rules());
  }

  /**
   * The identifier that says most: of a person before a device, then by priority, then sorted. The
   * address of an office comes last, for it links nobody.
   */
  private static final class Strongest implements UDF1<scala.collection.Seq<Row>, Row> {

    private static final long serialVersionUID = 1;
    private static final int OF_DEVICE = 1_000_000;
    private static final int OF_OFFICE = 2_000_000;

    private final Map<String, Integer> ranks = new HashMap<>();
    private final Set<String> offices;

    private Strongest(IdentityRules rules) {
      offices = new HashSet<>(rules.roleMailboxes());
      rules.types().forEach((type, known) -> ranks.put(type, rank(known)));
    }

    private static int rank(IdentifierType known) {
      return known.priority() + (known.level() == Level.PERSON ? 0 : OF_DEVICE);
    }

    private int rank(String type, String value) {
      boolean isOffice =
          type.equals(EMAIL)
              && offices.contains(value.substring(0, Math.max(0, value.indexOf('@'))));
      return isOffice ? OF_OFFICE : ranks.getOrDefault(type, OF_OFFICE);
    }

    @Override
    public Row call(scala.collection.Seq<Row> identifiers) {
      return identifiers == null
          ? null
          : scala.jdk.javaapi.CollectionConverters.asJava(identifiers).stream()
              .min(
                  Comparator.<Row>comparingInt(row -> rank(row.getString(0), row.getString(1)))
                      .thenComparing(row -> row.getString(0))
                      .thenComparing(row -> row.getString(1)))
              .orElse(null);
    }
  }
}

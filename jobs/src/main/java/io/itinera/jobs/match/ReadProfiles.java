package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;

import io.itinera.core.identity.IdentityRules;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.settle.CollectEvidence;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.match.PackedProfiles.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;

/** Profiles as they are compared. */
final class ReadProfiles {

  private static final String STRONGEST = "strongest_identifier";

  private ReadProfiles() {}

  /**
   * Reads living profiles that have an identifier: without one, nothing could be said of them.
   *
   * @param profiles rows of {@link Profiles}
   */
  static List<byte[]> packed(Dataset<Row> profiles, Matching matching, ItineraConfig config) {
    return packed(living(profiles, config), matching, head(config));
  }

  /** Living profiles that have an identifier, without their values. */
  static List<Profile> heads(Dataset<Row> profiles, ItineraConfig config) {
    return PackedProfiles.unpack(packed(living(profiles, config), List.of(), head(config)));
  }

  private static Dataset<Row> living(Dataset<Row> profiles, ItineraConfig config) {
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

  private static List<Column> head(ItineraConfig config) {
    return List.of(
        col(Profiles.SOURCE),
        col(Profiles.RECORD_ID),
        col(STRONGEST + "." + ColumnTypes.TYPE),
        col(STRONGEST + "." + ColumnTypes.VALUE),
        unix_date(CollectEvidence.dayOf(config.raw())));
  }

  /**
   * Reads any rows.
   *
   * @param head columns of source, record id, identifier type, its value, and day
   */
  static List<byte[]> packed(Dataset<Row> rows, Matching matching, List<Column> head) {
    return packed(rows, matching.values().values().stream().map(functions::expr).toList(), head);
  }

  private static List<byte[]> packed(Dataset<Row> rows, List<Column> values, List<Column> head) {
    List<Column> columns = new ArrayList<>(head);
    values.forEach(value -> columns.add(value.cast("string")));
    MapPartitionsFunction<Row, byte[]> pack = PackedProfiles::pack;
    return rows.select(columns.toArray(Column[]::new))
        .mapPartitions(pack, Encoders.BINARY())
        .collectAsList();
  }

  /** The identifier that says most: of a person before a device, then by priority, then sorted. */
  private static final class Strongest implements UDF1<scala.collection.Seq<Row>, Row> {

    private static final long serialVersionUID = 1;
    private static final int OF_DEVICE = 1_000_000;

    private final Map<String, Integer> ranks = new HashMap<>();

    private Strongest(IdentityRules rules) {
      rules.types().forEach((type, known) -> ranks.put(type, rank(known)));
    }

    private static int rank(IdentifierType known) {
      return known.priority() + (known.level() == Level.PERSON ? 0 : OF_DEVICE);
    }

    @Override
    public Row call(scala.collection.Seq<Row> identifiers) {
      return identifiers == null
          ? null
          : scala.jdk.javaapi.CollectionConverters.asJava(identifiers).stream()
              .min(
                  Comparator.<Row>comparingInt(
                          row -> ranks.getOrDefault(row.getString(0), Integer.MAX_VALUE))
                      .thenComparing(row -> row.getString(0))
                      .thenComparing(row -> row.getString(1)))
              .orElse(null);
    }
  }
}

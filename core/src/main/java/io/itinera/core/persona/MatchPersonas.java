package io.itinera.core.persona;

import static java.util.Comparator.naturalOrder;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;

import io.itinera.core.persona.MeasurePersonas.Measures;
import io.itinera.core.table.Personas;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gives personas the ids of the night before.
 *
 * <p>Centroids are paired so that the drifts add up to the least, each measured in tonight's
 * standardised features; a persona that would drift further than half a standard deviation per
 * feature (in quadratic mean) is a new one.
 */
final class MatchPersonas {

  private static final double MOST_DRIFT_PER_FEATURE = 0.5;
  private static final int ID_DIGITS = 12;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private MatchPersonas() {}

  /**
   * Who a persona is.
   *
   * @param id persona_id
   * @param matched the same id if the night before had it, else null
   * @param drift distance to that persona's centroid, null if new
   */
  record Identity(String id, String matched, Double drift) {}

  /**
   * One identity per persona, in their order.
   *
   * @param previousPersonas rows of {@link Personas}; the latest night before {@code asOf} is
   *     matched, ids of all earlier nights are never given anew
   */
  static List<Identity> identities(
      List<Measures> personas, Clusters clusters, Dataset<Row> previousPersonas, LocalDate asOf) {
    List<Row> earlier = lastOfEachId(previousPersonas, asOf);
    Set<String> used = new HashSet<>();
    earlier.forEach(row -> used.add(row.getAs(Personas.PERSONA_ID)));
    Map<String, double[]> before = lastNight(earlier, clusters);
    List<String> ids = List.copyOf(before.keySet());

    double mostDrift = MOST_DRIFT_PER_FEATURE * Math.sqrt(clusters.scaling().features().size());
    double[][] drifts = new double[personas.size()][ids.size()];
    for (int i = 0; i < personas.size(); i++) {
      double[] now = clusters.scaling().apply(personas.get(i).means());
      for (int j = 0; j < ids.size(); j++) {
        drifts[i][j] = Math.sqrt(FindCenters.squaredDistance(now, before.get(ids.get(j))));
      }
    }
    int[] partners = BestPairs.of(drifts, mostDrift);
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < personas.size(); i++) {
      identities.add(
          partners[i] >= 0
              ? new Identity(ids.get(partners[i]), ids.get(partners[i]), drifts[i][partners[i]])
              : new Identity(newId(personas.get(i), asOf, used), null, null));
    }
    return identities;
  }

  /** Per persona of earlier nights its last night and centroid; one task reads the small table. */
  private static List<Row> lastOfEachId(Dataset<Row> personas, LocalDate asOf) {
    return personas
        .where(col(Personas.AS_OF).lt(lit(asOf)))
        .coalesce(1)
        .groupBy(Personas.PERSONA_ID)
        .agg(
            max(Personas.AS_OF).as(Personas.AS_OF),
            max_by(col(Personas.CENTROID), col(Personas.AS_OF)).as(Personas.CENTROID))
        .collectAsList();
  }

  /** Scaled centroids of the latest night by id; without those of other features. */
  private static Map<String, double[]> lastNight(List<Row> earlier, Clusters clusters) {
    Optional<Date> latest =
        earlier.stream().map(row -> row.<Date>getAs(Personas.AS_OF)).max(naturalOrder());
    Set<String> features = Set.copyOf(clusters.scaling().features());
    Map<String, double[]> centroids = new TreeMap<>();
    for (Row row : earlier) {
      Map<String, Double> centroid = row.getJavaMap(row.fieldIndex(Personas.CENTROID));
      if (row.getAs(Personas.AS_OF).equals(latest.orElseThrow())
          && centroid.keySet().equals(features)) {
        centroids.put(row.getAs(Personas.PERSONA_ID), clusters.scaling().apply(centroid));
      }
    }
    return centroids;
  }

  /** A hash of the night and the centroid, of six digits each; again with a number if taken. */
  private static String newId(Measures persona, LocalDate asOf, Set<String> used) {
    StringBuilder evidence = new StringBuilder(asOf.toString());
    persona
        .means()
        .forEach(
            (feature, mean) ->
                evidence
                    .append('/')
                    .append(feature)
                    .append('=')
                    .append(BigDecimal.valueOf(mean).round(SIX_DIGITS).stripTrailingZeros()));
    String id = hash(evidence.toString());
    for (int attempt = 1; !used.add(id); attempt++) {
      id = hash(evidence + "/" + attempt);
    }
    return id;
  }

  /** The first digits of the SHA-256 of {@code text}, in hex. */
  static String hash(String text) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-256, but this one: " + missing, missing);
    }
  }
}

package io.itinera.core.persona;

import io.itinera.core.persona.MeasurePersonas.Measures;
import io.itinera.core.table.Personas;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

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
    Dataset<Row> earlier =
        previousPersonas.where(functions.col(Personas.AS_OF).lt(functions.lit(asOf)));
    Set<String> used = usedIds(earlier);
    Map<String, List<Double>> before = lastNight(earlier, clusters);
    List<String> ids = List.copyOf(before.keySet());

    double mostDrift = MOST_DRIFT_PER_FEATURE * Math.sqrt(clusters.features().size());
    double[][] drifts = new double[personas.size()][ids.size()];
    for (int i = 0; i < personas.size(); i++) {
      List<Double> now = clusters.standardise(personas.get(i).means());
      for (int j = 0; j < ids.size(); j++) {
        drifts[i][j] = distance(now, before.get(ids.get(j)));
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

  private static Set<String> usedIds(Dataset<Row> earlier) {
    Set<String> used = new HashSet<>();
    for (Row row : earlier.select(Personas.PERSONA_ID).distinct().collectAsList()) {
      used.add(row.getString(0));
    }
    return used;
  }

  /** Standardised centroids of the latest night by id; without those of other features. */
  private static Map<String, List<Double>> lastNight(Dataset<Row> earlier, Clusters clusters) {
    Dataset<Row> latest = earlier.agg(functions.max(Personas.AS_OF).as(Personas.AS_OF));
    List<Row> rows =
        earlier
            .join(latest, new String[] {Personas.AS_OF}, "left_semi")
            .select(Personas.PERSONA_ID, Personas.CENTROID)
            .collectAsList();
    Map<String, List<Double>> centroids = new TreeMap<>();
    for (Row row : rows) {
      Map<String, Double> centroid = row.getJavaMap(1);
      if (centroid.keySet().equals(Set.copyOf(clusters.features()))) {
        centroids.put(row.getString(0), clusters.standardise(centroid));
      }
    }
    return centroids;
  }

  private static double distance(List<Double> a, List<Double> b) {
    double squares = 0;
    for (int i = 0; i < a.size(); i++) {
      squares += (a.get(i) - b.get(i)) * (a.get(i) - b.get(i));
    }
    return Math.sqrt(squares);
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

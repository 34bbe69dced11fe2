package io.itinera.core.persona;

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

/**
 * Gives personas the ids of the training before.
 *
 * <p>Centroids are paired so that the drifts add up to the least, each measured in the new
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
   * @param matched the same id if the training before had it, else null
   * @param drift distance to that persona's centroid, null if new
   */
  record Identity(String id, String matched, Double drift) {}

  /**
   * One identity per persona, in their order.
   *
   * @param centroids feature means in the features' own units
   * @param earlier models of earlier days by day; the last is matched, ids of none are given anew
   */
  static List<Identity> identities(
      List<Map<String, Double>> centroids,
      Scaling scaling,
      LocalDate asOf,
      List<PersonaModel> earlier) {
    Set<String> used = new HashSet<>();
    earlier.forEach(model -> used.addAll(model.ids()));
    Map<String, double[]> before = before(earlier, scaling);
    List<String> ids = List.copyOf(before.keySet());

    double mostDrift = MOST_DRIFT_PER_FEATURE * Math.sqrt(scaling.features().size());
    double[][] drifts = new double[centroids.size()][ids.size()];
    for (int i = 0; i < centroids.size(); i++) {
      double[] now = scaling.apply(centroids.get(i));
      for (int j = 0; j < ids.size(); j++) {
        drifts[i][j] = Math.sqrt(FindCenters.squaredDistance(now, before.get(ids.get(j))));
      }
    }
    int[] partners = BestPairs.of(drifts, mostDrift);
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < centroids.size(); i++) {
      identities.add(
          partners[i] >= 0
              ? new Identity(ids.get(partners[i]), ids.get(partners[i]), drifts[i][partners[i]])
              : new Identity(newId(centroids.get(i), asOf, used), null, null));
    }
    return identities;
  }

  /** Scaled centroids of the training before by id; none if it had other features. */
  private static Map<String, double[]> before(List<PersonaModel> earlier, Scaling scaling) {
    Map<String, double[]> centroids = new TreeMap<>();
    if (!earlier.isEmpty()) {
      PersonaModel last = earlier.get(earlier.size() - 1);
      if (last.scaling().features().equals(scaling.features())) {
        last.personas().forEach(p -> centroids.put(p.id(), scaling.apply(p.centroid())));
      }
    }
    return centroids;
  }

  /** A hash of the night and the centroid, of six digits each; again with a number if taken. */
  private static String newId(Map<String, Double> centroid, LocalDate asOf, Set<String> used) {
    StringBuilder evidence = new StringBuilder(asOf.toString());
    new TreeMap<>(centroid)
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

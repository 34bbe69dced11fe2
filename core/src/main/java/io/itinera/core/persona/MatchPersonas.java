package io.itinera.core.persona;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
   * <p>Where a training of the same day is superseded, personas are paired with its first: their
   * ids have been told. Who has no partner there is paired with the training before.
   *
   * @param centroids feature means in the features' own units
   * @param past ids of none of these trainings are given anew
   */
  static List<Identity> identities(
      List<Map<String, Double>> centroids, Scaling scaling, LocalDate asOf, PastTrainings past) {
    List<double[]> now = centroids.stream().map(scaling::apply).toList();
    String[] ids = new String[now.size()];
    Map<String, double[]> before = centroids(past.before(), scaling);
    pair(now, ids, centroids(past.superseded(), scaling));
    pair(now, ids, before);
    Set<String> used = past.ids();
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      String id = ids[i] == null ? newId(centroids.get(i), asOf, used) : ids[i];
      double[] then = before.get(id);
      identities.add(
          then == null
              ? new Identity(id, null, null)
              : new Identity(id, id, Math.sqrt(FindCenters.squaredDistance(now.get(i), then))));
    }
    return identities;
  }

  /** Gives ids of {@code then} that nobody has to the nearest of those who have none. */
  private static void pair(List<double[]> now, String[] ids, Map<String, double[]> then) {
    int[] without = IntStream.range(0, ids.length).filter(i -> ids[i] == null).toArray();
    Set<String> taken = Stream.of(ids).filter(Objects::nonNull).collect(Collectors.toSet());
    List<String> free = then.keySet().stream().filter(id -> !taken.contains(id)).toList();
    double[][] drifts = new double[without.length][free.size()];
    for (int i = 0; i < without.length; i++) {
      for (int j = 0; j < free.size(); j++) {
        drifts[i][j] =
            Math.sqrt(FindCenters.squaredDistance(now.get(without[i]), then.get(free.get(j))));
      }
    }
    int features = now.isEmpty() ? 0 : now.get(0).length;
    int[] partners = BestPairs.of(drifts, MOST_DRIFT_PER_FEATURE * Math.sqrt(features));
    for (int i = 0; i < without.length; i++) {
      ids[without[i]] = partners[i] >= 0 ? free.get(partners[i]) : null;
    }
  }

  /** Scaled centroids of a training by id; none if there was none, or it had other features. */
  private static Map<String, double[]> centroids(Optional<PersonaModel> training, Scaling scaling) {
    Map<String, double[]> centroids = new TreeMap<>();
    training
        .filter(model -> model.scaling().features().equals(scaling.features()))
        .ifPresent(
            model ->
                model.personas().forEach(p -> centroids.put(p.id(), scaling.apply(p.centroid()))));
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

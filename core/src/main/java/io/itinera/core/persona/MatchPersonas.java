package io.itinera.core.persona;

import io.itinera.core.persona.PersonaModel.TrainedPersona;
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
 * <p>Personas are paired so that as many customers as possible stay with theirs, and so that
 * centroids drift the least: by the share of those who are in one or the other who are in both, and
 * by the distance of the centroids in the new standardised features, both as shares of the most
 * that is allowed, which count alike. A persona is a new one only where it is far by both: less
 * than a third are in both, and it would drift further than half a standard deviation per feature
 * (in quadratic mean).
 */
final class MatchPersonas {

  /** As of two that are equally large and have half of their customers in common. */
  private static final double LEAST_OVERLAP = 1 / 3.0;

  private static final double MOST_DRIFT_PER_FEATURE = 0.5;
  private static final int ID_DIGITS = 12;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private final Clusters clusters;
  private final List<double[]> now;
  private final String[] ids;

  private MatchPersonas(Clusters clusters, List<double[]> now) {
    this.clusters = clusters;
    this.now = now;
    this.ids = new String[now.size()];
  }

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
      Clusters clusters, List<Map<String, Double>> centroids, LocalDate asOf, PastTrainings past) {
    Scaling scaling = clusters.scaling();
    List<double[]> now = centroids.stream().map(scaling::apply).toList();
    MatchPersonas matching = new MatchPersonas(clusters, now);
    Optional<PersonaModel> before = past.before().filter(each -> isOf(scaling, each));
    past.superseded().filter(each -> isOf(scaling, each)).ifPresent(matching::pair);
    before.ifPresent(matching::pair);
    Set<String> used = past.ids();
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      String id = matching.ids[i];
      if (id == null) {
        id = newId(centroids.get(i), asOf, used);
      }
      int then = before.map(PersonaModel::ids).orElse(List.of()).indexOf(id);
      identities.add(
          then < 0
              ? new Identity(id, null, null)
              : new Identity(id, id, matching.drift(i, before.orElseThrow().personas().get(then))));
    }
    return identities;
  }

  /** Whether a training had the features of this one. */
  private static boolean isOf(Scaling scaling, PersonaModel training) {
    return training.scaling().features().equals(scaling.features());
  }

  /** Gives ids of {@code then} that nobody has to those who have none. */
  private void pair(PersonaModel then) {
    int[] without = IntStream.range(0, ids.length).filter(i -> ids[i] == null).toArray();
    Set<String> taken = Stream.of(ids).filter(Objects::nonNull).collect(Collectors.toSet());
    int[] free =
        IntStream.range(0, then.ids().size())
            .filter(was -> !taken.contains(then.ids().get(was)))
            .toArray();
    Flows flows = Flows.of(then, clusters);
    double[][] costs = new double[without.length][free.length];
    for (int i = 0; i < without.length; i++) {
      for (int j = 0; j < free.length; j++) {
        double drift = drift(without[i], then.personas().get(free[j]));
        costs[i][j] = cost(flows.overlap(free[j], without[i]), drift);
      }
    }
    int[] partners = BestPairs.of(costs, 1);
    for (int i = 0; i < without.length; i++) {
      ids[without[i]] = partners[i] >= 0 ? then.ids().get(free[partners[i]]) : null;
    }
  }

  private double drift(int cluster, TrainedPersona then) {
    double[] was = clusters.scaling().apply(then.centroid());
    return Math.sqrt(FindCenters.squaredDistance(now.get(cluster), was));
  }

  /** From 0, the same customers who do the same, to 1; above, where it is another persona. */
  private double cost(double overlap, double drift) {
    double apart = (1 - overlap) / (1 - LEAST_OVERLAP);
    double far = drift / (MOST_DRIFT_PER_FEATURE * Math.sqrt(clusters.scaling().features().size()));
    return apart > 1 && far > 1 ? 2 : (Math.min(1, apart) + Math.min(1, far)) / 2;
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

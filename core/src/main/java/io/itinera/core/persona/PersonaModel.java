package io.itinera.core.persona;

import static org.apache.spark.sql.functions.expr;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a training found: all there is to assign customers by, and to tell later trainings from.
 *
 * @param asOf day of the training; nothing later is in it
 * @param version hash of features and rules that trained it
 * @param scaling how features are scaled
 * @param personas one per cluster, in their order
 * @param criteria criterion and number of personas, as {@code silhouette/5}, to what it said
 * @param daysVersion version of {@code customer_days} that it learnt from, or {@link #UNKNOWN}
 */
public record PersonaModel(
    LocalDate asOf,
    String version,
    Scaling scaling,
    List<TrainedPersona> personas,
    SortedMap<String, Double> criteria,
    long daysVersion) {

  /** Nobody noted what it learnt from. */
  public static final long UNKNOWN = -1;

  /** Array of the scaled features. */
  static final String SCALED = "scaled_features";

  /** Number of the nearest centre, from 0. */
  static final String CLUSTER = "cluster";

  /**
   * A persona as a training found it.
   *
   * @param id persona_id
   * @param name what it is called until the next training
   * @param rule an SQL predicate over the features that describes it; null if no customer trained
   *     it
   * @param customers training customers in it
   * @param matched the persona of the training before that it continues, or null
   * @param drift distance to it in standard deviations, or null
   * @param centroid feature means of its training customers, in the features' own units
   * @param center its centre, in scaled features
   * @param spread how far it spreads about it, if it is one of a mixture, or null
   */
  public record TrainedPersona(
      String id,
      String name,
      String rule,
      long customers,
      String matched,
      Double drift,
      Map<String, Double> centroid,
      List<Double> center,
      Spread spread) {}

  public PersonaModel {
    personas = List.copyOf(personas);
    criteria = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(criteria));
  }

  /**
   * Scales the features and adds the cluster. The constructors are MLlib's own, which its loader
   * uses: fitting what is fitted already would be six queries.
   */
  public PipelineModel pipeline() {
    SQLTransformer scale =
        new SQLTransformer("scale")
            .setStatement("SELECT *, %s AS %s FROM __THIS__".formatted(scaling.sql(), SCALED));
    return new PipelineModel(
        "pipeline", new Transformer[] {scale, fit().isMixture() ? likeliest() : nearest()});
  }

  /** What {@link #pipeline} gives, by the same steps, without a view for each of them. */
  Dataset<Row> assigned(Dataset<Row> features) {
    Dataset<Row> scaled = features.withColumn(SCALED, expr(scaling.sql()));
    return fit().isMixture()
        ? scaled.withColumn(CLUSTER, expr(fit().sql(SCALED)))
        : nearest().transform(scaled);
  }

  private KMeansModel nearest() {
    org.apache.spark.mllib.linalg.Vector[] vectors =
        centers().stream().map(Vectors::dense).toArray(org.apache.spark.mllib.linalg.Vector[]::new);
    return new KMeansModel("kmeans", new org.apache.spark.mllib.clustering.KMeansModel(vectors))
        .setFeaturesCol(SCALED)
        .setPredictionCol(CLUSTER);
  }

  /** MLlib's own mixture gives those who are far from all groups to the first. */
  private SQLTransformer likeliest() {
    return new SQLTransformer("likeliest")
        .setStatement("SELECT *, %s AS %s FROM __THIS__".formatted(fit().sql(SCALED), CLUSTER));
  }

  /** Who is in which persona. */
  Fit fit() {
    return new Fit(
        centers(), personas.stream().map(TrainedPersona::spread).filter(Objects::nonNull).toList());
  }

  List<double[]> centers() {
    return personas.stream()
        .map(persona -> persona.center().stream().mapToDouble(each -> each).toArray())
        .toList();
  }

  /** Ids of the personas, by cluster. */
  public List<String> ids() {
    return personas.stream().map(TrainedPersona::id).toList();
  }

  /** Per cluster its rule, as far as it has one. */
  SortedMap<Integer, String> rules() {
    SortedMap<Integer, String> rules = new TreeMap<>();
    for (int cluster = 0; cluster < personas.size(); cluster++) {
      if (personas.get(cluster).rule() != null) {
        rules.put(cluster, personas.get(cluster).rule());
      }
    }
    return rules;
  }

  /** How many customers it was learned from, of those that were looked at. */
  long customers() {
    return personas.stream().mapToLong(TrainedPersona::customers).sum();
  }

  /** The same personas on a later night: each continues itself, from where it was trained. */
  public PersonaModel continued() {
    List<TrainedPersona> later = new ArrayList<>();
    for (TrainedPersona each : personas) {
      later.add(
          new TrainedPersona(
              each.id(),
              each.name(),
              each.rule(),
              each.customers(),
              each.id(),
              null,
              each.centroid(),
              each.center(),
              each.spread()));
    }
    return new PersonaModel(asOf, version, scaling, later, criteria, daysVersion);
  }

  /** The same, learnt from that version of {@code customer_days}. */
  public PersonaModel learntFrom(long version) {
    return new PersonaModel(asOf, this.version, scaling, personas, criteria, version);
  }
}

package io.itinera.core.persona;

import io.itinera.core.persona.MatchPersonas.Identity;
import io.itinera.core.persona.MeasurePersonas.Measures;
import io.itinera.core.persona.MeasurePersonas.Population;
import io.itinera.core.persona.PersonaModel.TrainedPersona;
import io.itinera.core.spark.PatternFunctions;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Personas;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Finds groups of customers that behave alike, says what makes them apart, and who is in which. */
public final class FindPersonas {

  /** From so many times the customers on a model is not theirs any more. */
  private static final int GROWN = 2;

  /** What its reports are under. */
  public static final String REPORTED = "personas";

  private FindPersonas() {}

  /**
   * What a training found.
   *
   * @param model what nights assign by
   * @param changes against the training before
   * @param reports rows of {@link io.itinera.core.table.ModelReports} under the name {@link
   *     #REPORTED}: what every criterion said of every number of personas, and why they are so many
   */
  public record Training(PersonaModel model, List<PersonaChange> changes, List<Row> reports) {}

  /**
   * The same rules; where a class of somebody's own trains, with what it learns from these
   * customers. None where it has nobody to learn from.
   *
   * @param features as for {@link #train}
   * @throws IllegalStateException that tells what is wrong with the class
   */
  public static Optional<PersonaRules> learnt(Dataset<Row> features, PersonaRules rules) {
    Optional<OwnModel> own = rules.grouping().own().filter(each -> each.trainer().isPresent());
    if (own.isEmpty()) {
      return Optional.of(rules);
    }
    return AskTrainer.train(TrainClusters.ordered(among(features, rules), rules), own.get(), rules)
        .map(trained -> rules.with(rules.grouping().with(trained)));
  }

  /**
   * Finds centres among a bounded number of customers, and names the groups.
   *
   * <p>Of the sizes from {@link PersonaRules#fewest()} to {@link PersonaRules#most()} the smallest
   * whose silhouette is nearly the best wins, but there are never more personas than different
   * customers; without customers there are none. After a training by the same rules there are as
   * many as there were, and nearly the same ones, unless others are better by {@link
   * Grouping#leastGain()}. A persona keeps its id from one training to the next while most of its
   * customers stay together, or its centroid moves less than half a standard deviation per feature;
   * if it goes for one, it comes back as a new one. A training that supersedes one of the same day
   * keeps the ids of that one first.
   *
   * @param features rows of {@link io.itinera.core.table.CustomerFeatures#table} of that day
   * @param asOf day of the training
   * @param rules with the model of somebody's own, if they name one: see {@link #learnt}
   * @return what depends on the rows alone, not on their order or partitioning
   */
  public static Optional<Training> train(
      Dataset<Row> features, LocalDate asOf, PersonaRules rules, PastTrainings past) {
    Optional<Clusters> trained = TrainClusters.train(among(features, rules), rules, past.before());
    rules
        .grouping()
        .own()
        .filter(own -> own.trainer().isPresent() && trained.isEmpty())
        .ifPresent(
            own -> {
              throw AskTrainer.failed(
                  own, "predicts no whole number from 0 to 99 for any customer", null);
            });
    return trained.map(clusters -> training(clusters, asOf, rules, past));
  }

  private static Training training(
      Clusters clusters, LocalDate asOf, PersonaRules rules, PastTrainings past) {
    MeasureSample sample = MeasureSample.of(clusters);
    List<Identity> identities =
        MatchPersonas.identities(
            clusters, sample.clusters().stream().map(Measures::means).toList(), asOf, past);
    List<List<Contrast>> contrasts =
        sample.clusters().stream()
            .map(each -> Contrast.of(each, sample.everybody(), rules.namedFeatures()))
            .toList();
    List<String> names =
        DescribePersonas.names(contrasts, rules.use().names(), rules.use().units().words());
    List<TrainedPersona> personas = new ArrayList<>();
    for (int cluster = 0; cluster < names.size(); cluster++) {
      Measures measures = sample.clusters().get(cluster);
      Identity identity = identities.get(cluster);
      personas.add(
          new TrainedPersona(
              identity.id(),
              names.get(cluster),
              clusters.rules().get(cluster),
              measures.customers(),
              identity.matched(),
              identity.drift(),
              measures.means(),
              Arrays.stream(clusters.fit().centers().get(cluster)).boxed().toList(),
              clusters.fit().isMixture() ? clusters.fit().spreads().get(cluster) : null));
    }
    PersonaModel model =
        new PersonaModel(
            asOf,
            rules.version(),
            clusters.scaling(),
            personas,
            clusters.criteria(),
            PersonaModel.UNKNOWN);
    return new Training(
        model,
        new TellChanges(model, clusters, rules).since(past.before()),
        reports(asOf, clusters));
  }

  private static List<Row> reports(LocalDate asOf, Clusters clusters) {
    List<Row> reports = new ArrayList<>();
    long customers = clusters.sample().size();
    Date day = Date.valueOf(asOf);
    double size = clusters.fit().centers().size();
    reports.add(
        RowFactory.create(day, REPORTED, "count", size, null, customers, clusters.reason()));
    clusters
        .criteria()
        .forEach(
            (criterion, value) ->
                reports.add(
                    RowFactory.create(day, REPORTED, criterion, value, null, customers, null)));
    return reports;
  }

  /**
   * Assigns all customers of a night by a model. Centroids are means of all members in the
   * features' own units.
   *
   * @param features rows of {@link io.itinera.core.table.CustomerFeatures#table} of that night
   */
  public static FoundPersonas assign(
      Dataset<Row> features, PersonaModel model, LocalDate asOf, PersonaRules rules) {
    Dataset<Row> tonight = among(features, rules);
    Dataset<Row> assigned =
        rules
            .grouping()
            .own()
            .map(own -> own.assigned(tonight, model))
            .orElseGet(() -> model.assigned(tonight));
    Population population = MeasurePersonas.population(assigned, model);
    PersonaRows rows = new PersonaRows(asOf, rules, model, population);
    return new FoundPersonas(
        population.clusters().size(),
        population.everybody().customers(),
        rows.furthest(),
        rows.personas(tonight),
        AssignPersonas.customerPersonas(assigned, model));
  }

  /** No personas, of nobody. */
  public static FoundPersonas nobody(Dataset<Row> any) {
    return new FoundPersonas(
        0,
        0,
        0,
        LiteralRows.of(any, Personas.TABLE, List.of()),
        LiteralRows.of(any, CustomerPersonas.TABLE, List.of()));
  }

  /**
   * Whether customers are not any more those whom {@code model} learned of: a persona went further
   * than {@link Retraining#drift()} allows, or they are more than twice as many.
   */
  public static boolean isOutgrown(PersonaModel model, FoundPersonas found, PersonaRules rules) {
    boolean wereAll = model.customers() < TrainClusters.most(rules);
    return found.furthest() > rules.retraining().drift()
        || (wereAll && found.customers() > GROWN * model.customers());
  }

  private static Dataset<Row> among(Dataset<Row> features, PersonaRules rules) {
    return features.where(PatternFunctions.expr(rules.use().among()));
  }
}

package io.itinera.jobs.stage;

import io.itinera.core.journey.WayRules;
import io.itinera.core.path.PathRules.TransitionsOf;
import io.itinera.core.session.SessionRules;
import io.itinera.core.table.AffectedCustomers;
import io.itinera.core.table.Attribution;
import io.itinera.core.table.AttributionChanges;
import io.itinera.core.table.AttributionTouchpoints;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.ChurnModels;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.Cohorts;
import io.itinera.core.table.Coverage;
import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.CustomerStages;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.CustomerValue;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Deliveries;
import io.itinera.core.table.DropCauses;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.FunnelDrops;
import io.itinera.core.table.Funnels;
import io.itinera.core.table.Households;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.IdentityQuality;
import io.itinera.core.table.JourneyMap;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.LifecycleWeeks;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.MatchModels;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.NextProducts;
import io.itinera.core.table.OrderRecords;
import io.itinera.core.table.PathTree;
import io.itinera.core.table.PathVariants;
import io.itinera.core.table.PersonaChanges;
import io.itinera.core.table.PersonaModels;
import io.itinera.core.table.PersonaTraits;
import io.itinera.core.table.Personas;
import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.ProcessSpectra;
import io.itinera.core.table.ProcessSteps;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.RfmMigrations;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.SourceDays;
import io.itinera.core.table.SourceSettings;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.TouchpointDimensions;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.table.Transitions;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.ingest.IngestJob;
import io.itinera.jobs.match.MatchJob;
import io.itinera.jobs.match.TrainJob;
import io.itinera.jobs.night.Stage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stages of a night, in their order. */
public final class Stages {

  private static final Stage INGEST =
      new Stage(
          "ingest",
          List.of(),
          List.of(),
          List.of(
              LoadedFiles.TABLE,
              RecordFiles.TABLE,
              SourceSettings.TABLE,
              RejectedRecords.TABLE,
              Touchpoints.TABLE,
              TouchpointDates.TABLE,
              OrderRecords.TABLE,
              Profiles.TABLE,
              CampaignCosts.TABLE,
              Tombstones.TABLE,
              Deliveries.TABLE,
              QualityChecks.TABLE,
              SourceDays.TABLE,
              Evidence.TABLE),
          ItineraConfig::raw,
          IngestJob::run);

  private static final Stage MATCH =
      new Stage(
          "match",
          List.of(INGEST),
          List.of(Profiles.TABLE, MatchModels.TABLE),
          List.of(ProfileMatches.TABLE, QualityChecks.TABLE),
          Stages::comparing,
          MatchJob::run);

  private static final Stage STITCH =
      new Stage(
          "stitch",
          List.of(INGEST),
          List.of(Evidence.TABLE, IdentityOverrides.TABLE),
          List.of(
              IdentityEdges.TABLE,
              Identities.TABLE,
              IdentityMoves.TABLE,
              CustomerChanges.TABLE,
              CustomerAliases.TABLE,
              IdentityQuality.TABLE,
              SetOwners.TABLE,
              AffectedCustomers.TABLE,
              QualityChecks.TABLE,
              SourceSettings.TABLE,
              // Where nobody is compared, none is left.
              ProfileMatches.TABLE),
          config -> List.of(config.identity(), config.decisions()),
          StitchJob::run);

  private static final Stage SESSIONIZE =
      new Stage(
          "sessionize",
          List.of(STITCH),
          List.of(SetOwners.TABLE, AffectedCustomers.TABLE),
          List.of(Sessions.TABLE, TouchpointSessions.TABLE),
          config -> List.of(config.sessions(), config.identity(), config.raw().bots()),
          SessionizeJob::run);

  private static final Stage JOURNEYS =
      new Stage(
          "journeys",
          List.of(SESSIONIZE),
          List.of(SetOwners.TABLE, AffectedCustomers.TABLE, Sessions.TABLE),
          List.of(Journeys.TABLE),
          config ->
              List.of(
                  columnsOf(Journeys.TABLE),
                  // Journeys of an earlier release ended between lines of one order.
                  "order lines over midnight",
                  config.journeys(),
                  config.sessions(),
                  config.identity(),
                  config.raw().bots()),
          JourneysJob::run);

  private static final Stage CUSTOMERS =
      new Stage(
          "customers",
          List.of(SESSIONIZE),
          List.of(SetOwners.TABLE, AffectedCustomers.TABLE, Sessions.TABLE, Profiles.TABLE),
          List.of(
              CustomerDays.TABLE,
              CustomerTotals.TABLE,
              CustomerStages.TABLE,
              Customers.TABLE,
              Households.TABLE),
          config ->
              List.of(
                  columnsOf(CustomerDays.TABLE),
                  // Cards of an earlier release may have addresses of several profiles, and days
                  // orders of the day before.
                  "addresses as one, orders over midnight",
                  config.customers(),
                  config.households(),
                  config.sessions(),
                  config.identity(),
                  config.raw().bots()),
          CustomersJob::run);

  private static final Stage COVERAGE =
      new Stage(
          "coverage",
          List.of(CUSTOMERS),
          List.of(
              Deliveries.TABLE,
              SourceDays.TABLE,
              Profiles.TABLE,
              CampaignCosts.TABLE,
              CustomerDays.TABLE,
              Customers.TABLE),
          List.of(Coverage.TABLE),
          config -> List.of(),
          CoverageJob::run);

  private static final Stage KPIS =
      new Stage(
          "kpis",
          List.of(CUSTOMERS),
          List.of(Touchpoints.TABLE, TouchpointSessions.TABLE, CustomerDays.TABLE),
          List.of(TouchpointKpis.TABLE),
          config ->
              List.of(
                  columnsOf(TouchpointKpis.TABLE),
                  // Days of an earlier release count orders of the day before.
                  "orders over midnight",
                  config.kpis(),
                  config.sessions(),
                  config.identity(),
                  config.raw().bots()),
          KpisJob::run);

  private static final Stage RETENTION =
      new Stage(
          "retention",
          List.of(CUSTOMERS),
          List.of(CustomerDays.TABLE),
          List.of(Cohorts.TABLE, LifecycleWeeks.TABLE),
          ItineraConfig::cohorts,
          RetentionJob::run);

  private static final Stage RFM =
      new Stage(
          "rfm",
          List.of(CUSTOMERS),
          List.of(CustomerDays.TABLE),
          List.of(RfmScores.TABLE, RfmMigrations.TABLE),
          ItineraConfig::rfm,
          RfmJob::run);

  private static final Stage VALUE =
      new Stage(
          "value",
          List.of(CUSTOMERS),
          List.of(CustomerDays.TABLE),
          List.of(
              CustomerValue.TABLE,
              ChurnScores.TABLE,
              ChurnModels.TABLE,
              NextProducts.TABLE,
              ModelReports.TABLE,
              QualityChecks.TABLE),
          config -> List.of(config.value(), config.churn(), config.offers()),
          ValueJob::run);

  private static final Stage PERSONAS =
      new Stage(
          "personas",
          List.of(JOURNEYS, CUSTOMERS),
          List.of(Journeys.TABLE, CustomerDays.TABLE, Customers.TABLE),
          List.of(
              CustomerFeatures.TABLE,
              PersonaModels.TABLE,
              PersonaChanges.TABLE,
              Personas.TABLE,
              CustomerPersonas.TABLE,
              PersonaTraits.TABLE,
              ModelReports.TABLE),
          config -> List.of(config.personas(), config.portraits()),
          PersonasJob::run);

  private static final Stage PATHS =
      new Stage(
          "paths",
          List.of(JOURNEYS, RFM, PERSONAS),
          List.of(Journeys.TABLE, RfmScores.TABLE, CustomerPersonas.TABLE),
          List.of(
              Transitions.TABLE,
              PathVariants.TABLE,
              PathTree.TABLE,
              FrequentPaths.TABLE,
              ProcessSteps.TABLE,
              ProcessSpectra.TABLE,
              ProcessProfiles.TABLE,
              ProcessConstraints.TABLE,
              QualityChecks.TABLE),
          config ->
              List.of(
                  columnsOf(PathTree.TABLE),
                  columnsOf(PathVariants.TABLE),
                  columnsOf(ProcessSteps.TABLE),
                  config.paths(),
                  config.process()),
          PathsJob::run);

  private static final Stage ATTRIBUTION =
      new Stage(
          "attribution",
          List.of(JOURNEYS),
          List.of(Journeys.TABLE, SetOwners.TABLE, Touchpoints.TABLE, CampaignCosts.TABLE),
          List.of(
              Attribution.TABLE,
              AttributionTouchpoints.TABLE,
              AttributionChanges.TABLE,
              QualityChecks.TABLE),
          config -> List.of(config.attribution(), config.identity(), config.raw().bots()),
          AttributionJob::run);

  private static final Stage FUNNELS =
      new Stage(
          "funnels",
          List.of(JOURNEYS, RFM, PERSONAS),
          List.of(
              Touchpoints.TABLE,
              SetOwners.TABLE,
              RfmScores.TABLE,
              CustomerPersonas.TABLE,
              Customers.TABLE,
              Personas.TABLE,
              Journeys.TABLE),
          List.of(Funnels.TABLE, FunnelDrops.TABLE, DropCauses.TABLE),
          config ->
              Stream.concat(
                      Stream.of(
                          config.trails(),
                          config.segments().ofNights(),
                          config.identity(),
                          config.raw().bots()),
                      config.pagesOfFunnels().stream())
                  .toList(),
          FunnelsJob::run);

  private static final Stage JOURNEY_MAP =
      new Stage(
          "journey-map",
          List.of(KPIS),
          List.of(Touchpoints.TABLE, SetOwners.TABLE, TouchpointKpis.TABLE),
          List.of(JourneyMap.TABLE),
          config ->
              List.of(config.experience(), config.kpis(), config.identity(), config.raw().bots()),
          JourneyMapJob::run);

  private static final Stage QUALITY =
      new Stage(
          "quality",
          List.of(JOURNEYS, CUSTOMERS),
          List.of(Journeys.TABLE, CustomerDays.TABLE, Customers.TABLE),
          List.of(QualityChecks.TABLE),
          ItineraConfig::quality,
          QualityJob::run);

  private static final Stage PERSIST =
      new Stage(
          "persist",
          List.of(SESSIONIZE),
          List.of(SetOwners.TABLE, AffectedCustomers.TABLE, Sessions.TABLE),
          List.of(TouchpointDimensions.TABLE),
          config ->
              List.of(
                  // Rows of an earlier release may have more values.
                  "latest values",
                  config.dimensions(),
                  config.sessions(),
                  config.identity(),
                  config.raw().bots()),
          PersistJob::run);

  /** All stages, in the order in which a night runs them. */
  public static final List<Stage> ALL =
      List.of(
          INGEST,
          STITCH,
          SESSIONIZE,
          JOURNEYS,
          CUSTOMERS,
          COVERAGE,
          KPIS,
          RETENTION,
          RFM,
          VALUE,
          PERSONAS,
          PATHS,
          ATTRIBUTION,
          FUNNELS,
          JOURNEY_MAP,
          QUALITY);

  private Stages() {}

  /**
   * The stages of a night as it is configured: where profiles are compared, that comes before
   * customers are stitched; where dimensions go on counting, or further definitions of journeys or
   * sessions are named, that comes after journeys; where no funnel is named, none is counted. Else
   * nothing of it costs anything.
   */
  public static List<Stage> of(ItineraConfig config) {
    List<Stage> all = ALL.stream().flatMap(stage -> with(stage, config)).toList();
    return config.matchings().on().isEmpty() ? all : withMatching(all);
  }

  private static List<Stage> withMatching(List<Stage> all) {
    Map<String, Stage> stages = new LinkedHashMap<>();
    for (Stage stage : all) {
      if (stage.equals(STITCH)) {
        stages.put(MATCH.name(), MATCH);
        stages.put(STITCH.name(), stitchWithMatches());
      } else {
        List<Stage> needs = stage.needs().stream().map(need -> stages.get(need.name())).toList();
        stages.put(stage.name(), needing(needs, stage));
      }
    }
    return List.copyOf(stages.values());
  }

  private static Stage stitchWithMatches() {
    return new Stage(
        STITCH.name(),
        with(STITCH.needs(), MATCH),
        with(STITCH.inputs(), ProfileMatches.TABLE),
        STITCH.outputs().stream().filter(table -> !table.equals(ProfileMatches.TABLE)).toList(),
        settings -> List.of(STITCH.rules().apply(settings), MATCH.name()),
        STITCH.job());
  }

  /** The same stage, which needs stages as they are in this night. */
  private static Stage needing(List<Stage> needs, Stage stage) {
    return new Stage(
        stage.name(), needs, stage.inputs(), stage.outputs(), stage.rules(), stage.job());
  }

  /** Sessions by a definition beside the primary one; nothing else is made of them. */
  private static Stage sessions(SessionRules rules) {
    return new Stage(
        "sessionize-" + rules.scope().name(),
        List.of(STITCH),
        SESSIONIZE.inputs(),
        List.of(rules.table()),
        config -> List.of(rules, config.identity(), config.raw().bots()),
        context -> SessionizeOtherwise.run(context, rules));
  }

  private static Stream<Stage> with(Stage stage, ItineraConfig config) {
    if (stage.equals(JOURNEYS)) {
      return Stream.concat(Stream.of(stage), defined(config).stream());
    }
    if (stage.equals(QUALITY)) {
      // Which may look at their tables.
      return Stream.of(needing(with(stage.needs(), defined(config)), stage));
    }
    if (stage.equals(PATHS) && config.paths().transitionsOf() == TransitionsOf.SESSION) {
      return Stream.of(pathsOfSessions());
    }
    if (stage.equals(FUNNELS) && config.trails().funnels().isEmpty()) {
      return Stream.of();
    }
    return Stream.of(stage);
  }

  /** Paths whose transitions are those of sessions, which are called as steps of journeys are. */
  private static Stage pathsOfSessions() {
    return new Stage(
        PATHS.name(),
        PATHS.needs(),
        with(PATHS.inputs(), List.of(Sessions.TABLE, TouchpointSessions.TABLE, Touchpoints.TABLE)),
        PATHS.outputs(),
        config -> List.of(PATHS.rules().apply(config), config.journeys()),
        PATHS.job());
  }

  /** What configuration defines beside the primary sessions and journeys. */
  private static List<Stage> defined(ItineraConfig config) {
    return Stream.of(
            config.dimensions().isEmpty() ? Stream.<Stage>of() : Stream.of(PERSIST),
            config.ways().stream().map(Stages::follow),
            config.otherSessions().stream().map(Stages::sessions))
        .flatMap(each -> each)
        .toList();
  }

  private static Stage follow(WayRules way) {
    return new Stage(
        "journeys-" + way.name().replace('_', '-'),
        List.of(STITCH),
        List.of(SetOwners.TABLE, AffectedCustomers.TABLE),
        List.of(way.table()),
        config -> List.of(way, config.identity(), config.raw().bots()),
        context -> WayJob.run(context, way));
  }

  /** How profiles are compared, and what tells by which of its identifiers each is known. */
  private static Object comparing(ItineraConfig config) {
    return config
        .matchings()
        .on()
        .map(
            matching ->
                List.of(
                    matching.settings(),
                    config.identity().types(),
                    config.identity().roleMailboxes()));
  }

  /** Of a table that an earlier release made without some of them, everyone is looked at. */
  private static List<String> columnsOf(Table table) {
    return List.of(table.schema().fieldNames());
  }

  private static <T> List<T> with(List<T> some, T another) {
    return with(some, List.of(another));
  }

  private static <T> List<T> with(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /**
   * Makes rows of some customers anew and compares, whether or not anything is new.
   *
   * @param outcome is told what came of it
   */
  public static Stage verify(ItineraConfig config, Draw draw, Consumer<Verified> outcome) {
    Set<String> names =
        Stream.of(STITCH, SESSIONIZE, JOURNEYS, CUSTOMERS)
            .map(Stage::name)
            .collect(Collectors.toCollection(HashSet::new));
    defined(config).forEach(stage -> names.add(stage.name()));
    List<Stage> verified =
        of(config).stream().filter(stage -> names.contains(stage.name())).toList();
    Set<Table> tables =
        verified.stream().flatMap(stage -> stage.outputs().stream()).collect(Collectors.toSet());
    return new Stage(
        "verify",
        verified.stream().map(stage -> notReading(tables, stage)).toList(),
        List.of(),
        List.of(QualityChecks.TABLE),
        settings -> draw,
        context -> outcome.accept(QualityJob.verify(context, draw)));
  }

  /** The same stage, which needs not have seen what somebody did to {@code tables}. */
  private static Stage notReading(Set<Table> tables, Stage stage) {
    List<Table> inputs = stage.inputs().stream().filter(table -> !tables.contains(table)).toList();
    return new Stage(
        stage.name(), stage.needs(), inputs, stage.outputs(), stage.rules(), stage.job());
  }

  /** The stage whose last night is verified. */
  public static Stage verified() {
    return CUSTOMERS;
  }

  /** Learns a model for {@code matching}; no night does that. */
  public static Stage train(Matching matching) {
    return new Stage(
        "train",
        List.of(),
        List.of(),
        List.of(MatchModels.TABLE),
        config -> matching.settings(),
        context -> TrainJob.run(context, matching));
  }
}

package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.journey.JourneyRules;
import io.itinera.core.path.PathRules;
import io.itinera.core.persona.FeatureTable;
import io.itinera.core.process.CaseRules.Calendar;
import io.itinera.core.rule.OrderClasses;
import io.itinera.core.rule.PageRules;
import io.itinera.core.session.SessionRules;
import io.itinera.core.spark.SessionSettings;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.TrailRules;
import io.itinera.core.verify.QualityRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads settings from all their places into {@link ItineraConfig}. */
public final class ConfigReader {

  private static final String ROOT = "itinera";
  private static final String SESSION_ZONE = "spark.sql.session.timeZone";
  private static final String DAYS_ZONE = "; itinera.time-zone is for calendar days";

  private ConfigReader() {}

  /**
   * Reads with the environment of this process.
   *
   * @see #read(List, Map, Map)
   */
  public static ItineraConfig read(List<Path> files, Map<String, String> sets) {
    return read(files, sets, System.getenv());
  }

  /**
   * Reads the settings, each from the strongest place that has it: {@code sets}, then the
   * environment, then the last file, then the files before it, then the shipped {@code
   * conf/reference.conf}, then the preset of a source.
   *
   * @param files HOCON files with all that they include
   * @param sets dotted key to value, as given by {@code --set}
   * @param environment variables, of which {@code ITINERA_LANDING}, {@code ITINERA_WAREHOUSE},
   *     {@code ITINERA_ID_KEY}, {@code ITINERA_SERVE_PASSWORD} and {@code ITINERA_SERVE_TOKEN}
   *     count
   * @throws ConfigProblemsException if a file or a setting is missing, a setting is unknown or has
   *     a value that is not allowed; names every problem
   */
  public static ItineraConfig read(
      List<Path> files, Map<String, String> sets, Map<String, String> environment) {
    Problems problems = new Problems();
    SettingLayers layers = new SettingLayers(problems);
    files.forEach(layers::addFile);
    layers.addEnvironment(environment);
    sets.forEach(layers::set);
    Config resolved = layers.resolved();
    noteNearMisses(resolved.root(), problems);
    ItineraConfig config = read(resolved, problems);
    problems.throwIfAny();
    return config;
  }

  private static ItineraConfig read(Config resolved, Problems problems) {
    Settings root = new Settings(resolved.root(), "", problems);
    Settings itinera = root.section(ROOT);
    ZoneId timeZone = itinera.get("time-zone", SettingKind.ZONE);
    ItineraConfig config =
        itinera.build(() -> read(itinera, timeZone, ConfigHash.of(resolved.root())));
    itinera.noteUnknown();
    return config;
  }

  private static ItineraConfig read(Settings itinera, ZoneId timeZone, String hash) {
    String currency = itinera.get("currency", SettingKind.CURRENCY);
    Settings identity = itinera.section("identity");
    Settings typeSettings = identity.section("types");
    Map<String, IdentifierType> types = IdentityReader.types(typeSettings);
    OrderClasses classes = classes(itinera.section("order-classes"));
    AnalysisReader analysis =
        new AnalysisReader(
            timeZone,
            Set.copyOf(itinera.list("view-types", SettingKind.NAME)),
            Set.copyOf(itinera.list("conversion-types", SettingKind.NAME)));
    Settings sessions = itinera.section("sessions");
    SessionReader sessionReader = sessionReader(analysis);
    SessionRules primary = sessions.build(() -> sessionReader.read(sessions));
    Settings journeys = itinera.section("journeys");
    JourneyRules journeyRules = journeys.build(() -> analysis.journeys(journeys));
    Settings customers = itinera.section("customers");
    Settings kpis = itinera.section("kpis");
    Settings cohorts = itinera.section("cohorts");
    Settings rfm = itinera.section("rfm");
    Settings value = itinera.section("value");
    Settings offers = value.section("next-products");
    Settings churn = value.section("churn");
    Settings personas = itinera.section("personas");
    FeatureLines features =
        FeatureLines.read(
            personas.section("features"),
            Map.of(
                FeatureTable.JOURNEYS, journeys.fingerprint(),
                FeatureTable.RFM, rfm.fingerprint()));
    Settings portraits = personas.section("portraits");
    Settings paths = itinera.section("paths");
    PathRules pathRules = paths.build(() -> AnalysisReader.paths(paths));
    Settings process = itinera.section("process");
    Settings report = itinera.section("report");
    Settings serve = itinera.section("serve");
    Settings attribution = itinera.section("attribution");
    Settings map = itinera.section("journey-map");
    Set<String> contactChannels =
        Set.copyOf(journeys.list("contact-centre-channels", SettingKind.NAME));
    String idKey = itinera.get("id-key", SettingKind.FILLED);
    Settings funnelled = itinera.section("funnels");
    Settings pageSettings = journeys.section("pages");
    PageRules pages = pageSettings.build(() -> PageReader.read(pageSettings));
    TrailRules trails = trails(itinera, funnelled, timeZone, pages);
    List<FunnelRules> funnels = trails == null ? List.of() : trails.funnels();
    return new ItineraConfig(
        itinera.get("landing", SettingKind.FILLED),
        itinera.get("warehouse", SettingKind.FILLED),
        itinera.get("database", SettingKind.NAME),
        timeZone,
        currency,
        itinera.find("as-of", SettingKind.DATE),
        spark(itinera.section("spark")),
        sourceReader(itinera, timeZone, types).read(itinera.section("sources")),
        itinera.build(() -> LoadingReader.raw(itinera, timeZone, currency)),
        itinera.findSection("exchange-rates").map(LoadingReader::rates),
        identity.build(() -> IdentityReader.rules(identity, types, idKey)),
        MatchReader.read(identity, IdentityReader.numbers(typeSettings, types)),
        IdentityReader.decisions(identity, types.keySet()),
        IdentityReader.causes(itinera),
        primary,
        primary == null ? List.of() : sessionReader.others(sessions, primary),
        journeyRules,
        WayReader.read(journeys.section("definitions"), timeZone),
        DimensionReader.read(itinera.section("persistence")),
        customers.build(() -> analysis.customers(customers, classes, persons(types))),
        AnalysisReader.households(itinera.section("households")),
        kpis.build(() -> new KpiReader(analysis.conversionTypes(), timeZone).read(kpis)),
        cohorts.build(() -> AnalysisReader.cohorts(cohorts)),
        rfm.build(() -> RfmReader.read(rfm, classes)),
        value.build(() -> AnalysisReader.value(value)),
        churn.build(() -> AnalysisReader.churn(churn)),
        offers.build(() -> AnalysisReader.offers(offers)),
        personas.build(() -> AnalysisReader.personas(personas, features, currency)),
        portraits.build(() -> analysis.portraits(personas, portraits)),
        pathRules,
        attribution.build(() -> AttributionReader.read(attribution, analysis.conversionTypes())),
        trails,
        pages,
        SegmentReader.read(itinera.section("segments"), funnelled, funnels),
        FunnelReader.intended(process),
        process.build(
            () ->
                AnalysisReader.cases(
                    process,
                    pathRules == null ? 1 : pathRules.windowDays(),
                    new Calendar(
                        timeZone, journeyRules == null ? Duration.ZERO : journeyRules.gap()))),
        map.build(() -> ExperienceReader.read(map, contactChannels, analysis.conversionTypes())),
        new QualityRules(itinera.section("quality").get("verify-sample", SettingKind.SHARE)),
        report.build(() -> AnalysisReader.report(report)),
        serve.build(() -> ServeReader.read(serve)),
        hash);
  }

  private static TrailRules trails(
      Settings itinera, Settings funnels, ZoneId timeZone, PageRules pages) {
    Settings causes = itinera.section("causes");
    return itinera.build(() -> FunnelReader.read(funnels, causes, timeZone, pages));
  }

  private static Map<String, String> spark(Settings spark) {
    Map<String, String> settings = spark.dotted();
    new TreeMap<>(SessionSettings.REQUIRED)
        .forEach(
            (key, value) -> {
              if (settings.containsKey(key) || settings.containsKey(key.replace("spark.", ""))) {
                spark.refuse(
                    "%s is always %s, leave it out%s"
                        .formatted(key, value, key.equals(SESSION_ZONE) ? DAYS_ZONE : ""));
              }
            });
    return settings;
  }

  private static OrderClasses classes(Settings classes) {
    OrderClasses read = classes.build(() -> AnalysisReader.orderClasses(classes));
    return read == null ? new OrderClasses(0, 0, 1, 1, 0) : read;
  }

  private static SourceReader sourceReader(
      Settings itinera, ZoneId timeZone, Map<String, IdentifierType> types) {
    return new SourceReader(
        timeZone,
        itinera.get("region", SettingKind.REGION),
        itinera.get("max-rejected-share", SettingKind.decimal(0, 1)),
        itinera.get("max-withdrawn-share", SettingKind.decimal(0, 1)),
        types.keySet());
  }

  private static SessionReader sessionReader(AnalysisReader analysis) {
    return new SessionReader(analysis.timeZone(), analysis.viewTypes(), analysis.conversionTypes());
  }

  private static Set<String> persons(Map<String, IdentifierType> types) {
    Set<String> persons = new TreeSet<>(types.keySet());
    persons.removeIf(type -> types.get(type).level() != Level.PERSON);
    return persons;
  }

  // Names beside "itinera" are free for substitutions, except those that nearly are "itinera".
  private static void noteNearMisses(ConfigObject root, Problems problems) {
    for (Map.Entry<String, ConfigValue> entry : root.entrySet()) {
      String key = entry.getKey();
      if (!key.equals(ROOT) && NearestName.to(key, Set.of(ROOT)).isPresent()) {
        problems.wrong(
            entry.getValue(), key, "unknown setting" + NearestName.hint(key, Set.of(ROOT)));
      }
    }
  }
}

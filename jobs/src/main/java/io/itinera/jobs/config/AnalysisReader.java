package io.itinera.jobs.config;

import io.itinera.core.churn.ChurnRules;
import io.itinera.core.cohort.CohortRules;
import io.itinera.core.cohort.CohortRules.By;
import io.itinera.core.cohort.CohortRules.Periods;
import io.itinera.core.cohort.CohortRules.Unit;
import io.itinera.core.customer.CustomerRules;
import io.itinera.core.customer.Survivorship;
import io.itinera.core.customer.Survivorship.Rule;
import io.itinera.core.identity.HouseholdRules;
import io.itinera.core.journey.JourneyRules;
import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.offer.AlsRules;
import io.itinera.core.offer.OfferRules;
import io.itinera.core.path.PathRules;
import io.itinera.core.path.PathRules.Patterns;
import io.itinera.core.path.PathRules.TransitionsOf;
import io.itinera.core.persona.Grouping;
import io.itinera.core.persona.OwnModel;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.persona.Retraining;
import io.itinera.core.portrait.PortraitRules;
import io.itinera.core.process.CaseRules;
import io.itinera.core.process.CaseRules.Batches;
import io.itinera.core.process.CaseRules.Calendar;
import io.itinera.core.process.CaseRules.Learning;
import io.itinera.core.rule.OrderClasses;
import io.itinera.core.rule.PageRules;
import io.itinera.core.table.Customers;
import io.itinera.core.value.FitPurchases;
import io.itinera.core.value.ReasonWords;
import io.itinera.core.value.ValueRules;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the settings of everything after loading.
 *
 * @param timeZone zone of calendar days
 * @param viewTypes touchpoint types that are page views
 * @param conversionTypes touchpoint types that are conversions
 */
record AnalysisReader(ZoneId timeZone, Set<String> viewTypes, Set<String> conversionTypes) {

  JourneyRules journeys(Settings journeys) {
    StepLabel label = journeys.get("step-label", SettingKind.choice(StepLabel.class));
    PageRules pages = PageReader.read(journeys.section("pages"));
    return new JourneyRules(
        journeys.get("gap", SettingKind.DURATION),
        conversionTypes,
        journeys.get("step-unit", SettingKind.choice(StepUnit.class)),
        label,
        journeys.get("repeats", SettingKind.choice(Repeats.class)),
        Set.copyOf(journeys.list("contact-centre-channels", SettingKind.NAME)),
        Set.copyOf(journeys.list("complaint-types", SettingKind.NAME)),
        timeZone,
        label == StepLabel.PAGE ? pages.sql() : "CAST(NULL AS STRING)");
  }

  CustomerRules customers(Settings customers, OrderClasses classes, Set<String> personTypes) {
    return new CustomerRules(
        classes,
        customers.get("stage-window", SettingKind.days(1)),
        conversionTypes,
        viewTypes,
        personTypes,
        timeZone,
        survivorship(customers.section("survivorship")));
  }

  private static Survivorship survivorship(Settings survivorship) {
    Settings groups = survivorship.section("groups");
    Map<String, List<String>> attributes = new TreeMap<>();
    groups
        .names()
        .forEach(
            name ->
                attributes.put(
                    name, groups.list(name, SettingKind.oneOf(Survivorship.ATTRIBUTES))));
    Rule usual = survivorship.get("usual", SettingKind.choice(Rule.class));
    Map<String, Rule> rules = survivorship.section("rules").values(SettingKind.choice(Rule.class));
    List<String> sources = survivorship.list("sources", SettingKind.NAME);
    return survivorship.build(() -> new Survivorship(usual, rules, sources, attributes));
  }

  static HouseholdRules households(Settings households) {
    return new HouseholdRules(
        households.list(
            "by", SqlInSettings.over(Optional.of(List.of(Customers.TABLE.schema().fieldNames())))),
        households.get("most-members", SettingKind.whole(2, Integer.MAX_VALUE)));
  }

  static OrderClasses orderClasses(Settings classes) {
    return new OrderClasses(
        classes.get("active", SettingKind.days(0)),
        classes.get("inactive", SettingKind.days(0)),
        classes.get("frequent-orders", SettingKind.whole(1, Integer.MAX_VALUE)),
        classes.get("loyal-orders", SettingKind.whole(1, Integer.MAX_VALUE)),
        classes.get("vip-share", SettingKind.decimal(0, 1)));
  }

  /**
   * @param features how each feature is computed
   */
  static PersonaRules personas(Settings personas, FeatureLines features, String currency) {
    return new PersonaRules(
        features.features(),
        personas.get("window", SettingKind.days(1)),
        personas.get("fewest", SettingKind.whole(2, 100)),
        personas.get("most", SettingKind.whole(2, 100)),
        personas.get("seed", SettingKind.whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
        personas.get("training-rows", SettingKind.whole(100, Integer.MAX_VALUE)),
        personas.get("named-features", SettingKind.whole(1, 100)),
        new FeatureReader(features, currency).use(personas),
        retraining(personas.section("retrain")),
        new Grouping(
            personas.get("model", SettingKind.choice(Grouping.Method.class)),
            personas.get("smallest-share", SettingKind.SHARE),
            personas.get("least-stability", SettingKind.decimal(-1, 1)),
            personas.get("least-gain", SettingKind.decimal(0, 2)),
            own(personas)));
  }

  PortraitRules portraits(Settings personas, Settings portraits) {
    return new PortraitRules(
        Set.copyOf(portraits.list("goals", SettingKind.NAME)),
        Set.copyOf(portraits.list("frustrations", SettingKind.NAME)),
        portraits.get("most", SettingKind.whole(1, 100)),
        personas.get("window", SettingKind.days(1)),
        timeZone);
  }

  private static Optional<OwnModel> own(Settings personas) {
    Optional<OwnModel> saved =
        personas.get("pipeline", SettingKind.orNone(SettingKind.FILLED)).map(OwnModel::savedAt);
    Optional<OwnModel> byClass =
        personas.get("model-class", SettingKind.orNone(ModelClass.KIND)).map(OwnModel::by);
    if (saved.isPresent() && byClass.isPresent()) {
      personas.refuse("pipeline and model-class exclude each other: set one of them to none");
    }
    return saved.or(() -> byClass);
  }

  private static Retraining retraining(Settings retrain) {
    return new Retraining(
        retrain.get("every", SettingKind.days(1)),
        retrain.get("drift", SettingKind.decimal(0, 100)));
  }

  static ValueRules value(Settings value) {
    return new ValueRules(
        value.list("models", SettingKind.choice(FitPurchases.Kind.class)),
        value.list("horizons", SettingKind.days(1)),
        value.list("hold-outs", SettingKind.days(1)),
        value.get("churn-window", SettingKind.days(1)),
        value.get("margin", SettingKind.decimal(0, 1)),
        value.get("discount", SettingKind.decimal(0, 10)),
        value.get("least-repeaters", SettingKind.whole(10, Integer.MAX_VALUE)),
        value.get("top-line", SettingKind.decimal(0, 1_000)),
        reasonWords(value));
  }

  /** Of the language that is set: English where it has no words. */
  private static ReasonWords reasonWords(Settings value) {
    Map<String, ReasonWords> languages = new TreeMap<>(Map.of("en", ReasonWords.ENGLISH));
    value
        .section("words")
        .named()
        .forEach(
            (language, words) -> {
              Map<ReasonWords.Phrase, String> phrases = new TreeMap<>();
              for (ReasonWords.Phrase phrase : ReasonWords.Phrase.values()) {
                words
                    .find(phrase.text(), SettingKind.FILLED)
                    .ifPresent(text -> phrases.put(phrase, text));
              }
              languages.put(language, new ReasonWords(phrases));
            });
    String language = value.get("language", SettingKind.oneOf(languages.keySet()));
    return languages.getOrDefault(language, ReasonWords.ENGLISH);
  }

  static ChurnRules churn(Settings churn) {
    return new ChurnRules(
        churn.list("models", SettingKind.choice(ChurnRules.Candidate.class)),
        churn.get("every", SettingKind.days(1)),
        churn.get("least-labelled", SettingKind.whole(20, 1_000_000)),
        churn.get("most-customers", SettingKind.whole(1_000, 1_000_000)));
  }

  static OfferRules offers(Settings offers) {
    return new OfferRules(
        offers.get("every", SettingKind.days(1)),
        offers.get("window", SettingKind.days(2)),
        offers.get("hold-out", SettingKind.days(1)),
        offers.get("offers", SettingKind.whole(0, 100)),
        offers.get("least-together", SettingKind.whole(1, Integer.MAX_VALUE)),
        offers.get("least-judged", SettingKind.whole(1, Integer.MAX_VALUE)),
        offers.get("model", SettingKind.choice(OfferRules.Model.class)),
        als(offers.section("als")));
  }

  private static AlsRules als(Settings als) {
    return new AlsRules(
        als.get("rank", SettingKind.whole(1, 200)),
        als.get("iterations", SettingKind.whole(1, 100)),
        als.get("regularisation", SettingKind.decimal(1e-6, 1_000)),
        als.get("alpha", SettingKind.decimal(0, 10_000)),
        als.get("most-customers", SettingKind.whole(1_000, 1_000_000)),
        als.get("seed", SettingKind.whole(Integer.MIN_VALUE, Integer.MAX_VALUE)));
  }

  static CohortRules cohorts(Settings cohorts) {
    return new CohortRules(
        cohorts.list("by", SettingKind.choice(By.class)),
        cohorts.list("units", SettingKind.choice(Unit.class)),
        cohorts.list("periods", SettingKind.choice(Periods.class)),
        cohorts.get("most-periods", SettingKind.whole(1, 1_000)));
  }

  static PathRules paths(Settings paths) {
    Settings patterns = paths.section("patterns");
    Patterns frequent =
        patterns.build(
            () ->
                new Patterns(
                    patterns.get("least-support", SettingKind.decimal(0, 1)),
                    patterns.get("most-steps", SettingKind.whole(1, 100)),
                    patterns.get("most-patterns", SettingKind.whole(1, 1_000_000)),
                    patterns.get("only-closed", SettingKind.FLAG)));
    return new PathRules(
        paths.get("window", SettingKind.days(1)),
        paths.get("least-journeys-of-node", SettingKind.whole(1, Integer.MAX_VALUE)),
        frequent,
        paths.get("transitions-of", SettingKind.choice(TransitionsOf.class)));
  }

  /**
   * What a night tells of the process.
   *
   * @param windowDays that of paths
   */
  static CaseRules cases(Settings process, int windowDays, Calendar calendar) {
    Settings batches = process.section("batches");
    Batches together =
        batches.build(
            () ->
                new Batches(
                    batches.get("gap", SettingKind.DURATION),
                    batches.get("least", SettingKind.whole(2, Integer.MAX_VALUE))));
    return new CaseRules(
        windowDays,
        process.get("bin", SettingKind.days(1)),
        together,
        new Learning(
            process.get("every", SettingKind.days(1)),
            process.get("least-journeys", SettingKind.whole(1, Integer.MAX_VALUE)),
            process.get("deviations", SettingKind.decimal(1, 100)),
            process.get("least-support", SettingKind.decimal(0, 1)),
            process.get("least-confidence", SettingKind.decimal(0, 1))),
        calendar);
  }

  static ReportRules report(Settings report) {
    return new ReportRules(
        report.get("nightly", SettingKind.FLAG),
        report.get("short", SettingKind.FLAG),
        report.get("folder", SettingKind.FILLED),
        report.list("languages", SettingKind.oneOf(ReportRules.LANGUAGES)),
        report.get("days", SettingKind.days(1)),
        report.get("smallest-group", SettingKind.whole(1, Integer.MAX_VALUE)),
        report.get("personal", SettingKind.FLAG));
  }
}

package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.file;
import static io.itinera.jobs.config.ConfigText.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.itinera.core.persona.Feature;
import io.itinera.core.persona.FeatureTable;
import io.itinera.core.persona.FeatureUse;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.persona.Transform;
import io.itinera.core.persona.Unit;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.source.SourceRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

  private static final String TILL =
      """
      itinera.sources.till {
        format = csv
        options { header = true }
        path = ${itinera.landing}"/till/*.csv"
        touchpoint {
          record-id = receipt
          occurred-at = sold_at
          channel = "'store'"
          type = "'purchase'"
          identifiers { loyalty_id = card }
          order-id = receipt
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void shippedDefaultsNeedNoFile() {
    ItineraConfig config = ConfigReader.read(List.of(), Map.of(), Map.of());

    assertThat(config.database()).isEqualTo("itinera");
    assertThat(config.asOf()).isEmpty();
    assertThat(config.sources()).isEmpty();
    assertThat(config.rfm().grid()).hasSize(10);
    assertThat(config.customers().personTypes())
        .containsExactlyInAnyOrder("crm_id", "user_id", "loyalty_id", "email", "phone");
    assertThat(config.spark()).containsEntry("spark.sql.codegen.cache.maxEntries", "5000");
    assertThat(config.sessions().channels())
        .containsEntry("call", new ChannelRules(Cut.CONVERSATION, Duration.ofMinutes(30), true));
  }

  @Test
  void laterFileWinsAndEnvironmentAndCommandLineWinOverFiles() {
    Path first = file(folder, "a.conf", "itinera { currency = USD, database = a, landing = a }");
    Path second = file(folder, "b.conf", "itinera { database = b, landing = b, warehouse = b }");

    ItineraConfig config =
        ConfigReader.read(
            List.of(first, second),
            Map.of("itinera.warehouse", "s3a://set/x"),
            Map.of(
                "ITINERA_LANDING", "environment",
                "ITINERA_WAREHOUSE", "environment",
                "ITINERA_ID_KEY", "secret"));

    assertThat(config.currency()).isEqualTo("USD");
    assertThat(config.database()).isEqualTo("b");
    assertThat(config.warehouse()).isEqualTo("s3a://set/x");
    assertThat(config.landing()).isEqualTo("environment");
    assertThat(config.identity().idKey()).isEqualTo("secret");
  }

  @Test
  void includedFileStandsRelativeToTheOneThatNamesIt() {
    file(folder, "base.conf", "itinera { currency = USD, time-zone = Asia/Tokyo }");

    ItineraConfig config = read(folder, "include \"base.conf\"\nitinera.currency = CHF");

    assertThat(config.currency()).isEqualTo("CHF");
    assertThat(config.timeZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void pathOfSourceFollowsLandingOfCommandLine() {
    ItineraConfig config =
        ConfigReader.read(
            List.of(file(folder, "my.conf", TILL)),
            Map.of("itinera.landing", "../elsewhere"),
            Map.of());

    assertThat(config.sources().get(0).path()).isEqualTo("../elsewhere/till/*.csv");
  }

  @Test
  void commandLineTakesListsAndSettingsOfSpark() {
    ItineraConfig config =
        ConfigReader.read(
            List.of(),
            Map.of(
                "itinera.conversion-types", "[purchase, sign_up]",
                "itinera.spark.spark.sql.shuffle.partitions", "3",
                "itinera.journeys.gap", "7 days"),
            Map.of());

    assertThat(config.journeys().conversionTypes())
        .containsExactlyInAnyOrder("purchase", "sign_up");
    assertThat(config.journeys().gap()).isEqualTo(Duration.ofDays(7));
    assertThat(config.spark()).containsEntry("spark.sql.shuffle.partitions", "3");
  }

  @Test
  void sourceTakesZoneRegionAndRejectedShareOfAllWhereItHasNone() {
    SourceRules till =
        read(folder, TILL + "itinera { time-zone = Asia/Tokyo, region = JP }").sources().get(0);

    assertThat(till.values().timeZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(till.values().region()).isEqualTo("JP");
    assertThat(till.maxRejectedShare()).isEqualTo(0.05);
    assertThat(till.deliveries().redated()).isTrue();
  }

  @Test
  void columnsOfSourceAreKeyedByTheirNamesInTheTable() {
    assertThat(read(folder, TILL).sources().get(0).touchpoint().orElseThrow().columns())
        .containsOnly(
            entry("occurred_at", "sold_at"),
            entry("channel", "'store'"),
            entry("type", "'purchase'"),
            entry("order_id", "receipt"));
  }

  @Test
  void everyKeyOfPresetCanBeOverriddenAndDropped() {
    String preset = "itinera.sources.crm { preset = salesforce-contacts, path = /x";
    SourceRules plain = read(folder, preset + " }").sources().get(0);

    SourceRules changed =
        read(
                folder,
                preset
                    + ", profile { first-name = given, phone = null, identifiers { phone = null,"
                    + " user_id = login } } }")
            .sources()
            .get(0);

    assertThat(changed.profile().orElseThrow().columns())
        .containsEntry("first_name", "given")
        .containsEntry("email", plain.profile().orElseThrow().columns().get("email"))
        .doesNotContainKey("phone");
    assertThat(changed.profile().orElseThrow().identifiers())
        .containsOnlyKeys("crm_id", "email", "user_id");
  }

  @Test
  void whoNamesFeaturesOfTheirOwnIsNotAskedForShippedOnes() {
    String own = "itinera.personas { features = null, features { calls = \"count(1)\" } }\n";
    String asked = "itinera.personas.among = ";

    assertThat(read(folder, "").personas().use().among()).isEqualTo("active_days >= 2");
    assertThat(read(folder, own).personas().use().among()).isEqualTo("true");
    assertThat(read(folder, own + asked + "\"calls > 1\"").personas().use().among())
        .isEqualTo("calls > 1");
    assertThatThrownBy(() -> read(folder, own + asked + "\"active_days > 1\""))
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining("itinera.personas.among = active_days > 1: unknown column");
  }

  @Test
  void featuresCountInUnitsAndMissingValuesAsNumbersOfOnesOwn() {
    String own =
        """
        itinera.currency = USD
        itinera.personas {
          features { age = "max(days_ago)", revenue = null }
          units { age = days, web_share = number }
          if-missing { rating = 3, age = -1.5 }
        }
        """;

    FeatureUse use = read(folder, own).personas().use();

    assertThat(use.units().of("age")).isEqualTo(Unit.DAYS);
    assertThat(use.units().of("basket_value")).as("as shipped").isEqualTo(Unit.MONEY);
    assertThat(use.units().of("web_share")).isEqualTo(Unit.NUMBER);
    assertThat(use.units().of("spam_rate")).as("by its name").isEqualTo(Unit.SHARE);
    assertThat(use.units().named()).as("left out").doesNotContainKey("revenue");
    assertThat(use.units().currency()).isEqualTo("USD");
    assertThat(use.ifMissing()).isEqualTo(Map.of("rating", 3.0, "age", -1.5));
    assertThat(read(folder, "").personas().use().ifMissing()).isEmpty();
  }

  @Test
  void featureSaysWhatItIsOverAndAllElseOfItInItsLine() {
    PersonaRules personas =
        read(
                folder,
                """
                itinera.personas.features {
                  age = { over = customers, sql = "age_years", if-missing = 40 }
                  long_calls = { over = sessions, sql = "avg(duration_seconds)", unit = seconds, transform = robust }
                  revenue = { sql = "sum(order_value)", unit = number }
                  is_champion { over = rfm, sql = "int(segment = 'champions')" }
                }
                """)
            .personas();

    assertThat(personas.features())
        .containsEntry("age", Feature.over(FeatureTable.CUSTOMERS, "age_years"))
        .containsEntry("long_calls", Feature.over(FeatureTable.SESSIONS, "avg(duration_seconds)"))
        .containsEntry("revenue", Feature.over(FeatureTable.CUSTOMER_DAYS, "sum(order_value)"));
    assertThat(personas.features().get("is_champion").over()).isEqualTo(FeatureTable.RFM);
    assertThat(personas.use().ifMissing()).containsEntry("age", 40.0);
    assertThat(personas.use().units().of("long_calls")).isEqualTo(Unit.SECONDS);
    assertThat(personas.use().units().of("revenue")).as("not as shipped").isEqualTo(Unit.NUMBER);
    assertThat(personas.use().transforms()).containsEntry("long_calls", Transform.ROBUST);
  }

  @Test
  void rulesOfJourneysAreAmongWhatFeaturesOverThemAreMadeBy() {
    String over = "itinera.personas.features.ways = { over = journeys, sql = \"count(1)\" }\n";

    String version = read(folder, over).personas().version();

    assertThat(read(folder, over + "itinera.journeys.gap = 10 days").personas().version())
        .isNotEqualTo(version);
    assertThat(read(folder, "itinera.journeys.gap = 10 days").personas().version())
        .isEqualTo(read(folder, "").personas().version());
  }

  @Test
  void linesOfFeaturesThatCannotBeAreRefused() {
    String line = "itinera.personas.features.x = ";
    assertThatThrownBy(() -> read(folder, line + "{ over = session, sql = \"count(1)\" }"))
        .hasMessageContaining(
            "itinera.personas.features.x.over = session: must be one of customer_days, sessions,"
                + " journeys, customers, rfm; did you mean \"sessions\"?");
    assertThatThrownBy(() -> read(folder, line + "{ over = rfm, sql = \"kpi\" }"))
        .hasMessageContaining(
            "itinera.personas.features.x.sql = kpi: unknown column kpi; rfm has customer_id, as_of,"
                + " recency_days,");
    assertThatThrownBy(() -> read(folder, line + "{ over = customers, sql = \"max(age_years)\" }"))
        .hasMessageContaining("must not be an aggregate: customers has one row per customer");
    assertThatThrownBy(() -> read(folder, line + "{ over = sessions, sql = \"bounced\" }"))
        .hasMessageContaining("itinera.personas.features.x.sql = bounced: must be an aggregate");
    assertThatThrownBy(() -> read(folder, line + "{ over = sessions, sql = \"max(end_reason)\" }"))
        .hasMessageContaining("unknown column end_reason");
    assertThatThrownBy(() -> read(folder, line + "{ over = sessions }"))
        .hasMessageContaining("itinera.personas.features.x.sql is missing");
    assertThatThrownBy(() -> read(folder, line + "{ sql = \"count(1)\", unit = pieces, sort = 1 }"))
        .hasMessageContaining("itinera.personas.features.x.unit = pieces: must be one of number")
        .hasMessageContaining("itinera.personas.features.x.sort = 1: unknown setting");
  }

  @Test
  void unitsAndMissingValuesOfNoFeatureOrNoKindAreRefused() {
    assertThatThrownBy(() -> read(folder, "itinera.personas.units.web_shares = share"))
        .hasMessageContaining("itinera.personas.units")
        .hasMessageContaining("there is no feature web_shares; did you mean \"web_share\"?");
    assertThatThrownBy(() -> read(folder, "itinera.personas.units.orders = pieces"))
        .hasMessageContaining(
            "itinera.personas.units.orders = pieces: must be one of number, share, money, days,"
                + " seconds");
    assertThatThrownBy(() -> read(folder, "itinera.personas.if-missing.ratings = 3"))
        .hasMessageContaining("itinera.personas.if-missing")
        .hasMessageContaining("there is no feature ratings");
    assertThatThrownBy(() -> read(folder, "itinera.personas.if-missing.rating = some"))
        .hasMessageContaining("itinera.personas.if-missing.rating = some");
  }

  @Test
  void featuresAreTransformedAsTheirNamesSay() {
    String transforms = "itinera.personas.transforms { web_share = share, orders = robust }";

    assertThat(read(folder, transforms).personas().use().transforms())
        .isEqualTo(Map.of("web_share", Transform.SHARE, "orders", Transform.ROBUST));
    assertThatThrownBy(() -> read(folder, "itinera.personas.transforms.web_shares = share"))
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining("there is no feature web_shares")
        .hasMessageContaining("web_share");
    assertThatThrownBy(() -> read(folder, "itinera.personas.transforms.orders = root"))
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining("itinera.personas.transforms.orders = root");
  }

  @Test
  void goalsAndFrustrationsDiffer() {
    assertThatThrownBy(
            () -> read(folder, "itinera.personas.portraits.goals = [purchase, complaint]"))
        .isInstanceOf(ConfigProblemsException.class)
        .hasMessageContaining("itinera.personas.portraits")
        .hasMessageContaining("goals and frustrations must differ, but both have complaint");
  }

  @Test
  void hashIsOfWhatShapesResultsOnly() {
    String plain = read(folder, TILL).hash();

    assertThat(plain).hasSize(64);
    assertThat(
            read(folder, TILL + "itinera { landing = /other, id-key = other, as-of = 2026-01-31 }")
                .hash())
        .isEqualTo(plain);
    assertThat(read(folder, TILL + "itinera.journeys.gap = 31 days").hash()).isNotEqualTo(plain);
  }
}

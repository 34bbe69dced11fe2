package io.itinera.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.attribution.AttributionRules.Shapley;
import io.itinera.core.attribution.AttributionRules.Touch;
import io.itinera.core.attribution.TallyJourneys.Tally;
import io.itinera.core.spark.FoldInTurn;
import io.itinera.core.table.Attribution;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.jdk.javaapi.CollectionConverters;

@ExtendWith(SparkExtension.class)
class AttributeTest {

  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 31);

  @Test
  void journeysCampaignsAndCostsMeetInOneRow() {
    TallyJourneys tally = new TallyJourneys(1e12, List.of(1), TallyJourneys.GROUPS);
    List<Row> counted = new ArrayList<>();
    Tally ofSome = tally.tally();
    ofSome.add(journey("purchase", 300_000, "ad/spring", "mail/(none)"), 1);
    ofSome.add(journey("sign_up", 0, "ad/summer"), 1);
    ofSome.add(journey(null, 0, "ad/spring", "social/(none)"), 1);
    ofSome.tell(3, counted);
    Tally ofOthers = tally.tally();
    ofOthers.add(journey("purchase", 100_001), 1);
    ofOthers.tell(7, counted);

    List<Row> rows =
        Attribute.of(counted, AS_OF, rules(Shapley.CONVERSIONS, 20))
            .rows(
                List.of(
                    RowFactory.create("ad", "spring", new BigDecimal("5")),
                    RowFactory.create("tv", null, new BigDecimal("9"))));

    assertThat(texts(rows, "linear"))
        .containsExactly(
            "(none) (none) 1.0000 10.0001 null null {purchase=1.0000}",
            "ad spring 0.5000 15.0000 5.0000 3.0 {purchase=0.5000}",
            "ad summer 1.0000 0.0000 null null {sign_up=1.0000}",
            "mail (none) 0.5000 15.0000 null null {purchase=0.5000}",
            "social (none) 0.0000 0.0000 null null {purchase=0.0000}",
            "tv (none) 0.0000 0.0000 9.0000 0.0 {}");
    assertThat(texts(rows, "shapley"))
        .contains("ad spring 0.5000 15.0000 5.0000 3.0 {purchase=0.5000}");
    Row ofSpring = row(rows, "linear", "spring");
    assertThat(ofSpring.getDouble(8)).isLessThanOrEqualTo(0.5);
    assertThat(ofSpring.getDouble(9)).isGreaterThanOrEqualTo(0.5);
  }

  @ParameterizedTest
  @EnumSource(Shapley.class)
  void everyModelKeepsConversionsAndRevenueToTheLastDigit(Shapley shapley) {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      TallyJourneys tally = new TallyJourneys(1e12, List.of(1, 2, 3), TallyJourneys.GROUPS);
      List<Row> counted = new ArrayList<>();
      long conversions = 0;
      long revenue = 0;
      for (int group = 0; group < 5; group++) {
        Tally ofGroup = tally.tally();
        for (int i = 0; i < random.nextInt(40); i++) {
          String[] touches = new String[random.nextInt(6)];
          for (int touch = 0; touch < touches.length; touch++) {
            touches[touch] = "c" + random.nextInt(5) + "/" + random.nextInt(3);
          }
          boolean isConverted = random.nextInt(3) > 0;
          long money = isConverted ? random.nextInt(1_000_000) : 0;
          String type = isConverted ? "t" + random.nextInt(2) : null;
          ofGroup.add(journey(type, money, touches), 1);
          conversions += isConverted ? 1 : 0;
          revenue += money;
        }
        ofGroup.tell(group, counted);
      }
      List<Row> rows = Attribute.of(counted, AS_OF, rules(shapley, 0)).rows(List.of());
      List<BigDecimal> expected =
          List.of(BigDecimal.valueOf(conversions).setScale(4), BigDecimal.valueOf(revenue, 4));
      Map<String, List<BigDecimal>> sums = Attribute.sums(rows);
      if (conversions > 0) {
        assertThat(sums.keySet()).hasSize(12).contains("markov", "markov-2", "markov-3", "shapley");
      }
      assertThat(sums.values()).allMatch(expected::equals);
    }
  }

  @Test
  void touchesAddUpToTheirChannelsAndCampaignsToTheLastDigit(SparkSession spark) {
    for (long seed = 1; seed <= 8; seed++) {
      Random random = new Random(seed);
      List<Row> journeys = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        // Orders of one amount, as where a shop sells one thing, would all be rounded the same way.
        long money = seed % 2 == 0 ? 199_900 : random.nextInt(1_000_000);
        journeys.add(touched("j" + i, random.nextInt(3) > 0 ? "purchase" : null, money, random));
      }
      Tally tally = new TallyJourneys(1e12, List.of(1, 2), 1).tally();
      journeys.forEach(journey -> tally.add(EndedJourneys.journey(journey), 1));
      List<Row> counted = new ArrayList<>();
      tally.tell(0, counted);
      Attribute attribute = Attribute.of(counted, AS_OF, rules(Shapley.CONVERSIONS, 0));

      List<Row> touches = credited(spark, attribute, journeys, 1 + random.nextInt(4));

      Map<List<String>, BigDecimal> revenue = new HashMap<>();
      Map<List<String>, BigDecimal> conversions = new HashMap<>();
      for (Row touch : touches) {
        List<String> line = List.of(touch.getString(2), touch.getString(7), touch.getString(8));
        conversions.merge(line, touch.getDecimal(3), BigDecimal::add);
        revenue.merge(line, touch.getDecimal(4), BigDecimal::add);
      }
      for (Row line : attribute.rows(List.of())) {
        List<String> key = List.of(line.getString(1), line.getString(2), line.getString(3));
        if (!TouchModel.TEXTS.contains(key.get(0))) {
          assertThat(conversions.getOrDefault(key, BigDecimal.ZERO))
              .as("%s", key)
              .isEqualByComparingTo(line.getDecimal(4));
        }
        assertThat(revenue.getOrDefault(key, BigDecimal.ZERO))
            .as("%s", key)
            .isEqualByComparingTo(line.getDecimal(5));
      }
      assertThat(credited(spark, attribute, journeys, 1)).containsExactlyElementsOf(touches);
    }
  }

  /** What touches are given, summed up in so many parts. */
  private static List<Row> credited(
      SparkSession spark, Attribute attribute, List<Row> journeys, int parts) {
    List<Row> converted = journeys.stream().filter(row -> row.getString(2) != null).toList();
    ChannelCredit credit =
        attribute.credit(
            given -> {
              List<Row> sums = new ArrayList<>();
              for (int part = parts - 1; part >= 0; part--) {
                int of = part;
                List<Row> some =
                    IntStream.range(0, converted.size())
                        .filter(i -> i % parts == of)
                        .mapToObj(converted::get)
                        .toList();
                sums.addAll(rows(new SumCredits(1e12, given).call(some.iterator())));
              }
              return sums;
            });
    return FoldInTurn.rows(
            spark.createDataFrame(converted, EndedJourneys.SCHEMA).coalesce(1),
            new CreditTouches(1e12, List.of(TouchModel.values()), credit),
            CreditTouches.SCHEMA,
            CreditTouches.COLUMNS)
        .collectAsList();
  }

  /** A row of {@link EndedJourneys#SCHEMA} with up to five touches. */
  private static Row touched(String id, String type, long money, Random random) {
    List<String> ids = new ArrayList<>();
    List<String> channels = new ArrayList<>();
    List<String> campaigns = new ArrayList<>();
    List<Long> micros = new ArrayList<>();
    List<Boolean> direct = new ArrayList<>();
    for (int touch = random.nextInt(6); touch > 0; touch--) {
      ids.add(id + "-" + touch);
      channels.add("c" + random.nextInt(4));
      campaigns.add("k" + random.nextInt(2));
      micros.add(-touch * 1_000_000L);
      direct.add(false);
    }
    Object[] values = {
      "customer " + id,
      id,
      type == null ? null : id + "-order",
      type,
      type == null ? 0L : money,
      CollectionConverters.asScala(ids).toSeq(),
      CollectionConverters.asScala(channels).toSeq(),
      CollectionConverters.asScala(campaigns).toSeq(),
      CollectionConverters.asScala(micros).toSeq(),
      CollectionConverters.asScala(direct).toSeq()
    };
    return new GenericRowWithSchema(values, EndedJourneys.SCHEMA);
  }

  private static List<Row> rows(Iterator<Row> rows) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return all;
  }

  @Test
  void rowsDoNotDependOnHowJourneysWereSpreadOverTasks() {
    List<TouchedJourney> journeys = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      journeys.add(
          journey(
              i % 3 == 0 ? null : "purchase",
              i * 7L,
              "c" + random.nextInt(4) + "/x",
              "c" + random.nextInt(4) + "/y"));
    }
    TallyJourneys tally = new TallyJourneys(1e12, List.of(2), TallyJourneys.GROUPS);
    List<Row> whole = new ArrayList<>();
    Tally one = tally.tally();
    journeys.forEach(journey -> one.add(journey, 1));
    one.tell(0, whole);
    List<Row> parted = new ArrayList<>();
    for (int part = 3; part >= 0; part--) {
      Tally some = tally.tally();
      for (int i = part; i < journeys.size(); i += 4) {
        some.add(journeys.get(i), 1);
      }
      some.tell(0, parted);
    }

    assertThat(Attribute.of(parted, AS_OF, rules(Shapley.RATE, 10)).rows(List.of()))
        .isEqualTo(Attribute.of(whole, AS_OF, rules(Shapley.RATE, 10)).rows(List.of()));
  }

  @Test
  void publishedPathsGiveTheirPublishedFigures() throws IOException {
    Path file = Path.of(System.getProperty("shared.data", ""), "attribution/PathData.csv");
    assumeTrue(Files.exists(file), () -> "there is no " + file);
    TallyJourneys tally = new TallyJourneys(1e12, List.of(1, 2), TallyJourneys.GROUPS);
    Tally all = tally.tally();
    for (String line : Files.readAllLines(file).subList(1, 10_001)) {
      String[] cells = line.split(",", -1);
      String[] touches = cells[0].split(" > ", -1);
      for (int i = 0; i < touches.length; i++) {
        touches[i] += "/(none)";
      }
      long money =
          new BigDecimal(cells[2])
              .movePointRight(4)
              .setScale(0, RoundingMode.HALF_UP)
              .longValueExact();
      if (!cells[1].equals("0")) {
        all.add(journey("purchase", money, touches), Long.parseLong(cells[1]));
      }
      if (!cells[3].equals("0")) {
        all.add(journey(null, 0, touches), Long.parseLong(cells[3]));
      }
    }
    List<Row> counted = new ArrayList<>();
    all.tell(0, counted);
    Attribute found = Attribute.of(counted, AS_OF, rules(Shapley.CONVERSIONS, 0));
    List<Row> rows = found.rows(List.of());

    assertThat(found.conversions()).isEqualByComparingTo("19785");
    assertThat(found.revenue().doubleValue()).isEqualTo(74_802.97, within(0.005));
    assertThat(alpha(rows, "first")).isEqualByComparingTo("6308");
    assertThat(alpha(rows, "last")).isEqualByComparingTo("8447");
    assertThat(alpha(rows, "linear")).isEqualByComparingTo("7574.7186");
    assertThat(Attribute.sums(rows).get("markov").get(0)).isEqualByComparingTo("19785");
    assertThat(Attribute.sums(rows).get("shapley").get(0)).isEqualByComparingTo("19785");
  }

  private static BigDecimal alpha(List<Row> rows, String model) {
    return rows.stream()
        .filter(row -> row.getString(1).equals(model) && row.getString(2).equals("alpha"))
        .findFirst()
        .orElseThrow()
        .getDecimal(4);
  }

  private static Row row(List<Row> rows, String model, String campaign) {
    return rows.stream()
        .filter(row -> row.getString(1).equals(model) && row.getString(3).equals(campaign))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(List<Row> rows, String model) {
    int types = Attribution.TABLE.schema().fieldIndex(Attribution.CONVERSIONS_BY_TYPE);
    return rows.stream()
        .filter(row -> row.getString(1).equals(model))
        .map(
            row ->
                "%s %s %s %s %s %s %s"
                    .formatted(
                        row.get(2),
                        row.get(3),
                        row.get(4),
                        row.get(5),
                        row.get(6),
                        row.get(7),
                        row.get(types)))
        .toList();
  }

  /** A journey of touches written as channel/campaign. */
  private static TouchedJourney journey(String type, long revenue, String... touches) {
    List<TouchedJourney.Touch> all = new ArrayList<>();
    for (String touch : touches) {
      String[] parts = touch.split("/", -1);
      all.add(new TouchedJourney.Touch(parts[0], parts[1], all.size(), false));
    }
    return new TouchedJourney(all, type, revenue);
  }

  private static AttributionRules rules(Shapley shapley, int resamples) {
    return new AttributionRules(
        Duration.ofDays(30),
        Duration.ofDays(7),
        Touch.TOUCHPOINT,
        Set.of("direct"),
        List.of(1, 2, 3),
        shapley,
        resamples,
        Optional.empty(),
        Set.of("purchase"));
  }
}

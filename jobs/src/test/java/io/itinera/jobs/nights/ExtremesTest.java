package io.itinera.jobs.nights;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.PathVariants;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No accepted record makes a later stage fail, however extreme it is, nor touches a neighbour. */
@ExtendWith(SparkExtension.class)
class ExtremesTest {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 10);

  /** When the files were written. */
  private static final Instant WRITTEN = Instant.parse("2026-03-10T12:00:00Z");

  private static final int LONG = 65_536;

  /** Texts that have broken programs, as they stand in JSON. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a".repeat(LONG),
          "a.".repeat(LONG / 2),
          "/".repeat(LONG),
          "a \\\" ".repeat(LONG / 4),
          "\\u0000",
          "a\\u0000b",
          "\\ud800",
          "\\udc00x",
          "\\u05d0\\u202e\\u05d1",
          "\\ud83d\\ude00a".repeat(LONG / 8),
          "\\n\\t\\u2028",
          "a'; DROP TABLE touchpoints; --",
          "[[[[".repeat(LONG / 8),
          "9".repeat(LONG));

  private static final List<String> TEXT_COLUMNS =
      List.of(
          "channel",
          "type",
          "stage",
          "session",
          "marketing",
          "campaign",
          "medium",
          "referrer",
          "place",
          "product",
          "category",
          "currency",
          "orderno",
          "scale",
          "words",
          "device",
          "land",
          "city",
          "user",
          "cookie",
          "mail");

  private static final List<Table> OF_CUSTOMERS =
      List.of(
          Customers.TABLE, Sessions.TABLE, Journeys.TABLE, CustomerDays.TABLE, Identities.TABLE);

  @TempDir private Path folder;

  @Test
  void extremesPassAllStagesAndTheNeighbourStaysRight(SparkSession spark) throws IOException {
    ItineraConfig alone = config("alone");
    deliver("alone", "good.jsonl", good());
    ItineraConfig among = config("among");
    deliver("among", "good.jsonl", good());
    deliver("among", "touches.jsonl", extremes());
    deliver("among", "texts.jsonl", texts());
    deliver("among", "people.jsonl", people());
    deliver("among", "ads.jsonl", ads());
    deliver("among", "access.log", visits());

    night(spark, alone, AS_OF);
    night(spark, among, AS_OF.minusDays(1));
    deliver("among", "late.jsonl", late());
    night(spark, among, AS_OF);

    Lake expected = new Lake(spark, alone.warehouse());
    Lake actual = new Lake(spark, among.warehouse());
    String good =
        expected.read(Identities.TABLE).where("value = 'good'").head().getAs("customer_id");
    for (Table table : OF_CUSTOMERS) {
      assertThat(rowsOf(actual, table, good))
          .as(table.name())
          .isNotEmpty()
          .isEqualTo(rowsOf(expected, table, good));
    }
    assertThat(
            actual
                .read(RfmScores.TABLE)
                .where("customer_id = '%s' AND as_of = '%s'".formatted(good, AS_OF))
                .select("monetary", "frequency")
                .head()
                .toString())
        .isEqualTo("[10.0000,1]");
    String rich = actual.read(Identities.TABLE).where("value = 'rich'").head().getAs("customer_id");
    assertThat(
            actual
                .read(Customers.TABLE)
                .where("customer_id = '%s'".formatted(rich))
                .head()
                .getDecimal(Customers.TABLE.schema().fieldIndex(Customers.REVENUE)))
        .isEqualByComparingTo("99999999999999.9999");
    assertThat(actual.read(PathVariants.TABLE).count()).isPositive();
    assertThat(actual.read(Touchpoints.TABLE).count()).isGreaterThan(10_000);
    assertThat(actual.read(Touchpoints.TABLE).where("source = 'web'").count()).isGreaterThan(3);
    assertThat(actual.read(Profiles.TABLE).count()).isGreaterThan(3);
    assertThat(actual.read(RejectedRecords.TABLE).where("reason = 'many-identifiers'").count())
        .isEqualTo(1);
    assertThat(
            actual
                .read(LoadedFiles.TABLE)
                .where("records_read <> records_accepted + records_duplicate + records_rejected")
                .count())
        .isZero();
  }

  private static List<String> good() {
    return List.of(
        "{'id': 'g1', 'user': 'good', 'at': '%s', 'channel': 'web', 'type': 'page_view', 'secs': 5}"
            .formatted(hour(10)),
        "{'id': 'g2', 'user': 'good', 'at': '%s', 'channel': 'store', 'type': 'purchase',"
                .formatted(hour(11))
            + " 'value': 10, 'products': ['p1'], 'kind': 'shoes'}");
  }

  /** Every number and time at both of its ends, once for a customer and once for many. */
  private static List<String> extremes() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      // Not faster than a person may be, or it would be a bot.
      String at = hour(10 + i / 6_000).replace(":00:", ":%02d:".formatted(i % 6_000 / 100));
      lines.add(touch("r" + i, "rich", at, "'type': 'purchase', 'value': 10000000000"));
    }
    for (int i = 0; i < 20; i++) {
      String user = "u" + i % 7;
      lines.add(touch("v" + i, user, hour(i % 24), "'type': 'purchase', 'value': 1e10"));
      lines.add(touch("w" + i, user, hour(i % 24), "'type': 'refund', 'value': -1e10"));
      lines.add(touch("c" + i, user, hour(i % 24), "'type': 'ad_click', 'fee': -1e10"));
      lines.add(touch("s" + i, user, hour(i % 24), "'type': 'call', 'secs': 315619200"));
      lines.add(touch("a" + i, user, hour(1), "'type': 'x', 'seq': 9223372036854775807"));
      lines.add(touch("b" + i, user, hour(1), "'type': 'x', 'seq': -9223372036854775808"));
      for (String stars : List.of("1000", "-1000", "0.0000001", "-0.0", "'NaN'", "1e400")) {
        String scale = "'type': 'survey', 'scale': 'nps', 'stars': " + stars;
        lines.add(touch("n" + i + stars.replace("'", ""), user, hour(2), scale));
      }
      lines.add(
          touch("e" + i, user, "1970-01-01T00:00:00Z", "'type': 'purchase', 'value': 0.0001"));
      lines.add(
          touch(
              "f" + i,
              user,
              WRITTEN.plusSeconds(86_400).toString(),
              "'type': 'purchase', 'value': 0"));
      lines.add(touch("h" + i, user, "0001-01-01T00:00:00Z", "'type': 'x'"));
      lines.add(touch("j" + i, user, "+294247-01-10T04:00:54Z", "'type': 'x'"));
    }
    String products =
        IntStream.range(0, 10_000).mapToObj(i -> "'p" + i + "'").collect(joining(", "));
    lines.add(touch("p1", "buyer", hour(3), "'type': 'purchase', 'products': [" + products + "]"));
    lines.add(touch("p2", "buyer", hour(4), "'type': 'purchase', 'value': 1, 'products': []"));
    lines.add(
        touch(
            "p3",
            "buyer",
            hour(4),
            "'type': 'purchase', 'value': 1, 'products': [" + products + "]"));
    String further =
        IntStream.range(0, 3_000).mapToObj(i -> "'f" + i + "': 'x'").collect(joining(", "));
    lines.add(touch("m1", "keeper", hour(5), "'type': 'x', 'more': {" + further + "}"));
    String mails =
        IntStream.range(0, 5_000).mapToObj(i -> "'m" + i + "@x.org'").collect(joining(", "));
    lines.add(touch("i1", "many", hour(6), "'type': 'x', 'mails': [" + mails + "]"));
    return lines;
  }

  /** Every text in every place that takes one. */
  private static List<String> texts() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      for (String column : TEXT_COLUMNS) {
        String sale =
            "{'id': '%1$s%2$d', 'user': 't%2$d', 'at': '%3$s', 'channel': 'web', 'type': 'purchase',"
                    .formatted(column, i, hour(7))
                + " 'value': 1, '"
                + column
                + "': '@'}";
        lines.add(sale.replace("'", "\"").replace("@", TEXTS.get(i)));
      }
      lines.add(("\"" + TEXTS.get(i) + "\""));
      lines.add("{\"id\": \"" + TEXTS.get(i) + "\", \"at\": \"" + TEXTS.get(i) + "\"}");
    }
    lines.add("[".repeat(LONG));
    lines.add("{\"a\":".repeat(LONG / 8));
    return lines;
  }

  /** Lines of a web server whose referrers and agents are long. */
  private static List<String> visits() {
    return TEXTS.stream()
        .filter(text -> text.length() > 1 && !text.contains("\\"))
        .map(
            text ->
                "203.0.113.5 - - [07/Mar/2026:10:00:00 +0000] \"GET /p HTTP/1.1\" 200 1"
                    + " \"http://%1$s\" \"Mozilla/5.0 %1$s\"".formatted(text))
        .toList();
  }

  private static List<String> people() {
    String further =
        IntStream.range(0, 3_000).mapToObj(i -> "'f" + i + "': 'x'").collect(joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add("{'id': '1', 'user': 'u1', 'made': '1970-01-01', 'born': '1850-01-01'}");
    lines.add("{'id': '2', 'user': 'u2', 'made': '%s', 'born': '0001-01-01'}".formatted(hour(1)));
    lines.add("{'id': '3', 'user': 'u3', 'born': '9999-12-31', 'more': {" + further + "}}");
    lines.add("{'id': '4', 'user': 'u4', 'made': '9999-12-31', 'born': '+294247-01-10'}");
    for (int i = 0; i < TEXTS.size(); i++) {
      for (String column : List.of("first", "street", "mail", "phone", "born", "made")) {
        lines.add(
            "{\"id\": \"%1$s%2$d\", \"user\": \"t%2$d\", \"%1$s\": \"".formatted(column, i)
                + TEXTS.get(i)
                + "\"}");
      }
    }
    return lines;
  }

  private static List<String> ads() {
    return List.of(
        "{'id': '1', 'day': '1970-01-01', 'cost': 1e10, 'views': 1000000000000, 'clicks': 0}",
        "{'id': '2', 'day': '%s', 'cost': -1e10, 'views': 0}".formatted(hour(1).substring(0, 10)),
        "{'id': '3', 'day': '9999-12-31', 'cost': 1, 'views': 9223372036854775807}");
  }

  /** What comes a night later, before and after all that is there. */
  private static List<String> late() {
    return List.of(
        touch("l1", "rich", "1970-01-01T00:00:00Z", "'type': 'purchase', 'value': 10000000000"),
        touch("l2", "u1", hour(9), "'type': 'purchase', 'value': 10000000000, 'secs': 315619200"),
        touch("l3", "u2", hour(23), "'type': 'refund', 'value': 10000000000"));
  }

  private static String touch(String id, String user, String at, String rest) {
    return "{'id': '%s', 'user': '%s', 'at': '%s', 'channel': 'web', %s}"
        .formatted(id, user, at, rest);
  }

  private static String hour(int hour) {
    return AS_OF.minusDays(3).atStartOfDay().plusHours(hour) + ":00Z";
  }

  private static List<String> rowsOf(Lake lake, Table table, String customer) {
    return WarehouseContent.texts(lake.read(table).where("customer_id = '%s'".formatted(customer)));
  }

  private static void night(SparkSession spark, ItineraConfig config, LocalDate asOf) {
    new NightRunner(spark, config, Progress.SILENT).run("nightly", asOf, false, Stages.ALL);
  }

  private void deliver(String place, String name, List<String> lines) throws IOException {
    Path file = folder.resolve(place).resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    // Quotes are written ' where a line has no text with quotes of its own.
    Files.write(
        file,
        lines.stream().map(line -> line.contains("\"") ? line : line.replace('\'', '"')).toList());
    Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
  }

  private ItineraConfig config(String place) throws IOException {
    Path home = Files.createDirectories(folder.resolve(place));
    String text =
        """
        itinera.landing = "%1$s/landing"
        itinera.warehouse = "%1$s/warehouse"
        itinera.max-rejected-share = 1
        itinera.spark { spark.sql.shuffle.partitions = 2 }
        itinera.sources.touches {
          format = jsonl, path = ${itinera.landing}"/{good,touches,texts,late}.jsonl"
          schema = "id STRING, user STRING, cookie STRING, mail STRING, mails ARRAY<STRING>, at STRING, channel STRING, type STRING, stage STRING, session STRING, marketing STRING, campaign STRING, medium STRING, referrer STRING, place STRING, product STRING, products ARRAY<STRING>, category STRING, kind STRING, value STRING, currency STRING, orderno STRING, fee STRING, secs STRING, stars STRING, scale STRING, words STRING, device STRING, land STRING, city STRING, seq STRING, more MAP<STRING,STRING>"
          where = "NOT coalesce(campaign RLIKE '^(([a-z])+.)+[A-Z]([a-z])+$', false)"
          touchpoint {
            record-id = "id", occurred-at = "at", channel = "channel", type = "type"
            source-session = "session", campaign = "campaign", medium = "medium"
            referrer = "referrer", location = "place", category = "coalesce(category, kind)"
            product-ids = "coalesce(products, array(product))", value = "value"
            currency = "if(currency = '', NULL, currency)", order-id = "orderno", cost = "fee"
            duration-seconds = "secs", rating = "stars", rating-scale = "scale", text = "words"
            device = "device", country = "land", city = "city", sequence = "seq"
            properties = "map_concat(coalesce(more, cast(map() as map<string,string>)), map('user_agent', referrer, 'source', medium))"
            identifiers { user_id = "user", cookie = "cookie", email = "coalesce(mails, array(mail))" }
          }
        }
        itinera.sources.web { preset = combined-log, path = ${itinera.landing}"/access.log" }
        itinera.sources.people {
          format = jsonl, path = ${itinera.landing}"/people.jsonl"
          schema = "id STRING, user STRING, made STRING, born STRING, first STRING, street STRING, mail STRING, phone STRING, more MAP<STRING,STRING>"
          profile {
            record-id = "id", created-at = "made", birth-date = "born", first-name = "first"
            street = "street", email = "mail", phone = "phone", attributes = "more"
            identifiers { user_id = "user", email = "mail", phone = "phone" }
          }
        }
        itinera.sources.ads {
          format = jsonl, path = ${itinera.landing}"/ads.jsonl"
          schema = "id STRING, day STRING, cost STRING, views STRING, clicks STRING"
          cost { record-id = "id", date = "day", cost = "cost", impressions = "views", clicks = "clicks" }
        }
        """
            .formatted(home);
    Path file = Files.writeString(home.resolve("my.conf"), text);
    return ConfigReader.read(List.of(file), Map.of(), Map.of());
  }
}

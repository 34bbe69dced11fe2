package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.source.SourceRules;
import io.itinera.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples and presets on the real files they are for. */
@ExtendWith(SparkExtension.class)
class ExamplesTest {

  private static final Path DATA = Path.of(System.getProperty("shared.data", "../../shared/data"));

  @BeforeEach
  void needsRealFiles() {
    assumeTrue(Files.isDirectory(DATA), () -> "skipped: there are no real files in " + DATA);
  }

  @Test
  void simpleShopHasItsUsersAndSessions(SparkSession spark) {
    Dataset<Row> clicks = MappedRecords.touchpoints(spark, source("simple_shop", "clicks"));
    Dataset<Row> opened =
        clicks.selectExpr(
            "id_user_id",
            "type",
            "coalesce(occurred_at::TIMESTAMP - lag(occurred_at::TIMESTAMP) OVER (PARTITION BY"
                + " id_user_id ORDER BY occurred_at) > INTERVAL 30 MINUTES, true) AS opens");

    assertFacts(
        opened,
        "32283, 3751, 6454, 706",
        "count(*)",
        "count(DISTINCT id_user_id)",
        "count_if(opens)",
        "count_if(type = 'purchase')");
  }

  @Test
  void cdnowHasItsCustomersAndPurchases(SparkSession spark) {
    assertFacts(
        MappedRecords.touchpoints(spark, source("cdnow", "orders")),
        "6919, 2357, 1997-01-01 00:00:00, 1998-06-30 00:00:00, 0",
        "count(*)",
        "count(DISTINCT id_loyalty_id)",
        "min(occurred_at)",
        "max(occurred_at)",
        "count_if(try_cast(value AS DECIMAL(18,4)) IS NULL)");
  }

  @Test
  void rfmOrdersHaveTheirCustomersAndRevenue(SparkSession spark) {
    assertFacts(
        MappedRecords.touchpoints(spark, source("rfm_orders", "orders")),
        "4906, 995, 464158.0000, 2001-10-29, 2006-12-30",
        "count(*)",
        "count(DISTINCT id_email)",
        "sum(value::DECIMAL(18,4))",
        "min(occurred_at)",
        "max(occurred_at)");
    assertFacts(
        MappedRecords.profiles(spark, source("rfm_orders", "orders")),
        "995, 995",
        "count(DISTINCT record_id)",
        "count(DISTINCT first_name || ' ' || last_name)");
  }

  @Test
  void onlineRetailTellsRefundsFromPurchases(SparkSession spark) {
    assertFacts(
        MappedRecords.touchpoints(spark, source("online_retail", "invoices")),
        "77628, 28866, 1429, 166, 0, 0, 0",
        "count(*)",
        "count_if(id_user_id IS NULL)",
        "count_if(type = 'refund')",
        "count_if(type = 'stock_correction')",
        "count_if(type = 'purchase' AND value < 0 OR type = 'refund' AND value > 0)",
        "count_if(id_user_id LIKE '%.%')",
        "count_if(occurred_at::TIMESTAMP IS NULL)");
  }

  @Test
  void completeJourneyHasItsSalesAndBaskets(SparkSession spark) {
    assertFacts(
        MappedRecords.touchpoints(spark, source("completejourney", "baskets")),
        "75000, 75000, 233935.2400, 47243, 2377",
        "count(*)",
        "count(DISTINCT record_id)",
        "sum(value::DECIMAL(18,4))",
        "count(DISTINCT order_id)",
        "count(DISTINCT id_loyalty_id)");
    assertFacts(
        MappedRecords.touchpoints(spark, source("completejourney", "coupons")),
        "2102, 0",
        "count(*)",
        "count_if(occurred_at::TIMESTAMP IS NULL)");
    assertFacts(
        MappedRecords.profiles(spark, source("completejourney", "households")),
        "801, 801",
        "count(*)",
        "count(DISTINCT id_loyalty_id)");
  }

  @Test
  void salesforceNamesContactsOfLeadsTasksAndMeetings(SparkSession spark) {
    assertFacts(
        MappedRecords.profiles(spark, source("salesforce", "contacts")),
        "4, hi@google.com, 4, 0",
        "count(*)",
        "max(id_email)",
        "count(created_at)",
        "count_if(deleted)");
    assertFacts(
        MappedRecords.profiles(spark, source("salesforce", "leads")),
        "00Q1G00000nDnM5UAK, 00Q1G00000nDnM5UAK, h@gmail.com",
        "max(record_id)",
        "max(id_crm_id)",
        "max(id_email)");
    assertFacts(
        MappedRecords.touchpoints(spark, source("salesforce", "leads")),
        "1, 00Q1G00000nDnM5UAK, 1",
        "count(*)",
        "max(id_crm_id)",
        "count_if(type = 'lead' AND channel = 'crm' AND NOT deleted)");
    assertFacts(
        MappedRecords.touchpoints(spark, source("salesforce", "tasks")),
        "10, 10, 10",
        "count(*)",
        "count(id_crm_id)",
        "count_if(type = 'task' AND channel = 'crm')");
    assertFacts(
        MappedRecords.touchpoints(spark, source("salesforce", "meetings")),
        "10, 6, 10",
        "count(*)",
        "count_if(type = 'call' AND channel = 'call')",
        "count_if(CAST(duration_seconds AS DECIMAL) IN (900, 1800))");
  }

  @Test
  void genesysTellsCallsFromChatsAndWhoRang(SparkSession spark) {
    assertFacts(
        MappedRecords.touchpoints(spark, source("genesys", "conversations")),
        "25, 4, 19, 2, 19, +13175550102, 2, 0",
        "count(*)",
        "count_if(channel = 'chat' AND type = 'chat')",
        "count_if(channel = 'call' AND type = 'callback')",
        "count_if(channel = 'call' AND type = 'call')",
        "count(id_phone)",
        "max(id_phone)",
        "count_if(location = 'JATest Queue')",
        "count_if(CAST(duration_seconds AS DECIMAL) < 0 OR duration_seconds IS NULL)");
  }

  @Test
  void segmentMapsItsNamedEvents(SparkSession spark) {
    SourceRules spec = source("segment", "spec");
    assertFacts(
        MappedRecords.touchpoints(spark, spec),
        "70, 25.0, [507f1f77bcf86cd799439011, 505bd76785ebb509fc183733], 6, 3, 2",
        "count(*)",
        "max(value)",
        "max_by(product_ids, order_id)",
        "count_if(channel = 'email')",
        "count_if(type LIKE 'chat%' AND source_session = 'abd627dbecffc')",
        "count_if(type = 'screen_view')");
    assertFacts(
        MappedRecords.profiles(spark, spec),
        "6, 2, jen@email.com, Initech",
        "count(*)",
        "count_if(first_name = 'Peter' AND last_name = 'Gibbons')",
        "min(id_email)",
        "max(company)");
  }

  @Test
  void ga4ReadsTheRowsOfTheExport(SparkSession spark, @TempDir Path folder) {
    String source =
        "itinera.sources.web { preset = ga4-export, path = \"%s/ga4/*.jsonl\" }".formatted(DATA);
    SourceRules web = ConfigText.read(folder, source).sources().get(0);

    assertFacts(
        MappedRecords.touchpoints(spark, web).orderBy("occurred_at"),
        "[page_view, sign_up], [web, app], [1146540.1921992520],"
            + " [8d59ce7133e03f6170eadbce40174c91], [/payment.html, UnityPlayerActivity],"
            + " [1146540.1921992520/3599645542, 8d59ce7133e03f6170eadbce40174c91/1673858394],"
            + " [2021-01-28 01:40:22.695757, 2023-01-16 08:40:01.132002]",
        "collect_list(type)",
        "collect_list(channel)",
        "collect_list(id_cookie)",
        "collect_list(id_device_id)",
        "collect_list(location)",
        "collect_list(source_session)",
        "collect_list(occurred_at::STRING)");
  }

  private static void assertFacts(Dataset<Row> rows, String expected, String... facts) {
    List<String> shown =
        List.of(facts).stream().map(fact -> "(%s)::STRING".formatted(fact)).toList();
    Row found = rows.selectExpr(shown.toArray(String[]::new)).first();
    assertThat(found.mkString(", ")).isEqualTo(expected);
  }

  private static SourceRules source(String example, String name) {
    ItineraConfig config =
        ConfigReader.read(
            List.of(Path.of("../conf/examples", example + ".conf")),
            Map.of("itinera.landing", DATA.resolve(example).toString()),
            Map.of());
    return config.sources().stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

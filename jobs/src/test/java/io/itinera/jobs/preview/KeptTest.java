package io.itinera.jobs.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code itinera check --preset … --file …} shows what a night would keep, and what it would not.
 */
@ExtendWith(SparkExtension.class)
class KeptTest {

  @TempDir private Path folder;

  @Test
  void recordsThatANightTakesForOneAreTold(SparkSession spark) throws IOException {
    List<String> lines =
        check(
            spark,
            "segment-spec",
            "a.jsonl",
            track("A", "m", "10:00:00", ""),
            track("B", "n", "10:00:00", ""),
            track("A", "m", "10:00:00", ""));

    assertThat(lines)
        .contains("  delivered again: touchpoint 1")
        .endsWith(
            "touchpoint again: record 3 of a.jsonl is the same as record 1 of a.jsonl, which"
                + " stands");
    assertThat(lines).filteredOn(line -> line.startsWith("touchpoint of")).hasSize(2);
  }

  @Test
  void orderOfSeveralMessagesHasItsValueOnce(SparkSession spark) throws IOException {
    List<String> lines =
        check(
            spark,
            "segment-spec",
            "a.jsonl",
            track("Order Completed", "m2", "10:00:05", "'order_id': 'O-1', 'total': 20"),
            track("Order Completed", "m1", "10:00:00", "'order_id': 'O-1', 'total': 20"),
            track("Order Completed", "m3", "10:00:09", "'order_id': 'O-2', 'total': 30"));

    assertThat(lines)
        .contains("  orders again, without value: touchpoint 1")
        .endsWith(
            "order O-1 again: record 1 of a.jsonl has the order of record 2 of a.jsonl, which has"
                + " its value");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("  value:"))
        .containsExactly("  value: 20", "  value: 30");
  }

  @Test
  void activeRowOfAHistoryAndDealThatOthersWereMergedIntoStand(SparkSession spark)
      throws IOException {
    String[] history = {
      "id,_fivetran_active,last_name,email,created_date,system_modstamp",
      "003000000000001AAA,true,New,new@mail.example,2025-12-01 10:00:00,2026-01-01 00:00:00",
      "003000000000001AAA,false,Old,old@mail.example,2025-12-01 10:00:00,2026-01-01 00:00:00"
    };
    String[] deals = {
      "deal_id,property_dealname,property_amount,property_closedate,property_hs_is_closed_won,"
          + "property_hs_merged_object_ids,_fivetran_synced",
      "7001,A,500,2026-01-08 09:00:00,true,7000,2026-01-09 09:00:00",
      "7000,A twice,500,2026-01-08 09:00:00,true,,2026-01-08 10:00:00"
    };

    List<String> people = check(spark, "salesforce-contacts", "c.csv", history);
    List<String> orders = check(spark, "hubspot-deals", "d.csv", deals);

    assertThat(people)
        .contains("  last_name: New", "  delivered again: profile 1")
        .doesNotContain("  last_name: Old")
        .endsWith(
            "profile again: record 2 of c.csv is the same as record 1 of c.csv, which stands");
    assertThat(orders)
        .contains("  withdrawn: touchpoint 1")
        .endsWith(
            "touchpoint withdrawn: record 2, element 1 of d.csv by record 1, element 2 of d.csv");
    assertThat(orders)
        .filteredOn(line -> line.startsWith("  value:"))
        .containsExactly("  value: 500");
  }

  @Test
  void orderWhoseNumberIsNowTextNowNumberCountsOnce(SparkSession spark) throws IOException {
    List<String> lines =
        check(
            spark,
            "ga4-export",
            "events_20260110.jsonl",
            purchase("1768044000000000", "'int_value': '555'", "'transaction_id': '(not set)'"),
            purchase("1768044009000000", "'string_value': '555'", "'unique_items': '1'"),
            purchase("1768044019000000", "'double_value': '555.0'", "'transaction_id': ''"));

    assertThat(lines).contains("  orders again, without value: touchpoint 2");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("  order_id:") || line.startsWith("  value:"))
        .containsExactly("  value: 20", "  order_id: 555", "  order_id: 555", "  order_id: 555");
  }

  @Test
  void caseThatIsKeptThoughMergedIntoAnotherIsWithdrawn(SparkSession spark) throws IOException {
    List<String> lines =
        check(
            spark,
            "salesforce-cases",
            "c.csv",
            "Id,IsDeleted,CaseNumber,SuppliedEmail,CreatedDate,MasterRecordId",
            "500Kd00000Ca1AaIAJ,false,1,a@mail.example,2026-03-01T10:00:00.000+0000,",
            "500Kd00000Ca2BbIAJ,false,2,a@mail.example,2026-03-01T11:00:00.000+0000,500Kd00000Ca1Aa",
            "500Kd00000Ca3CcIAJ,false,3,a@mail.example,2026-03-01T12:00:00.000+0000,000000000000000AAA");

    assertThat(lines.get(0)).startsWith("records 3: touchpoints 2,").contains("withdrawals 1");
  }

  @Test
  void eventOfAWarehouseHasItsIdAndTheVendorsClockUnderTheirNamesThere(SparkSession spark)
      throws IOException {
    String event =
        ("{'type': 'page', 'message_id': 'm1', 'anonymous_id': 'a1', 'timestamp': '%s',"
                + " 'received_at': '2026-01-05T10:00:01Z'}")
            .replace('\'', '"');

    List<String> lines =
        check(
            spark,
            "segment-spec",
            "a.jsonl",
            event.formatted("05/01/2026 10:00"),
            event.formatted("0027-01-05T10:00:00Z"));

    assertThat(lines)
        .contains(
            "  delivered again: touchpoint 1",
            "  record_id: m1",
            "  occurred_at: 2026-01-05T10:00:01Z",
            "  properties.time_from: received_at",
            "  record_version: 2026-01-05T10:00:01Z");
  }

  private static String purchase(String micros, String order, String ecommerce) {
    return ("{'event_timestamp': '%s', 'event_name': 'purchase', 'user_pseudo_id': '9.1',"
            + " 'event_params': [{'key': 'transaction_id', 'value': {%s}},"
            + " {'key': 'value', 'value': {'int_value': '20'}}], 'ecommerce': {%s}}")
        .formatted(micros, order, ecommerce)
        .replace('\'', '"');
  }

  private static String track(String event, String message, String time, String properties) {
    return ("{'type': 'track', 'event': '%s', 'messageId': '%s', 'userId': 'u',"
            + " 'timestamp': '2025-03-10T%sZ', 'properties': {%s}}")
        .formatted(event, message, time, properties)
        .replace('\'', '"');
  }

  private List<String> check(SparkSession spark, String preset, String name, String... lines)
      throws IOException {
    Path file = Files.write(folder.resolve(name), List.of(lines));
    Path settings = folder.resolve("kept.conf");
    Files.writeString(
        settings, "itinera.sources.sample { preset = %s, path = \"%s\" }".formatted(preset, file));
    ItineraConfig config = ConfigReader.read(List.of(settings), Map.of(), Map.of());
    return RecordPreview.asKept(spark, config.sources().get(0), config, 9);
  }
}

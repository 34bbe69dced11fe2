package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What presets make of records that the real files lack. */
@ExtendWith(SparkExtension.class)
class PresetsTest {

  @Test
  void ga4TellsWhatWasBoughtAndGivenBack(SparkSession spark, @TempDir Path folder)
      throws Exception {
    Files.writeString(
        folder.resolve("ga4.jsonl"),
        """
        {"event_timestamp":"1767225600000000","event_name":"purchase","user_pseudo_id":"c1","platform":"WEB","batch_ordering_id":"2","batch_event_index":"3","event_params":[{"key":"page_location","value":{"string_value":"https://shop.example/done?x=1"}},{"key":"value","value":{"double_value":9.5}}],"ecommerce":{"purchase_revenue":12.30,"transaction_id":"o1"},"items":[{"item_id":"s1","item_category":"toys"},{"item_id":"s2"}],"collected_traffic_source":{"manual_source":"google","manual_medium":"cpc","manual_campaign_name":"spring","gclid":"g"}}
        {"event_timestamp":"1767225600000001","event_name":"refund","user_pseudo_id":null,"user_id":"u1","platform":"WEB","event_params":[{"key":"value","value":{"int_value":"7"}}],"ecommerce":{"transaction_id":"(not set)"}}
        {"event_timestamp":"soon","event_name":"view_item","platform":"IOS","user_pseudo_id":"i1"}
        """);
    String source =
        "itinera.sources.x { preset = ga4-export, path = \"%s/ga4.jsonl\" }".formatted(folder);

    assertThat(
            MappedRecords.touchpoints(spark, ConfigText.read(folder, source).sources().get(0))
                .selectExpr(
                    "type",
                    "occurred_at",
                    "sequence",
                    "id_cookie",
                    "id_user_id",
                    "id_device_id",
                    "value",
                    "order_id",
                    "product_ids::STRING",
                    "category",
                    "location",
                    "medium",
                    "campaign",
                    "properties['source']",
                    "properties['gclid']",
                    "properties['host']")
                .collectAsList())
        .extracting(row -> row.mkString("|"))
        .containsExactlyInAnyOrder(
            "purchase|2026-01-01 00:00:00.0|200003|c1|null|null|12.30|o1|[s1, s2]|toys|/done|cpc"
                + "|spring|google|g|shop.example",
            "refund|2026-01-01 00:00:00.000001|null|null|u1|null|7|null|null|null|null|null|null"
                + "|null|null|null",
            "product_view|null|null|null|null|i1|null|null|null|null|null|null|null|null|null"
                + "|null");
  }

  @Test
  void caseOfTheApiIsACaseOfTheLoader(SparkSession spark, @TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("api.csv"),
        """
        CaseNumber,ContactId,ContactEmail,Origin,Reason,Subject,Description,CreatedDate,LastModifiedDate
        00001,003A,ada@example.org,Phone,Complaint,Late,"Two weeks,
        no answer",2026-03-01T10:00:00.000+0000,2026-03-02T10:00:00.000+0000
        """);
    Files.writeString(
        folder.resolve("loader.csv"),
        """
        id,case_number,contact_id,contact_email,origin,reason,subject,description,created_date,system_modstamp,is_deleted
        500A,00001,003A,ada@example.org,Phone,Complaint,Late,"Two weeks,
        no answer",2026-03-01 10:00:00,2026-03-02 10:00:00,FALSE
        500B,00002,003A,ada@example.org,Phone,Question,Late,,2026-03-01 10:00:00,2026-03-02 10:00:00,TRUE
        """);

    String complaint =
        "00001|call|complaint|Two weeks,\nno answer|003A|2026-03-01 10:00:00|2026-03-02 10:00:00"
            + "|false";
    String withdrawn =
        "00002|call|support_case|Late|003A|2026-03-01 10:00:00|2026-03-02 10:00:00|true";
    Map<String, List<String>> expected =
        Map.of("api.csv", List.of(complaint), "loader.csv", List.of(complaint, withdrawn));
    for (String file : expected.keySet()) {
      String source =
          "itinera.sources.x { preset = salesforce-cases, path = \"%s/%s\" }"
              .formatted(folder, file);
      List<Row> rows =
          MappedRecords.touchpoints(spark, ConfigText.read(folder, source).sources().get(0))
              .selectExpr(
                  "record_id",
                  "channel",
                  "type",
                  "text",
                  "id_crm_id",
                  "occurred_at::TIMESTAMP::STRING",
                  "version_at::STRING",
                  "deleted")
              .collectAsList();
      assertThat(rows)
          .as(file)
          .extracting(row -> row.mkString("|"))
          .containsExactlyElementsOf(expected.get(file));
    }
  }
}

package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the address of a page and the name of a campaign say about where somebody came from. */
@ExtendWith(SparkExtension.class)
class ClickIdsTest {

  @Test
  void clickIdsOfThePageBecomePropertiesUnlessTheSourceGivesThem(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/web/a.csv",
            """
            id | page                                                  | known
            1  | https://shop.example/?a=1&gclid=Cj0-_x&gad_source=1   |
            2  | https://shop.example/?gclid=Cj0&GCLID=Other           | mine
            3  | /p?utm_source=x&amp;msclkid=9f#top                    |
            4  | https://shop.example/#scCid=s1&twclid=t1              |
            5  | https://shop.example/gclid=1?mygclid=2&gclid=         |
            6  | https://shop.example/?fbclid=IwAR1_aem_x;li_fat_id=l1 |
            7  |                                                       | mine
            """);
    Map<String, String> columns =
        Map.of(
            "occurred_at", "'2026-03-01'",
            "type", "'x'",
            "page", "page",
            "properties", "if(known IS NULL, NULL, map('gclid', known))");

    assertRows(
        touchpoints(records, columns)
            .selectExpr("position", "to_json(touchpoint.properties) AS properties"),
        """
        position | properties
        1        | {"gclid":"Cj0-_x"}
        2        | {"gclid":"mine"}
        3        | {"msclkid":"9f"}
        4        | {"twclid":"t1","ScCid":"s1"}
        5        |
        6        | {"fbclid":"IwAR1_aem_x","li_fat_id":"l1"}
        7        | {"gclid":"mine"}
        """);
  }

  @Test
  void wordsForNoCampaignAreNoCampaign(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/web/a.csv",
            """
            id | name
            1  | (organic)
            2  | (Direct)
            3  | (referral)
            4  | (not set)
            5  | (none)
            6  | (not provided)
            7  | summer (organic)
            8  | organic
            """);
    Map<String, String> columns =
        Map.of("occurred_at", "'2026-03-01'", "type", "'x'", "campaign", "name");

    assertRows(
        touchpoints(records, columns).selectExpr("position", "touchpoint.campaign"),
        """
        position | campaign
        1        |
        2        |
        3        |
        4        |
        5        |
        6        |
        7        | summer (organic)
        8        | organic
        """);
  }

  private static Dataset<Row> touchpoints(Dataset<Row> records, Map<String, String> columns) {
    return MapRecords.candidates(
        records,
        new SourceBuilder("web").touchpoint("id", columns, Map.of("u", "id")).build(),
        SourceBuilder.rules(),
        Instant.parse("2026-06-01T00:00:00Z"));
  }
}

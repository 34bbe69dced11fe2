package io.itinera.jobs.config;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.LabelRules;
import io.itinera.core.table.Table;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.SparkExtension;
import io.itinera.testing.TableText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which marketing channel the shipped rules see a touchpoint in. */
@ExtendWith(SparkExtension.class)
class MarketingChannelsTest {

  private static final LabelRules RULES =
      ConfigReader.read(List.of(), Map.of(), Map.of()).raw().marketingChannels();

  /** Touchpoints of a site shop.example, with the name of the click id that a page came with. */
  private static final Table TOUCHES =
      new Table(
          "touches",
          "a touchpoint with what its properties hold",
          List.of(),
          List.of(),
          StructType.fromDDL(
              "channel STRING, type STRING, source STRING, medium STRING, campaign STRING,"
                  + " referrer STRING, click STRING"));

  @Test
  void linksThatAreTaggedFallWhereGoogleAnalyticsPutsThem(SparkSession spark) {
    assertChannels(
        spark,
        """
        source        | medium         | campaign         | marketing_channel
        (direct)      | (none)         |                  | direct
        (direct)      | (not set)      |                  | direct
        google        | cpc            | DE Cross-network | cross_network
        amazon.com    | cpc            |                  | paid_shopping
        google        | cpc            | shopping_de      | paid_shopping
        google        | cpc            | eShop            | paid_shopping
        google        | CPC            | workshops        | paid_search
        bing          | ppc            |                  | paid_search
        Facebook      | cpc            |                  | paid_social
        ig            | paid_social    |                  | paid_social
        youtube.com   | cpv-cpc        |                  | paid_video
        news.example  | display        |                  | display
        google        | banner         |                  | display
        news.example  | cpm            |                  | display
        price_site    | cpc            |                  | paid_other
        metadata      | paid_social    |                  | paid_other
        criteo        | retargeting    |                  | paid_other
        chatgpt.com   | ai-assistant   |                  | ai_assistant
        chatgpt.com   |                |                  | ai_assistant
        perplexity.ai | referral       |                  | ai_assistant
        ebay.de       | referral       |                  | organic_shopping
        partner       | referral       | spring shop      | organic_shopping
        t.co          | referral       |                  | organic_social
        intranet      | social-media   |                  | organic_social
        vimeo.com     | referral       |                  | organic_video
        partner       | video          |                  | organic_video
        google        | organic        | (organic)        | organic_search
        unheard-of    | organic        |                  | organic_search
        crm           | e-mail         |                  | email
        e_mail        |                |                  | email
        weekly        | newsletter     |                  | email
        coupons       | affiliate      |                  | affiliates
        blog.example  | referral       |                  | referral
        partner       | link           |                  | referral
        podcast       | audio          |                  | audio
        sms           |                |                  | sms
        twilio        | sms            |                  | sms
        crm           | web-push       |                  | mobile_push_notifications
        crm           | mobile_message |                  | mobile_push_notifications
        firebase      | inapp          |                  | mobile_push_notifications
        partner       | leaflet        |                  |
        """);
  }

  @Test
  void linksThatNobodyTaggedFollowClickIdAndReferrer(SparkSession spark) {
    assertChannels(
        spark,
        """
        medium  | referrer                   | click     | marketing_channel
                | https://shop.example/shoes |           |
        cpc     | https://www.google.com/    |           | paid_search
                | https://www.google.com/    | gclid     | paid_search
        organic |                            | gbraid    | paid_search
                |                            | wbraid    | paid_search
                | https://www.bing.com/      | msclkid   | paid_search
                |                            | ttclid    | paid_social
                | https://lnkd.in/           | li_fat_id | paid_social
                | https://t.co/              | twclid    | paid_social
                |                            | dclid     | display
                | https://gemini.google.com/ |           | ai_assistant
                | https://www.google.com/    | srsltid   | organic_shopping
                | https://m.facebook.com/x   |           | organic_social
                |                            | fbclid    | organic_social
                | https://duckduckgo.com/    |           | organic_search
                | https://blog.example/      |           | referral
        social  | https://www.tiktok.com/    | ttclid    | paid_social
        social  | https://www.tiktok.com/    |           | organic_social
        """);
  }

  @Test
  void companyIsNotItsOwnReferral(SparkSession spark) {
    assertChannels(
        spark,
        """
        source            | medium   | referrer                                  | marketing_channel
                          |          | http://shop.example                       |
                          |          | https://www.shop.example:8443/x?a=b       |
                          |          | https://SHOP.example/                     |
                          |          | https://blog.shop.example/                |
                          |          | shop.example/x                            |
                          |          | https://www.google.com/url?q=shop.example | organic_search
                          |          | https://other.example/://shop.example/    | referral
                          |          | https://notshop.example/                  | referral
        www.shop.example  | referral | https://www.shop.example/                 |
        shop.example:8080 | referral |                                           |
        notshop.example   | referral |                                           | referral
        """);
  }

  @Test
  void furtherSitesOfTheCompanyAreConfigured(SparkSession spark, @TempDir Path folder) {
    String own = "itinera.marketing-channels.patterns.own-sites = \"(^|[.])firma[.](de|at)$\"";
    LabelRules rules = ConfigText.read(folder, own).raw().marketingChannels();

    assertChannels(
        spark,
        rules,
        """
        medium   | source   | referrer                 | marketing_channel
                 |          | https://www.firma.at/x   |
                 |          | https://shop.firma.de/   |
        referral | firma.de |                          |
                 |          | https://firma.de.example | referral
        """);
  }

  @Test
  void whatIsNotOfTheWebFollowsItsKind(SparkSession spark) {
    assertChannels(
        spark,
        """
        channel | type              | campaign      | marketing_channel
        web     | page_view         |               | direct
        app     | screen_view       |               | direct
        web     | add_to_cart       |               |
        call    | call              |               |
        store   | purchase          |               |
        ad      | ad_click          | Shop now      | display
        social  | post_click        |               | organic_social
        email   | email_open        | Shopping days | email
        sms     | sms_click         |               | sms
        app     | notification_open |               | mobile_push_notifications
        """);
  }

  @Test
  void ownRulesCanUseWhatIsShipped(@TempDir Path folder) {
    String own =
        """
        itinera.marketing-channels {
          patterns.email = "^mail$"
          rules = [
            {
              label = brand
              when = ${itinera.marketing-channels.sql.is-paid}" AND campaign LIKE 'brand%'"
            }
            { label = mail, when = "medium RLIKE '"${itinera.marketing-channels.patterns.email}"'" }
          ]
          otherwise = unassigned
        }
        """;

    LabelRules rules = ConfigText.read(folder, own).raw().marketingChannels();

    assertThat(rules.otherwise()).isEqualTo("unassigned");
    assertThat(rules.rules()).extracting(LabelRules.Rule::label).containsExactly("brand", "mail");
    assertThat(rules.rules().get(0).predicate()).contains("'retargeting'", "LIKE 'brand%'");
    assertThat(rules.rules().get(1).predicate()).isEqualTo("medium RLIKE '^mail$'");
  }

  private static void assertChannels(SparkSession spark, String text) {
    assertChannels(spark, RULES, text);
  }

  private static void assertChannels(SparkSession spark, LabelRules rules, String text) {
    Column properties =
        expr(
            """
            map_filter(
              map('host', 'shop.example', 'source', source, coalesce(click, 'no_click'), click),
              (name, content) -> content IS NOT NULL)
            """);
    Dataset<Row> touches =
        TableText.wholeRows(spark, TOUCHES, text)
            .withColumn(Touchpoints.CHANNEL, coalesce(col(Touchpoints.CHANNEL), lit("web")))
            .withColumn(Touchpoints.TYPE, coalesce(col(Touchpoints.TYPE), lit("page_view")))
            .withColumn(Touchpoints.PROPERTIES, properties)
            .withColumn(Touchpoints.MARKETING_CHANNEL, ReferenceTest.label(rules));

    TableText.assertRows(touches, text);
  }
}

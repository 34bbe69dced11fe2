package io.itinera.core.sample;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.CountFunnels;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.FunnelRules.Order;
import io.itinera.core.trail.FunnelRules.Step;
import io.itinera.core.trail.TrailRules;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is planted in the company is why people leave: phones on which the cart is slow, and
 * complaints. Nothing else comes out.
 */
@ExtendWith(SparkExtension.class)
class PlantedCausesTest {

  private static final SampleRules COMPANY = SampleRules.of(6_000, 90, 1);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final StructType TOUCHES =
      new StructType()
          .add(OwnedTouchpoints.CUSTOMER_ID, DataTypes.StringType)
          .add(Touchpoints.TOUCHPOINT_ID, DataTypes.StringType)
          .add(Touchpoints.OCCURRED_AT, DataTypes.TimestampType)
          .add(Touchpoints.EVENT_DATE, DataTypes.DateType)
          .add(Touchpoints.SEQUENCE, DataTypes.LongType)
          .add(Touchpoints.CHANNEL, DataTypes.StringType)
          .add(Touchpoints.TYPE, DataTypes.StringType)
          .add(Touchpoints.DEVICE, DataTypes.StringType)
          .add(Touchpoints.COUNTRY, DataTypes.StringType)
          .add(Touchpoints.CATEGORY, DataTypes.StringType)
          .add("load_milliseconds", DataTypes.LongType);

  private static Dataset<Row> touches;

  /** Who did what, as the truth has it. */
  @BeforeAll
  static void live(SparkSession spark) throws IOException {
    List<Row> all = new ArrayList<>();
    for (long number = 0; number < COMPANY.customers(); number++) {
      Set<String> seen = new HashSet<>();
      for (RawRecord record : Life.records(Story.of(COMPANY, number))) {
        // A case is told of again when it is closed.
        if (record.isTouchpoint() && seen.add(record.file() + record.recordId())) {
          all.add(touch("p" + number, record));
        }
      }
    }
    // What the truth tells are whole purchases: no order has lines.
    touches =
        spark
            .createDataFrame(List.of(), Touchpoints.TABLE.schema())
            .select(OrderLines.COLUMNS.stream().map(name -> col(name)).toArray(Column[]::new))
            .unionByName(spark.createDataFrame(all, TOUCHES), true);
  }

  private static Row touch(String person, RawRecord record) throws IOException {
    String text = record.text();
    return switch (record.file()) {
      case WEB -> webTouch(person, record, MAPPER.readTree(text));
      case NEWSLETTER -> {
        String event = MAPPER.readTree(text).get("event").asText();
        yield touch(person, record, "email", "email_" + event);
      }
      case TILL -> touch(person, record, "store", text.endsWith(";sale") ? "purchase" : "refund");
      case CALLS ->
          touch(person, record, "call", text.contains("complaint") ? "complaint" : "call");
      default -> touch(person, record, "crm", "complaint");
    };
  }

  private static Row touch(String person, RawRecord record, String channel, String type) {
    return RowFactory.create(
        person,
        record.recordId(),
        Timestamp.from(record.at()),
        Date.valueOf(record.at().atZone(SampleRules.ZONE).toLocalDate()),
        0L,
        channel,
        type,
        null,
        null,
        null,
        null);
  }

  private static Row webTouch(String person, RawRecord record, JsonNode line) {
    return RowFactory.create(
        person,
        record.recordId(),
        Timestamp.from(record.at()),
        Date.valueOf(record.day()),
        line.get("batch_event_index").asLong(),
        "web",
        line.get("event_name").asText(),
        line.at("/device/category").asText(),
        line.at("/geo/country").asText(),
        line.at("/items/0/item_category").asText(null),
        load(line));
  }

  private static Long load(JsonNode line) {
    for (JsonNode parameter : line.get("event_params")) {
      if (parameter.get("key").asText().equals("load_milliseconds")) {
        return parameter.at("/value/int_value").asLong();
      }
    }
    return null;
  }

  private static List<Row> causes(SparkSession spark, double landmark, FunnelRules funnel) {
    Instant end = COMPANY.lastDay().plusDays(1).atStartOfDay(SampleRules.ZONE).toInstant();
    Map<String, String> conditions =
        Map.of(
            "channel", "channel",
            "device", "device",
            "country", "country",
            "category", "category",
            "weekday", "date_format(event_date, 'E')",
            "slow_page", "load_milliseconds > 4000");
    return CountFunnels.report(
            touches,
            spark
                .range(0)
                .selectExpr("'' AS customer_id", "'' AS segment_type", "'' AS segment_value"),
            new Until(COMPANY.lastDay(), end),
            new TrailRules(List.of(funnel), 365, conditions, landmark, 0.01, 20, SampleRules.ZONE))
        .causes();
  }

  private static FunnelRules funnel(Step first, Step second, int days) {
    return new FunnelRules(
        "f", List.of(first, second), Duration.ofDays(days), Order.ORDERED, List.of());
  }

  @Test
  void slowCartOnThePhoneIsWhyCartsAreLeft(SparkSession spark) {
    List<Row> causes =
        causes(
            spark,
            0.1,
            funnel(
                Step.of("add_to_cart", "type = 'add_to_cart'"),
                Step.of("purchase", "type = 'purchase'"),
                14));

    assertThat(causes)
        .extracting(row -> row.getString(3))
        .containsExactly("device = mobile and slow_page = true");
  }

  /** Whoever complains behind an order within twelve days is not seen within forty. */
  @Test
  void complaintsAreWhyCustomersStayAway(SparkSession spark) {
    List<Row> causes =
        causes(
            spark,
            0.3,
            funnel(
                Step.of("order", "type = 'purchase'"),
                Step.of(
                    "seen_again",
                    "channel IN ('web', 'store')",
                    "type IN ('email_open', 'email_click')"),
                40));

    // The company notes each in a case, too.
    assertThat(causes)
        .extracting(row -> row.getString(3))
        .containsExactly("then call:complaint", "then crm:complaint");
    assertThat(causes).allSatisfy(row -> assertThat(row.getDouble(5)).isGreaterThan(2.5));
  }
}

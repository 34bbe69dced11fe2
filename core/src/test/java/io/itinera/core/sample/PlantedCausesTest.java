package io.itinera.core.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The company's web shop: phones on which the cart is slow are why carts are left. */
@ExtendWith(SparkExtension.class)
class PlantedCausesTest {

  private static final SampleRules COMPANY = SampleRules.of(3_000, 90, 1);

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

  private static final TrailRules RULES =
      new TrailRules(
          List.of(
              new FunnelRules(
                  "cart",
                  List.of(
                      Step.of("add_to_cart", "type = 'add_to_cart'"),
                      Step.of("purchase", "type = 'purchase'")),
                  Duration.ofDays(14),
                  Order.ORDERED,
                  List.of())),
          365,
          Map.of(
              "device", "device",
              "country", "country",
              "category", "category",
              "weekday", "date_format(event_date, 'E')",
              "slow_page", "load_milliseconds > 4000"),
          0.1,
          0.01,
          20,
          SampleRules.ZONE);

  private static List<Row> touches() throws IOException {
    List<Row> touches = new ArrayList<>();
    for (long number = 0; number < COMPANY.customers(); number++) {
      for (RawRecord record : Web.records(Story.of(COMPANY, number), List.of())) {
        JsonNode line = MAPPER.readTree(record.text());
        touches.add(
            RowFactory.create(
                "p" + number,
                record.recordId(),
                Timestamp.from(record.at()),
                Date.valueOf(record.day()),
                line.get("batch_event_index").asLong(),
                "web",
                line.get("event_name").asText(),
                line.at("/device/category").asText(),
                line.at("/geo/country").asText(),
                line.at("/items/0/item_category").asText(null),
                load(line)));
      }
    }
    return touches;
  }

  private static Long load(JsonNode line) {
    for (JsonNode parameter : line.get("event_params")) {
      if (parameter.get("key").asText().equals("load_milliseconds")) {
        return parameter.at("/value/int_value").asLong();
      }
    }
    return null;
  }

  @Test
  void slowCartOnThePhoneIsWhyCartsAreLeftAndNothingElseThatWasTrueOfThem(SparkSession spark)
      throws IOException {
    List<Row> causes =
        CountFunnels.report(
                spark.createDataFrame(touches(), TOUCHES),
                spark
                    .range(0)
                    .selectExpr("'' AS customer_id", "'' AS segment_type", "'' AS segment_value"),
                new Until(
                    COMPANY.lastDay(),
                    COMPANY.lastDay().plusDays(1).atStartOfDay(SampleRules.ZONE).toInstant()),
                RULES)
            .causes();

    // Nobody ever buys on a family's tablet.
    assertThat(causes)
        .extracting(row -> row.getString(3))
        .containsExactly("device = mobile and slow_page = true", "device = tablet");
  }
}

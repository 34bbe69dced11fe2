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
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Amounts and durations that vendors' files hold though they should not. */
@ExtendWith(SparkExtension.class)
class PresetNumbersTest {

  private static final String NONE =
      "bad-number: duration_seconds is not a number, or is too large.";

  @TempDir private Path folder;

  @Test
  void minutesThatAreNoNumberDoNotBecomeSeconds(SparkSession spark) throws IOException {
    assertThat(
            outcomes(
                spark,
                "dynamics-phonecalls",
                "calls.csv",
                """
                activityid,statecode,statuscode,directioncode,phonenumber,actualdurationminutes,actualstart
                c1,1,2,True,+4930231250,2.5,2026-02-21T15:00:00Z
                c2,1,2,True,+4930231250,"1,440",2026-02-21T15:00:00Z
                c3,1,2,True,+4930231250,N/A,2026-02-21T15:00:00Z
                c4,1,2,True,+4930231250,307445734561825861,2026-02-21T15:00:00Z
                c5,1,2,True,+4930231250,NaN,2026-02-21T15:00:00Z
                """,
                "type|duration_seconds"))
        .isEqualTo(
            """
            1: type: call, duration_seconds: 150
            3: type: call
            2: %1$s
            4: %1$s
            5: %1$s\
            """
                .formatted(NONE));
  }

  @Test
  void dealThatTakesMoneyBackIsRefundHoweverItsAmountIsWritten(SparkSession spark)
      throws IOException {
    assertThat(
            outcomes(
                spark,
                "hubspot-deals",
                "deals.csv",
                """
                id,dealname,amount,dealstage,createdate,closedate,associated_vids
                1,a,"-1,234.50",closedwon,2025-03-03T10:00:00Z,2025-03-25T12:00:00Z,"[508]"
                2,b,"1,234.50",closedwon,2025-03-03T10:00:00Z,2025-03-25T12:00:00Z,"[508]"
                3,c,-0.00,closedwon,2025-03-03T10:00:00Z,2025-03-25T12:00:00Z,"[508]"
                4,d,-Infinity,closedwon,2025-03-03T10:00:00Z,2025-03-25T12:00:00Z,"[508]"
                """,
                "type|value"))
        .isEqualTo(
            """
            1: type: refund, value: -1234.5
            2: type: purchase, value: 1234.5
            3: type: purchase, value: 0
            4: bad-number: value is not a number, or is too large.\
            """);
  }

  @Test
  void receiptWhoseAmountIsNoNumberIsRejected(SparkSession spark) throws IOException {
    assertThat(
            outcomes(
                spark,
                "dsfinvk-transactions",
                "transactions.csv",
                """
                Z_KASSE_ID;Z_NR;BON_ID;BON_NR;BON_TYP;BON_START;BON_ENDE;UMS_BRUTTO;KUNDE_ID
                K;1;B1;1;Beleg;2026-03-02T09:14:02.000Z;2026-03-02T09:15:30.000Z;0,00;C-1
                K;1;B2;2;Beleg;2026-03-02T09:14:02.000Z;2026-03-02T09:15:30.000Z;Infinity;C-1
                K;1;B3;3;Beleg;2026-03-02T09:14:02.000Z;2026-03-02T09:15:30.000Z;-1.249,00;C-1
                """,
                "type|value"))
        .isEqualTo(
            """
            1: type: store_visit
            3: type: refund, value: -1249
            2: bad-number: value is not a number, or is too large.\
            """);
  }

  @Test
  void valueThatATagSendsAsTextIsItsPurchases(SparkSession spark) throws IOException {
    String purchase =
        """
        {"event_date": "20250311", "event_timestamp": "174168360000000%d", "event_name": "purchase", \
        "event_params": [{"key": "value", "value": {"string_value": "%s"}}], \
        "user_pseudo_id": "9.1", "platform": "WEB"}
        """;
    assertThat(
            outcomes(
                spark,
                "ga4-export",
                "events_20250311.jsonl",
                purchase.formatted(1, "49.90") + purchase.formatted(2, "free"),
                "type|value"))
        .isEqualTo("1: type: purchase, value: 49.9\n2: type: purchase");
  }

  @Test
  void receiptWithALineWhoseAmountIsNoNumberIsRejected(SparkSession spark) throws IOException {
    String receipt =
        """
        <Transaction><RetailStoreID>5</RetailStoreID><WorkstationID>2</WorkstationID>
          <SequenceNumber>%d</SequenceNumber><BusinessDayDate>2026-03-02</BusinessDayDate>
          <EndDateTime>2026-03-02T10:16:30</EndDateTime><CurrencyCode>EUR</CurrencyCode>
          <RetailTransaction>
            <LineItem><Sale><ItemID>1</ItemID><ExtendedAmount>5.00</ExtendedAmount></Sale></LineItem>
            <LineItem><Sale><ItemID>2</ItemID><ExtendedAmount>%s</ExtendedAmount></Sale></LineItem>
            <Customer><CustomerID>C-1</CustomerID></Customer>
          </RetailTransaction></Transaction>
        """;
    assertThat(
            outcomes(
                spark,
                "poslog",
                "poslog.xml",
                "<POSLog>"
                    + receipt.formatted(1, "2.50")
                    + receipt.formatted(2, "NaN")
                    + "</POSLog>",
                "type|value"))
        .isEqualTo(
            """
            1: type: purchase, value: 7.5
            2: bad-number: value is not a number, or is too large.\
            """);
  }

  /** A line for each record: its position, and the {@code columns} or why it is rejected. */
  private String outcomes(
      SparkSession spark, String preset, String name, String content, String columns)
      throws IOException {
    Path sample = Files.writeString(folder.resolve(name), content);
    Path file =
        Files.writeString(
            folder.resolve("my.conf"),
            "itinera.as-of = 2026-11-24\nitinera.sources.sample { preset = %s, path = \"%s\" }"
                .formatted(preset, sample));
    ItineraConfig config = ConfigReader.read(List.of(file), Map.of(), Map.of());
    String shown = "  (" + columns + "|bad-number|malformed|no-identifier|missing-.*|bad-time): .*";
    String text =
        RecordPreview.of(spark, config.sources().get(0), config, 100).stream()
            .map(line -> line.replaceAll("^(touchpoint of|rejected:) [a-z ]*(\\d+)\\b.*", "#$2"))
            .filter(line -> line.startsWith("#") || line.matches(shown))
            .map(
                line ->
                    line.startsWith("#") ? "\n" + line.substring(1) + ":" : line.substring(1) + ",")
            .collect(Collectors.joining());
    return text.replaceAll(",(\n|$)", "$1").strip();
  }
}

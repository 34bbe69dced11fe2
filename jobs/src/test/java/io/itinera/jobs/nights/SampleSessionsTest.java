package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.itinera.core.table.Sessions;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of real files that others made, from the raw file on. */
@ExtendWith(SparkExtension.class)
class SampleSessionsTest {

  private static final Path DATA = Path.of(System.getProperty("shared.data", "../../shared/data"));
  private static final Set<String> UP_TO_SESSIONS = Set.of("ingest", "stitch", "sessionize");

  @TempDir private Path home;

  @BeforeEach
  void needsRealFiles() {
    assumeTrue(Files.isDirectory(DATA), () -> "skipped: there are no real files in " + DATA);
  }

  @Test
  void simpleShopHasItsSessions(SparkSession spark) throws IOException {
    Lake lake = night(spark, Path.of("../conf/examples/simple_shop.conf"), "simple_shop");

    assertRows(
        lake.read(Sessions.TABLE)
            .selectExpr(
                "count(*) AS sessions",
                "count(DISTINCT customer_id) AS customers",
                "sum(touchpoints_count) AS touchpoints",
                "count_if(end_reason = 'timeout') AS by_silence"),
        """
        sessions | customers | touchpoints | by_silence
        6454     | 3751      | 32283       | 6454
        """);
  }

  /** Who wrote in the chats is not told, so it is said here: nobody's are in no session. */
  @Test
  void genesysHasASessionPerConversation(SparkSession spark) throws IOException {
    Path file =
        config(
            """
            as-of = 2016-09-06
            sources.conversations {
              preset = genesys-conversations
              path = ${itinera.landing}"/genesys/conversation_details_query_response.json"
              touchpoint.identifiers { user_id = "'somebody'" }
            }
            """);
    Lake lake = night(spark, file, "");

    assertRows(
        lake.read(Sessions.TABLE)
            .groupBy("channel")
            .agg(
                functions.expr("count(*) AS sessions"),
                functions.expr("count(DISTINCT definition) AS conversations"),
                functions.expr("sum(touchpoints_count) AS touchpoints"),
                functions.expr("sum(duration_seconds) AS seconds"),
                functions.expr("max(duration_seconds) AS longest")),
        """
        channel | sessions | conversations | touchpoints | seconds | longest
        call    | 21       | 21            | 21          | 66438   | 44483
        chat    | 4        | 4             | 4           | 7208    | 3171
        """);
    assertRows(
        serviceTimes(lake, "channel"),
        """
        channel | queue   | agent     | hold    | after_contact
        call    | 320.663 | 65880.416 | 169.428 | 44.000
        chat    |         | 4080.782  | 0.000   | 3108.000
        """);
  }

  /** All that Twilio's and Zendesk's files tell of persons was taken out of them. */
  @Test
  void callsAndTicketsHaveASessionPerConversation(SparkSession spark) throws IOException {
    Path file =
        config(
            """
            as-of = 2023-12-31
            sources {
              twilio { preset = twilio-calls, format = csv, options { header = true }
                path = ${itinera.landing}"/twilio/twilio_call_data.csv"
                touchpoint.identifiers { user_id = "'somebody'" } }
              connect { preset = amazon-connect-contacts
                path = ${itinera.landing}"/amazon_connect/ctr_voice_inbound_masked.json" }
              comments { preset = zendesk-comments
                path = ${itinera.landing}"/zendesk/ticket_comment_data.csv"
                touchpoint.identifiers { user_id = "'somebody'" } }
            }
            """);
    Lake lake = night(spark, file, "");

    assertRows(
        lake.read(Sessions.TABLE)
            .selectExpr(
                "source",
                "if(source = 'comments', source_session, 'each') AS conversation",
                "end_reason",
                "touchpoints_count AS touchpoints",
                "duration_seconds AS seconds")
            .groupBy("source", "conversation", "end_reason", "touchpoints", "seconds")
            .agg(functions.expr("count(*) AS sessions")),
        """
        source   | conversation | end_reason     | touchpoints | seconds | sessions
        twilio   | each         | source-session | 1           | 0       | 8
        connect  | each         | source-session | 1           | 29      | 1
        comments | 1077         | source-session | 1           | 0       | 1
        comments | 7367         | source-session | 6           | 159881  | 1
        comments | 7636         | source-session | 2           | 605206  | 1
        comments | 13057        | source-session | 4           | 62762   | 1
        comments | 13095        | source-session | 4           | 80524   | 1
        comments | 13628        | source-session | 2           | 155556  | 1
        comments | 14352        | source-session | 1           | 0       | 1
        """);
    // Nobody waited for Twilio's calls; comments tell nothing of it.
    assertRows(
        serviceTimes(lake, "source"),
        """
        source   | queue | agent  | hold  | after_contact
        twilio   |       |        |       |
        connect  | 5.000 | 14.000 | 0.000 | 10.000
        comments |       |        |       |
        """);
  }

  /** Seconds in queues, and with agents: talking, on hold, and work after that. */
  private static Dataset<Row> serviceTimes(Lake lake, String by) {
    Column[] sums =
        Stream.of("queue", "agent", "hold", "after_contact")
            .map(
                name ->
                    functions.expr(
                        "sum(CAST(properties['%1$s_seconds'] AS DECIMAL(18,3))) AS %1$s"
                            .formatted(name)))
            .toArray(Column[]::new);
    return lake.read(Touchpoints.TABLE)
        .groupBy(by)
        .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length));
  }

  private Path config(String settings) throws IOException {
    return Files.write(
        home.resolve("desks.conf"),
        List.of(
            "itinera {",
            "time-zone = UTC",
            "region = US",
            "max-rejected-share = 1",
            settings,
            "}"));
  }

  private Lake night(SparkSession spark, Path config, String folder) throws IOException {
    Path warehouse = home.resolve("warehouse");
    Lake lake = EmptyWarehouse.in(spark, warehouse);
    ItineraConfig settings =
        ConfigReader.read(
            List.of(config),
            Map.of(
                "itinera.landing", DATA.resolve(folder).toAbsolutePath().normalize().toString(),
                "itinera.warehouse", warehouse.toString()),
            Map.of());
    new NightRunner(spark, settings, Progress.SILENT)
        .run(
            "nightly",
            settings.asOf().orElseThrow(),
            false,
            Stages.of(settings).stream()
                .filter(stage -> UP_TO_SESSIONS.contains(stage.name()))
                .toList());
    return lake;
  }
}

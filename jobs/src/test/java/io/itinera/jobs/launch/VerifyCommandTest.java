package io.itinera.jobs.launch;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Journeys;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.nights.SmallWorld;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class VerifyCommandTest {

  private static final Set<String> NEEDED =
      Set.of("ingest", "stitch", "sessionize", "journeys", "customers", "quality");
  private static final String EVERYBODY = "itinera.quality.verify-sample = 100%";

  @TempDir private Path home;

  @Test
  void whatConfigurationDefinesIsVerifiedToo(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, home)
            .deliver(
                "web/1.csv",
                "a,u1,k1,2025-01-09 10:00:00,web,page_view,,",
                "b,u1,,2025-01-09 10:10:00,web,purchase,20,");
    ItineraConfig config =
        world.config(
            "itinera.sources.web.touchpoint.marketing-channel = \"'mail'\"",
            "itinera.sessions.definitions.quarter { timeout = 90 days, across-channels = true }",
            "itinera.journeys.definitions.buying { gap = 5 days, stages = ["
                + " { name = seen, any = [\"type = 'page_view'\"] },"
                + " { name = bought, any = [\"type = 'purchase'\"] } ] }",
            "itinera.persistence.by { value = marketing_channel, allocation = original,"
                + " expiration = session }");
    List<String> further = List.of("persist", "journeys-buying", "sessionize-quarter");
    List<Stage> stages =
        Stages.of(config).stream()
            .filter(stage -> NEEDED.contains(stage.name()) || further.contains(stage.name()))
            .toList();
    new NightRunner(spark, config, Progress.SILENT)
        .run("nightly", LocalDate.parse("2025-01-10"), false, stages);

    String others = home.resolve("others.conf").toString();
    TypedLine right = verify("--config", others, "--sample", "100%");
    assertThat(right.out()).contains("The tables are right");

    change(spark, world, "UPDATE %s SET touchpoints_count = 9 WHERE true", "sessions_quarter");
    change(spark, world, "UPDATE %s SET stage_reached = 'seen' WHERE true", "journeys_buying");
    change(spark, world, "DELETE FROM %s WHERE touchpoint_id IS NOT NULL", "touchpoint_dimensions");
    change(spark, world, "UPDATE %s SET items_count = 5 WHERE true", "customer_days");
    TypedLine wrong = verify("--config", others, "--sample", "100%");
    assertThat(wrong.out())
        .containsPattern("sessions_quarter +touchpoints_count ")
        .containsPattern("journeys_buying +stage_reached ")
        .containsPattern("touchpoint_dimensions +\\(row is missing\\) ")
        .containsPattern("customer_days +items_count ");
  }

  @Test
  void rightTablesAreToldFromOnesThatSomebodyChanged(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, home)
            .deliver(
                "web/1.csv",
                "a,u1,k1,2025-01-09 10:00:00,web,page_view,,",
                "b,u1,,2025-01-09 10:10:00,web,purchase,20,",
                "c,u1,,2025-01-10 10:20:00,web,refund,-5,",
                "d,,k2,2025-01-09 10:00:00,web,page_view,,",
                "e,,k1,2025-01-09 18:00:00,app,page_view,,",
                "f,u2,k2,2025-01-10 09:00:00,web,page_view,,")
            .deliver("till/1.csv", "u2,2025-01-10 12:00:00,7.5");
    night(world, "2025-01-10");

    TypedLine right = verify("--sample", "100%");
    assertThat(right.err()).isEmpty();
    assertThat(right.out())
        .contains(
            "The tables are right: no difference after making 2 customers anew: 7 touchpoints, 6"
                + " sessions, 3 journeys.");
    assertThat(right.code()).isZero();

    // Behind the back of everybody: sessions and journeys of their own stage's making.
    change(spark, world, "UPDATE %s SET page_views = 7 WHERE channel = 'app'", "sessions");
    change(spark, world, "UPDATE %s SET revenue = revenue + 1 WHERE revenue > 10", "journeys");
    change(spark, world, "DELETE FROM %s WHERE event_date = '2025-01-10'", "touchpoint_sessions");
    TypedLine wrong = verify("--sample", "100%");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out())
        .containsPattern("sessions +page_views +[0-9a-f]{32}")
        .containsPattern("journeys +revenue +[0-9a-f]{32}")
        .containsPattern("touchpoint_sessions +\\(row is missing\\) +");
    assertThat(wrong.err())
        .contains(
            "5 differences in journeys, sessions, touchpoint_sessions",
            "itinera sessionize --full-refresh --as-of 2025-01-10, then itinera nightly");

    // The next night says so, too, and still does when nothing of it is new.
    world.deliver("web/3.csv", "g,u2,,2025-01-11 09:00:00,web,page_view,,");
    night(world, "2025-01-11");
    world.deliver("web/4.csv", "h,u2,,2025-01-12 09:00:00,web,page_view,,");
    night(world, "2025-01-12");
    assertRows(
        world
            .lake()
            .read(QualityChecks.TABLE)
            .where("check LIKE 'revenue%'")
            .orderBy(QualityChecks.RUN_ID)
            .selectExpr("passed", "left(observed, 47) AS observed"),
        """
        passed | observed
        true   | 22.5000 of journeys, 22.5000 of customers in al
        false  | 1.0000 of journeys, 0.0000 of customers more th
        false  | 23.5000 of journeys, 22.5000 of customers in al
        """);
    assertThat(
            world
                .lake()
                .read(QualityChecks.TABLE)
                .where("check LIKE 'rows of some%'")
                .orderBy(QualityChecks.RUN_ID)
                .select("passed")
                .collectAsList()
                .stream()
                .map(row -> row.getBoolean(0)))
        .containsExactly(true, true, false, false, false);
  }

  @Test
  void whoseTouchpointsAreIsStitchedAnew(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, home)
            .deliver(
                "web/1.csv",
                "a,u1,k1,2025-01-09 10:00:00,web,page_view,,",
                "b,,k1,2025-01-09 11:00:00,web,page_view,,",
                "c,u2,k2,2025-01-09 10:00:00,web,page_view,,",
                "d,u3,k2,2025-01-09 12:00:00,web,page_view,,",
                "e,,k2,2025-01-09 13:00:00,web,page_view,,");
    night(world, "2025-01-10");
    assertThat(verify("--sample", "100%").out()).contains("The tables are right");

    // Somebody gives what k1 did to another customer, and makes sessions and all else of that.
    String other =
        world
            .lake()
            .read(SetOwners.TABLE)
            .where("valid_to IS NOT NULL")
            .head()
            .getAs("customer_id");
    change(
        spark,
        world,
        "UPDATE %s SET customer_id = '"
            + other
            + "' WHERE valid_to IS NULL AND assigned_by = 'graph'",
        "set_owners");
    night(world, "2025-01-10");
    TypedLine wrong = verify("--sample", "100%");

    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).containsPattern("set_owners +customer_id +-?[0-9]+");
  }

  private static void change(SparkSession spark, SmallWorld world, String sql, String table) {
    String folder = world.lake().path(table.equals("journeys") ? Journeys.TABLE : Sessions.TABLE);
    Path path = Path.of(folder).resolveSibling(table);
    spark.sql(sql.formatted("delta.`%s`".formatted(path)));
  }

  private static void night(SmallWorld world, String asOf) throws IOException {
    ItineraConfig config = world.config(EVERYBODY);
    List<Stage> stages =
        Stages.of(config).stream().filter(stage -> NEEDED.contains(stage.name())).toList();
    new NightRunner(world.spark(), config, Progress.SILENT)
        .run("nightly", LocalDate.parse(asOf), false, stages);
  }

  private TypedLine verify(String... arguments) {
    return TypedLine.run(
        Stream.concat(
                Stream.of("verify", "--config", home + "/itinera.conf"),
                Stream.concat(
                    Stream.of(
                        "--set",
                        "itinera.warehouse=" + home + "/warehouse",
                        "--set",
                        "itinera.landing=" + home + "/landing"),
                    Stream.of(arguments)))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--sample=1, must be a share above 0% and up to 100%",
    "--sample=0%, must be a share above 0% and up to 100%",
    "--sample=101%, must be a share above 0% and up to 100%",
    "--sample=1.2.3%, must be a share above 0% and up to 100%",
    "--customers=0, must be at least 1",
    "--sample=1% --customers=3, not both"
  })
  void sampleIsAShareOrANumberOfCustomers(String arguments, String complaint) {
    String[] words = ("verify " + arguments).split(" ", -1);

    assertThat(TypedLine.run(words))
        .satisfies(typed -> assertThat(typed.code()).isEqualTo(2))
        .satisfies(typed -> assertThat(typed.err()).contains(complaint));
  }
}

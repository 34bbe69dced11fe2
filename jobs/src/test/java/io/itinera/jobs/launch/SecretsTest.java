package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.identity.IdentityRules;
import io.itinera.core.identity.Stitch;
import io.itinera.core.table.Evidence;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.process.SessionFactory;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkFirehoseListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.util.JsonProtocol;
import org.apache.spark.util.JsonProtocolOptions;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** The key of customer ids is in no plan, no event, no command line that Spark shows. */
@ExtendWith(SparkExtension.class)
class SecretsTest {

  private static final String KEY = "Zwetschgenmus-2026";
  private static final JsonProtocolOptions OPTIONS = new JsonProtocolOptions(new SparkConf(false));

  @Test
  void keyOfCustomerIdsIsInNoPlanAndNoEvent(SparkSession spark) throws Exception {
    IdentityRules rules =
        ConfigReader.read(List.of(), Map.of("itinera.id-key", KEY), Map.of()).identity();
    Queue<String> events = new ConcurrentLinkedQueue<>();
    SparkFirehoseListener listener =
        new SparkFirehoseListener() {
          @Override
          public void onEvent(SparkListenerEvent event) {
            events.add(event + JsonProtocol.sparkEventToJsonString(event, OPTIONS));
          }
        };
    String longest = spark.conf().get("spark.sql.maxPlanStringLength");
    spark.conf().set("spark.sql.maxPlanStringLength", "10000000");
    spark.sparkContext().addSparkListener(listener);
    try {
      Dataset<Row> identities = Stitch.stitch(evidence(spark), rules).identities();
      List<Row> ids = identities.select("customer_id").collectAsList();
      spark.sparkContext().listenerBus().waitUntilEmpty();

      // As of Python: sha256(key|sha256(key|email|ann@example.org)), its first 32 digits.
      assertThat(ids).hasSize(1);
      assertThat(ids.get(0).getString(0)).isEqualTo("277eea6966a95541a24ee76863b5d581");
      assertThat(identities.queryExecution().toString()).doesNotContain(KEY);
      assertThat(identities.queryExecution().logical().toJSON()).doesNotContain(KEY);
    } finally {
      spark.sparkContext().removeSparkListener(listener);
      spark.conf().set("spark.sql.maxPlanStringLength", longest);
    }
    assertThat(events).isNotEmpty().noneMatch(event -> event.contains(KEY));
    assertThat(rules.toString()).doesNotContain(KEY);
  }

  @Test
  void keyOnTheCommandLineIsHiddenFromWhatSparkShowsOfIt() {
    String before = System.getProperty("sun.java.command");
    try {
      System.setProperty(
          "sun.java.command",
          "Main nightly --set itinera.id-key=" + KEY + " x --set=itinera.id-key=" + KEY + " a");

      Main.hideSecrets(
          "nightly", "--set", "itinera.id-key=" + KEY + " x", "--set=itinera.id-key=" + KEY + " a");

      assertThat(System.getProperty("sun.java.command"))
          .isEqualTo("Main nightly --set itinera.id-key=(hidden) --set=itinera.id-key=(hidden)");
    } finally {
      System.setProperty("sun.java.command", before);
    }
  }

  @Test
  void whatSparkLogsOfSettingsAndCommandLinesHidesTheKey() {
    SparkConf settings = SessionFactory.settings(new SparkConf(false), Map.of());

    assertThat(
            CollectionConverters.asJava(
                Utils.redact(
                    settings,
                    CollectionConverters.asScala(
                            List.of(
                                scala.Tuple2.apply(
                                    "sun.java.command", "Main --set itinera.id-key=" + KEY),
                                scala.Tuple2.apply("ITINERA_ID_KEY", KEY)))
                        .toSeq())))
        .noneMatch(setting -> setting.toString().contains(KEY));
  }

  @Test
  void publicKeyIsWarnedOf(@TempDir Path folder) throws IOException {
    String warehouse = "itinera.warehouse=" + folder.resolve("tables");
    String landing = "itinera.landing=" + folder;

    TypedLine open = TypedLine.run("ingest", "--set", warehouse, "--set", landing);
    TypedLine secret =
        TypedLine.run(
            "ingest", "--set", warehouse, "--set", landing, "--set", "itinera.id-key=" + KEY);

    assertThat(open.err()).startsWith("Warning: itinera.id-key is the public default");
    assertThat(secret.err()).isEmpty();
    assertThat(secret.out()).doesNotContain(KEY);
    try (Stream<Path> files = Files.walk(folder.resolve("tables/_logs"))) {
      for (Path log : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(log)).doesNotContain(KEY);
      }
    }
  }

  @Test
  void publicKeyIsTheDefault() {
    ItineraConfig config = ConfigReader.read(List.of(), Map.of(), Map.of());

    assertThat(config.identity().hasPublicKey()).isTrue();
  }

  private static Dataset<Row> evidence(SparkSession spark) {
    String[] values =
        Stream.of(Evidence.TABLE.schema().fields()).map(SecretsTest::value).toArray(String[]::new);
    return spark.range(1).selectExpr(values);
  }

  private static String value(StructField field) {
    String value =
        switch (field.name()) {
          case Evidence.IDENTIFIERS ->
              "array(named_struct('type', 'email', 'value', 'ann@example.org'))";
          case Evidence.FIRST_AT, Evidence.LAST_AT -> "timestamp'2026-01-01 10:00:00'";
          default -> "null";
        };
    return "CAST(%s AS %s) AS %s".formatted(value, field.dataType().sql(), field.name());
  }
}

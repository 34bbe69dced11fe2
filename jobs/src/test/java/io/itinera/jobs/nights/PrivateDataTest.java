package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.ingest.IngestJob;
import io.itinera.jobs.ingest.TooManyRejectedException;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people did is nobody's business who reads a log: record text is in one table only. */
@ExtendWith(SparkExtension.class)
class PrivateDataTest {

  private static final String SECRET = "Zwetschgenmus";

  @TempDir private Path folder;

  @Test
  void recordsShowInNoLogAndNoErrorHoweverBrokenTheyAre(SparkSession spark) throws IOException {
    deliver(
        "a.jsonl",
        "{\"id\": \"%1$s\", \"at\": \"%1$s\", \"mail\": \"%1$s@example.org\"}",
        "{\"id\": \"2\", \"at\": %1$s}",
        "{\"id\": \"3\", \"%1$s\": [\"%1$s\"",
        "%1$s",
        "{\"id\": \"5\", \"at\": \"2026-01-01\", \"mail\": {\"%1$s\": 1}}",
        "{\"id\": \"6\", \"at\": \"2026-01-01\", \"amount\": \"%1$s\", \"mail\": \"x@x.org\"}",
        "{\"id\": \"7\", \"at\": \"2026-01-01\", \"amount\": \"1\", \"currency\": \"%1$s\","
            + " \"mail\": \"x@x.org\"}");
    deliver("b.json", "[{\"id\": \"1\"}, {\"id\": \"%1$s");
    Lake lake = new Lake(spark, folder + "/warehouse");
    Tables.ALL.forEach(lake::create);
    StringWriter log = new StringWriter();

    Throwable refused = logging(log, () -> night(lake, 0));
    Throwable loaded = logging(log, () -> night(lake, 1));

    assertThat(refused).isInstanceOf(TooManyRejectedException.class);
    assertThat(stackTrace(refused)).doesNotContain(SECRET);
    assertThat(loaded).isNull();
    assertThat(log.toString()).contains("INFO").doesNotContain(SECRET);
    assertThat(lake.read(RejectedRecords.TABLE).where("record LIKE '%" + SECRET + "%'").count())
        .isGreaterThan(5);
    assertThat(lake.read(RejectedRecords.TABLE).where("detail LIKE '%" + SECRET + "%'").count())
        .isZero();
  }

  private void night(Lake lake, int maxRejectedShare) {
    lake.begin("night");
    IngestJob.run(
        new StageContext(
            lake, config(maxRejectedShare), new Night("night", LocalDate.of(2026, 2, 1), false)));
    lake.begin("test");
  }

  private static Throwable logging(StringWriter log, Runnable work) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    LoggerConfig root = context.getConfiguration().getRootLogger();
    Level before = root.getLevel();
    WriterAppender appender =
        WriterAppender.newBuilder()
            .setName("captured")
            .setTarget(log)
            .setLayout(PatternLayout.newBuilder().withPattern("%p %m %throwable%n").build())
            .build();
    appender.start();
    root.addAppender(appender, Level.INFO, null);
    root.setLevel(Level.INFO);
    context.updateLoggers();
    try {
      return catchThrowable(work::run);
    } finally {
      root.removeAppender("captured");
      root.setLevel(before);
      context.updateLoggers();
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private ItineraConfig config(int maxRejectedShare) {
    String text =
        """
        itinera.landing = "%1$s/landing"
        itinera.warehouse = "%1$s/warehouse"
        itinera.max-rejected-share = %2$d
        itinera.sources.web {
          format = jsonl, path = ${itinera.landing}"/*.jsonl"
          schema = "id STRING, at STRING, mail STRING, amount STRING, currency STRING"
          touchpoint {
            record-id = "id", occurred-at = "at", type = "'purchase'", channel = "'web'"
            value = "amount", currency = "currency", identifiers { email = "mail" }
          }
        }
        itinera.sources.documents = ${itinera.sources.web}
        itinera.sources.documents { format = json, path = ${itinera.landing}"/*.json" }
        """
            .formatted(folder, maxRejectedShare);
    try {
      Path file = Files.writeString(folder.resolve("my.conf"), text);
      return ConfigReader.read(List.of(file), Map.of(), Map.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void deliver(String name, String... lines) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines).formatted(SECRET));
  }
}

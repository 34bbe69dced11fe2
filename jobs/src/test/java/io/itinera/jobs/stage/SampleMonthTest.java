package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.sample.SampleRules;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.PersonaModels;
import io.itinera.core.table.Personas;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.NightRequest;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Reload;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.sample.SampleCompany;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Date;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month of the sample company, with a training on each of its Sundays. How many customers it has,
 * {@code -Dmonth.customers} says.
 */
@ExtendWith(SparkExtension.class)
class SampleMonthTest {

  private static final SampleRules COMPANY =
      SampleRules.of(Integer.getInteger("month.customers", 200), 90, 42);

  private static final Set<String> MADE_BEFORE =
      Set.of("ingest", "stitch", "sessionize", "journeys", "customers");

  @Test
  void personasKeepTheirIdsOverThirtyNightsAndTheTrainingsAmongThem(
      SparkSession spark, @TempDir Path home) throws IOException {
    Lake lake = company(spark, home);
    ItineraConfig config = config(home);
    LocalDate last = SampleRules.DEFAULT_LAST_DAY;
    Map<LocalDate, Set<String>> ids = new TreeMap<>();
    for (LocalDate night : nights(last.minusDays(29), last)) {
      lake.begin("month");
      PersonasJob.run(new StageContext(lake, config, new Night("run", night, false)));
      lake.begin("look");
      ids.put(night, new TreeSet<>());
      for (Row row : lake.read(Personas.TABLE).where(col("as_of").equalTo(night)).collectAsList()) {
        ids.get(night).add(row.getAs(Personas.PERSONA_ID));
      }
    }
    assertThat(lake.read(PersonaModels.TABLE).select("as_of").distinct().count())
        .isGreaterThanOrEqualTo(5);
    assertThat(new TreeSet<>(ids.values().stream().map(Set::toString).toList()))
        .as("%s", ids)
        .hasSize(1);
    assertThat(staying(lake, last.minusDays(29), last))
        .as("customers of the first night who are the same on the last")
        .isGreaterThan(0.8);
  }

  /** The first, the last and the Sundays. */
  private static List<LocalDate> nights(LocalDate first, LocalDate last) {
    List<LocalDate> nights = new ArrayList<>();
    for (LocalDate night = first; !night.isAfter(last); night = night.plusDays(1)) {
      boolean isSunday = night.getDayOfWeek() == DayOfWeek.SUNDAY;
      if (night.equals(first) || night.equals(last) || isSunday) {
        nights.add(night);
      }
    }
    return nights;
  }

  private static double staying(Lake lake, LocalDate first, LocalDate last) {
    lake.begin("stay");
    Row shares =
        lake.read(CustomerPersonas.TABLE)
            .where(col("as_of").isin(Date.valueOf(first), Date.valueOf(last)))
            .groupBy("customer_id")
            .agg(count("*").as("n"), count_distinct(col("persona_id")).as("ids"))
            .where("n = 2")
            .selectExpr("avg(IF(ids = 1, 1D, 0D))")
            .first();
    return shares.getDouble(0);
  }

  private static Lake company(SparkSession spark, Path home) throws IOException {
    SampleCompany.write(spark, COMPANY, home);
    ItineraConfig config = config(home);
    new NightRunner(spark, config, Progress.SILENT)
        .run(
            new NightRequest("nightly", SampleRules.DEFAULT_LAST_DAY, false, Reload.NONE),
            Stages.of(config).stream()
                .filter(stage -> MADE_BEFORE.contains(stage.name()))
                .toList());
    Lake lake = new Lake(spark, config.warehouse());
    lake.begin("create");
    ModelJobsTest.TABLES.stream().filter(table -> !lake.exists(table)).forEach(lake::create);
    return lake;
  }

  private static ItineraConfig config(Path home) {
    return ConfigReader.read(
        List.of(home.resolve("itinera.conf")),
        Map.of(
            "itinera.landing",
            home.resolve("landing").toString(),
            "itinera.warehouse",
            home.resolve("warehouse").toString()),
        Map.of());
  }
}

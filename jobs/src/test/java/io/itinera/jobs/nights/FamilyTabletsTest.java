package io.itinera.jobs.nights;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.sample.SampleRules;
import io.itinera.core.table.Identities;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.sample.TruthComparison;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tablets of the sample company's families, each used by two people who sign in in turn. */
@ExtendWith(SparkExtension.class)
class FamilyTabletsTest {

  @TempDir private Path folder;

  @Test
  void touchpointsOnTabletsAreTheirUsersWhoWasSignedIn(SparkSession spark) throws Exception {
    // Shorter than the replay window: whoever used a tablet first signs in on it in time.
    SampleRules rules = SampleRules.of(260, 28, 11);
    Company company = Company.make(spark, rules, folder.resolve("company"));
    LocalDate last = rules.lastDay();
    for (Path file : company.files()) {
      company.deliver(file, folder);
    }
    new NightRunner(spark, company.config(folder), Progress.SILENT)
        .run("nightly", last, false, Stages.ALL);
    Lake lake = new Lake(spark, company.config(folder).warehouse());

    Dataset<Row> tablets =
        truth(spark, company, "identifiers")
            .where("type = 'cookie'")
            .groupBy("value")
            .agg(count_distinct(col("person_id")).as("users"))
            .where("users = 2")
            .select(col("value").as("tablet"));
    List<Row> touchpoints = told(lake, spark, company, tablets).collectAsList();

    assertThat(tablets.count()).isGreaterThan(2);
    assertThat(touchpoints).hasSizeGreaterThan(20);
    assertThat(touchpoints.stream().filter(row -> row.isNullAt(1)).count()).isPositive();
    assertThat(touchpoints)
        .allSatisfy(
            row -> assertThat(row.getString(3)).as(row.toString()).isEqualTo(row.getString(2)));

    TruthComparison found = TruthComparison.of(lake, company.home(), last);
    assertThat(found.deterministic().f1()).isEqualTo(1.0);
    assertThat(found.touchpoints()).isEqualTo(1.0);
  }

  /** record, user id that it names, customer of its user, customer whose it is. */
  private static Dataset<Row> told(
      Lake lake, SparkSession spark, Company company, Dataset<Row> tablets) {
    Dataset<Row> persons =
        truth(spark, company, "persons")
            .select(col("person_id").as("who"), col("user_id").as("account"));
    Dataset<Row> accounts =
        lake.read(Identities.TABLE)
            .where("type = 'user_id'")
            .select(col(Identities.VALUE).as("login"), col(Identities.CUSTOMER_ID).as("theirs"));
    Dataset<Row> users =
        persons
            .join(accounts, col("account").equalTo(col("login")), "inner")
            .select("who", "theirs");
    Dataset<Row> made =
        truth(spark, company, "touchpoints")
            .where("source = 'web'")
            .select(col("record_id").as("made"), col("person_id").as("maker"));
    return View.OWNED_TOUCHPOINTS
        .read(lake)
        .withColumn("cookie", expr(named("cookie")))
        .withColumn("signed_in", expr(named("user_id")))
        .join(tablets, col("cookie").equalTo(col("tablet")), "inner")
        .join(made, TruthComparison.recordId().equalTo(col("made")), "inner")
        .join(users, col("maker").equalTo(col("who")), "inner")
        .select(
            col(Touchpoints.RECORD_ID),
            col("signed_in"),
            col("theirs"),
            col(OwnedTouchpoints.CUSTOMER_ID));
  }

  private static String named(String type) {
    return "get(filter(identifiers, i -> i.type = '%s'), 0).value".formatted(type);
  }

  private static Dataset<Row> truth(SparkSession spark, Company company, String name) {
    return spark
        .read()
        .option("header", "true")
        .csv(company.home().resolve("truth").resolve(name + ".csv").toUri().toString());
  }
}

package io.itinera.jobs.sample;

import static io.itinera.core.sample.Agreement.FOUND;
import static io.itinera.core.sample.Agreement.PLANTED;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.regexp_replace;

import io.itinera.core.persona.PersonaRecovery;
import io.itinera.core.persona.PersonaRecovery.Overlap;
import io.itinera.core.sample.Agreement;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the pipeline found in the sample company, against what was planted.
 *
 * @param deterministic identity over pairs of identifiers that records link
 * @param all identity over all pairs of identifiers of a person, also those that only a guess could
 *     link
 * @param touchpoints share of touchpoints whose customer is, by most of its touchpoints, the person
 *     who made them
 * @param sessions share of sessions that hold one person's touchpoints only
 * @param journeys share of journeys that hold one person's touchpoints only
 * @param personas personas against the planted kinds of known people
 */
public record TruthComparison(
    Agreement deterministic,
    Agreement all,
    double touchpoints,
    double sessions,
    double journeys,
    PersonaRecovery personas) {

  private static final String PERSON = "person_id";

  /**
   * Compares the tables of a night with {@code truth/} of the sample company.
   *
   * @param home folder of the sample company
   */
  public static TruthComparison of(Lake lake, Path home, LocalDate asOf) {
    lake.begin("");
    Dataset<Row> identifiers = truth(lake, home, "identifiers.csv");
    Dataset<Row> owned = owned(lake, identifiers).transform(HoldRows::of);
    Dataset<Row> told = toldTouchpoints(lake, home).transform(HoldRows::of);
    return new TruthComparison(
        Agreement.of(owned.withColumn(PLANTED, col("island"))),
        Agreement.of(owned.withColumn(PLANTED, col(PERSON))),
        rightlyOwned(told),
        ofOnePerson(told, OwnedTouchpoints.SESSION_ID, lake.read(Sessions.TABLE).count()),
        journeysOfOnePerson(told, lake.read(Journeys.TABLE)),
        personas(lake, owned, truth(lake, home, "persons.csv"), asOf));
  }

  private static Dataset<Row> truth(Lake lake, Path home, String name) {
    return lake.spark()
        .read()
        .option("header", "true")
        .csv(home.resolve("truth").resolve(name).toUri().toString());
  }

  /** Identifiers of exactly one person, with the customer they were given to. */
  private static Dataset<Row> owned(Lake lake, Dataset<Row> identifiers) {
    Dataset<Row> single =
        identifiers
            .groupBy(col("type").as("true_type"), col("value").as("true_value"))
            .agg(
                min(PERSON).as(PERSON),
                min("island").as("island"),
                count_distinct(col(PERSON)).as("persons"))
            .where("persons = 1");
    Column same =
        col(Identities.TYPE)
            .equalTo(col("true_type"))
            .and(col(Identities.VALUE).equalTo(col("true_value")));
    return lake.read(Identities.TABLE)
        .join(single, same, "inner")
        .select(col(Identities.CUSTOMER_ID).as(FOUND), col(PERSON), col("island"));
  }

  /** Touchpoints with the person who made them. */
  private static Dataset<Row> toldTouchpoints(Lake lake, Path home) {
    Dataset<Row> truth =
        truth(lake, home, "touchpoints.csv")
            .select(
                col("source").as("true_source"), col("record_id").as("true_record"), col(PERSON));
    Column same =
        col(Touchpoints.SOURCE)
            .equalTo(col("true_source"))
            .and(recordId().equalTo(col("true_record")));
    return View.OWNED_TOUCHPOINTS
        .read(lake)
        .where(col(OwnedTouchpoints.CUSTOMER_ID).isNotNull())
        .join(truth, same, "inner")
        .select(
            col(OwnedTouchpoints.CUSTOMER_ID),
            col(OwnedTouchpoints.SESSION_ID),
            col(Touchpoints.OCCURRED_AT),
            col(PERSON));
  }

  /** What the truth calls a record: without the page and the hash that the web's preset adds. */
  public static Column recordId() {
    return regexp_replace(
        col(Touchpoints.RECORD_ID), "/[0-9]+/[0-9]+/([0-9]+)/[0-9a-f]{16}$", "/$1");
  }

  private static double rightlyOwned(Dataset<Row> told) {
    Dataset<Row> cells =
        told.groupBy(OwnedTouchpoints.CUSTOMER_ID, PERSON).agg(count(lit(1)).as("cell"));
    double right =
        cells
            .groupBy(OwnedTouchpoints.CUSTOMER_ID)
            .agg(max("cell").as("cell"))
            .selectExpr("coalesce(sum(cell), 0)")
            .first()
            .getLong(0);
    long total = told.count();
    return total == 0 ? 1 : right / total;
  }

  private static double ofOnePerson(Dataset<Row> told, String group, long total) {
    long mixed =
        told.groupBy(group)
            .agg(count_distinct(col(PERSON)).as("persons"))
            .where("persons > 1")
            .count();
    return total == 0 ? 1 : 1 - (double) mixed / total;
  }

  private static double journeysOfOnePerson(Dataset<Row> told, Dataset<Row> journeys) {
    Dataset<Row> periods =
        journeys.select(
            col(Journeys.JOURNEY_ID),
            col(Journeys.CUSTOMER_ID).as("traveller"),
            col(Journeys.STARTED_AT),
            col(Journeys.ENDED_AT));
    Column within =
        col(OwnedTouchpoints.CUSTOMER_ID)
            .equalTo(col("traveller"))
            .and(
                col(Touchpoints.OCCURRED_AT)
                    .between(col(Journeys.STARTED_AT), col(Journeys.ENDED_AT)));
    return ofOnePerson(told.join(periods, within, "inner"), Journeys.JOURNEY_ID, journeys.count());
  }

  /** Of known customers: a visit that nothing links to its person shows nothing of its kind. */
  private static PersonaRecovery personas(
      Lake lake, Dataset<Row> owned, Dataset<Row> persons, LocalDate asOf) {
    Dataset<Row> kinds =
        persons.where("is_known = 'true'").select(col(PERSON).as("known_person"), col("kind"));
    Dataset<Row> customers =
        owned
            .groupBy(FOUND)
            .agg(min(PERSON).as(PERSON), count_distinct(col(PERSON)).as("persons"))
            .where("persons = 1");
    Dataset<Row> known =
        lake.read(Customers.TABLE)
            .where(col(Customers.IS_KNOWN))
            .select(col(Customers.CUSTOMER_ID).as("known_customer"));
    List<Overlap> overlaps =
        lake
            .read(CustomerPersonas.TABLE)
            .where(col(CustomerPersonas.AS_OF).equalTo(lit(Date.valueOf(asOf))))
            .join(customers, col(CustomerPersonas.CUSTOMER_ID).equalTo(col(FOUND)), "inner")
            .join(known, col(FOUND).equalTo(col("known_customer")), "left_semi")
            .join(kinds, col(PERSON).equalTo(col("known_person")), "inner")
            .groupBy(CustomerPersonas.PERSONA_ID, "kind")
            .count()
            .collectAsList()
            .stream()
            .map(row -> new Overlap(row.getString(0), row.getString(1), row.getLong(2)))
            .toList();
    return PersonaRecovery.of(overlaps);
  }
}

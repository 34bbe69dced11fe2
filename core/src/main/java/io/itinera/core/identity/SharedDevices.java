package io.itinera.core.identity;

import static io.itinera.core.identity.FindSharedDevices.DEVICE_TYPE;
import static io.itinera.core.identity.FindSharedDevices.DEVICE_VALUE;
import static io.itinera.core.identity.FindSharedDevices.PERSON_TYPE;
import static io.itinera.core.identity.FindSharedDevices.PERSON_VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.spark.ConnectedComponents;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.Identities;
import io.itinera.core.table.Touchpoints;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Devices that are several customers' in turn.
 *
 * @param devices their {@link Identities#TYPE}, {@link Identities#VALUE}, first and last seen, and
 *     {@link ConnectedComponents#COMPONENT}
 * @param signIns what {@link FindSharedDevices#signIns} found
 * @param identities rows of {@link Identities} of all other identifiers
 * @param rules whose a device is, and when
 */
public record SharedDevices(
    Dataset<Row> devices, Dataset<Row> signIns, Dataset<Row> identities, IdentityRules rules) {

  /** Column: the customer who was signed in; null if nobody was. */
  public static final String PERSON = "signed_in_customer";

  /** Makes another key of a stretch's than of any identifier: no type has such a name. */
  private static final String STRETCH = "/stretch";

  private static final String ID = "identifier";
  private static final String ID_TYPE = ID + "." + Identities.TYPE;
  private static final String ID_VALUE = ID + "." + Identities.VALUE;

  /**
   * The sets of identifiers that name one of the devices.
   *
   * @param evidence rows of {@link Evidence} that name them
   * @return {@link Evidence#SET_ID}, {@link Evidence#SET_CHECK}, the device and {@link #PERSON}
   */
  public Dataset<Row> sets(Dataset<Row> evidence) {
    Dataset<Row> named =
        evidence
            .where(col(Evidence.KIND).equalTo(EvidenceKind.TOUCHPOINT.text()))
            .select(Evidence.SET_ID, Evidence.SET_CHECK, Evidence.IDENTIFIERS)
            .withColumn(ID, explode(col(Evidence.IDENTIFIERS)));
    Dataset<Row> ofDevices =
        named
            .join(
                devices.select(
                    col(Identities.TYPE).as(DEVICE_TYPE), col(Identities.VALUE).as(DEVICE_VALUE)),
                col(ID_TYPE)
                    .equalTo(col(DEVICE_TYPE))
                    .and(col(ID_VALUE).equalTo(col(DEVICE_VALUE))),
                "inner")
            .withColumn(ID, explode(col(Evidence.IDENTIFIERS)));
    Dataset<Row> persons = persons();
    Column signsIn =
        col(DEVICE_TYPE)
            .equalTo(col("on_type"))
            .and(col(DEVICE_VALUE).equalTo(col("on_value")))
            .and(col(ID_TYPE).equalTo(col(PERSON_TYPE)))
            .and(col(ID_VALUE).equalTo(col(PERSON_VALUE)));
    Column strength =
        struct(Strength.rank(col(PERSON_TYPE), rules), col(PERSON_TYPE), col(PERSON_VALUE));
    return ofDevices
        .join(persons, signsIn, "left")
        .groupBy(Evidence.SET_ID, Evidence.SET_CHECK, DEVICE_TYPE, DEVICE_VALUE)
        .agg(min_by(col(PERSON), when(col(PERSON).isNotNull(), strength)).as(PERSON));
  }

  private Dataset<Row> persons() {
    Dataset<Row> known =
        identities.select(
            col(Identities.TYPE).as("known_type"),
            col(Identities.VALUE).as("known_value"),
            col(Identities.CUSTOMER_ID).as(PERSON));
    return signIns
        .select(
            col(DEVICE_TYPE).as("on_type"),
            col(DEVICE_VALUE).as("on_value"),
            col(PERSON_TYPE),
            col(PERSON_VALUE))
        .distinct()
        .join(
            known,
            col(PERSON_TYPE)
                .equalTo(col("known_type"))
                .and(col(PERSON_VALUE).equalTo(col("known_value"))),
            "inner");
  }

  /**
   * Whose the devices are, and when.
   *
   * @param touchpoints what names one of {@link #sets}: the columns of that, and of {@link
   *     Touchpoints} those that put touchpoints in order
   * @return rows of {@link Identities}: one for each time in which a device is one customer's
   */
  public Dataset<Row> owned(Dataset<Row> touchpoints) {
    DeviceRules how = rules.devices();
    Dataset<Row> stretches =
        touchpoints
            .select(
                DEVICE_TYPE,
                DEVICE_VALUE,
                Touchpoints.OCCURRED_AT,
                Touchpoints.SEQUENCE,
                Touchpoints.TOUCHPOINT_ID,
                PERSON)
            .repartition(col(DEVICE_TYPE), col(DEVICE_VALUE))
            .sortWithinPartitions(
                DEVICE_TYPE,
                DEVICE_VALUE,
                Touchpoints.OCCURRED_AT,
                Touchpoints.SEQUENCE,
                Touchpoints.TOUCHPOINT_ID)
            .mapPartitions(own(how), Encoders.row(OwnInTurn.STRETCHES));
    Column ofDevice =
        col(Identities.TYPE)
            .equalTo(col(OwnInTurn.TYPE))
            .and(col(Identities.VALUE).equalTo(col(OwnInTurn.VALUE)));
    // One that only profiles name was never used: it is nobody's that is known.
    return Identities.TABLE.conform(
        devices
            .join(stretches, ofDevice, "left")
            .select(
                col(Identities.TYPE),
                col(Identities.VALUE),
                coalesce(col(OwnInTurn.PERSON), anonymous()).as(Identities.CUSTOMER_ID),
                coalesce(col(OwnInTurn.FROM), timestamp_seconds(lit(0L))).as(Identities.VALID_FROM),
                col(OwnInTurn.TO).as(Identities.VALID_TO),
                lit(Identities.BY_OWNERSHIP).as(Identities.ASSIGNED_BY),
                col(Identities.FIRST_SEEN_AT),
                col(Identities.LAST_SEEN_AT),
                col(OwnInTurn.PERSON).isNull().as(Identities.IS_ANCHOR),
                col(ConnectedComponents.COMPONENT).as(Identities.COMPONENT_ID)));
  }

  /** Id of a customer who is not known: the device and its first touchpoint of that time. */
  private Column anonymous() {
    Column first = col(OwnInTurn.FIRST_TOUCHPOINT);
    Column type = when(first.isNull(), col(Identities.TYPE));
    Column value = col(Identities.VALUE);
    return NameCustomers.customerId(
        coalesce(type, concat(col(Identities.TYPE), lit(STRETCH))),
        when(first.isNull(), value).otherwise(concat(value, lit("/"), first)),
        rules.idKey());
  }

  private static MapPartitionsFunction<Row, Row> own(DeviceRules rules) {
    return sightings -> new OwnInTurn(rules, sightings);
  }
}

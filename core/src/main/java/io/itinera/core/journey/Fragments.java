package io.itinera.core.journey;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.OwnedTouchpoints.SESSION_ID;
import static io.itinera.core.table.Touchpoints.CHANNEL;
import static io.itinera.core.table.Touchpoints.MARKETING_CHANNEL;
import static io.itinera.core.table.Touchpoints.OCCURRED_AT;
import static io.itinera.core.table.Touchpoints.ORDER_ID;
import static io.itinera.core.table.Touchpoints.SEQUENCE;
import static io.itinera.core.table.Touchpoints.STAGE;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static io.itinera.core.table.Touchpoints.TYPE;
import static io.itinera.core.table.Touchpoints.VALUE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Lifecycle;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Journeys;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pieces of journeys in one shape: a single touchpoint, or all that an earlier night has already
 * put together.
 */
final class Fragments {

  static final String FIRST_AT = "first_at";
  static final String LAST_AT = "last_at";
  static final String ORDINAL = "ordinal";
  static final String ID = "fragment_id";
  static final String IS_CARRIED = "is_carried";
  static final String CONVERSION_ID = "conversion_id";
  static final String ORDER_KEY = "conversion_order";
  static final String REVENUE = "fragment_revenue";
  static final String ORDER_IDS = "fragment_orders";
  static final String REFUNDS = "fragment_refunds";
  static final String TOUCHES = "touches";
  static final String SESSIONS = "fragment_sessions";
  static final String STEPS = "steps";
  static final String CHANNELS = "fragment_channels";
  static final String STAGE_RANK = "stage_rank";
  static final String CONTACT_CENTRE = "contact_centre";
  static final String COMPLAINT = "complaint";

  static final String STEP = "step";
  static final String AT = "at";

  private static final String UNKNOWN = "(unknown)";

  private Fragments() {}

  /** One fragment per touchpoint. */
  static Dataset<Row> ofTouchpoints(Dataset<Row> touchpoints, JourneyRules rules) {
    Column isConversion = Conversions.isOne(rules.conversionTypes());
    Column isBought = col(VALUE).gt(0);
    Column refund =
        struct(col(ORDER_ID).as(ColumnTypes.ORDER_ID), negate(col(VALUE)).as(ColumnTypes.AMOUNT));
    return touchpoints.select(
        col(CUSTOMER_ID),
        col(OCCURRED_AT).as(FIRST_AT),
        col(OCCURRED_AT).as(LAST_AT),
        col(SEQUENCE).as(ORDINAL),
        col(TOUCHPOINT_ID).as(ID),
        lit(false).as(IS_CARRIED),
        when(isConversion, col(TOUCHPOINT_ID)).as(CONVERSION_ID),
        when(isConversion, coalesce(col(ORDER_ID), col(TOUCHPOINT_ID))).as(ORDER_KEY),
        when(isBought, col(VALUE)).otherwise(lit(0).cast(ColumnTypes.MONEY)).as(REVENUE),
        when(isBought.or(isConversion).and(col(ORDER_ID).isNotNull()), array(col(ORDER_ID)))
            .as(ORDER_IDS),
        when(col(VALUE).lt(0), array(refund)).as(REFUNDS),
        lit(1L).as(TOUCHES),
        lit(1L).as(SESSIONS),
        array(struct(label(rules).as(STEP), col(OCCURRED_AT).as(AT))).as(STEPS),
        array(col(CHANNEL)).as(CHANNELS),
        coalesce(Lifecycle.rank(col(STAGE)), lit(0L)).as(STAGE_RANK),
        col(CHANNEL).isin(rules.contactCentreChannels().toArray()).as(CONTACT_CENTRE),
        col(TYPE).isin(rules.complaintTypes().toArray()).as(COMPLAINT),
        col(SESSION_ID));
  }

  /** One fragment per journey that an earlier night left without a conversion. */
  static Dataset<Row> ofJourneys(Dataset<Row> journeys) {
    return journeys.select(
        col(Journeys.CUSTOMER_ID),
        col(Journeys.STARTED_AT).as(FIRST_AT),
        col(Journeys.ENDED_AT).as(LAST_AT),
        col(Journeys.FIRST_SEQUENCE).as(ORDINAL),
        col(Journeys.FIRST_TOUCHPOINT_ID).as(ID),
        lit(true).as(IS_CARRIED),
        lit(null).cast("string").as(CONVERSION_ID),
        lit(null).cast("string").as(ORDER_KEY),
        col(Journeys.REVENUE).as(REVENUE),
        col(Journeys.ORDER_IDS).as(ORDER_IDS),
        col(Journeys.REFUNDS).as(REFUNDS),
        col(Journeys.TOUCHPOINTS_COUNT).as(TOUCHES),
        col(Journeys.SESSIONS_COUNT).as(SESSIONS),
        arrays_zip(col(Journeys.PATH).as(STEP), col(Journeys.PATH_AT).as(AT)).as(STEPS),
        col(Journeys.CHANNELS).as(CHANNELS),
        coalesce(Lifecycle.rank(col(Journeys.STAGE_REACHED)), lit(0L)).as(STAGE_RANK),
        col(Journeys.HAD_CONTACT_CENTRE).as(CONTACT_CENTRE),
        col(Journeys.HAD_COMPLAINT).as(COMPLAINT),
        lit(null).cast("string").as(SESSION_ID));
  }

  private static Column label(JourneyRules rules) {
    Column label =
        switch (rules.stepLabel()) {
          case CHANNEL -> col(CHANNEL);
          case MARKETING_CHANNEL -> col(MARKETING_CHANNEL);
          case TYPE -> col(TYPE);
          case CHANNEL_TYPE -> concat_ws(":", col(CHANNEL), col(TYPE));
          case STAGE -> col(STAGE);
        };
    return coalesce(label, lit(UNKNOWN));
  }
}

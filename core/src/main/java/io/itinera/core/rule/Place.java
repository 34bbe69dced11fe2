package io.itinera.core.rule;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.table.Touchpoints;
import org.apache.spark.sql.Column;

/**
 * A place in the order of touchpoints: by instant, then sequence, then id. No two touchpoints share
 * one, so what is cut at a place is cut between two touchpoints, whatever share their instant.
 */
public final class Place {

  /** Field: the instant of a place. */
  public static final String AT = "at";

  /** Field: the sequence of the touchpoint. */
  public static final String SEQUENCE = "sequence";

  /** Field: the id of the touchpoint. */
  public static final String ID = "id";

  private Place() {}

  /** Where the touchpoint of a row of {@link Touchpoints} stands. */
  public static Column ofTouchpoint() {
    return of(
        col(Touchpoints.OCCURRED_AT), col(Touchpoints.SEQUENCE), col(Touchpoints.TOUCHPOINT_ID));
  }

  /** The place of a touchpoint with that instant, sequence and id. */
  public static Column of(Column at, Column sequence, Column id) {
    return struct(at.as(AT), sequence.as(SEQUENCE), id.as(ID));
  }

  /** In front of all touchpoints of an instant: null sorts first, and an id is never null. */
  public static Column before(Column at) {
    return of(at, lit(null).cast("bigint"), lit(null).cast("string"));
  }
}

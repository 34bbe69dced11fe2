package io.itinera.core.session;

import io.itinera.core.rule.Sha256;
import io.itinera.core.spark.AskInTurn;
import io.itinera.core.table.SessionEnd;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One customer's touchpoints on one channel after the other, each in order, to sessions. Nothing
 * but the session at hand is kept.
 */
final class CutInTurn implements AskInTurn.Asked {

  /** Field: the id of the touchpoint's session. */
  static final String SESSION = "session_id";

  /** Field of a session's first touchpoint: why the session before it ended. */
  static final String BEGUN_BY = "begun_by";

  /** Field: latest instant, microseconds, at which the session goes on; null if it always does. */
  static final String ENDS_AFTER = "ends_after";

  /** Field: what ends the session if no touchpoint does. */
  static final String ENDS_BY = "ends_by";

  static final StructType CUT =
      new StructType()
          .add(SESSION, DataTypes.StringType)
          .add(BEGUN_BY, DataTypes.StringType)
          .add(ENDS_AFTER, DataTypes.LongType)
          .add(ENDS_BY, DataTypes.StringType);

  private static final long serialVersionUID = 1;
  private static final int ID_LENGTH = 32;
  private static final String CONVERSATION = "conversation";

  private static final int CUSTOMER = 0;
  private static final int CHANNEL = 1;
  private static final int DEFINITION = 2;
  private static final int RULES = 3;
  private static final int AT = 4;
  private static final int TOUCHPOINT = 5;
  private static final int SOURCE = 6;
  private static final int OPENS_NEW = 7;

  private static final Map<SessionEnd, UTF8String> ENDS =
      Arrays.stream(SessionEnd.values())
          .collect(
              Collectors.toMap(
                  end -> end,
                  end -> UTF8String.fromString(end.text()),
                  (one, other) -> one,
                  () -> new EnumMap<>(SessionEnd.class)));
  private static final UTF8String TIMEOUT = UTF8String.fromString(SessionDefinition.TIMEOUT);

  private final String prefix;
  private final CutRules[] rules;

  private transient UTF8String customer;
  private transient UTF8String channel;
  private transient UTF8String definition;
  private transient String kind;
  private transient SessionCutter cutter;
  private transient UTF8String session;

  /**
   * Before the first row.
   *
   * @param prefix what ids of sessions are made of beside their kind and first touchpoint
   * @param rules those that rows name by their place
   */
  CutInTurn(String prefix, List<CutRules> rules) {
    this.prefix = prefix;
    this.rules = rules.toArray(CutRules[]::new);
  }

  @Override
  public Object[] tell(AskInTurn.Given row) {
    if (isOfAnother(row)) {
      change(row);
    }
    long at = row.number(AT);
    UTF8String given = row.text(SOURCE);
    String source = given == null ? null : given.toString();
    SessionEnd end = cutter.endBefore(at, source, row.isTrue(OPENS_NEW));
    if (end == null && !cutter.isFirst()) {
      cutter.goOn(at);
    } else {
      cutter.begin(at, source);
      session = id(row.text(TOUCHPOINT));
    }
    long after = cutter.endsAfter();
    boolean isVendors = cutter.endsBy() == SessionEnd.SOURCE_SESSION;
    return new Object[] {
      session,
      end == null ? null : ENDS.get(end),
      isVendors ? null : after,
      ENDS.get(cutter.endsBy())
    };
  }

  private boolean isOfAnother(AskInTurn.Given row) {
    return cutter == null
        || !row.text(DEFINITION).equals(definition)
        || !row.text(CUSTOMER).equals(customer)
        || !isEqual(row.text(CHANNEL), channel);
  }

  private static boolean isEqual(UTF8String one, UTF8String other) {
    return one == null ? other == null : one.equals(other);
  }

  private void change(AskInTurn.Given row) {
    UTF8String newChannel = row.text(CHANNEL);
    customer = row.text(CUSTOMER).copy();
    channel = newChannel == null ? null : newChannel.copy();
    definition = row.text(DEFINITION).copy();
    CutRules here = rules[(int) row.number(RULES)];
    boolean isTimeout = definition.equals(TIMEOUT);
    cutter = isTimeout ? SessionCutter.of(here) : SessionCutter.ofVendor(here);
    kind = prefix + (isTimeout ? SessionDefinition.TIMEOUT : CONVERSATION) + "|";
  }

  /** The first hexadecimal digits of the SHA-256 of a session's kind and first touchpoint. */
  private UTF8String id(UTF8String firstTouchpoint) {
    byte[] hash = Sha256.of(kind + firstTouchpoint);
    return UTF8String.fromString(HexFormat.of().formatHex(hash, 0, ID_LENGTH / 2));
  }
}

package io.itinera.core.map;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.rule.Identifier;
import io.itinera.core.rule.Texts;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EvaluateSource;
import io.itinera.core.spark.Label;
import io.itinera.core.spark.MakeLabels.Labels;
import io.itinera.core.spark.RecordIds;
import io.itinera.core.table.RejectionReason;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;

/** How a record becomes a touchpoint. */
final class MapTouchpoint implements Serializable {

  private static final long serialVersionUID = 1;

  private static final String PURCHASE = "purchase";
  private static final String REFUND = "refund";
  static final String NO_CHANNEL = "event";

  private static final List<String> TEXTS =
      List.of(
          Touchpoints.STAGE,
          Touchpoints.SOURCE_SESSION,
          Touchpoints.MARKETING_CHANNEL,
          Touchpoints.MEDIUM,
          Touchpoints.REFERRER,
          Touchpoints.LOCATION,
          Touchpoints.CATEGORY,
          Touchpoints.CURRENCY,
          Touchpoints.RATING_SCALE,
          Touchpoints.TEXT,
          Touchpoints.DEVICE,
          Touchpoints.COUNTRY,
          Touchpoints.CITY);

  /** In the order in which their faults are told. */
  private static final List<String> NUMBERS =
      Stream.of(
              Touchpoints.SEQUENCE,
              Touchpoints.VALUE,
              Touchpoints.COST,
              Touchpoints.DURATION_SECONDS,
              Touchpoints.RATING)
          .sorted()
          .toList();

  /** Columns that follow from others, so that they are no content of their own. */
  private static final Set<String> DERIVED =
      Set.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.RECORD_ID,
          Touchpoints.SOURCE,
          Touchpoints.EVENT_DATE,
          Touchpoints.SET_ID,
          Touchpoints.SET_CHECK,
          Touchpoints.BOT_REASON,
          Touchpoints.RECORDED_VALUE,
          Touchpoints.RECORD_VERSION,
          Touchpoints.RECORD_HASH);

  /** Where two words meet in camel case, and what stands between words. */
  private static final SafePattern HUMP = SafePattern.of("([a-z0-9])([A-Z])");

  private static final SafePattern NO_WORD = SafePattern.of("[^\\p{L}\\p{N}]+");
  private static final int MOST_TYPES = 1_000;

  private final BlockValues.Form form;
  private final String owner;
  private final boolean hasOwnId;
  private final boolean hasCondition;
  private final boolean isRejectedWithoutName;
  private final boolean isPhoneOne;
  private final NormaliseIdentifiers identifiers;
  private final Set<String> placeholders;
  private final long tolerance;
  private final ZoneId zone;
  private final Ranges ranges;
  private final ConvertMoney money;
  private final MarkBots bots;
  private final Label channel;
  private final Label stage;
  private final List<String> contents;
  private final List<DataType> contentTypes;
  private transient Map<String, String> types;

  MapTouchpoint(SourceRules source, LoadingRules rules, Ranges ranges, Labels given) {
    MappingRules block = source.touchpoint().orElseThrow();
    this.form = BlockValues.Form.of(EvaluateSource.TOUCHPOINT_BLOCK, block, source.values());
    this.owner = block.of().orElse(source.name());
    this.hasOwnId = block.recordId().isPresent();
    this.hasCondition = block.where().isPresent();
    this.isRejectedWithoutName = source.unidentified() == SourceRules.Unidentified.REJECT;
    this.isPhoneOne = form.identifiers().containsKey(NormaliseIdentifiers.PHONE);
    this.identifiers = NormaliseIdentifiers.of(rules.placeholders(), source.values().region());
    this.placeholders = Set.copyOf(rules.placeholders());
    this.tolerance = TimeUnit.MICROSECONDS.convert(rules.futureTolerance());
    this.zone = rules.timeZone();
    this.ranges = ranges;
    this.money = new ConvertMoney(rules.currency(), rules.rates());
    this.bots = MarkBots.of(rules.bots());
    this.channel = given.channel();
    this.stage = given.stage();
    Set<String> labels = Set.of(Touchpoints.STAGE, Touchpoints.MARKETING_CHANNEL);
    this.contents =
        Candidates.TOUCHPOINT_COLUMNS.stream()
            .filter(name -> !DERIVED.contains(name))
            .filter(name -> !labels.contains(name) || form.columns().contains(name))
            .toList();
    this.contentTypes =
        contents.stream().map(name -> Touchpoints.TABLE.schema().apply(name).dataType()).toList();
  }

  /**
   * A touchpoint.
   *
   * @param row values of {@link Candidates#TOUCHPOINT_COLUMNS}, and what is wrong with them
   * @param isWithdrawn whether the record says that it is gone
   */
  record Touchpoint(Draft row, boolean isWithdrawn) {}

  /** What {@code record} becomes; null where the block does not want it. */
  Touchpoint of(RecordValues record, RecordOrigin origin) {
    BlockValues block = new BlockValues(form, record);
    if (hasCondition && !block.holds()) {
      return null;
    }
    Draft row = new Draft(Draft.TOUCHPOINT);
    String recordId = block.recordId();
    row.set(Touchpoints.RECORD_ID, recordId);
    row.set(
        Touchpoints.TOUCHPOINT_ID,
        hasOwnId
            ? RecordIds.fromRecordId(owner, recordId)
            : RecordIds.fromText(origin.source(), record.record(), origin.ordinal()));
    row.set(Touchpoints.SOURCE, owner);
    row.set(Touchpoints.RECORD_VERSION, origin.version());
    boolean isWithdrawn = block.is(MappingRules.DELETED);
    read(block, row, record.modifiedAt());
    if (isWithdrawn) {
      // Of a record that only withdraws, its id is enough.
      row.blameIf(hasOwnId && recordId == null, Fault.NO_RECORD_ID);
    } else {
      judge(block, row, record.modifiedAt());
    }
    complete(row, isWithdrawn, origin.position());
    return new Touchpoint(row, isWithdrawn);
  }

  private void read(BlockValues block, Draft row, Long writtenAt) {
    String named = block.text(Touchpoints.CHANNEL);
    row.set(Touchpoints.CHANNEL, named == null ? NO_CHANNEL : named.toLowerCase(Locale.ROOT));
    row.set(Touchpoints.TYPE, snakeCase(block.text(Touchpoints.TYPE)));
    Clocks clocks =
        new Clocks(
            block.clocks(Touchpoints.OCCURRED_AT),
            block.has(Touchpoints.OCCURRED_AT) ? block.clocks(MappingRules.RECEIVED_AT) : List.of(),
            writtenAt,
            tolerance);
    row.set(Touchpoints.OCCURRED_AT, clocks.time());
    List<Identifier> set = identifiers.identifiers(block);
    row.set(Touchpoints.IDENTIFIERS, set);
    row.set(Touchpoints.SET_ID, RecordIds.setId(set));
    row.set(Touchpoints.SET_CHECK, RecordIds.setCheck(set));
    for (String name : TEXTS) {
      row.set(name, block.text(name));
    }
    row.set(Touchpoints.ORDER_ID, orderId(block));
    row.set(Touchpoints.CAMPAIGN, CampaignNames.of(block.text(Touchpoints.CAMPAIGN)));
    row.set(Touchpoints.SEQUENCE, block.whole(Touchpoints.SEQUENCE));
    row.set(Touchpoints.VALUE, block.money(Touchpoints.VALUE));
    row.set(Touchpoints.COST, block.money(Touchpoints.COST));
    row.set(Touchpoints.DURATION_SECONDS, block.cutOff(Touchpoints.DURATION_SECONDS));
    row.set(Touchpoints.RATING, block.real(Touchpoints.RATING));
    row.set(Touchpoints.PRODUCT_IDS, texts(block.value(Touchpoints.PRODUCT_IDS)));
    row.set(
        Touchpoints.PROPERTIES,
        KeptFields.in(
            block.texts(Touchpoints.PROPERTIES),
            block.others(),
            unreadPhone(block),
            ClickIds.of(block.text(MappingRules.PAGE)),
            clocks.source()));
  }

  private void judge(BlockValues block, Draft row, Long writtenAt) {
    Long time = row.instant(Touchpoints.OCCURRED_AT);
    if (time == null) {
      row.blame(
          block.isAnyGiven(Touchpoints.OCCURRED_AT)
              ? new Fault(RejectionReason.BAD_TIME, "The time given cannot be read.")
              : new Fault(RejectionReason.MISSING_TIME, "No time given."));
    } else {
      row.blameIf(
          Ranges.isTooEarly(time),
          new Fault(RejectionReason.BAD_TIME, "The time given is before 1970."));
      row.blameIf(
          time > ranges.latest(writtenAt),
          new Fault(
              RejectionReason.FUTURE_TIME, "The time given is later than its file was written."));
    }
    String type = row.text(Touchpoints.TYPE);
    row.blameIf(type == null, new Fault(RejectionReason.MISSING_TYPE, "No type given."));
    for (String name : NUMBERS) {
      row.blameIf(row.get(name) == null && block.isNumberGiven(name), Fault.unreadable(name));
    }
    row.blame(Ranges.fault(Touchpoints.DURATION_SECONDS, row.number(Touchpoints.DURATION_SECONDS)));
    row.blame(Ranges.fault(Touchpoints.RATING, row.number(Touchpoints.RATING)));
    BigDecimal value = row.amount(Touchpoints.VALUE);
    boolean isSale = PURCHASE.equals(type) || REFUND.equals(type);
    row.blameIf(
        isSale && value == null && block.areAllGiven(Touchpoints.VALUE),
        new Fault(RejectionReason.BAD_NUMBER, "value is not a number."));
    row.blameIf(
        PURCHASE.equals(type) && value != null && value.signum() < 0,
        new Fault(RejectionReason.BAD_NUMBER, "A purchase cannot have a negative value."));
    row.blameIf(hasOwnId && row.get(Touchpoints.RECORD_ID) == null, Fault.NO_RECORD_ID);
    row.blameIf(NormaliseIdentifiers.isAnyTooLong(block), Fault.TOO_LONG);
    List<Identifier> found = row.identifiers(Touchpoints.IDENTIFIERS);
    row.blame(NormaliseIdentifiers.tooMany(found));
    row.blameIf(isRejectedWithoutName && found.isEmpty(), Fault.NAMES_NOBODY);
  }

  /** Adds what follows from the record's content: hash, day, labels, amounts, marks. */
  private void complete(Draft row, boolean isWithdrawn, long position) {
    row.set(Touchpoints.VALUE, signed(row.text(Touchpoints.TYPE), row.amount(Touchpoints.VALUE)));
    row.set(Touchpoints.RECORD_HASH, RecordIds.contentHash(row.of(contents), contentTypes));
    row.set(Touchpoints.EVENT_DATE, Days.of(row.instant(Touchpoints.OCCURRED_AT), zone));
    Fault ofMoney = money.convert(row);
    row.blameIf(!isWithdrawn && ofMoney != null, ofMoney);
    row.set(Touchpoints.RECORDED_VALUE, row.get(Touchpoints.VALUE));
    if (channel != null) {
      row.set(Touchpoints.MARKETING_CHANNEL, channel.of(row::get));
    }
    if (stage != null) {
      row.set(Touchpoints.STAGE, stage.of(row::get));
    }
    bots.mark(row);
    if (row.get(Touchpoints.SEQUENCE) == null) {
      row.set(Touchpoints.SEQUENCE, position);
    }
  }

  private static BigDecimal signed(String type, BigDecimal value) {
    if (PURCHASE.equals(type) || value == null) {
      return value;
    }
    return REFUND.equals(type) ? value.abs().negate() : null;
  }

  /** Orders that are "(not set)" are not one order. */
  private String orderId(BlockValues block) {
    String text = block.text(Touchpoints.ORDER_ID);
    return text == null || placeholders.contains(text.toLowerCase(Locale.ROOT)) ? null : text;
  }

  /** A telephone number that cannot be read names nobody, but is not thrown away. */
  private Map<String, String> unreadPhone(BlockValues block) {
    if (isPhoneOne
        && block.identifier(NormaliseIdentifiers.PHONE) instanceof String given
        && Texts.trimmed(given) != null
        && identifiers.phone(Texts.trimmed(given)) == null) {
      return Map.of(NormaliseIdentifiers.PHONE, Texts.trimmed(given));
    }
    return null;
  }

  private static List<?> texts(Object value) {
    if (value instanceof String one) {
      String text = Texts.trimmed(one);
      return text == null ? null : List.of(text);
    }
    return (List<?>) value;
  }

  private String snakeCase(String text) {
    if (text == null) {
      return null;
    }
    if (types == null) {
      types = new HashMap<>();
    }
    String known = types.get(text);
    if (known == null && !types.containsKey(text)) {
      known = inSnakeCase(text);
      if (types.size() < MOST_TYPES) {
        types.put(text, known);
      }
    }
    return known;
  }

  private static String inSnakeCase(String text) {
    String parted = HUMP.replaceIn(text, "$1_$2").toLowerCase(Locale.ROOT);
    String joined = NO_WORD.replaceIn(parted, "_");
    int start = 0;
    int end = joined.length();
    while (start < end && joined.charAt(start) == '_') {
      start++;
    }
    while (end > start && joined.charAt(end - 1) == '_') {
      end--;
    }
    return start == end ? null : joined.substring(start, end);
  }
}

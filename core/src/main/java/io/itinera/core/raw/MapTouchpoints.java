package io.itinera.core.raw;

import static io.itinera.core.raw.MapRecords.fault;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** How a record becomes a touchpoint. */
final class MapTouchpoints {

  private static final String PURCHASE = "purchase";
  private static final String REFUND = "refund";
  private static final String NO_CHANNEL = "event";

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

  private static final Map<String, DataType> NUMBERS =
      new TreeMap<>(
          Map.of(
              Touchpoints.SEQUENCE,
              DataTypes.LongType,
              Touchpoints.VALUE,
              ColumnTypes.MONEY,
              Touchpoints.COST,
              ColumnTypes.MONEY,
              Touchpoints.DURATION_SECONDS,
              DataTypes.LongType,
              Touchpoints.RATING,
              DataTypes.DoubleType));

  /** Columns that follow from others, so that they are no content of their own. */
  private static final Set<String> DERIVED =
      Set.of(
          Touchpoints.TOUCHPOINT_ID,
          Touchpoints.RECORD_ID,
          Touchpoints.SOURCE,
          Touchpoints.EVENT_DATE,
          Touchpoints.BOT_REASON,
          Touchpoints.RECORDED_VALUE,
          Touchpoints.RECORD_VERSION,
          Touchpoints.RECORD_HASH);

  /** Whether the record says that its touchpoint is gone. */
  static final String IS_WITHDRAWN = "is_withdrawn";

  /** Where two words meet in camel case, and what stands between words. */
  private static final SafePattern HUMP = SafePattern.of("([a-z0-9])([A-Z])");

  private static final SafePattern NO_WORD = SafePattern.of("[^\\p{L}\\p{N}]+");

  private static final String TIME_GIVEN = "time_given";
  private static final String ID_MISSING = "id_missing";
  private static final String ID_TOO_LONG = "id_too_long";
  private static final String MONEY_MISSING = "money_missing";
  private static final String GIVEN = "given_";

  private MapTouchpoints() {}

  /** Columns of touchpoints as the block gives them, and what {@link #complete} must know. */
  static List<Column> typed(MappedColumns block, SourceRules source, RawRules rules, Column keeps) {
    List<Column> columns = new ArrayList<>();
    Column recordId = block.recordId();
    boolean hasOwnId = block.rules().recordId().isPresent();
    columns.add(keeps.and(block.holds()).as(MapRecords.YIELDS_TOUCHPOINT));
    columns.add(recordId.as(Touchpoints.RECORD_ID));
    columns.add((hasOwnId ? recordId.isNull() : lit(false)).as(ID_MISSING));
    String owner = block.rules().of().orElse(source.name());
    columns.add(
        (hasOwnId ? RecordIds.fromRecordId(owner, recordId) : RecordIds.fromText(source))
            .as(Touchpoints.TOUCHPOINT_ID));
    columns.add(lit(owner).as(Touchpoints.SOURCE));
    columns.add(
        coalesce(block.typed(MappingRules.DELETED, DataTypes.BooleanType), lit(false))
            .as(IS_WITHDRAWN));
    columns.add(
        coalesce(lower(block.text(Touchpoints.CHANNEL)), lit(NO_CHANNEL)).as(Touchpoints.CHANNEL));
    columns.add(snakeCase(block.text(Touchpoints.TYPE)).as(Touchpoints.TYPE));
    Clocks clocks =
        block.clocks(Touchpoints.OCCURRED_AT, MappingRules.RECEIVED_AT, rules.futureTolerance());
    columns.add(clocks.time().as(Touchpoints.OCCURRED_AT));
    columns.add(NormaliseIdentifiers.isAnyTooLong(block).as(ID_TOO_LONG));
    columns.add(block.anyGiven(Touchpoints.OCCURRED_AT).as(TIME_GIVEN));
    columns.add(block.allGiven(Touchpoints.VALUE).as(MONEY_MISSING));
    columns.add(
        NormaliseIdentifiers.identifiers(block, rules.placeholders(), source.values().region())
            .as(Touchpoints.IDENTIFIERS));
    TEXTS.forEach(name -> columns.add(block.text(name).as(name)));
    columns.add(orderId(block, rules).as(Touchpoints.ORDER_ID));
    columns.add(CampaignNames.of(block.text(Touchpoints.CAMPAIGN)).as(Touchpoints.CAMPAIGN));
    NUMBERS.forEach(
        (name, type) -> {
          boolean isDuration = name.equals(Touchpoints.DURATION_SECONDS);
          Column number = isDuration ? block.wholeNumber(name) : block.number(name, type);
          columns.add(number.as(name));
          columns.add(block.isNumberGiven(name).as(GIVEN + name));
        });
    columns.add(block.strings(Touchpoints.PRODUCT_IDS).as(Touchpoints.PRODUCT_IDS));
    columns.add(
        OtherFields.keptIn(
                block,
                Touchpoints.PROPERTIES,
                UnreadPhones.of(block, source.values().region()),
                ClickIds.of(block),
                clocks.source())
            .as(Touchpoints.PROPERTIES));
    return columns;
  }

  /**
   * Adds labels, day and content hash, and packs all into one column {@link Candidates#TOUCHPOINT}
   * beside {@link MapRecords#TOUCHPOINT_FAULT}.
   */
  static Dataset<Row> complete(
      Dataset<Row> typed, SourceRules source, RawRules rules, Instant asOfEnd) {
    if (source.touchpoint().isEmpty()) {
      return typed
          .withColumn(MapRecords.TOUCHPOINT_FAULT, noFault())
          .withColumn(IS_WITHDRAWN, lit(false))
          .withColumn(
              Candidates.TOUCHPOINT,
              lit(null).cast(packedType(Touchpoints.TABLE, Candidates.TOUCHPOINT_COLUMNS)))
          .withColumn(
              Candidates.TOMBSTONE,
              lit(null).cast(packedType(Tombstones.TABLE, Candidates.TOMBSTONE_COLUMNS)));
    }
    Dataset<Row> hashed =
        typed
            .withColumn(MapRecords.TOUCHPOINT_FAULT, faults(source, rules, asOfEnd))
            .withColumn(Touchpoints.VALUE, signedValue())
            .withColumn(Touchpoints.RECORDED_VALUE, col(Touchpoints.VALUE))
            .withColumn(
                Touchpoints.EVENT_DATE, Days.of(col(Touchpoints.OCCURRED_AT), rules.timeZone()))
            .withColumn(Touchpoints.RECORD_HASH, contentHash(source));
    return Labels.label(ConvertMoney.convert(hashed, rules), source, rules)
        .withColumn(
            MapRecords.TOUCHPOINT_FAULT,
            coalesce(
                col(MapRecords.TOUCHPOINT_FAULT),
                when(not(col(IS_WITHDRAWN)), col(ConvertMoney.FAULT))))
        .withColumn(Touchpoints.BOT_REASON, FlagBots.byUserAgent(rules.bots()))
        .withColumn(
            Touchpoints.PROPERTIES,
            FlagBots.flagged(col(Touchpoints.PROPERTIES), col(Touchpoints.BOT_REASON)))
        .withColumn(
            Touchpoints.SEQUENCE, coalesce(col(Touchpoints.SEQUENCE), col(RawRecords.POSITION)))
        .withColumn(Candidates.TOUCHPOINT, packed(Candidates.TOUCHPOINT_COLUMNS))
        .withColumn(Touchpoints.SEQUENCE, when(not(col(IS_WITHDRAWN)), col(Touchpoints.SEQUENCE)))
        .withColumn(Candidates.TOMBSTONE, packed(Candidates.TOMBSTONE_COLUMNS));
  }

  private static Column faults(SourceRules source, RawRules rules, Instant asOfEnd) {
    Column time = col(Touchpoints.OCCURRED_AT);
    Column type = col(Touchpoints.TYPE);
    List<Column> faults = new ArrayList<>();
    Column noTime = time.isNull();
    faults.add(fault(noTime.and(not(col(TIME_GIVEN))), "missing-time", lit("No time given.")));
    faults.add(fault(noTime, "bad-time", lit("The time given cannot be read.")));
    faults.add(fault(Ranges.isTooEarly(time), "bad-time", lit("The time given is before 1970.")));
    faults.add(
        fault(
            time.gt(Ranges.latest(rules, asOfEnd)),
            "future-time",
            lit("The time given is later than its file was written.")));
    faults.add(fault(type.isNull(), "missing-type", lit("No type given.")));
    NUMBERS.keySet().forEach(name -> faults.add(badNumber(name)));
    for (String name : List.of(Touchpoints.DURATION_SECONDS, Touchpoints.RATING)) {
      faults.add(Ranges.fault(name, col(name)));
    }
    Column isMoney = type.isin(PURCHASE, REFUND).and(col(Touchpoints.VALUE).isNull());
    faults.add(fault(isMoney.and(col(MONEY_MISSING)), "bad-number", lit("value is not a number.")));
    faults.add(
        fault(
            type.equalTo(PURCHASE).and(col(Touchpoints.VALUE).lt(0)),
            "bad-number",
            lit("A purchase cannot have a negative value.")));
    faults.add(fault(col(ID_MISSING), "missing-id", lit("record-id is empty.")));
    faults.add(
        fault(
            col(ID_TOO_LONG),
            "long-identifier",
            lit("An identifier is longer than 1,000 characters.")));
    faults.add(NormaliseIdentifiers.tooMany(col(Touchpoints.IDENTIFIERS)));
    if (source.unidentified() == SourceRules.Unidentified.REJECT) {
      faults.add(
          fault(
              size(col(Touchpoints.IDENTIFIERS)).equalTo(0),
              "no-identifier",
              lit("No identifier of a person or a device given.")));
    }
    // Of a record that only withdraws, its id is enough.
    return when(not(col(IS_WITHDRAWN)), coalesce(faults.toArray(Column[]::new)))
        .otherwise(fault(col(ID_MISSING), "missing-id", lit("record-id is empty.")));
  }

  private static Column packed(List<String> columns) {
    return struct(columns.stream().map(name -> col(name)).toArray(Column[]::new));
  }

  private static Column badNumber(String name) {
    return fault(
        col(GIVEN + name).and(col(name).isNull()),
        "bad-number",
        lit(name + " is not a number, or is too large."));
  }

  /** Orders that are "(not set)" are not one order. */
  private static Column orderId(MappedColumns block, RawRules rules) {
    Column text = block.text(Touchpoints.ORDER_ID);
    return when(not(lower(text).isin(rules.placeholders().toArray())), text);
  }

  private static Column signedValue() {
    Column value = col(Touchpoints.VALUE);
    return when(col(Touchpoints.TYPE).equalTo(PURCHASE), value)
        .when(col(Touchpoints.TYPE).equalTo(REFUND), negate(abs(value)))
        .cast(ColumnTypes.MONEY);
  }

  private static Column contentHash(SourceRules source) {
    Set<String> mapped = source.touchpoint().orElseThrow().columns().keySet();
    Set<String> labels = Set.of(Touchpoints.STAGE, Touchpoints.MARKETING_CHANNEL);
    List<String> contents =
        Candidates.TOUCHPOINT_COLUMNS.stream()
            .filter(name -> !DERIVED.contains(name))
            .filter(name -> !labels.contains(name) || mapped.contains(name))
            .toList();
    return RecordIds.contentHash(
        contents.stream().map(name -> col(name)).toList(),
        contents.stream().map(name -> Touchpoints.TABLE.schema().apply(name).dataType()).toList());
  }

  private static Column snakeCase(Column text) {
    Column parted = HUMP.replaceIn(text, "$1_$2");
    Column joined = NO_WORD.replaceIn(lower(parted), "_");
    return nullif(trim(joined, lit("_")), lit(""));
  }

  private static Column noFault() {
    return fault(lit(false), "", lit(""));
  }

  /** Type of a struct of some columns of a table. */
  static DataType packedType(Table table, List<String> columns) {
    return DataTypes.createStructType(
        Arrays.stream(table.schema().fields())
            .filter(field -> columns.contains(field.name()))
            .toList());
  }
}

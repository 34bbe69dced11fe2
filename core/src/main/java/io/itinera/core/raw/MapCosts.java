package io.itinera.core.raw;

import static io.itinera.core.raw.MapRecords.fault;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.upper;

import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.ColumnTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** How a record becomes a row of campaign costs. */
final class MapCosts {

  private static final String PREFIX = "cost_";
  private static final String ID_MISSING = PREFIX + "id_missing";
  private static final String DATE_GIVEN = PREFIX + "date_given";
  private static final String GIVEN = PREFIX + "given_";

  private static final Map<String, DataType> NUMBERS =
      new TreeMap<>(
          Map.of(
              CampaignCosts.COST,
              ColumnTypes.MONEY,
              CampaignCosts.IMPRESSIONS,
              DataTypes.LongType,
              CampaignCosts.CLICKS,
              DataTypes.LongType));

  private static final List<String> CONTENTS =
      List.of(
          CampaignCosts.DATE,
          CampaignCosts.MARKETING_CHANNEL,
          CampaignCosts.CAMPAIGN,
          CampaignCosts.COST,
          CampaignCosts.CURRENCY,
          CampaignCosts.IMPRESSIONS,
          CampaignCosts.CLICKS);

  private MapCosts() {}

  /** Columns of campaign costs as the block gives them, and what {@link #complete} must know. */
  static List<Column> typed(MappedColumns block, SourceRules source, RawRules rules, Column keeps) {
    List<Column> columns = new ArrayList<>();
    boolean hasOwnId = block.rules().recordId().isPresent();
    Column recordId = hasOwnId ? block.recordId() : RecordIds.fromText(source);
    columns.add(keeps.and(block.holds()).as(MapRecords.YIELDS_COST));
    columns.add(recordId.as(PREFIX + CampaignCosts.RECORD_ID));
    columns.add(recordId.isNull().as(ID_MISSING));
    columns.add(block.date(CampaignCosts.DATE).as(PREFIX + CampaignCosts.DATE));
    columns.add(block.anyGiven(CampaignCosts.DATE).as(DATE_GIVEN));
    columns.add(
        block.text(CampaignCosts.MARKETING_CHANNEL).as(PREFIX + CampaignCosts.MARKETING_CHANNEL));
    columns.add(
        CampaignNames.of(block.text(CampaignCosts.CAMPAIGN)).as(PREFIX + CampaignCosts.CAMPAIGN));
    columns.add(
        coalesce(upper(block.text(CampaignCosts.CURRENCY)), lit(rules.currency()))
            .as(PREFIX + CampaignCosts.CURRENCY));
    NUMBERS.forEach(
        (name, type) -> {
          columns.add(block.number(name, type).as(PREFIX + name));
          columns.add(block.isNumberGiven(name).as(GIVEN + name));
        });
    return columns;
  }

  /**
   * Packs all into one column {@link Candidates#COST} beside {@link MapRecords#COST_FAULT}.
   *
   * @param typed rows with the columns of {@link #typed}
   */
  static Dataset<Row> complete(
      Dataset<Row> typed, SourceRules source, RawRules rules, Instant asOfEnd) {
    if (source.cost().isEmpty()) {
      return typed
          .withColumn(MapRecords.COST_FAULT, fault(lit(false), "", lit("")))
          .withColumn(
              Candidates.COST,
              lit(null)
                  .cast(MapTouchpoints.packedType(CampaignCosts.TABLE, Candidates.COST_COLUMNS)));
    }
    return typed
        .withColumn(MapRecords.COST_FAULT, faults(rules, asOfEnd))
        .withColumn(Candidates.COST, packed(source));
  }

  private static Column faults(RawRules rules, Instant asOfEnd) {
    List<Column> faults = new ArrayList<>();
    Column noDate = col(PREFIX + CampaignCosts.DATE).isNull();
    faults.add(fault(noDate.and(not(col(DATE_GIVEN))), "missing-time", lit("No date given.")));
    faults.add(fault(noDate, "bad-time", lit("The date given cannot be read.")));
    faults.add(
        fault(
            Ranges.isImpossible(col(PREFIX + CampaignCosts.DATE), rules, asOfEnd),
            "bad-time",
            lit("The date given is before 1970, or later than its file was written.")));
    NUMBERS
        .keySet()
        .forEach(
            name ->
                faults.add(
                    fault(
                        col(GIVEN + name).and(col(PREFIX + name).isNull()),
                        "bad-number",
                        lit(name + " is not a number, or is too large."))));
    NUMBERS.keySet().forEach(name -> faults.add(Ranges.fault(name, col(PREFIX + name))));
    faults.add(
        fault(
            col(PREFIX + CampaignCosts.COST).isNull(),
            "bad-number",
            lit("No cost given, or it is not a number.")));
    faults.add(fault(col(ID_MISSING), "missing-id", lit("record-id is empty.")));
    return coalesce(faults.toArray(Column[]::new));
  }

  private static Column packed(SourceRules source) {
    return struct(
        Candidates.COST_COLUMNS.stream()
            .map(
                name ->
                    switch (name) {
                      case CampaignCosts.SOURCE -> lit(source.name()).as(name);
                      case CampaignCosts.RECORD_VERSION -> col(name);
                      case CampaignCosts.RECORD_HASH -> contentHash().as(name);
                      default -> col(PREFIX + name).as(name);
                    })
            .toArray(Column[]::new));
  }

  private static Column contentHash() {
    return RecordIds.contentHash(
        CONTENTS.stream().map(name -> col(PREFIX + name)).toList(),
        CONTENTS.stream()
            .map(name -> CampaignCosts.TABLE.schema().apply(name).dataType())
            .toList());
  }
}

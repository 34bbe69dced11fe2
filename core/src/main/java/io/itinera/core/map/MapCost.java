package io.itinera.core.map;

import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EvaluateSource;
import io.itinera.core.spark.RecordIds;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.RejectionReason;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;

/** How a record becomes a row of campaign costs. */
final class MapCost implements Serializable {

  private static final long serialVersionUID = 1;

  private static final List<String> NUMBERS =
      List.of(CampaignCosts.CLICKS, CampaignCosts.COST, CampaignCosts.IMPRESSIONS);

  private static final List<String> CONTENTS =
      List.of(
          CampaignCosts.DATE,
          CampaignCosts.MARKETING_CHANNEL,
          CampaignCosts.CAMPAIGN,
          CampaignCosts.COST,
          CampaignCosts.CURRENCY,
          CampaignCosts.IMPRESSIONS,
          CampaignCosts.CLICKS);

  private static final List<DataType> CONTENT_TYPES =
      CONTENTS.stream().map(name -> CampaignCosts.TABLE.schema().apply(name).dataType()).toList();

  private final BlockValues.Form form;
  private final boolean hasOwnId;
  private final boolean hasCondition;
  private final String currency;
  private final Ranges ranges;

  MapCost(SourceRules source, LoadingRules rules, Ranges ranges) {
    MappingRules block = source.cost().orElseThrow();
    this.form = BlockValues.Form.of(EvaluateSource.COST_BLOCK, block, source.values());
    this.hasOwnId = block.recordId().isPresent();
    this.hasCondition = block.where().isPresent();
    this.currency = rules.currency();
    this.ranges = ranges;
  }

  /**
   * What {@code record} becomes: values of {@link Candidates#COST_COLUMNS}, and what is wrong with
   * them; null where the block does not want it.
   */
  Draft of(RecordValues record, RecordOrigin origin) {
    BlockValues block = new BlockValues(form, record);
    if (hasCondition && !block.holds()) {
      return null;
    }
    Draft row = new Draft(Draft.COST);
    String recordId =
        hasOwnId
            ? block.recordId()
            : RecordIds.fromText(origin.source(), record.record(), origin.ordinal());
    String named = block.text(CampaignCosts.CURRENCY);
    row.set(CampaignCosts.SOURCE, origin.source());
    row.set(CampaignCosts.RECORD_ID, recordId);
    row.set(CampaignCosts.RECORD_VERSION, origin.version());
    row.set(CampaignCosts.DATE, block.value(CampaignCosts.DATE));
    row.set(CampaignCosts.MARKETING_CHANNEL, block.text(CampaignCosts.MARKETING_CHANNEL));
    row.set(CampaignCosts.CAMPAIGN, CampaignNames.of(block.text(CampaignCosts.CAMPAIGN)));
    row.set(CampaignCosts.CURRENCY, named == null ? currency : named.toUpperCase(Locale.ROOT));
    row.set(CampaignCosts.COST, block.money(CampaignCosts.COST));
    row.set(CampaignCosts.IMPRESSIONS, block.whole(CampaignCosts.IMPRESSIONS));
    row.set(CampaignCosts.CLICKS, block.whole(CampaignCosts.CLICKS));
    judge(block, row, record.modifiedAt());
    row.blameIf(recordId == null, Fault.NO_RECORD_ID);
    Object[] content = CONTENTS.stream().map(row::get).toArray();
    row.set(CampaignCosts.RECORD_HASH, RecordIds.contentHash(content, CONTENT_TYPES));
    return row;
  }

  private void judge(BlockValues block, Draft row, Long writtenAt) {
    Integer day = row.day(CampaignCosts.DATE);
    if (day == null) {
      row.blame(
          block.isAnyGiven(CampaignCosts.DATE)
              ? new Fault(RejectionReason.BAD_TIME, "The date given cannot be read.")
              : new Fault(RejectionReason.MISSING_TIME, "No date given."));
    }
    row.blameIf(
        ranges.isImpossibleDay(day, writtenAt),
        new Fault(
            RejectionReason.BAD_TIME,
            "The date given is before 1970, or later than its file was written."));
    for (String name : NUMBERS) {
      row.blameIf(row.get(name) == null && block.isNumberGiven(name), Fault.unreadable(name));
    }
    for (String name : NUMBERS) {
      row.blame(Ranges.fault(name, row.number(name)));
    }
    row.blameIf(
        row.get(CampaignCosts.COST) == null,
        new Fault(RejectionReason.BAD_NUMBER, "No cost given, or it is not a number."));
  }
}

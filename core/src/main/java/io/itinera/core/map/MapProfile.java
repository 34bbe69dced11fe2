package io.itinera.core.map;

import io.itinera.core.rule.Identifier;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.EvaluateSource;
import io.itinera.core.spark.RecordIds;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RejectionReason;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.types.DataType;

/** How a record becomes a profile. */
final class MapProfile implements Serializable {

  private static final long serialVersionUID = 1;

  private static final List<String> TEXTS =
      List.of(
          Profiles.FIRST_NAME,
          Profiles.LAST_NAME,
          Profiles.GENDER,
          Profiles.STREET,
          Profiles.CITY,
          Profiles.POSTAL_CODE,
          Profiles.COUNTRY,
          Profiles.COMPANY);

  private static final List<String> TIMES = List.of(Profiles.CREATED_AT, Profiles.UPDATED_AT);

  private static final Set<String> DERIVED =
      Set.of(Profiles.SOURCE, Profiles.RECORD_ID, Profiles.RECORD_VERSION, Profiles.RECORD_HASH);

  private static final List<String> CONTENTS =
      Candidates.PROFILE_COLUMNS.stream().filter(name -> !DERIVED.contains(name)).toList();

  private static final List<DataType> CONTENT_TYPES =
      CONTENTS.stream().map(name -> Profiles.TABLE.schema().apply(name).dataType()).toList();

  private final BlockValues.Form form;
  private final String owner;
  private final boolean hasOwnId;
  private final boolean hasCondition;
  private final boolean keepsUnidentified;
  private final NormaliseIdentifiers identifiers;
  private final long tolerance;
  private final Ranges ranges;

  MapProfile(SourceRules source, LoadingRules rules, Ranges ranges) {
    MappingRules block = source.profile().orElseThrow();
    this.form = BlockValues.Form.of(EvaluateSource.PROFILE_BLOCK, block, source.values());
    this.owner = block.of().orElse(source.name());
    this.hasOwnId = block.recordId().isPresent();
    this.hasCondition = block.where().isPresent();
    this.keepsUnidentified = source.unidentified() == SourceRules.Unidentified.KEEP;
    this.identifiers = NormaliseIdentifiers.of(rules.placeholders(), source.values().region());
    this.tolerance = TimeUnit.MICROSECONDS.convert(rules.futureTolerance());
    this.ranges = ranges;
  }

  /**
   * What {@code record} becomes: values of {@link Candidates#PROFILE_COLUMNS}, and what is wrong
   * with them; null where the block does not want it.
   *
   * @param hasTouchpoint whether the record becomes a touchpoint, too
   */
  Draft of(RecordValues record, RecordOrigin origin, boolean hasTouchpoint) {
    BlockValues block = new BlockValues(form, record);
    if (hasCondition && !block.holds()) {
      return null;
    }
    Draft row = new Draft(Draft.PROFILE);
    read(block, row, record.modifiedAt());
    List<Identifier> found = row.identifiers(Profiles.IDENTIFIERS);
    boolean namesNobody = found.isEmpty() && !block.is(Profiles.DELETED);
    // A profile of nobody says nothing. Where that is allowed, the record's touchpoint still
    // stands.
    if (namesNobody && keepsUnidentified && hasTouchpoint) {
      return null;
    }
    String recordId =
        hasOwnId
            ? block.recordId()
            : RecordIds.fromText(origin.source(), record.record(), origin.ordinal());
    row.set(Profiles.SOURCE, owner);
    row.set(Profiles.RECORD_ID, recordId);
    row.set(Profiles.RECORD_VERSION, origin.version());
    judge(block, row, record.modifiedAt());
    row.blameIf(recordId == null, Fault.NO_RECORD_ID);
    row.blameIf(NormaliseIdentifiers.isAnyTooLong(block), Fault.TOO_LONG);
    row.blame(NormaliseIdentifiers.tooMany(found));
    row.blameIf(namesNobody, Fault.NAMES_NOBODY);
    Object[] content = CONTENTS.stream().map(row::get).toArray();
    row.set(Profiles.RECORD_HASH, RecordIds.contentHash(content, CONTENT_TYPES));
    return row;
  }

  /**
   * A birth date that cannot be read, or nobody has, is null: it alone is no reason to lose a
   * person.
   */
  private void read(BlockValues block, Draft row, Long writtenAt) {
    row.set(Profiles.IDENTIFIERS, identifiers.identifiers(block));
    row.set(Profiles.MERGED, identifiers.merged(block));
    TEXTS.forEach(name -> row.set(name, block.text(name)));
    String email = block.text(Profiles.EMAIL);
    row.set(Profiles.EMAIL, either(NormaliseIdentifiers.email(email), email));
    String phone = block.text(Profiles.PHONE);
    row.set(Profiles.PHONE, either(identifiers.phone(phone), phone));
    List<Clocks.Reading> servers = block.clocks(MappingRules.RECEIVED_AT);
    Clocks updated = clocks(block, Profiles.UPDATED_AT, servers, writtenAt);
    boolean areSeveral = block.clocks(Profiles.CREATED_AT).size() > 1;
    Clocks created =
        clocks(block, Profiles.CREATED_AT, areSeveral ? servers : List.of(), writtenAt);
    row.set(Profiles.CREATED_AT, created.time());
    row.set(Profiles.UPDATED_AT, updated.time());
    row.set(
        Profiles.BIRTH_DATE, ranges.birth((Integer) block.value(Profiles.BIRTH_DATE), writtenAt));
    row.set(Profiles.CONSENT, block.value(Profiles.CONSENT));
    row.set(
        Profiles.ATTRIBUTES,
        KeptFields.in(block.texts(Profiles.ATTRIBUTES), block.others(), updated.source()));
    row.set(Profiles.DELETED, block.is(Profiles.DELETED));
  }

  private Clocks clocks(
      BlockValues block, String name, List<Clocks.Reading> servers, Long writtenAt) {
    return new Clocks(
        block.clocks(name), block.has(name) ? servers : List.of(), writtenAt, tolerance);
  }

  private void judge(BlockValues block, Draft row, Long writtenAt) {
    for (String name : TIMES) {
      boolean isGiven = block.clocks(name).stream().anyMatch(Clocks.Reading::isGiven);
      row.blameIf(
          isGiven && row.get(name) == null,
          new Fault(RejectionReason.BAD_TIME, name + " cannot be read."));
    }
    for (String name : TIMES) {
      row.blameIf(
          ranges.isImpossible(row.instant(name), writtenAt),
          new Fault(
              RejectionReason.BAD_TIME,
              name + " is before 1970, or later than its file was written."));
    }
  }

  private static String either(String normalised, String recorded) {
    return normalised == null ? recorded : normalised;
  }
}

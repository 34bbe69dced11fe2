package io.itinera.core.raw;

import static io.itinera.core.raw.MapRecords.fault;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.Profiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How a record becomes a profile. */
final class MapProfiles {

  private static final String PREFIX = "profile_";
  private static final String ID_MISSING = PREFIX + "id_missing";
  private static final String ID_TOO_LONG = PREFIX + "id_too_long";
  private static final String GIVEN = PREFIX + "given_";

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

  private MapProfiles() {}

  /**
   * Columns of profiles as the block gives them, and what {@link #complete} must know. A birth date
   * that cannot be read, or nobody has, is null: it alone is no reason to lose a person.
   */
  static List<Column> typed(MappedColumns block, SourceRules source, RawRules rules, Column keeps) {
    List<Column> columns = new ArrayList<>();
    boolean hasOwnId = block.rules().recordId().isPresent();
    Column recordId = hasOwnId ? block.recordId() : RecordIds.fromText(source);
    columns.add(keeps.and(block.holds()).as(MapRecords.YIELDS_PROFILE));
    columns.add(recordId.as(PREFIX + Profiles.RECORD_ID));
    columns.add(recordId.isNull().as(ID_MISSING));
    columns.add(NormaliseIdentifiers.isAnyTooLong(block).as(ID_TOO_LONG));
    columns.add(lit(block.rules().of().orElse(source.name())).as(PREFIX + Profiles.SOURCE));
    columns.add(
        NormaliseIdentifiers.identifiers(block, rules.placeholders(), source.values().region())
            .as(PREFIX + Profiles.IDENTIFIERS));
    columns.add(
        NormaliseIdentifiers.merged(block, rules.placeholders(), source.values().region())
            .as(PREFIX + Profiles.MERGED));
    TEXTS.forEach(name -> columns.add(block.text(name).as(PREFIX + name)));
    Column email = block.text(Profiles.EMAIL);
    columns.add(coalesce(NormaliseIdentifiers.email(email), email).as(PREFIX + Profiles.EMAIL));
    Column phone = block.text(Profiles.PHONE);
    columns.add(
        coalesce(NormaliseIdentifiers.phone(phone, source.values().region()), phone)
            .as(PREFIX + Profiles.PHONE));
    Clocks clocks =
        block.clocks(Profiles.UPDATED_AT, MappingRules.RECEIVED_AT, rules.futureTolerance());
    columns.add(
        block
            .clocks(
                Profiles.CREATED_AT,
                block.hasSeveral(Profiles.CREATED_AT) ? MappingRules.RECEIVED_AT : "",
                rules.futureTolerance())
            .time()
            .as(PREFIX + Profiles.CREATED_AT));
    columns.add(clocks.time().as(PREFIX + Profiles.UPDATED_AT));
    TIMES.forEach(name -> columns.add(block.isGiven(name).as(GIVEN + name)));
    columns.add(block.date(Profiles.BIRTH_DATE).as(PREFIX + Profiles.BIRTH_DATE));
    columns.add(
        block.typed(Profiles.CONSENT, ColumnTypes.BOOLEAN_MAP).as(PREFIX + Profiles.CONSENT));
    columns.add(
        OtherFields.keptIn(block, Profiles.ATTRIBUTES, clocks.source())
            .as(PREFIX + Profiles.ATTRIBUTES));
    columns.add(
        coalesce(block.typed(Profiles.DELETED, DataTypes.BooleanType), lit(false))
            .as(PREFIX + Profiles.DELETED));
    return columns;
  }

  /**
   * Adds the content hash and packs all into one column {@link Candidates#PROFILE} beside {@link
   * MapRecords#PROFILE_FAULT}.
   */
  static Dataset<Row> complete(
      Dataset<Row> typed, SourceRules source, RawRules rules, Instant asOfEnd) {
    if (source.profile().isEmpty()) {
      return typed
          .withColumn(MapRecords.PROFILE_FAULT, fault(lit(false), "", lit("")))
          .withColumn(
              Candidates.PROFILE,
              lit(null)
                  .cast(MapTouchpoints.packedType(Profiles.TABLE, Candidates.PROFILE_COLUMNS)));
    }
    Column namesNobody =
        size(col(PREFIX + Profiles.IDENTIFIERS))
            .equalTo(0)
            .and(not(col(PREFIX + Profiles.DELETED)));
    boolean keepsUnidentified = source.unidentified() == SourceRules.Unidentified.KEEP;
    // A profile of nobody says nothing. Where that is allowed, the record's touchpoint still
    // stands.
    Column isDropped =
        keepsUnidentified ? namesNobody.and(col(MapRecords.YIELDS_TOUCHPOINT)) : lit(false);
    return typed
        .withColumn(
            PREFIX + Profiles.BIRTH_DATE,
            Ranges.birth(col(PREFIX + Profiles.BIRTH_DATE), rules, asOfEnd))
        .withColumn(MapRecords.PROFILE_FAULT, faults(namesNobody, rules, asOfEnd))
        .withColumn(MapRecords.YIELDS_PROFILE, col(MapRecords.YIELDS_PROFILE).and(not(isDropped)))
        .withColumn(Candidates.PROFILE, packed());
  }

  private static Column faults(Column namesNobody, RawRules rules, Instant asOfEnd) {
    Stream<Column> times =
        TIMES.stream()
            .map(
                name ->
                    fault(
                        col(GIVEN + name).and(col(PREFIX + name).isNull()),
                        "bad-time",
                        lit(name + " cannot be read.")));
    Stream<Column> impossible =
        TIMES.stream()
            .map(
                name ->
                    fault(
                        Ranges.isImpossible(col(PREFIX + name), rules, asOfEnd),
                        "bad-time",
                        lit(name + " is before 1970, or later than its file was written.")));
    return coalesce(
        Stream.concat(
                Stream.concat(times, impossible),
                Stream.of(
                    fault(col(ID_MISSING), "missing-id", lit("record-id is empty.")),
                    fault(
                        col(ID_TOO_LONG),
                        "long-identifier",
                        lit("An identifier is longer than 1,000 characters.")),
                    NormaliseIdentifiers.tooMany(col(PREFIX + Profiles.IDENTIFIERS)),
                    fault(
                        namesNobody,
                        "no-identifier",
                        lit("No identifier of a person or a device given."))))
            .toArray(Column[]::new));
  }

  private static Column packed() {
    return struct(
        Candidates.PROFILE_COLUMNS.stream()
            .map(
                name ->
                    switch (name) {
                      case Profiles.RECORD_VERSION -> col(name);
                      case Profiles.RECORD_HASH -> contentHash().as(name);
                      default -> col(PREFIX + name).as(name);
                    })
            .toArray(Column[]::new));
  }

  private static Column contentHash() {
    List<String> contents =
        Candidates.PROFILE_COLUMNS.stream().filter(name -> !DERIVED.contains(name)).toList();
    StructType schema = Profiles.TABLE.schema();
    return RecordIds.contentHash(
        contents.stream().map(name -> col(PREFIX + name)).toList(),
        contents.stream().map(name -> schema.apply(name).dataType()).toList());
  }
}

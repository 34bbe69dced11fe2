package io.itinera.core.source;

import java.util.Map;
import java.util.Optional;

/**
 * One block {@code touchpoint}, {@code profile} or {@code cost} of a source.
 *
 * @param of the source whose touchpoint or profile it is; empty for the source's own
 * @param where records for which this is not true yield none; the source's own condition comes
 *     first
 * @param recordId what makes the record the same when it is delivered again; empty takes the
 *     record's text and its ordinal among equal ones of its file
 * @param columns column of the table to Spark SQL expression over the record
 * @param identifiers identifier type to Spark SQL expression over the record; a null or placeholder
 *     value names nobody
 * @param always identifier type to Spark SQL expression: identifiers that the vendor itself says
 *     are the same person's, such as those of merged records
 */
public record MappingRules(
    Optional<String> of,
    Optional<String> where,
    Optional<String> recordId,
    Map<String, String> columns,
    Map<String, String> identifiers,
    Map<String, String> always) {

  /** Column whose expression, where true, withdraws the record's touchpoint or profile. */
  public static final String DELETED = "deleted";

  /** Column whose expression tells when the vendor's own server got the record. */
  public static final String RECEIVED_AT = "received_at";

  /** Column whose expression is the address of the page that a touchpoint was on, query and all. */
  public static final String PAGE = "page";

  public MappingRules {
    columns = Map.copyOf(columns);
    identifiers = Map.copyOf(identifiers);
    always = Map.copyOf(always);
  }

  /** A block of the source's own, without conditions or merged identifiers. */
  public static MappingRules of(
      Optional<String> recordId, Map<String, String> columns, Map<String, String> identifiers) {
    return new MappingRules(
        Optional.empty(), Optional.empty(), recordId, columns, identifiers, Map.of());
  }
}

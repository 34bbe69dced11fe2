package io.itinera.core.raw;

import java.util.Map;
import java.util.Optional;

/**
 * One block {@code touchpoint} or {@code profile} of a source.
 *
 * @param where records for which this is not true yield none; the source's own condition comes
 *     first
 * @param recordId what makes the record the same when it is delivered again; empty takes the
 *     record's text and its ordinal among equal ones of its file
 * @param columns column of the table to Spark SQL expression over the record
 * @param identifiers identifier type to Spark SQL expression over the record; a null or placeholder
 *     value names nobody
 */
public record MappingRules(
    Optional<String> where,
    Optional<String> recordId,
    Map<String, String> columns,
    Map<String, String> identifiers) {

  public MappingRules {
    columns = Map.copyOf(columns);
    identifiers = Map.copyOf(identifiers);
  }
}

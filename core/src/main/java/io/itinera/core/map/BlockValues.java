package io.itinera.core.map;

import io.itinera.core.rule.Texts;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.ValueRules;
import io.itinera.core.spark.EvaluateSource;
import io.itinera.core.spark.RecordLayout;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The values of one block's expressions for one record, in the types of the table that they are
 * meant for. A value that cannot be turned into its type is null.
 */
final class BlockValues {

  /**
   * What is the same for all records.
   *
   * @param prefix what the names of the block's columns start with
   * @param columns names of its columns
   * @param identifiers types of its identifiers, sorted, and what their expressions are called
   * @param merged the same of those that the vendor says are one person's
   * @param decimalComma as in {@link ValueRules}
   */
  record Form(
      String prefix,
      Set<String> columns,
      SortedMap<String, String> identifiers,
      SortedMap<String, String> merged,
      boolean decimalComma)
      implements Serializable {

    static Form of(String prefix, MappingRules block, ValueRules values) {
      return new Form(
          prefix,
          Set.copyOf(block.columns().keySet()),
          named(EvaluateSource.IDENTIFIER, block.identifiers().keySet()),
          named(EvaluateSource.ALWAYS, block.always().keySet()),
          values.decimalComma());
    }

    private static SortedMap<String, String> named(String prefix, Set<String> types) {
      SortedMap<String, String> names = new TreeMap<>();
      types.forEach(type -> names.put(type, prefix + type));
      return names;
    }
  }

  private final Form form;
  private final RecordValues record;
  private final RecordLayout.Block places;

  BlockValues(Form form, RecordValues record) {
    this.form = form;
    this.record = record;
    this.places = record.block(form.prefix());
  }

  boolean has(String name) {
    return form.columns().contains(name);
  }

  /** True where the block's own condition holds. */
  boolean holds() {
    return is(EvaluateSource.WHERE);
  }

  /** The record's own id; null where the block names none, or the record has none. */
  String recordId() {
    return text(EvaluateSource.RECORD_ID);
  }

  /** Without what is blank around it; null if nothing is left. */
  String text(String name) {
    return Texts.trimmed((String) value(name));
  }

  /** A value that came in its own type. */
  Object value(String name) {
    return record.at(places.of(name).value());
  }

  /** A map of texts, or null. */
  @SuppressWarnings("unchecked") // Such a column holds nothing else.
  Map<String, String> texts(String name) {
    return (Map<String, String>) value(name);
  }

  boolean is(String name) {
    return isAt(places.of(name).value());
  }

  private boolean isAt(int place) {
    return Boolean.TRUE.equals(record.at(place));
  }

  /** An amount of money. */
  BigDecimal money(String name) {
    return (BigDecimal) number(name, Numbers::money);
  }

  Long whole(String name) {
    return (Long) number(name, Numbers::whole);
  }

  /** The same without what stands behind the point, which is cut off: a duration in seconds. */
  Long cutOff(String name) {
    return (Long) number(name, Numbers::cutOff);
  }

  Double real(String name) {
    return (Double) number(name, Numbers::real);
  }

  private Object number(String name, Function<String, Number> read) {
    return places.of(name).isText()
        ? Numbers.read(text(name), read, form.decimalComma())
        : value(name);
  }

  /**
   * Whether the expression gave what should be a number, be it readable or not; what only says that
   * there is none, such as n/a, is nothing.
   */
  boolean isNumberGiven(String name) {
    RecordLayout.Place place = places.of(name);
    if (!place.isText()) {
      return isAt(place.given());
    }
    String text = text(name);
    return text != null && !Numbers.isNone(text);
  }

  /** Whether all columns that the expression names hold something. */
  boolean areAllGiven(String name) {
    return isAt(places.of(name).allGiven());
  }

  /** Whether any column that the expression names holds something. */
  boolean isAnyGiven(String name) {
    return isAt(places.of(name).anyGiven());
  }

  /** What the clocks of {@code name} show, best first. */
  List<Clocks.Reading> clocks(String name) {
    List<RecordLayout.Clock> clocks = places.of(name).clocks();
    if (clocks.isEmpty()) {
      return List.of();
    }
    List<Clocks.Reading> readings = new ArrayList<>(clocks.size());
    for (RecordLayout.Clock clock : clocks) {
      readings.add(
          new Clocks.Reading(clock.field(), (Long) record.at(clock.time()), isAt(clock.given())));
    }
    return readings;
  }

  /** Types of the block's identifiers, sorted. */
  Set<String> identifierTypes() {
    return form.identifiers().keySet();
  }

  Set<String> mergedTypes() {
    return form.merged().keySet();
  }

  /** A text, or a list of texts; null for none. */
  Object identifier(String type) {
    return value(form.identifiers().get(type));
  }

  Object merged(String type) {
    return value(form.merged().get(type));
  }

  Map<String, String> others() {
    return record.others();
  }
}

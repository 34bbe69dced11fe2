package io.itinera.core.raw;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @param identifiers types of its identifiers, sorted
   * @param merged types of those that the vendor says are one person's, sorted
   * @param decimalComma as in {@link ValueRules}
   */
  record Form(
      String prefix,
      Set<String> columns,
      List<String> identifiers,
      List<String> merged,
      boolean decimalComma)
      implements Serializable {

    static Form of(String prefix, MappingRules block, ValueRules values) {
      return new Form(
          prefix,
          Set.copyOf(block.columns().keySet()),
          block.identifiers().keySet().stream().sorted().toList(),
          block.always().keySet().stream().sorted().toList(),
          values.decimalComma());
    }
  }

  private final Form form;
  private final RecordValues record;

  BlockValues(Form form, RecordValues record) {
    this.form = form;
    this.record = record;
  }

  boolean has(String name) {
    return form.columns().contains(name);
  }

  /** True where the block's own condition holds. */
  boolean holds() {
    return record.is(EvaluateSource.where(form.prefix()));
  }

  /** The record's own id; null where the block names none, or the record has none. */
  String recordId() {
    return Texts.trimmed(record.text(form.prefix() + EvaluateSource.RECORD_ID));
  }

  /** Without what is blank around it; null if nothing is left. */
  String text(String name) {
    return Texts.trimmed(record.text(form.prefix() + name));
  }

  /** A value that came in its own type. */
  Object value(String name) {
    return record.get(form.prefix() + name);
  }

  /** A map of texts, or null. */
  @SuppressWarnings("unchecked") // Such a column holds nothing else.
  Map<String, String> texts(String name) {
    return (Map<String, String>) value(name);
  }

  boolean is(String name) {
    return record.is(form.prefix() + name);
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
    String column = form.prefix() + name;
    return record.comesAsText(column)
        ? Numbers.read(Texts.trimmed(record.text(column)), read, form.decimalComma())
        : record.get(column);
  }

  /**
   * Whether the expression gave what should be a number, be it readable or not; what only says that
   * there is none, such as n/a, is nothing.
   */
  boolean isNumberGiven(String name) {
    String column = form.prefix() + name;
    if (!record.comesAsText(column)) {
      return record.is(EvaluateSource.given(column));
    }
    String text = Texts.trimmed(record.text(column));
    return text != null && !Numbers.isNone(text);
  }

  /** Whether all columns that the expression names hold something. */
  boolean areAllGiven(String name) {
    return record.is(EvaluateSource.allGiven(form.prefix() + name));
  }

  /** Whether any column that the expression names holds something. */
  boolean isAnyGiven(String name) {
    return record.is(EvaluateSource.anyGiven(form.prefix() + name));
  }

  /** What the clocks of {@code name} show, best first. */
  List<Clocks.Reading> clocks(String name) {
    String column = form.prefix() + name;
    List<String> fields = record.clocksOf(column);
    if (fields.isEmpty()) {
      return List.of();
    }
    List<Clocks.Reading> readings = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      readings.add(
          new Clocks.Reading(
              fields.get(i),
              record.whole(EvaluateSource.time(column, i)),
              record.is(EvaluateSource.given(EvaluateSource.time(column, i)))));
    }
    return readings;
  }

  /** Types of the block's identifiers, sorted. */
  List<String> identifierTypes() {
    return form.identifiers();
  }

  List<String> mergedTypes() {
    return form.merged();
  }

  /** A text, or a list of texts; null for none. */
  Object identifier(String type) {
    return record.get(form.prefix() + EvaluateSource.IDENTIFIER + type);
  }

  Object merged(String type) {
    return record.get(form.prefix() + EvaluateSource.ALWAYS + type);
  }

  Map<String, String> others() {
    return record.others();
  }
}

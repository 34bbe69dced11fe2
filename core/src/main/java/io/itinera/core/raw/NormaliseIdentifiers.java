package io.itinera.core.raw;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.table.ColumnTypes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Brings identifiers into one spelling, and leaves out those that name nobody. */
final class NormaliseIdentifiers {

  static final String EMAIL = "email";
  static final String PHONE = "phone";

  private static final int LONGEST = 1000;

  /** Every two identifiers of a record are an edge: a list of thousands would be millions. */
  private static final int MOST = 100;

  private static final SafePattern NON_ASCII = SafePattern.of("[^\\x00-\\x7F]");
  private static final SafePattern CONTROLS = SafePattern.of("\\p{Cntrl}");

  // Possessive, because a text of thousands of dots would else overflow the stack of its task.
  private static final SafePattern PLAUSIBLE_EMAIL =
      SafePattern.of("^[^@\\s\"<>(),;:]{1,64}@[^@\\s\"<>(),;:.]+(\\.[^@\\s\"<>(),;:.]++)++$");

  private static final SafePattern ONLY_ZEROS = SafePattern.of("^[0\\s.,:/+_-]*$");
  private static final Set<String> ALWAYS_PLACEHOLDERS = Set.of("test@test.com");

  private static final UserDefinedFunction NFC =
      udf(
          (UDF1<String, String>)
              text -> text == null ? null : Normalizer.normalize(text, Normalizer.Form.NFC),
          DataTypes.StringType);
  private static final UserDefinedFunction E164 =
      udf((UDF2<String, String, String>) PhoneNumbers::e164, DataTypes.StringType);

  private NormaliseIdentifiers() {}

  /** All identifiers of {@code block}, sorted by type and value, each once; empty for none. */
  static Column identifiers(MappedColumns block, Set<String> placeholders, String region) {
    Set<String> types = block.rules().identifiers().keySet();
    return sorted(types, block::identifierColumn, placeholders, region, block);
  }

  /** Those that the vendor says are the same person's, in the same form. */
  static Column merged(MappedColumns block, Set<String> placeholders, String region) {
    Set<String> types = block.rules().always().keySet();
    return sorted(types, block::mergedColumn, placeholders, region, block);
  }

  /** Whether a value is longer than any identifier: cutting it short would link strangers. */
  static Column isAnyTooLong(MappedColumns block) {
    return block.rules().identifiers().keySet().stream()
        .sorted()
        .map(type -> length(block.identifier(type).cast("string")).gt(tooLong(block, type)))
        .map(isLonger -> coalesce(isLonger, lit(false)))
        .reduce(Column::or)
        .orElse(lit(false));
  }

  /** A fault where a record names more identifiers than any person has. */
  static Column tooMany(Column identifiers) {
    return MapRecords.fault(
        size(identifiers).gt(MOST),
        "many-identifiers",
        lit("It names more than %d identifiers, which no person has.".formatted(MOST)));
  }

  // Several values in one text are as long as all of them.
  private static int tooLong(MappedColumns block, String type) {
    return block.identifierType(type) instanceof ArrayType ? Integer.MAX_VALUE : LONGEST;
  }

  private static Column sorted(
      Set<String> types,
      UnaryOperator<String> columns,
      Set<String> placeholders,
      String region,
      MappedColumns block) {
    List<Column> single = new ArrayList<>();
    List<Column> several = new ArrayList<>();
    for (String type : new TreeSet<>(types)) {
      Column value = col(columns.apply(type));
      if (block.typeOf(columns.apply(type)) instanceof ArrayType) {
        several.add(
            coalesce(
                transform(
                    value.cast(ColumnTypes.STRINGS),
                    item -> identifier(type, item, placeholders, region)),
                none()));
      } else {
        single.add(identifier(type, value.cast("string"), placeholders, region));
      }
    }
    several.add(single.isEmpty() ? none() : array(single.toArray(Column[]::new)));
    Column all = concat(several.toArray(Column[]::new));
    // array_except also leaves each only once.
    return sort_array(array_except(all, array(lit(null).cast(ColumnTypes.IDENTIFIER))));
  }

  /** A telephone number in E.164, null if it is none. */
  static Column phone(Column text, String region) {
    return E164.apply(clean(text), lit(region));
  }

  /** An e-mail address in lower case, null if it cannot be one. */
  static Column email(Column text) {
    Column address = lower(clean(text));
    return when(PLAUSIBLE_EMAIL.isIn(address), address);
  }

  private static Column identifier(
      String type, Column text, Set<String> placeholders, String region) {
    Column value = normalised(type, text, region);
    return when(
        namesSomebody(clean(text), placeholders).and(namesSomebody(value, placeholders)),
        struct(lit(type).as(ColumnTypes.TYPE), value.as(ColumnTypes.VALUE)));
  }

  private static Column normalised(String type, Column text, String region) {
    return switch (type) {
      case EMAIL -> email(text);
      case PHONE -> phone(text, region);
      default -> clean(text);
    };
  }

  private static Column clean(Column text) {
    Column composed = when(NON_ASCII.isIn(text), NFC.apply(text)).otherwise(text);
    return trim(CONTROLS.replaceIn(composed, ""), lit(MappedColumns.BLANKS));
  }

  private static Column namesSomebody(Column value, Set<String> placeholders) {
    Set<String> nobody = new TreeSet<>(placeholders);
    nobody.addAll(ALWAYS_PLACEHOLDERS);
    return coalesce(
        length(value)
            .between(1, LONGEST)
            .and(ONLY_ZEROS.isIn(value).equalTo(false))
            .and(lower(value).isin(nobody.toArray()).equalTo(false)),
        lit(false));
  }

  private static Column none() {
    return array().cast(DataTypes.createArrayType((DataType) ColumnTypes.IDENTIFIER));
  }
}

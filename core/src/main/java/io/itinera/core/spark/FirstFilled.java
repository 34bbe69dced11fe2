package io.itinera.core.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets {@code coalesce} in a source's expressions take the first text that says something: vendors
 * write an empty text as often as null, and where an identifier stands among several the first that
 * names somebody is meant, not the first.
 *
 * @param schema columns of the records
 * @param nobody values, in small letters, that name nobody; empty where texts are no identifiers
 */
record FirstFilled(StructType schema, Set<String> nobody) {

  private static final Set<String> FUNCTIONS = Set.of("coalesce", "nvl", "ifnull");

  /**
   * {@code expression} with each text column that {@code coalesce} is given null if it is empty.
   */
  Expression in(Expression expression) {
    List<Expression> before = children(expression);
    List<Expression> after = new ArrayList<>();
    before.forEach(child -> after.add(in(child)));
    if (expression instanceof UnresolvedFunction call && isCoalesce(call)) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < after.size(); i++) {
        Optional<String> text = textColumn(after.get(i));
        text.ifPresent(texts::add);
        if (text.isPresent()) {
          after.set(i, BlankTexts.saying(after.get(i), nobody));
        }
      }
      if (!nobody.isEmpty() && !texts.isEmpty()) {
        // What names nobody is still better than nothing: a number 0 may be a record's own.
        after.add(Expressions.parse("coalesce(" + String.join(", ", texts) + ")"));
        Expression best = Expressions.parse("coalesce(_a, _b)");
        Expression chosen =
            call.withNewChildren(SparkValues.seq(after.subList(0, after.size() - 1)));
        return best.withNewChildren(SparkValues.seq(List.of(chosen, after.get(after.size() - 1))));
      }
    }
    return after.equals(before) ? expression : expression.withNewChildren(SparkValues.seq(after));
  }

  private static boolean isCoalesce(UnresolvedFunction call) {
    return call.nameParts().size() == 1
        && FUNCTIONS.contains(call.nameParts().head().toLowerCase(Locale.ROOT));
  }

  /** The column, quoted, if {@code part} is nothing but a column of text. */
  private Optional<String> textColumn(Expression part) {
    if (!(part instanceof UnresolvedAttribute attribute)) {
      return Optional.empty();
    }
    List<String> path = CollectionConverters.asJava(attribute.nameParts());
    return typeAt(path)
        .filter(DataTypes.StringType::equals)
        .map(
            type ->
                path.stream()
                    .map(name -> "`" + name.replace("`", "``") + "`")
                    .collect(Collectors.joining(".")));
  }

  private Optional<DataType> typeAt(List<String> path) {
    DataType type = schema;
    for (String name : path) {
      if (!(type instanceof StructType struct)) {
        return Optional.empty();
      }
      Optional<StructField> field =
          Arrays.stream(struct.fields()).filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
      if (field.isEmpty()) {
        return Optional.empty();
      }
      type = field.get().dataType();
    }
    return Optional.of(type);
  }

  private static List<Expression> children(Expression expression) {
    return CollectionConverters.asJava(expression.children());
  }
}

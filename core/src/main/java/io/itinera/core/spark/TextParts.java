package io.itinera.core.spark;

import io.itinera.core.pattern.SeenTexts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.GetTimestamp;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.objects.InvokeLike;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What expressions make of one text alone: of a page, a user agent, a time. Such texts come again
 * and again, so all that is made of one is remembered together, and looked up once for a record.
 *
 * @param groups by the text that they look at
 * @param expressions with columns of the groups, in their order, in the place of such parts
 */
record TextParts(List<Group> groups, List<Expression> expressions) implements Serializable {

  /**
   * Parts that look at the same text.
   *
   * @param text the column that they look at
   * @param place of the text in a record
   * @param guard place of the condition without which nobody asks for them; -1 without one
   * @param parts the parts
   * @param columns as which they stand in the expressions
   */
  record Group(
      Attribute text, int place, int guard, List<Expression> parts, List<Attribute> columns)
      implements Serializable {}

  /** Finds them in {@code expressions} over records of the columns {@code input}. */
  static TextParts of(List<Expression> expressions, List<Attribute> input) {
    Search search = new Search(input);
    List<Expression> rewritten = expressions.stream().map(search::rewritten).toList();
    return new TextParts(List.copyOf(search.groups.values()), rewritten);
  }

  /** The columns of all groups, in their order. */
  List<Attribute> columns() {
    return groups.stream().flatMap(group -> group.columns().stream()).toList();
  }

  private static final class Search {

    private final List<Attribute> input;
    private final Map<List<Integer>, Group> groups = new LinkedHashMap<>();

    private Search(List<Attribute> input) {
      this.input = input;
    }

    private Expression rewritten(Expression whole) {
      // Nothing is computed of records that are left out.
      if (whole instanceof CaseWhen choice
          && choice.branches().size() == 1
          && choice.elseValue().isEmpty()
          && choice.branches().head()._1() instanceof AttributeReference guard
          && guard.dataType() instanceof BooleanType) {
        Tuple2<Expression, Expression> branch = choice.branches().head();
        Expression value = rewritten(branch._2(), placeOf(guard));
        return choice.withNewChildren(SparkValues.seq(List.of(branch._1(), value)));
      }
      return rewritten(whole, -1);
    }

    private Expression rewritten(Expression part, int guard) {
      Optional<Attribute> text = onlyText(part);
      if (text.isPresent() && part.deterministic() && isDear(part)) {
        return column(part, text.get(), guard);
      }
      if (part instanceof LambdaFunction || part.children().isEmpty()) {
        return part;
      }
      List<Expression> after = new ArrayList<>();
      list(part.children()).forEach(child -> after.add(rewritten(child, guard)));
      return part.withNewChildren(SparkValues.seq(after));
    }

    private Optional<Attribute> onlyText(Expression part) {
      List<Attribute> columns = list(part.references().toSeq());
      return columns.size() == 1
              && columns.get(0).dataType() instanceof StringType
              && placeOf(columns.get(0)) >= 0
          ? Optional.of(columns.get(0))
          : Optional.empty();
    }

    /** To trim a text takes no longer than to look up what was made of it. */
    private static boolean isDear(Expression part) {
      return part instanceof InvokeLike
          || part instanceof ScalaUDF
          || part instanceof GetTimestamp
          || list(part.children()).stream().anyMatch(Search::isDear);
    }

    private Attribute column(Expression part, Attribute text, int guard) {
      int place = placeOf(text);
      Group group =
          groups.computeIfAbsent(
              List.of(place, guard),
              key -> new Group(text, place, guard, new ArrayList<>(), new ArrayList<>()));
      for (int i = 0; i < group.parts().size(); i++) {
        if (group.parts().get(i).semanticEquals(part)) {
          return group.columns().get(i);
        }
      }
      Attribute column =
          new AttributeReference(
              "part",
              part.dataType(),
              true,
              Metadata.empty(),
              NamedExpression$.MODULE$.newExprId(),
              SparkValues.seq(List.<String>of()));
      group.parts().add(part);
      group.columns().add(column);
      return column;
    }

    private int placeOf(Attribute column) {
      for (int i = 0; i < input.size(); i++) {
        if (input.get(i).exprId().equals(column.exprId())) {
          return i;
        }
      }
      return -1;
    }
  }

  /** A group in the task that computes it. */
  static final class Running {

    /** Stands for what a part cannot be computed of. */
    private static final Object[] FAILED = {};

    private final Group group;
    private final MutableProjection projection;
    private final SeenTexts seen = new SeenTexts();
    private final Object[] results;
    private final Object[] nothing;
    private Object[] ofNull;

    Running(Group group) {
      this.group = group;
      this.results = new Object[group.parts().size()];
      this.nothing = new Object[results.length];
      this.projection =
          MutableProjection.create(
              SparkValues.seq(group.parts()), SparkValues.seq(List.of(group.text())));
      projection.initialize(TaskContext.getPartitionId());
      var unused = projection.target(new GenericInternalRow(results));
    }

    int size() {
      return results.length;
    }

    /**
     * Puts what the parts are for {@code record} into {@code values} from {@code place} on.
     *
     * @return whether all of them can be computed, whether anybody asks for them or not
     */
    boolean put(InternalRow record, Object[] values, int place) {
      Object[] found = found(record);
      if (found == FAILED) {
        return false;
      }
      System.arraycopy(found, 0, values, place, found.length);
      return true;
    }

    private Object[] found(InternalRow record) {
      int guard = group.guard();
      if (guard >= 0 && (record.isNullAt(guard) || !record.getBoolean(guard))) {
        return nothing;
      }
      if (!record.isNullAt(group.place())) {
        return seen.answer(record.getUTF8String(group.place()), text -> computed(text.copy()));
      }
      if (ofNull == null) {
        ofNull = computed(null);
      }
      return ofNull;
    }

    private Object[] computed(Object text) {
      try {
        var unused = projection.apply(new GenericInternalRow(new Object[] {text}));
      } catch (RuntimeException e) {
        // Whether anybody asks for it, only the whole expressions know.
        return FAILED;
      }
      Object[] found = new Object[results.length];
      for (int i = 0; i < found.length; i++) {
        found[i] = InternalRow.copyValue(results[i]);
      }
      return found;
    }
  }

  private static <T> List<T> list(scala.collection.Seq<T> items) {
    return CollectionConverters.asJava(items);
  }
}

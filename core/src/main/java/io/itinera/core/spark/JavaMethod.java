package io.itinera.core.spark;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * A public Java method that expressions over rows call. It sees no null: where an argument is null,
 * so is what comes of it. The same arguments always give the same.
 *
 * <p>The code that Spark makes of a plan calls it with plain numbers, as Java would; a function of
 * the kind that Spark registers has all that it takes and gives put into objects, row by row.
 *
 * @param target the class of a static method, or the object that has it, which tasks get a copy of;
 *     several may share one. Class and method are public
 * @param name the method's name, which no other method of its class has: Spark finds it by that
 * @param result the type of what it returns, which may be null
 * @param parameters the types of its arguments, in order; Spark casts to them where it would for
 *     functions of its own
 */
public record JavaMethod(Object target, String name, DataType result, List<DataType> parameters) {

  /** What it says of {@code arguments}, as many as there are parameters. */
  public Column over(Column... arguments) {
    return ExpressionUtils.column(
        of(Stream.of(arguments).map(column -> ExpressionUtils.expression(column)).toList()));
  }

  /** The call with {@code arguments}, as many as there are parameters. */
  Expression of(Expression... arguments) {
    return of(List.of(arguments));
  }

  /** The call with {@code arguments}, as many as there are parameters. */
  Expression of(List<Expression> arguments) {
    Seq<AbstractDataType> types = SparkValues.seq(parameters);
    boolean nullOfNull = true;
    boolean mayBeNull = true;
    boolean alwaysTheSame = true;
    return target instanceof Class<?> owner
        ? new StaticInvoke(
            owner,
            result,
            name,
            SparkValues.seq(arguments),
            types,
            nullOfNull,
            mayBeNull,
            alwaysTheSame,
            Option.empty())
        : new Invoke(
            Literal.create(target, new ObjectType(target.getClass())),
            name,
            result,
            SparkValues.seq(arguments),
            types,
            nullOfNull,
            mayBeNull,
            alwaysTheSame);
  }
}

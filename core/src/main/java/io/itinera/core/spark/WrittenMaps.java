package io.itinera.core.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Maps whose keys are written in the expression, each once. Spark would look in every record
 * whether one of them is there twice. Public only because generated code calls it.
 */
public final class WrittenMaps {

  private WrittenMaps() {}

  /** The same as {@code part}, with such maps made without that look. */
  static Expression in(Expression part) {
    if (part instanceof LambdaFunction) {
      return part;
    }
    List<Expression> children = new ArrayList<>();
    CollectionConverters.asJava(part.children()).forEach(child -> children.add(in(child)));
    if (part instanceof CreateMap map) {
      Optional<ArrayData> keys = keys(map);
      if (keys.isPresent()) {
        return of(keys.get(), children, map.dataType());
      }
    }
    return children.isEmpty() ? part : part.withNewChildren(SparkValues.seq(children));
  }

  private static Expression of(ArrayData keys, List<Expression> entries, MapType type) {
    List<Expression> values = new ArrayList<>();
    for (int i = 1; i < entries.size(); i += 2) {
      values.add(entries.get(i));
    }
    return new JavaMethod(
            WrittenMaps.class,
            "map",
            type,
            List.of(
                DataTypes.createArrayType(type.keyType(), false),
                DataTypes.createArrayType(type.valueType(), type.valueContainsNull())))
        .of(
            Literal.create(keys, DataTypes.createArrayType(type.keyType(), false)),
            new CreateArray(SparkValues.seq(values), false));
  }

  /** The keys, if they are texts, and none is there twice. */
  private static Optional<ArrayData> keys(CreateMap map) {
    List<Expression> written = CollectionConverters.asJava(map.keys());
    Set<Object> keys = new HashSet<>();
    for (Expression key : written) {
      boolean isNew =
          key instanceof Literal literal
              && literal.dataType().equals(DataTypes.StringType)
              && literal.value() instanceof UTF8String text
              && keys.add(text);
      if (!isNew) {
        return Optional.empty();
      }
    }
    return written.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GenericArrayData(
                written.stream().map(key -> ((Literal) key).value()).toArray(Object[]::new)));
  }

  /** The map of {@code keys} to the values at their places. */
  public static MapData map(ArrayData keys, ArrayData values) {
    return new ArrayBasedMapData(keys, values);
  }
}

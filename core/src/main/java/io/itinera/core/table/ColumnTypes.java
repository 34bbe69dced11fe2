package io.itinera.core.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Column types that several tables share. */
public final class ColumnTypes {

  /** An amount of money. */
  public static final DecimalType MONEY = createDecimalType(18, 4);

  public static final ArrayType STRINGS = createArrayType(StringType);
  public static final ArrayType TIMESTAMPS = createArrayType(TimestampType);
  public static final MapType STRING_MAP = createMapType(StringType, StringType);
  public static final MapType BOOLEAN_MAP = createMapType(StringType, BooleanType);
  public static final MapType LONG_MAP = createMapType(StringType, LongType);
  public static final MapType TIMESTAMP_MAP = createMapType(StringType, TimestampType);
  public static final MapType MONEY_MAP = createMapType(StringType, MONEY);
  public static final MapType DATE_MAP = createMapType(StringType, DateType);
  public static final MapType DOUBLE_MAP = createMapType(StringType, DoubleType);

  /** Field of an identifier: its type. */
  public static final String TYPE = "type";

  /** Field of an identifier: its normalised value. */
  public static final String VALUE = "value";

  /** One identifier: a type and a value. */
  public static final StructType IDENTIFIER =
      new StructType().add(TYPE, StringType).add(VALUE, StringType);

  public static final ArrayType IDENTIFIER_LIST = createArrayType(IDENTIFIER);

  /** Field of an amount: the order that it is about. */
  public static final String ORDER_ID = "order_id";

  /** Field of an amount: how much it is. */
  public static final String AMOUNT = "amount";

  /** Field of an amount: who told it. */
  public static final String SOURCE = "source";

  /** Amounts of money, each with the order that it is about, if that is known, and who told it. */
  public static final ArrayType ORDER_AMOUNTS =
      createArrayType(
          new StructType().add(ORDER_ID, StringType).add(AMOUNT, MONEY).add(SOURCE, StringType));

  /** Features in which a persona differs from everybody, in standard deviations. */
  public static final ArrayType FEATURE_CONTRASTS =
      createArrayType(
          new StructType()
              .add("feature", StringType)
              .add("persona_mean", DoubleType)
              .add("population_mean", DoubleType)
              .add("z", DoubleType));

  private ColumnTypes() {}
}

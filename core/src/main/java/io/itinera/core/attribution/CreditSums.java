package io.itinera.core.attribution;

import io.itinera.core.attribution.Lines.Target;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** What models of channels give to all touches of a channel and campaign, and the richest touch. */
final class CreditSums {

  /** Of a part of the touches: channel, campaign, the richest touch, and its and all amounts. */
  static final StructType SCHEMA =
      new StructType()
          .add(GatherTouches.CHANNEL, DataTypes.StringType)
          .add(GatherTouches.CAMPAIGN, DataTypes.StringType)
          .add("touch", DataTypes.StringType)
          .add("amounts", DataTypes.createArrayType(DataTypes.LongType));

  /**
   * Of each model the sums of conversions and revenue; then what linear gives the richest touch.
   */
  private final long[] amounts;

  private final List<String> models;
  private String richest;

  /**
   * @param models of channels, sorted
   */
  CreditSums(List<String> models) {
    this.models = models;
    this.amounts = new long[2 * models.size() + 1];
  }

  static Target target(Row row) {
    return new Target(row.getString(0), row.getString(1));
  }

  /**
   * Adds what {@code credit} gives to a touch.
   *
   * @param linear conversions and revenue that linear gives it
   */
  void add(ChannelCredit credit, Target target, String touch, long... linear) {
    meet(touch, linear[1]);
    for (int i = 0; i < models.size(); i++) {
      sum(i, credit.of(models.get(i), target.channel(), touch, linear));
    }
  }

  /** Adds a row of {@link #SCHEMA}. */
  void add(Row row) {
    long[] others = row.<Long>getList(3).stream().mapToLong(Long::longValue).toArray();
    meet(row.getString(2), others[others.length - 1]);
    for (int i = 0; i < models.size(); i++) {
      sum(i, others[2 * i], others[2 * i + 1]);
    }
  }

  /** The touch with the most revenue; of equal ones that with the least id. */
  private void meet(String touch, long revenue) {
    int most = amounts.length - 1;
    boolean isFirst = revenue == amounts[most] && touch.compareTo(richest()) < 0;
    if (richest == null || revenue > amounts[most] || isFirst) {
      richest = touch;
      amounts[most] = revenue;
    }
  }

  private void sum(int model, long... units) {
    for (int i = 0; i < units.length; i++) {
      int place = 2 * model + i;
      amounts[place] = Math.addExact(amounts[place], units[i]);
    }
  }

  String richest() {
    return richest == null ? "" : richest;
  }

  long conversions(String model) {
    return amounts[2 * models.indexOf(model)];
  }

  long revenue(String model) {
    return amounts[2 * models.indexOf(model) + 1];
  }

  /** A row of {@link #SCHEMA}. */
  Row row(Target target) {
    List<Long> boxed = Arrays.stream(amounts).boxed().toList();
    return RowFactory.create(
        target.channel(), target.campaign(), richest, CollectionConverters.asScala(boxed).toSeq());
  }
}

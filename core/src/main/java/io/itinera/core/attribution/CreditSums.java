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

  /** Conversions and revenue that linear gives the richest touch; then of each model the sums. */
  private final long[] amounts;

  private final List<String> models;
  private String richest;

  /**
   * @param models of channels, sorted
   */
  CreditSums(List<String> models) {
    this.models = models;
    this.amounts = new long[2 * (models.size() + 1)];
  }

  static Target target(Row row) {
    return new Target(row.getString(0), row.getString(1));
  }

  /** Adds what {@code credit} gives to a touch, to which linear gives so much. */
  void add(ChannelCredit credit, Target target, String touch, long... linear) {
    meet(touch, linear);
    for (int i = 0; i < models.size(); i++) {
      long[] units = credit.of(models.get(i), target.channel(), touch, linear);
      sum(i, units);
    }
  }

  /** Adds a row of {@link #SCHEMA}. */
  void add(Row row) {
    long[] others = row.<Long>getList(3).stream().mapToLong(Long::longValue).toArray();
    meet(row.getString(2), others[0], others[1]);
    for (int i = 0; i < models.size(); i++) {
      sum(i, others[2 * i + 2], others[2 * i + 3]);
    }
  }

  /** The touch with the most revenue; of equal ones that with the least id. */
  private void meet(String touch, long... linear) {
    boolean isFirst = linear[1] == amounts[1] && touch.compareTo(richest()) < 0;
    if (richest == null || linear[1] > amounts[1] || isFirst) {
      richest = touch;
      amounts[0] = linear[0];
      amounts[1] = linear[1];
    }
  }

  private void sum(int model, long... units) {
    for (int i = 0; i < units.length; i++) {
      int place = 2 * model + 2 + i;
      amounts[place] = Math.addExact(amounts[place], units[i]);
    }
  }

  String richest() {
    return richest == null ? "" : richest;
  }

  long conversions(String model) {
    return amounts[2 * models.indexOf(model) + 2];
  }

  long revenue(String model) {
    return amounts[2 * models.indexOf(model) + 3];
  }

  /** A row of {@link #SCHEMA}. */
  Row row(Target target) {
    List<Long> boxed = Arrays.stream(amounts).boxed().toList();
    return RowFactory.create(
        target.channel(), target.campaign(), richest, CollectionConverters.asScala(boxed).toSeq());
  }
}

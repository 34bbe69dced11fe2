package io.itinera.core.churn;

import io.itinera.core.table.CustomerDays;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Customers of whom it is known why they order, or do not. */
final class PlantedChurn {

  private static final StructType SCHEMA = CustomerDays.TABLE.schema();
  private static final int HISTORY = 240;

  private PlantedChurn() {}

  /**
   * Everybody orders at the same rate, so that the time since the last order says little; who
   * complains orders nothing for three months.
   */
  static Dataset<Row> complainers(SparkSession spark, LocalDate asOf, int customers) {
    Random random = new Random(7);
    List<Row> days = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      int sulksUntil = -1;
      for (int at = 0; at <= HISTORY; at++) {
        boolean isFirst = at == i % 60;
        boolean orders = random.nextDouble() < 1 / 25.0 && at > i % 60 && at > sulksUntil;
        boolean complains = random.nextDouble() < 1 / 200.0 && at > i % 60;
        if (complains) {
          sulksUntil = at + 90;
        }
        if (isFirst || orders || complains) {
          LocalDate day = asOf.minusDays(HISTORY).plusDays(at);
          days.add(day("c" + i, day, isFirst || orders, complains));
        }
      }
    }
    return spark.createDataFrame(days, SCHEMA);
  }

  /** Everybody orders at a rate of their own until they stop: just what BG/NBD says. */
  static Dataset<Row> untold(SparkSession spark, LocalDate asOf, int customers) {
    Random random = new Random(8);
    List<Row> days = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double rate = -Math.log(random.nextDouble()) / 20;
      double stopping = random.nextDouble() * 0.3;
      double at = random.nextInt(150);
      boolean stops = false;
      while (at <= HISTORY && !stops) {
        days.add(day("c" + i, asOf.minusDays(HISTORY).plusDays((long) at), true, false));
        stops = random.nextDouble() < stopping;
        at += 1 - Math.log(random.nextDouble()) / rate;
      }
    }
    return spark.createDataFrame(days, SCHEMA);
  }

  private static Row day(String customer, LocalDate day, boolean orders, boolean complains) {
    Object[] cells = new Object[SCHEMA.size()];
    cells[SCHEMA.fieldIndex(CustomerDays.CUSTOMER_ID)] = customer;
    cells[SCHEMA.fieldIndex(CustomerDays.EVENT_DATE)] = Date.valueOf(day);
    cells[SCHEMA.fieldIndex(CustomerDays.TOUCHPOINTS_COUNT)] = 1L;
    cells[SCHEMA.fieldIndex(CustomerDays.ORDERS_COUNT)] = orders ? 1L : 0L;
    cells[SCHEMA.fieldIndex(CustomerDays.ORDER_VALUE)] = orders ? new BigDecimal("20.0000") : null;
    cells[SCHEMA.fieldIndex(CustomerDays.TYPES)] =
        CollectionConverters.asScala(Map.of(complains ? "complaint" : "purchase", 1L));
    return RowFactory.create(cells);
  }
}

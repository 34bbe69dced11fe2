package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.testing.SparkExtension;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the shipped matchings read from columns of addresses and birth dates. */
@ExtendWith(SparkExtension.class)
class ReadTruthColumnsTest {

  @Test
  void houseAndStreetAreTwoFieldsWhereverTheNumberStands(SparkSession spark) {
    Map<String, String> values =
        ConfigReader.read(List.of(), Map.of(), Map.of()).matchings().all().get("persons").values();
    Dataset<Row> streets =
        column(spark, "street", "12 Kings Road", "Hafenstraße 12a", "ул. Ленина, 7Б", "5th Avenue");

    assertThat(
            streets
                .select(expr(values.get("house")), expr("trim(" + values.get("street") + ")"))
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[12,Kings Road]", "[12a,Hafenstraße]", "[7Б,ул. Ленина,]", "[,5th Avenue]");
  }

  @Test
  void birthDatesHaveTheirYearFirstOrLastWithOrWithoutSigns(SparkSession spark) {
    Dataset<Row> dates =
        column(spark, "dob", "1986-07-24", "19860724", "24/07/1986", "24071986", "20101986");
    Map<String, String> found = KnownNames.in(dates);

    assertThat(
            dates
                .select(
                    expr(found.get("birth_year")),
                    expr(found.get("birth_month")),
                    expr(found.get("birth_day")))
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[1986,07,24]", "[1986,07,24]", "[1986,07,24]", "[1986,07,24]", "[1986,10,20]");
  }

  private static Dataset<Row> column(SparkSession spark, String name, String... values) {
    return spark.createDataset(List.of(values), Encoders.STRING()).toDF(name).coalesce(1);
  }
}

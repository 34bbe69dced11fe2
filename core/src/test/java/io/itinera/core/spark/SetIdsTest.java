package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.rule.Identifier;
import io.itinera.core.rule.SetIds;
import io.itinera.testing.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SetIdsTest {

  @Test
  void setHasTheSameIdsWhetherItComesFromARecordOrFromATable(SparkSession spark) {
    List<Identifier> set =
        List.of(new Identifier("cookie", "abc"), new Identifier("email", "zoë@example.org"));
    Row stored =
        spark
            .sql(
                "SELECT array(named_struct('type', 'cookie', 'value', 'abc'),"
                    + " named_struct('type', 'email', 'value', 'zoë@example.org')) AS ids")
            .select(SetIds.of(col("ids")), SetIds.check(col("ids")))
            .first();

    assertThat(RecordIds.setId(set)).isEqualTo(stored.getLong(0));
    assertThat(RecordIds.setCheck(set))
        .isEqualTo(stored.getLong(1))
        .isNotEqualTo(stored.getLong(0));
    assertThat(RecordIds.setId(List.of())).isNull();
    assertThat(RecordIds.setCheck(List.of())).isNull();
  }
}

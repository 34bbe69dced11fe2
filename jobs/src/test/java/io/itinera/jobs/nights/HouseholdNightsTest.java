package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Households;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class HouseholdNightsTest {

  private static final String SETTING = "itinera.households.by = [email]";

  @TempDir private Path folder;

  @Test
  void householdsFollowTheSettingAndWhoMovesIn(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "crm/a.csv",
                "1,u1,ann@x.org,2025-01-02T00:00",
                "2,u2,ann@x.org,2025-01-02T00:00",
                "3,u3,eve@x.org,2025-01-02T00:00");
    world.night("2025-01-03");
    assertThat(ids(world)).isEmpty();

    world.night("2025-01-04", SETTING);
    Set<String> before = ids(world);
    assertThat(world.lake().rows(Households.TABLE)).hasSize(2);
    assertThat(before).hasSize(1);

    world.deliver("crm/b.csv", "4,u4,Ann@x.org,2025-01-04T00:00").night("2025-01-05", SETTING);
    assertThat(world.lake().rows(Households.TABLE)).hasSize(3);
    assertThat(ids(world)).isEqualTo(before);

    world.night("2025-01-06");
    assertThat(world.lake().rows(Households.TABLE)).isEmpty();
  }

  private static Set<String> ids(SmallWorld world) {
    return world.lake().rows(Households.TABLE, Households.HOUSEHOLD_ID).stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }
}

package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.table.Customers;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Profiles of several systems come one after the other: cards are those of one load of all. */
@ExtendWith(SparkExtension.class)
class SurvivingProfilesTest {

  private static final String PROFILES =
      """
      itinera.sources.shop = ${itinera.sources.crm} { path = ${itinera.landing}"/shop/*.csv" }
      itinera.sources.shop.profile { city = city, street = street, updated-at = updated }
      itinera.sources.crm.profile { city = city, street = street, updated-at = updated }
      """;

  private static final String TRUSTED =
      """
      itinera.customers.survivorship {
        rules { email = source-order, address = most-filled }, sources = [crm, shop]
      }
      """;

  private static final String HEADER = "id,user,email,made,city,street,updated";

  @Test
  void cardsAreThoseOfOneLoadWhateverComesFirst(SparkSession spark, @TempDir Path home)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    Files.createDirectories(home.resolve("landing/shop"));
    world.deliver("web/1.csv", "1,u1,c1,2026-01-01T10:00:00Z,web,page_view,,x");
    write(world, "shop/1.csv", "1,u1,shop@example.org,2026-01-01,Ulm,Am See 1,2026-01-03");
    write(world, "crm/1.csv", "1,u2,else@example.org,2026-01-01,,,2026-01-03");
    world.night("2026-01-03", PROFILES, TRUSTED);
    assertCard(world, "shop@example.org | Ulm | Am See 1");

    write(world, "crm/2.csv", "2,u1,crm@example.org,2026-01-01,Bonn,,2026-01-02");
    world.night("2026-01-04", PROFILES, TRUSTED);
    assertCard(world, "crm@example.org | Ulm | Am See 1");
    world.assertEqualsNightFromNothing("2026-01-04", PROFILES, TRUSTED);

    write(world, "shop/2.csv", "2,u1,new@example.org,2026-01-01,Kiel,,2026-01-04");
    world.night("2026-01-06", PROFILES);
    assertCard(world, "new@example.org | Kiel |");
  }

  private static void assertCard(SmallWorld world, String card) {
    world.lake().begin("look");
    assertRows(
        world
            .lake()
            .read(Customers.TABLE)
            .where("email <> 'else@example.org'")
            .select(Customers.EMAIL, Customers.CITY, Customers.STREET),
        "email | city | street\n" + card + "\n");
  }

  private static void write(SmallWorld world, String name, String line) throws IOException {
    Files.write(world.file(name), List.of(HEADER, line));
  }
}

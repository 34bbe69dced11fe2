package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.Identities;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose touchpoints those of a device are that several persons sign in on. */
@ExtendWith(SparkExtension.class)
class SharedDevicesTest {

  private static final String LONG_REPLAY = "itinera.identity.devices.replay = 10 days";

  /** How many random worlds there are; more by {@code -Ddevices.seeds}. */
  private static final int SEEDS = Integer.getInteger("devices.seeds", 1);

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @Test
  void touchpointsFollowWhoWasSignedInAtTheirTime(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "web/a.csv",
                "1,,c,2025-01-01T10:00,web,page_view,,",
                "2,,c,2025-01-18T10:00,web,page_view,,",
                "3,u1,c,2025-01-20T10:00,web,page_view,,",
                "4,,c,2025-01-21T10:00,web,page_view,,",
                "5,u2,c,2025-01-22T10:00,web,page_view,,",
                "6,,c,2025-01-23T10:00,web,page_view,,",
                "7,u1,c,2025-01-24T10:00,web,page_view,,");
    world.nightToSessions("2025-01-24", LONG_REPLAY);

    Map<String, String> owners = owners(world);
    String first = owners.get("3");
    String second = owners.get("5");
    assertThat(first).isNotEqualTo(second);
    assertThat(owners)
        .containsEntry("2", first)
        .containsEntry("4", first)
        .containsEntry("6", second)
        .containsEntry("7", first);
    assertThat(owners.get("1")).isNotIn(first, second).isNotNull();
    assertRows(
        world.lake().read(Identities.TABLE).where("value = 'c'"),
        """
        valid_from          | valid_to            | assigned_by | is_anchor
        1970-01-01 00:00:00 | 2025-01-10 10:00:00 | ownership   | true
        2025-01-10 10:00:00 | 2025-01-22 10:00:00 | ownership   | false
        2025-01-22 10:00:00 | 2025-01-24 10:00:00 | ownership   | false
        2025-01-24 10:00:00 | null                | ownership   | false
        """);
    assertRows(
        world.lake().read(SetOwners.TABLE).where("assigned_by = 'ownership'"),
        """
        valid_from          | valid_to
        1970-01-01 00:00:00 | 2025-01-10 10:00:00
        2025-01-10 10:00:00 | 2025-01-22 10:00:00
        2025-01-22 10:00:00 | 2025-01-24 10:00:00
        2025-01-24 10:00:00 | null
        """);
  }

  @Test
  void lateSignInsAndWithdrawnOnesChangeWhatFollowsThem(SparkSession spark) throws IOException {
    SmallWorld world =
        SmallWorld.in(spark, folder)
            .deliver(
                "web/a.csv",
                "1,,c,2025-01-01T10:00,web,page_view,,",
                "3,u1,c,2025-01-20T10:00,web,page_view,,",
                "6,,c,2025-01-23T10:00,web,purchase,5,");
    world.nightToSessions("2025-01-24", LONG_REPLAY);
    world.deliver("web/b.csv", "5,u2,c,2025-01-22T10:00,web,page_view,,");
    world.nightToSessions("2025-01-25", LONG_REPLAY);
    assertThat(owners(world).get("6")).isEqualTo(owners(world).get("5"));
    world.assertEqualsNightToSessionsFromNothing("2025-01-25", LONG_REPLAY);

    world.deliver("web/c.csv", "8,u1,c,2025-01-22T15:00,web,page_view,,");
    world.nightToSessions("2025-01-25", LONG_REPLAY);
    assertThat(owners(world).get("6")).isEqualTo(owners(world).get("3"));
    world.assertEqualsNightToSessionsFromNothing("2025-01-25", LONG_REPLAY);

    world.deliver("web/b.csv");
    world.nightToSessions("2025-01-26", LONG_REPLAY, "itinera.max-withdrawn-share = 1");
    world.assertEqualsNightToSessionsFromNothing("2025-01-26", LONG_REPLAY);
    assertThat(world.lake().read(SetOwners.TABLE).where("assigned_by = 'ownership'").count())
        .isZero();
  }

  /** Nights in any order, whose files come late; compared with a night from nothing and a loop. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anyNightsGiveWhatALoopOverEachDeviceGives(long seed, SparkSession spark) throws IOException {
    Random random = new Random(seed);
    SmallWorld world = SmallWorld.in(spark, folder);
    List<String> lines = lines(random);
    List<String> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, random);
    LocalDate last = LocalDate.of(2025, 1, 30);
    int nights = 4;
    for (int night = 1; night <= nights; night++) {
      List<String> some =
          shuffled.subList((night - 1) * lines.size() / nights, night * lines.size() / nights);
      world.deliver("web/%d.csv".formatted(night), some.toArray(String[]::new));
      String day = last.minusDays((nights - night) * (long) random.nextInt(6)).toString();
      world.nightToSessions(day, LONG_REPLAY);
    }
    world.nightToSessions(last.toString(), LONG_REPLAY);

    world.assertEqualsNightToSessionsFromNothing(last.toString(), LONG_REPLAY);
    assertThat(named(owners(world), lines)).isEqualTo(plainOwners(lines));
    assertNoCustomerHasTwoUsers(world);
    assertAliasesLeadToday(world);
  }

  private static List<String> lines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int device = random.nextInt(8);
      boolean isSignedIn = random.nextInt(4) == 0;
      // Some devices have one user, some two, one many.
      int user = device < 3 ? device : device + random.nextInt(device < 7 ? 2 : 5);
      LocalDateTime at =
          LocalDate.of(2025, 1, 1).atTime(random.nextInt(3), 0).plusDays(random.nextInt(29));
      // No two of one instant: their order would depend on their files.
      at = at.plusSeconds(i + 1);
      lines.add(
          "%d,%s,c%d,%s,web,page_view,,".formatted(i, isSignedIn ? "u" + user : "", device, at));
    }
    return lines;
  }

  /** Touchpoints to user, device, or time of the device; as lines tell in their order. */
  private static Map<String, String> plainOwners(List<String> lines) {
    Map<String, List<String[]>> byDevice = new TreeMap<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      byDevice.computeIfAbsent(cells[2], id -> new ArrayList<>()).add(cells);
    }
    Map<String, String> owners = new TreeMap<>();
    byDevice.forEach((device, seen) -> plainOwners(device, seen, owners));
    return owners;
  }

  private static void plainOwners(String device, List<String[]> seen, Map<String, String> owners) {
    Set<String> users = new HashSet<>();
    seen.stream().filter(cells -> !cells[1].isEmpty()).forEach(cells -> users.add(cells[1]));
    for (String[] cells : seen) {
      LocalDateTime at = LocalDateTime.parse(cells[3]);
      String owner = cells[1];
      if (owner.isEmpty() && users.size() < 2) {
        owner = users.isEmpty() ? device : users.iterator().next();
      } else if (owner.isEmpty()) {
        owner = signedIn(seen, at);
      }
      owners.put(cells[0], owner == null ? device : owner);
    }
  }

  /** The last sign-in at {@code at} or before; else the first one at most ten days later. */
  private static String signedIn(List<String[]> seen, LocalDateTime at) {
    String last = null;
    LocalDateTime lastAt = null;
    String next = null;
    LocalDateTime nextAt = null;
    for (String[] cells : seen) {
      LocalDateTime then = LocalDateTime.parse(cells[3]);
      if (cells[1].isEmpty()) {
        continue;
      }
      if (!then.isAfter(at) && (lastAt == null || then.isAfter(lastAt))) {
        last = cells[1];
        lastAt = then;
      }
      if (then.isAfter(at) && (nextAt == null || then.isBefore(nextAt))) {
        next = cells[1];
        nextAt = then;
      }
    }
    if (last != null) {
      return last;
    }
    return nextAt != null && !at.isBefore(nextAt.minusDays(10)) ? next : null;
  }

  private static Map<String, String> named(Map<String, String> owners, List<String> lines) {
    Map<String, String> users = new HashMap<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      if (!cells[1].isEmpty()) {
        users.put(owners.get(cells[0]), cells[1]);
      }
    }
    Map<String, String> named = new TreeMap<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      named.put(cells[0], users.getOrDefault(owners.get(cells[0]), cells[2]));
    }
    return named;
  }

  private static void assertNoCustomerHasTwoUsers(SmallWorld world) {
    assertThat(
            world
                .lake()
                .read(Identities.TABLE)
                .where("type = 'user_id'")
                .groupBy("customer_id")
                .count()
                .where("count > 1")
                .count())
        .isZero();
  }

  private static void assertAliasesLeadToday(SmallWorld world) {
    Lake lake = world.lake();
    Set<String> today = new HashSet<>();
    lake.read(Identities.TABLE)
        .select(Identities.CUSTOMER_ID)
        .collectAsList()
        .forEach(row -> today.add(row.getString(0)));
    Map<String, String> aliases = new HashMap<>();
    lake.read(CustomerAliases.TABLE)
        .collectAsList()
        .forEach(row -> aliases.put(row.getString(0), row.getString(1)));
    assertThat(aliases.keySet()).containsAll(today);
    assertThat(today).containsAll(aliases.values().stream().filter(id -> id != null).toList());
    today.forEach(id -> assertThat(aliases).containsEntry(id, id));
  }

  private static Map<String, String> owners(SmallWorld world) {
    Map<String, String> owners = new TreeMap<>();
    for (Row row : View.OWNED_TOUCHPOINTS.read(world.lake()).collectAsList()) {
      String id = row.getAs(Touchpoints.RECORD_ID);
      assertThat(owners.put(id, row.getAs(OwnedTouchpoints.CUSTOMER_ID))).as(id).isNull();
    }
    return owners;
  }
}

package io.itinera.jobs.worlds;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.night.Stage;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile little worlds give the same tables after many nights as after one night from nothing.
 *
 * <p>{@code -Dworlds.seeds=200 -Dworlds.first=1} tries more, and others; {@code
 * -Dworlds.features=TIES,LATE} chooses what makes them hostile. Worlds lie side by side in one
 * warehouse, at most twenty or {@code -Dworlds.beside=50}, and share their nights, since most of
 * what a small night costs it costs however little it brings: one that does not differ alone does
 * so beside the others. Which nights they are depends on the group of seeds, or {@code
 * -Dworlds.calendars=3,5} chooses those of the first group, the second, and so on.
 */
@ExtendWith(SparkExtension.class)
class WorldsTest {

  private static final int SEEDS = Integer.getInteger("worlds.seeds", 10);
  private static final long FIRST = Long.getLong("worlds.first", 1);
  private static final int BESIDE = Integer.getInteger("worlds.beside", 20);

  /** The shortest with a night once more, one back and one on: four nights. */
  private static final long USUAL_CALENDAR = 5;

  /** Of one group of seeds after the other; none where the seeds tell. */
  private static final List<Long> CALENDARS =
      Stream.of(System.getProperty("worlds.calendars", "").split(","))
          .filter(number -> !number.isEmpty())
          .map(Long::valueOf)
          .toList();

  private static final Set<Feature> FEATURES = features(System.getProperty("worlds.features", ""));

  /** What is made for the night alone, of tables that are compared themselves. */
  private static final Set<String> OF_THE_NIGHT =
      Set.of("rfm", "personas", "paths", "attribution", "funnels", "journey-map", "quality");

  @TempDir private Path home;

  /** Seeds that share their nights. */
  private record Group(long calendar, SortedSet<Long> seeds) {}

  @ParameterizedTest
  @MethodSource("groups")
  void manyNightsGiveTheTablesOfOneNight(Group group, SparkSession spark) throws IOException {
    Calendar calendar = Calendar.of(group.calendar(), FEATURES);
    Moments moments = new Moments(calendar.firstDay(), FEATURES);
    List<World> worlds = group.seeds().stream().map(seed -> new World(seed, moments)).toList();

    Findings findings = new Trial(spark, home).run(worlds, calendar, between(group.calendar()));

    assertThat(findings.differences()).as(() -> described(group, findings)).isEmpty();
  }

  static Stream<Named<Group>> groups() {
    return LongStream.range(FIRST, FIRST + SEEDS)
        .boxed()
        .collect(
            groupingBy(
                WorldsTest::calendar,
                TreeMap::new,
                mapping(seed -> seed, toCollection(TreeSet::new))))
        .entrySet()
        .stream()
        .map(entry -> new Group(entry.getKey(), entry.getValue()))
        .map(group -> Named.of(name(group), group));
  }

  private static boolean isUsual() {
    return Stream.of("seeds", "first", "calendars", "features")
        .noneMatch(option -> System.getProperties().containsKey("worlds." + option));
  }

  private static long calendar(long seed) {
    if (isUsual()) {
      return USUAL_CALENDAR;
    }
    return CALENDARS.isEmpty()
        ? (seed - 1) / BESIDE + 1
        : CALENDARS.get((int) ((seed - FIRST) / BESIDE) % CALENDARS.size());
  }

  private static String name(Group group) {
    return "calendar %d, seeds %d to %d"
        .formatted(group.calendar(), group.seeds().first(), group.seeds().last());
  }

  /** Every second group has all stages every night. */
  private static List<Stage> between(long calendar) {
    return calendar % 2 == 0
        ? Stages.ALL
        : Stages.ALL.stream().filter(stage -> !OF_THE_NIGHT.contains(stage.name())).toList();
  }

  private static String described(Group group, Findings findings) {
    String how =
        "mvn -pl core,jobs -Dtest=WorldsTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dworlds.calendars=%d".formatted(group.calendar());
    String alone =
        findings.seeds().stream()
            .map(seed -> "  %s -Dworlds.seeds=1 -Dworlds.first=%d test".formatted(how, seed))
            .collect(joining("\n"));
    long first = group.seeds().first();
    long count = group.seeds().last() - first + 1;
    return """
    many nights gave other tables than one. Each seed alone:
    %s
    all of them side by side:
      %s -Dworlds.seeds=%d -Dworlds.first=%d -Dworlds.beside=%d test
    %s\
    """
        .formatted(alone, how, count, first, count, findings);
  }

  private static Set<Feature> features(String names) {
    return names.isEmpty() || names.equals("all")
        ? EnumSet.allOf(Feature.class)
        : Stream.of(names.split(","))
            .map(Feature::valueOf)
            .collect(toCollection(() -> EnumSet.noneOf(Feature.class)));
  }
}

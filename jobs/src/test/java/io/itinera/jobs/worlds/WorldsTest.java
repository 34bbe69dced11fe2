package io.itinera.jobs.worlds;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.Stages;
import io.itinera.jobs.night.Stage;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile little worlds give the same tables after many nights as after one night from nothing.
 *
 * <p>{@code -Dworlds.seeds=200 -Dworlds.first=1} tries more, and others; {@code
 * -Dworlds.features=TIES,LATE} or {@code =all} chooses what makes them hostile. Worlds lie side by
 * side in one warehouse, and share their nights with all whose seeds are in the same twenty: one
 * that does not differ alone does so beside those.
 */
@ExtendWith(SparkExtension.class)
class WorldsTest {

  private static final int SEEDS = Integer.getInteger("worlds.seeds", 20);
  private static final long FIRST = Long.getLong("worlds.first", 1);

  /** What is tried when nothing else is asked for. */
  private static final Set<Feature> USUAL =
      EnumSet.of(
          Feature.LATE,
          Feature.EARLY,
          Feature.ARCHIVED,
          Feature.REDATED,
          Feature.WITHDRAWN,
          Feature.PROFILES_GO,
          Feature.BOTS,
          Feature.FAN_OUT,
          Feature.SHARED_DEVICES,
          Feature.ORDERS_AGAIN);

  private static final Set<Feature> FEATURES = features(System.getProperty("worlds.features", ""));

  /** Most of what a small night costs it costs however little it brings. */
  private static final int SIDE_BY_SIDE = 20;

  /** What is made for the night alone, of tables that are compared themselves. */
  private static final Set<String> OF_THE_NIGHT = Set.of("rfm", "personas", "paths");

  @TempDir private Path home;

  @ParameterizedTest
  @MethodSource("seeds")
  void manyNightsGiveTheTablesOfOneNight(List<Long> seeds, SparkSession spark) throws IOException {
    long group = group(seeds.get(0));
    Calendar calendar = Calendar.of(group, FEATURES);
    Moments moments = new Moments(calendar.firstDay(), FEATURES);
    List<World> worlds = seeds.stream().map(seed -> new World(seed, moments)).toList();

    Findings findings = new Trial(spark, home).run(worlds, calendar, between(group));

    assertThat(findings.differences()).as(() -> described(seeds, findings)).isEmpty();
  }

  static Stream<List<Long>> seeds() {
    return LongStream.range(FIRST, FIRST + SEEDS)
        .boxed()
        .collect(groupingBy(WorldsTest::group, TreeMap::new, toList()))
        .values()
        .stream()
        .map(seeds -> seeds);
  }

  private static long group(long seed) {
    return (seed - 1) / SIDE_BY_SIDE + 1;
  }

  /** Every second group has all stages every night. */
  private static List<Stage> between(long group) {
    return group % 2 == 0
        ? Stages.ALL
        : Stages.ALL.stream().filter(stage -> !OF_THE_NIGHT.contains(stage.name())).toList();
  }

  private static String described(List<Long> seeds, Findings findings) {
    String how = "mvn -pl core,jobs -Dtest=WorldsTest -Dsurefire.failIfNoSpecifiedTests=false test";
    String alone =
        findings.seeds().stream()
            .map(seed -> "  %s -Dworlds.seeds=1 -Dworlds.first=%d".formatted(how, seed))
            .collect(joining("\n"));
    return """
    many nights gave other tables than one. Each seed alone:
    %s
    all of them side by side:
      %s -Dworlds.seeds=%d -Dworlds.first=%d
    %s\
    """
        .formatted(alone, how, seeds.size(), seeds.get(0), findings);
  }

  private static Set<Feature> features(String names) {
    if (names.isEmpty()) {
      return USUAL;
    }
    return names.equals("all")
        ? EnumSet.allOf(Feature.class)
        : Stream.of(names.split(","))
            .map(Feature::valueOf)
            .collect(toCollection(() -> EnumSet.noneOf(Feature.class)));
  }
}

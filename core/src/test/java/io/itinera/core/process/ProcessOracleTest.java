package io.itinera.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.process.CaseRules.Batches;
import io.itinera.core.process.CaseRules.Calendar;
import io.itinera.core.process.CaseRules.Learning;
import io.itinera.core.table.Journeys;
import io.itinera.testing.Seeds;
import io.itinera.testing.SparkExtension;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the tables of the process with what plain loops find, table by table: among random
 * journeys that come again to the same steps, many of them at one instant.
 */
@ExtendWith(SparkExtension.class)
class ProcessOracleTest {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 7);

  /** The last tenth day, counted from the 4th of January 1970, before the night. */
  private static final LocalDate TRAINED_ON = LocalDate.of(2026, 3, 1);

  private static final String STEPS = "abcde";
  private static final List<Character> LETTERS = List.of('a', 'b', 'c', 'd', 'e');
  private static final CaseRules RULES =
      new CaseRules(
          45,
          7,
          new Batches(Duration.ofMinutes(30), 3),
          new Learning(10, 4, 1.5, 0.1, 0.7),
          new Calendar(ZoneId.of("UTC"), Duration.ofHours(60)));

  /** A journey: a letter a step, and when each began, in seconds. */
  private record Case(String path, List<Long> at, String outcome) {
    private LocalDate endedOn() {
      return at(at.get(at.size() - 1)).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private LocalDate overOn() {
      return outcome.equals("converted")
          ? endedOn()
          : outcome.equals("abandoned") ? endedOn().plusDays(3) : LocalDate.MAX;
    }

    private boolean isLearnt() {
      return !overOn().isAfter(TRAINED_ON) && endedOn().isAfter(TRAINED_ON.minusDays(45));
    }

    private boolean isNewer() {
      return overOn().isAfter(TRAINED_ON) && !overOn().isAfter(AS_OF);
    }

    private boolean isOfNight() {
      return overOn().equals(AS_OF);
    }

    private boolean has(char step) {
      return path.indexOf(step) >= 0;
    }

    private static Instant at(long seconds) {
      return Instant.ofEpochSecond(seconds);
    }
  }

  private static LongStream seeds() {
    return Seeds.upTo(3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tablesAreThosePlainLoopsFind(long seed, SparkSession spark) {
    List<Case> cases = cases(new Random(seed));

    ProcessTables tables = CountProcess.tables(journeys(spark, cases), AS_OF, RULES);

    assertThat(texts(tables.steps())).containsExactlyInAnyOrderElementsOf(steps(cases));
    assertThat(texts(tables.spectra())).containsExactlyInAnyOrderElementsOf(spectra(cases));
    assertThat(texts(tables.profiles())).containsExactlyInAnyOrderElementsOf(profiles(cases));
    assertThat(texts(tables.constraints()))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(constraints(cases));
    ProcessTables other = CountProcess.tables(journeys(spark, cases).repartition(7), AS_OF, RULES);
    assertThat(texts(other.steps())).containsExactlyInAnyOrderElementsOf(texts(tables.steps()));
    assertThat(texts(other.spectra())).containsExactlyInAnyOrderElementsOf(texts(tables.spectra()));
    assertThat(texts(other.profiles()))
        .containsExactlyInAnyOrderElementsOf(texts(tables.profiles()));
    assertThat(texts(other.constraints()))
        .containsExactlyInAnyOrderElementsOf(texts(tables.constraints()));
  }

  private static List<Case> inWindow(List<Case> cases) {
    return cases.stream().filter(each -> each.endedOn().isAfter(AS_OF.minusDays(45))).toList();
  }

  private static List<String> steps(List<Case> cases) {
    List<String> rows = new ArrayList<>();
    for (char step : LETTERS) {
      List<Case> with = inWindow(cases).stream().filter(each -> each.has(step)).toList();
      List<Long> starts = new ArrayList<>();
      List<Long> distances = new ArrayList<>();
      long events = 0;
      long repeating = 0;
      for (Case each : with) {
        int before = -1;
        for (int i = 0; i < each.path().length(); i++) {
          if (each.path().charAt(i) == step) {
            events++;
            if (before >= 0) {
              distances.add(i - before - 1L);
            }
            if (before < 0 || each.at().get(i) - each.at().get(before) > 1_800) {
              starts.add(each.at().get(i));
            }
            before = i;
          }
        }
        repeating += each.path().indexOf(step) == each.path().lastIndexOf(step) ? 0 : 1;
      }
      if (!with.isEmpty()) {
        rows.add(
            join(
                AS_OF,
                step,
                with.size(),
                (double) with.size() / inWindow(cases).size(),
                events,
                repeating,
                distances.size(),
                distances.stream().filter(distance -> distance == 0).count(),
                distances.isEmpty() ? null : Collections.min(distances),
                mean(distances),
                batches(starts)));
      }
    }
    return rows;
  }

  private static String batches(List<Long> starts) {
    Collections.sort(starts);
    List<List<Long>> batches = new ArrayList<>();
    List<Long> batch = new ArrayList<>();
    for (long start : starts) {
      if (!batch.isEmpty() && start - batch.get(batch.size() - 1) > 1_800) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(start);
    }
    batches.add(batch);
    batches.removeIf(each -> each.size() < 3);
    long batched = batches.stream().mapToLong(List::size).sum();
    return join(
        starts.size(),
        batches.size(),
        batched,
        (double) batched / starts.size(),
        batches.isEmpty() ? null : (Double) ((double) batched / batches.size()),
        batches.stream().mapToLong(List::size).max().orElse(0),
        batches.isEmpty()
            ? null
            : (Long)
                batches.stream()
                    .mapToLong(each -> each.get(each.size() - 1) - each.get(0))
                    .max()
                    .orElse(0));
  }

  private static List<String> spectra(List<Case> cases) {
    Map<String, List<Long>> seconds = new TreeMap<>();
    Map<String, Map<LocalDate, List<Long>>> bins = new TreeMap<>();
    for (Case each : inWindow(cases)) {
      for (int i = 1; i < each.path().length(); i++) {
        String edge = each.path().charAt(i - 1) + " " + each.path().charAt(i);
        long took = each.at().get(i) - each.at().get(i - 1);
        LocalDate day = Case.at(each.at().get(i - 1)).atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate monday = day.minusDays(day.getDayOfWeek().getValue() - 1L);
        seconds.computeIfAbsent(edge, none -> new ArrayList<>()).add(took);
        bins.computeIfAbsent(edge, none -> new TreeMap<>())
            .computeIfAbsent(monday, none -> new ArrayList<>())
            .add(took);
      }
    }
    List<String> rows = new ArrayList<>();
    bins.forEach(
        (edge, ofEdge) -> {
          double q1 = quantile(seconds.get(edge), 0.25);
          double q2 = quantile(seconds.get(edge), 0.5);
          double q3 = quantile(seconds.get(edge), 0.75);
          ofEdge.forEach(
              (bin, took) ->
                  rows.add(
                      join(
                          AS_OF,
                          edge,
                          bin,
                          took.size(),
                          took.stream().filter(each -> each <= q1).count(),
                          took.stream().filter(each -> each > q1 && each <= q2).count(),
                          took.stream().filter(each -> each > q2 && each <= q3).count(),
                          took.stream().filter(each -> each > q3).count(),
                          quantile(took, 0.5),
                          q1,
                          q2,
                          q3)));
        });
    return rows;
  }

  private static List<String> profiles(List<Case> cases) {
    List<String> rows = new ArrayList<>();
    for (char from : LETTERS) {
      for (char to : LETTERS) {
        List<Long> usual = times(cases, Case::isLearnt, from, to);
        List<Long> newer = times(cases, Case::isNewer, from, to);
        List<Long> night = times(cases, Case::isOfNight, from, to);
        long all = cases.stream().filter(each -> each.isLearnt() && each.has(from)).count();
        if (!usual.isEmpty()) {
          double mean = mean(usual);
          double variance =
              usual.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum()
                  / usual.size();
          Predicate<Long> deviates =
              each -> Math.abs(each - mean) > 1.5 * Math.sqrt(variance) + 1e-6;
          boolean isChecked = usual.size() >= 4;
          rows.add(
              join(
                  AS_OF,
                  from,
                  to,
                  TRAINED_ON,
                  usual.size(),
                  (double) usual.size() / all,
                  mean,
                  Math.sqrt(variance),
                  Collections.min(usual),
                  Collections.max(usual),
                  isChecked ? newer.size() : null,
                  isChecked ? newer.stream().filter(deviates).count() : null,
                  isChecked && !newer.isEmpty()
                      ? (double) newer.stream().filter(deviates).count() / newer.size()
                      : null,
                  isChecked ? night.size() : null,
                  isChecked ? night.stream().filter(deviates).count() : null));
        }
      }
    }
    return rows;
  }

  private static List<Long> times(List<Case> cases, Predicate<Case> which, char from, char to) {
    List<Long> times = new ArrayList<>();
    for (Case each : cases) {
      int first = each.path().indexOf(from);
      int then = first < 0 ? -1 : each.path().indexOf(to, first + 1);
      if (which.test(each) && then > 0) {
        times.add(each.at().get(then) - each.at().get(first));
      }
    }
    return times;
  }

  private static List<String> constraints(List<Case> cases) {
    List<Case> learnt = cases.stream().filter(Case::isLearnt).toList();
    List<String> rows = new ArrayList<>();
    for (char a : LETTERS) {
      Predicate<Case> any = each -> true;
      Predicate<Case> hasA = each -> each.has(a);
      String one = a + " (none)";
      add(rows, cases, "init " + one, any, each -> each.path().charAt(0) == a);
      add(rows, cases, "existence " + one, any, hasA);
      add(rows, cases, "absence " + one, any, hasA.negate());
      Predicate<Case> isOnce = each -> each.path().replaceAll("[^" + a + "]", "").length() == 1;
      add(rows, cases, "exactly_once " + one, any, isOnce);
      add(rows, cases, "at_most_once " + one, hasA, isOnce);
      for (char b : LETTERS) {
        boolean areCommon = isCommon(learnt, a) && isCommon(learnt, b);
        if (a != b && areCommon) {
          Predicate<Case> hasB = each -> each.has(b);
          Predicate<Case> response = each -> matches(each, "[^%1$s]*(%1$s.*%2$s[^%1$s]*)?", a, b);
          Predicate<Case> precedence = each -> matches(each, "[^%2$s]*(%1$s.*)?", a, b);
          String two = a + " " + b;
          add(rows, cases, "response " + two, hasA, response);
          add(rows, cases, "precedence " + two, hasB, precedence);
          add(rows, cases, "succession " + two, hasA.or(hasB), response.and(precedence));
          add(
              rows,
              cases,
              "not_succession " + two,
              hasA,
              each -> !matches(each, ".*%1$s.*%2$s.*", a, b));
        }
      }
    }
    return rows;
  }

  private static boolean isCommon(List<Case> learnt, char step) {
    long have = learnt.stream().filter(each -> each.has(step)).count();
    return have > 0 && have >= 0.1 * learnt.size();
  }

  private static boolean matches(Case each, String pattern, char a, char b) {
    return each.path().matches(pattern.formatted(a, b));
  }

  private static void add(
      List<String> rows,
      List<Case> cases,
      String name,
      Predicate<Case> concerns,
      Predicate<Case> holds) {
    List<Case> learnt = cases.stream().filter(Case::isLearnt).toList();
    List<Case> told = learnt.stream().filter(concerns).toList();
    long held = told.stream().filter(holds).count();
    double support = (double) held / learnt.size();
    if (told.size() < 4 || support < 0.1 || (double) held / told.size() < 0.7) {
      return;
    }
    List<Case> newer = cases.stream().filter(Case::isNewer).filter(concerns).toList();
    long violations = newer.stream().filter(holds.negate()).count();
    rows.add(
        join(
            AS_OF,
            name,
            TRAINED_ON,
            told.size(),
            held,
            support,
            (double) held / told.size(),
            newer.size(),
            violations,
            newer.isEmpty() ? null : (Double) ((double) violations / newer.size()),
            newer.stream().filter(Case::isOfNight).count(),
            newer.stream().filter(Case::isOfNight).filter(holds.negate()).count()));
  }

  private static Double mean(List<Long> numbers) {
    return numbers.isEmpty()
        ? null
        : (Double) ((double) numbers.stream().mapToLong(Long::longValue).sum() / numbers.size());
  }

  private static double quantile(List<Long> numbers, double share) {
    List<Long> sorted = numbers.stream().sorted().toList();
    double place = (sorted.size() - 1) * share;
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    return sorted.get(below) * (1 - (place - below)) + sorted.get(above) * (place - below);
  }

  private static List<Case> cases(Random random) {
    List<Case> cases = new ArrayList<>();
    long from = Instant.parse("2025-12-28T00:00:00Z").getEpochSecond();
    for (int i = 0; i < 160; i++) {
      StringBuilder path = new StringBuilder();
      List<Long> at = new ArrayList<>();
      // Many begin at the same instants; often two steps are at one.
      long now = from + 43_200L * random.nextInt(140);
      int size = random.nextInt(1, 9);
      for (int step = 0; step < size; step++) {
        // The last letter is rare, so that much is never followed by it.
        path.append(STEPS.charAt(random.nextInt(20) == 0 ? 4 : random.nextInt(4)));
        at.add(now);
        now += random.nextBoolean() ? 0 : 600L * random.nextInt(random.nextBoolean() ? 4 : 200);
      }
      String outcome = List.of("converted", "abandoned", "open").get(random.nextInt(3));
      Case each = new Case(path.toString(), at, outcome);
      if (!each.endedOn().isAfter(AS_OF)) {
        cases.add(each);
      }
    }
    return cases;
  }

  private static Dataset<Row> journeys(SparkSession spark, List<Case> cases) {
    StructType all = Journeys.TABLE.schema();
    StructType schema =
        new StructType()
            .add(all.apply(Journeys.PATH))
            .add(all.apply(Journeys.PATH_AT))
            .add(all.apply(Journeys.OUTCOME))
            .add(all.apply(Journeys.ENDED_ON));
    List<Row> rows = new ArrayList<>();
    for (Case each : cases) {
      rows.add(
          RowFactory.create(
              each.path().chars().mapToObj(step -> String.valueOf((char) step)).toArray(),
              each.at().stream().map(at -> Timestamp.from(Case.at(at))).toArray(),
              each.outcome(),
              Date.valueOf(each.endedOn())));
    }
    return spark.createDataFrame(rows, schema).repartition(3);
  }

  private static String join(Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(cell instanceof Double number ? "%.6f".formatted(number) : cell + "");
    }
    return String.join(" ", texts);
  }

  private static List<String> texts(List<Row> rows) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows) {
      Object[] cells = new Object[row.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = row.get(i);
      }
      texts.add(join(cells));
    }
    assertThat(new TreeSet<>(texts)).hasSameSizeAs(texts);
    return texts;
  }
}

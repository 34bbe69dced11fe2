package io.itinera.core.process;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Walks once through the steps of each journey of a partition, which stand in order already, and
 * counts all that the tables of the process tell.
 *
 * <p>The input is {@link #INPUT}, the output {@link #OUTPUT}: nothing of it is about one journey.
 * It keeps two numbers in memory for each step, and one for each pair of steps of a journey that is
 * to be checked.
 */
record TallyCases(CaseRules rules) implements MapPartitionsFunction<Row, Row> {

  /**
   * Steps of a journey, when they began in microseconds, whether it is in the window, and its
   * {@link Age}.
   */
  static final StructType INPUT =
      new StructType()
          .add("path", DataTypes.createArrayType(DataTypes.StringType))
          .add("path_micros", DataTypes.createArrayType(DataTypes.LongType))
          .add("is_in_window", DataTypes.BooleanType)
          .add("age", DataTypes.IntegerType);

  /** All journeys; a step; two steps, one right behind the other; two steps, one ever later. */
  static final String CASES = "cases";

  static final String STEP = "step";
  static final String EDGE = "edge";
  static final String PAIR = "pair";

  /** What is counted, of which steps, sums, and what only all tasks together can tell. */
  static final StructType OUTPUT =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("from", DataTypes.StringType)
          .add("to", DataTypes.StringType)
          .add("numbers", DataTypes.createArrayType(DataTypes.LongType))
          .add("parts", DataTypes.BinaryType);

  /** How many numbers {@link #CASES} has: journeys of the window, and those of each age. */
  static final int CASES_SIZE = 1 + Age.COUNT;

  private static final long serialVersionUID = 1L;
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final long[] NOTHING = {};

  @Override
  public Iterator<Row> call(Iterator<Row> journeys) {
    Walk walk = new Walk(rules);
    while (journeys.hasNext()) {
      Row journey = journeys.next();
      List<String> path = journey.getList(0);
      if (path != null && !path.isEmpty()) {
        walk.add(path, journey.getList(1));
        walk.count(journey.getBoolean(2), Age.at(journey.getInt(3)));
      }
    }
    return walk.rows().iterator();
  }

  private static final class Walk {
    private final CaseRules rules;
    private final ZoneId zone;
    private final long gap;
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<StepTally> steps = new ArrayList<>();
    private final long[] cases = new long[CASES_SIZE];

    /** The journey: the codes of its steps, when they began, and which codes there are. */
    private int[] path = new int[16];

    private long[] micros = new long[16];
    private int size;
    private int[] kinds = new int[16];
    private int kindsCount;

    /** By code, the places of the journey at which it stands first, last, and next. */
    private int[] first = new int[16];

    private int[] last = new int[16];
    private int[] next = new int[16];
    private int[] times = new int[16];

    private Walk(CaseRules rules) {
      this.rules = rules;
      this.zone = rules.calendar().timeZone();
      this.gap = rules.batches().gap().toNanos() / 1_000;
    }

    private void add(List<String> steps, List<Long> began) {
      for (int i = 0; i < kindsCount; i++) {
        times[kinds[i]] = 0;
      }
      kindsCount = 0;
      size = steps.size();
      if (size > path.length) {
        path = new int[2 * size];
        micros = new long[2 * size];
      }
      for (int i = 0; i < size; i++) {
        path[i] = code(steps.get(i));
        micros[i] = began.get(i);
      }
    }

    private int code(String name) {
      Integer known = codes.get(name);
      if (known != null) {
        return known;
      }
      int code = names.size();
      codes.put(name, code);
      names.add(name);
      steps.add(new StepTally());
      if (code == first.length) {
        kinds = Arrays.copyOf(kinds, 2 * code);
        first = Arrays.copyOf(first, 2 * code);
        last = Arrays.copyOf(last, 2 * code);
        next = Arrays.copyOf(next, 2 * code);
        times = Arrays.copyOf(times, 2 * code);
      }
      return code;
    }

    private void count(boolean isInWindow, Age age) {
      cases[0] += isInWindow ? 1 : 0;
      for (int i = 0; i < size; i++) {
        if (isInWindow) {
          event(i);
        }
        int code = path[i];
        if (times[code]++ == 0) {
          first[code] = i;
          kinds[kindsCount++] = code;
        }
        last[code] = i;
      }
      if (isInWindow) {
        for (int i = 0; i < kindsCount; i++) {
          steps.get(kinds[i]).count(StepTally.JOURNEYS);
          if (times[kinds[i]] > 1) {
            steps.get(kinds[i]).count(StepTally.REPEATING);
          }
        }
      }
      if (age != Age.NEITHER) {
        cases[1 + age.place()]++;
        constraints(age);
        profile(age);
      }
    }

    /** A step, before it is noted which came before it. */
    private void event(int place) {
      int code = path[place];
      StepTally step = steps.get(code);
      step.count(StepTally.EVENTS);
      boolean isAgain = times[code] > 0;
      if (isAgain) {
        step.again(place - last[code] - 1L);
      }
      if (!isAgain || micros[place] - micros[last[code]] > gap) {
        step.start(micros[place]);
      }
      if (place > 0) {
        long day =
            Instant.ofEpochSecond(Math.floorDiv(micros[place - 1], MICROS_OF_SECOND))
                .atZone(zone)
                .toLocalDate()
                .toEpochDay();
        steps
            .get(path[place - 1])
            .edge(code)
            .add(Spectrum.packed(day, rules.binDays(), seconds(place - 1, place)));
      }
    }

    private long seconds(int from, int to) {
      return Math.max(0, Math.floorDiv(micros[to] - micros[from], MICROS_OF_SECOND));
    }

    private void constraints(Age age) {
      steps.get(path[0]).count(age, StepTally.BEGIN);
      for (int i = 0; i < kindsCount; i++) {
        int one = kinds[i];
        StepTally step = steps.get(one);
        step.count(age, StepTally.HAVE);
        if (times[one] == 1) {
          step.count(age, StepTally.ONCE);
        }
        for (int k = 0; k < kindsCount; k++) {
          int other = kinds[k];
          if (other != one) {
            step.pair(other).together(age, last[other] > last[one], first[one] < first[other]);
          }
        }
      }
    }

    /** From the end to the start, so that it is known at each place what comes next. */
    private void profile(Age age) {
      for (int i = 0; i < kindsCount; i++) {
        next[kinds[i]] = -1;
      }
      for (int place = size - 1; place >= 0; place--) {
        int code = path[place];
        if (first[code] == place) {
          for (int i = 0; i < kindsCount; i++) {
            int then = next[kinds[i]];
            if (then >= 0) {
              steps.get(code).pair(kinds[i]).follows(age, seconds(place, then));
            }
          }
        }
        next[code] = place;
      }
    }

    private List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      rows.add(RowFactory.create(CASES, "", "", cases, null));
      for (int code = 0; code < names.size(); code++) {
        StepTally step = steps.get(code);
        String name = names.get(code);
        byte[] runs = Runs.of(step.starts(), rules.batches());
        rows.add(RowFactory.create(STEP, name, "", step.numbers(), runs));
        for (int to = 0; to < step.edges().size(); to++) {
          if (step.edges().get(to) != null) {
            byte[] times = step.edges().get(to).bytes();
            rows.add(RowFactory.create(EDGE, name, names.get(to), NOTHING, times));
          }
        }
        for (int to = 0; to < step.pairs().size(); to++) {
          PairTally pair = step.pairs().get(to);
          if (pair != null) {
            rows.add(RowFactory.create(PAIR, name, names.get(to), pair.numbers(), pair.newer()));
          }
        }
      }
      return rows;
    }
  }
}

package io.itinera.core.process;

import io.itinera.core.process.AlignPath.Alignment;
import io.itinera.core.process.AlignPath.Deviation;
import io.itinera.core.process.ProcessRules.Part;
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
 * Puts the cases of a partition in order once and counts in one walk through them all that is
 * asked.
 *
 * @param rules what is asked
 * @param cuts events of these names begin a new case and say how the case is to end; they are none
 *     themselves
 */
record TallyProcess(ProcessRules rules, Map<String, String> cuts)
    implements MapPartitionsFunction<Row, Row> {

  /** Of an event (from); of two, one behind the other; of a case; … */
  static final String EVENT = "event";

  static final String EDGE = "edge";
  static final String CASE = "case";
  static final String REWORK = "rework";
  static final String SELF = "self";
  static final String FOLLOWS = "follows";
  static final String WAITING = "waiting";
  static final String VARIANT = "variant";
  static final String FITNESS = "fitness";
  static final String DEVIATING = "deviating";
  static final String MISSING = "missing";
  static final String UNPLACED = "unplaced";

  static final String START = "(start)";
  static final double MILLIONTHS = 1e6;

  /** What is counted, of what, and {@link Figures#numbers}. */
  static final StructType SCHEMA =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("from", DataTypes.StringType)
          .add("to", DataTypes.StringType)
          .add("numbers", DataTypes.createArrayType(DataTypes.LongType));

  private static final long serialVersionUID = 1L;
  private static final long MICROS_OF_SECOND = 1_000_000;

  @Override
  public Iterator<Row> call(Iterator<Row> packed) {
    CaseEvents events = new CaseEvents();
    while (packed.hasNext()) {
      events.add(packed.next().<byte[]>getAs(1));
    }
    Walk walk = new Walk(this, events);
    events.forEachCase(walk::cases);
    return walk.rows().iterator();
  }

  static Row row(String kind, String from, String to, Figures figures) {
    return RowFactory.create(kind, from, to, figures.numbers());
  }

  /** The codes of a case's events, as a key. */
  private static final class Sequence {
    private final int[] codes;
    private final String end;
    private final int hash;

    private Sequence(int[] codes, String end) {
      this.codes = codes;
      this.end = end;
      this.hash = 31 * Arrays.hashCode(codes) + end.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sequence sequence
          && hash == sequence.hash
          && Arrays.equals(codes, sequence.codes)
          && end.equals(sequence.end);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** The walk through all cases of a partition. */
  private static final class Walk {
    private final TallyProcess asked;
    private final CaseEvents events;
    private final List<String> names;
    private final String[] ends;
    private final Figures[] single;
    private final Figures[][] edges;
    private final Map<String, Figures> starts = new HashMap<>();
    private final Map<List<String>, Figures> ended = new HashMap<>();
    private final Figures cases = new Figures();
    private final Figures[] rework;
    private final Figures[] self;
    private final Figures[][] follows;
    private final Figures[][] waiting;
    private final Map<Sequence, Figures> variants = new HashMap<>();
    private final int[] lastPlace;
    private final int[] seenBy;
    private int[] codes = new int[64];
    private int[] places = new int[64];
    private int seen;
    private long number;

    private Walk(TallyProcess asked, CaseEvents events) {
      this.asked = asked;
      this.events = events;
      this.names = events.names();
      int size = names.size();
      this.ends = names.stream().map(asked.cuts()::get).toArray(String[]::new);
      this.single = new Figures[size];
      this.edges = new Figures[size][size];
      this.rework = new Figures[size];
      this.self = new Figures[size];
      this.follows = new Figures[size][size];
      this.waiting = new Figures[size][size];
      this.lastPlace = new int[size];
      this.seenBy = new int[size];
    }

    /** The events that one customer, or one session, has: one case or several behind another. */
    private void cases(int[] order, int first, int end) {
      int from = first;
      String ending = asked.cuts().isEmpty() ? "" : null;
      for (int i = first; i < end; i++) {
        String next = ends[events.code(order[i])];
        if (next != null) {
          add(order, from, i, ending);
          ending = next;
          from = i + 1;
        }
      }
      add(order, from, end, ending);
    }

    private void add(int[] order, int first, int end, String ending) {
      int size = end - first;
      if (size == 0 || ending == null) {
        return;
      }
      if (size > codes.length) {
        codes = new int[Math.max(size, 2 * codes.length)];
        places = new int[codes.length];
      }
      for (int i = 0; i < size; i++) {
        places[i] = order[first + i];
        codes[i] = events.code(places[i]);
      }
      number++;
      graph(size, ending);
      if (asked.rules().parts().contains(Part.REWORK)) {
        again(size);
      }
      if (asked.rules().parts().contains(Part.FOLLOWS)) {
        later(size);
      }
      if (asked.rules().parts().contains(Part.VARIANTS) || !asked.rules().intended().isEmpty()) {
        variants
            .computeIfAbsent(new Sequence(Arrays.copyOf(codes, size), ending), key -> new Figures())
            .count(number);
      }
    }

    private long seconds(int from, int to) {
      return Math.floorDiv(
          events.micros(places[to]) - events.micros(places[from]), MICROS_OF_SECOND);
    }

    private void graph(int size, String ending) {
      cases.count(number);
      cases.measure(seconds(0, size - 1));
      starts.computeIfAbsent(names.get(codes[0]), name -> new Figures()).count(number);
      for (int i = 0; i < size; i++) {
        Figures event = at(single, codes[i]);
        event.count(number);
        int took = events.seconds(places[i]);
        if (took >= 0) {
          event.measure(took);
        }
        if (i > 0) {
          Figures edge = at(edges[codes[i - 1]], codes[i]);
          edge.count(number);
          long between = seconds(i - 1, i);
          edge.measure(between);
          int tookBefore = events.seconds(places[i - 1]);
          if (tookBefore >= 0) {
            Figures wait = at(waiting[codes[i - 1]], codes[i]);
            wait.count(number);
            wait.measure(Math.max(0, between - tookBefore));
          }
        }
      }
      if (!ending.isEmpty()) {
        ended
            .computeIfAbsent(List.of(names.get(codes[size - 1]), ending), key -> new Figures())
            .count(number);
      }
    }

    /** What comes again in the case, and how many other events lie between. */
    private void again(int size) {
      seen++;
      for (int i = 0; i < size; i++) {
        int code = codes[i];
        if (seenBy[code] == seen) {
          at(rework, code).count(number);
          Figures distance = at(self, code);
          distance.count(number);
          distance.measure(i - lastPlace[code] - 1L);
        }
        seenBy[code] = seen;
        lastPlace[code] = i;
      }
    }

    /** From the first event of each name on, when each other name comes for the first time. */
    private void later(int size) {
      int[] firsts = new int[size];
      int count = 0;
      seen++;
      for (int i = 0; i < size; i++) {
        if (seenBy[codes[i]] != seen) {
          seenBy[codes[i]] = seen;
          firsts[count++] = i;
        }
      }
      for (int k = 0; k < count; k++) {
        seen++;
        Figures[] behind = follows[codes[firsts[k]]];
        int left = count;
        for (int i = firsts[k] + 1; i < size && left > 0; i++) {
          if (seenBy[codes[i]] != seen) {
            seenBy[codes[i]] = seen;
            left--;
            Figures pair = at(behind, codes[i]);
            pair.count(number);
            pair.measure(seconds(firsts[k], i));
          }
        }
      }
    }

    private static Figures at(Figures[] figures, int code) {
      if (figures[code] == null) {
        figures[code] = new Figures();
      }
      return figures[code];
    }

    private List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      if (cases.count() > 0) {
        rows.add(row(CASE, "", "", cases));
      }
      starts.forEach((name, figures) -> rows.add(row(EDGE, START, name, figures)));
      ended.forEach((key, figures) -> rows.add(row(EDGE, key.get(0), key.get(1), figures)));
      tell(EVENT, single, rows);
      tell(REWORK, rework, rows);
      tell(SELF, self, rows);
      tell(EDGE, edges, rows);
      tell(FOLLOWS, follows, rows);
      tell(WAITING, waiting, rows);
      if (asked.rules().parts().contains(Part.VARIANTS)) {
        variants.forEach(
            (sequence, figures) -> rows.add(row(VARIANT, text(sequence), sequence.end, figures)));
      }
      if (!asked.rules().intended().isEmpty()) {
        conform(rows);
      }
      return rows;
    }

    private String text(Sequence sequence) {
      StringBuilder text = new StringBuilder();
      for (int code : sequence.codes) {
        text.append(text.isEmpty() ? "" : WatchProcess.ARROW).append(names.get(code));
      }
      return text.toString();
    }

    private void tell(String kind, Figures[] figures, List<Row> rows) {
      for (int code = 0; code < figures.length; code++) {
        if (figures[code] != null) {
          rows.add(row(kind, names.get(code), "", figures[code]));
        }
      }
    }

    private void tell(String kind, Figures[][] figures, List<Row> rows) {
      for (int from = 0; from < figures.length; from++) {
        for (int to = 0; to < figures.length; to++) {
          if (figures[from][to] != null) {
            rows.add(row(kind, names.get(from), names.get(to), figures[from][to]));
          }
        }
      }
    }

    /** Cases alike differ from the intended path alike: each variant is aligned once. */
    private void conform(List<Row> rows) {
      AlignPath path = new AlignPath(asked.rules().intended(), names);
      Figures fitness = new Figures();
      Figures deviating = new Figures();
      Map<List<String>, Figures> deviations = new HashMap<>();
      variants.forEach(
          (sequence, figures) -> {
            Alignment alignment = path.align(sequence.codes);
            long[] times = {figures.count(), figures.count()};
            fitness.add(repeated(times[0], Math.round(alignment.fitness() * MILLIONTHS)));
            if (!alignment.deviations().isEmpty()) {
              deviating.add(repeated(times[0], 0));
            }
            Map<List<String>, Long> ofCase = new HashMap<>();
            for (Deviation deviation : alignment.deviations()) {
              ofCase.merge(key(deviation), 1L, Long::sum);
            }
            ofCase.forEach(
                (key, often) ->
                    deviations
                        .computeIfAbsent(key, k -> new Figures())
                        .add(
                            often * times[0],
                            times[1],
                            0,
                            0,
                            0,
                            0,
                            Long.MAX_VALUE,
                            Long.MIN_VALUE));
          });
      if (fitness.count() > 0) {
        rows.add(row(FITNESS, "", "", fitness));
        rows.add(row(DEVIATING, "", "", deviating));
      }
      deviations.forEach((key, all) -> rows.add(row(key.get(0), key.get(1), key.get(2), all)));
    }

    private List<String> key(Deviation deviation) {
      List<ProcessRules.IntendedStep> steps = asked.rules().intended();
      String step =
          deviation.step() == AlignPath.START ? START : steps.get(deviation.step()).text();
      return deviation.code() < 0
          ? List.of(MISSING, step, "")
          : List.of(UNPLACED, step, names.get(deviation.code()));
    }

    private static long[] repeated(long times, long value) {
      Figures one = new Figures();
      one.measure(value);
      long[] numbers = one.numbers();
      return new long[] {
        times,
        times,
        times,
        times * value,
        times * numbers[4],
        times * numbers[5],
        numbers[6],
        numbers[7]
      };
    }
  }
}

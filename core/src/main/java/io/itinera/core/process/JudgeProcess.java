package io.itinera.core.process;

import io.itinera.core.process.CaseRules.Learning;
import io.itinera.core.table.ProcessConstraints;
import io.itinera.core.table.ProcessProfiles;
import io.itinera.core.table.QualityCheck;
import io.itinera.core.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Says whether newer journeys still go as is usual: where they do not, customers have changed or,
 * more often, what is delivered about them.
 */
public final class JudgeProcess {

  public static final String KEPT = "newer journeys keep to what others kept to";
  public static final String IN_TIME = "newer journeys take as long as is usual";

  /** By so many standard deviations chance alone hardly ever is above what is expected. */
  private static final double BEYOND_CHANCE = 4;

  private static final int SHOWN = 3;

  private JudgeProcess() {}

  /**
   * One check of constraints and one of times; neither where nothing newer can be compared.
   *
   * <p>A constraint is not kept to where more break it than the least confidence allows, beyond
   * what chance explains. Times differ where more than one in k² of them are more than k standard
   * deviations from the mean, beyond chance: whatever times are like, no more are (Chebyshev).
   */
  public static List<QualityCheck> checks(ProcessTables tables, Learning learning) {
    List<QualityCheck> checks = new ArrayList<>();
    double mayBreak = 1 - learning.leastConfidence();
    List<Seen> kept = new ArrayList<>();
    tables.constraints().forEach(row -> kept.add(constraint(row)));
    add(checks, ProcessConstraints.TABLE, KEPT, new Judged(kept, mayBreak, learning));
    double mayDiffer = 1 / (learning.deviations() * learning.deviations());
    List<Seen> times = new ArrayList<>();
    tables.profiles().stream()
        .filter(row -> !row.isNullAt(at(ProcessProfiles.TABLE, ProcessProfiles.CHECKED_COUNT)))
        .forEach(row -> times.add(profile(row)));
    add(checks, ProcessProfiles.TABLE, IN_TIME, new Judged(times, mayDiffer, learning));
    return checks;
  }

  /**
   * What was seen of newer journeys.
   *
   * @param of what, as it is told
   * @param checked how many
   * @param unlike how many of them are not as is usual
   */
  private record Seen(String of, long checked, long unlike) {
    private String text() {
      return "%s: %d of %d".formatted(of, unlike, checked);
    }
  }

  /**
   * What is judged.
   *
   * @param seen all of it
   * @param share that may be unlike what is usual
   * @param learning how many are enough to judge by
   */
  private record Judged(List<Seen> seen, double share, Learning learning) {
    private List<Seen> enough() {
      return seen.stream().filter(each -> each.checked() >= learning.leastJourneys()).toList();
    }

    private List<Seen> unlike() {
      return enough().stream()
          .filter(each -> each.unlike() > most(each.checked()))
          .sorted(Comparator.comparingLong(each -> -each.unlike()))
          .toList();
    }

    private double most(long checked) {
      return checked * share + BEYOND_CHANCE * Math.sqrt(checked * share * (1 - share));
    }
  }

  private static void add(List<QualityCheck> checks, Table table, String check, Judged judged) {
    int all = judged.enough().size();
    if (all == 0) {
      return;
    }
    List<Seen> unlike = judged.unlike();
    String examples =
        unlike.stream().limit(SHOWN).map(Seen::text).collect(Collectors.joining("; "));
    checks.add(
        new QualityCheck(
            table,
            check,
            unlike.isEmpty(),
            "%d of %d do not%s"
                .formatted(unlike.size(), all, examples.isEmpty() ? "" : ": " + examples),
            "at most %.1f %% of each, beyond chance".formatted(100 * judged.share())));
  }

  private static Seen constraint(Row row) {
    Table table = ProcessConstraints.TABLE;
    String second = row.getString(at(table, ProcessConstraints.SECOND_STEP));
    String said =
        "%s(%s%s)"
            .formatted(
                row.getString(at(table, ProcessConstraints.TEMPLATE)),
                row.getString(at(table, ProcessConstraints.FIRST_STEP)),
                second.equals(ProcessConstraints.NO_STEP) ? "" : ", " + second);
    return new Seen(
        said,
        row.getLong(at(table, ProcessConstraints.CHECKED_COUNT)),
        row.getLong(at(table, ProcessConstraints.VIOLATIONS_COUNT)));
  }

  private static Seen profile(Row row) {
    Table table = ProcessProfiles.TABLE;
    return new Seen(
        "%s > %s"
            .formatted(
                row.getString(at(table, ProcessProfiles.FROM_STEP)),
                row.getString(at(table, ProcessProfiles.TO_STEP))),
        row.getLong(at(table, ProcessProfiles.CHECKED_COUNT)),
        row.getLong(at(table, ProcessProfiles.DEVIATING_COUNT)));
  }

  private static int at(Table table, String column) {
    return table.schema().fieldIndex(column);
  }
}

package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.lake.TableHistory.Commit;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineageTest {

  private static final String DONE = "20260131T020000.001/stitch";
  private static final String BROKEN = "20260201T020000.001/stitch";

  @Test
  void commitOfStageThatIsNotFinishedIsFound() {
    Lineage lineage = Lineage.since(4, List.of(of(5, DONE), of(6, BROKEN), of(7, BROKEN)));

    assertThat(lineage.firstUnfinished(Set.of(DONE)).map(Commit::version)).contains(6L);
    assertThat(lineage.firstUnfinished(Set.of(DONE, BROKEN))).isEmpty();
  }

  @Test
  void whatWasTakenBackOnceIsNotTakenBackAgain() {
    Lineage lineage = Lineage.since(4, List.of(of(5, BROKEN), restored(6, 4), by(7, "DELETE")));

    assertThat(lineage.firstUnfinished(Set.of())).isEmpty();
    assertThat(lineage.commits()).extracting(Commit::version).containsExactly(7L);
  }

  @Test
  void restoringWhatWasTakenBackBringsItBack() {
    Lineage lineage = Lineage.since(4, List.of(of(5, BROKEN), restored(6, 4), restored(7, 5)));

    assertThat(lineage.firstUnfinished(Set.of()).map(Commit::version)).contains(5L);
  }

  @Test
  void labelOfSomebodyElseIsNoStage() {
    Lineage lineage = Lineage.since(4, List.of(of(5, "airflow/cleanup"), of(6, "ledger")));

    assertThat(lineage.firstUnfinished(Set.of())).isEmpty();
  }

  @Test
  void changeByHandAfterBrokenStageIsForeignAndCompactionIsNot() {
    List<Commit> compacted = List.of(of(5, BROKEN), by(6, "OPTIMIZE"));
    List<Commit> deleted = List.of(of(5, BROKEN), by(6, "OPTIMIZE"), by(7, "DELETE"));

    assertThat(Lineage.since(4, compacted).foreignAfter(4)).isEmpty();
    assertThat(Lineage.since(4, deleted).foreignAfter(4).map(Commit::version)).contains(7L);
    assertThat(Lineage.since(4, deleted).foreignAfter(7)).isEmpty();
  }

  @Test
  void restoreByHandToBeforeWhatIsKnownIsForeign() {
    Lineage lineage = Lineage.since(4, List.of(of(5, BROKEN), restored(6, 2)));

    assertThat(lineage.foreignAfter(4).map(Commit::version)).contains(6L);
  }

  private static Commit of(long version, String label) {
    return new Commit(version, label, "WRITE", OptionalLong.empty());
  }

  private static Commit by(long version, String operation) {
    return new Commit(version, "", operation, OptionalLong.empty());
  }

  private static Commit restored(long version, long to) {
    return new Commit(version, "", "RESTORE", OptionalLong.of(to));
  }
}

package io.itinera.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

  @Test
  void idsThatAllTasksHaveSeenOnceAreDistinct() {
    assertThat(SeenIds.areDistinct(List.of(seen(9, "a", "b"), seen(9), seen(9, "c")))).isTrue();
  }

  @Test
  void idThatOneTaskHasSeenTwiceIsNoticed() {
    assertThat(SeenIds.areDistinct(List.of(seen(9, "a", "b", "a")))).isFalse();
  }

  @Test
  void idThatTwoTasksHaveSeenIsNoticed() {
    assertThat(SeenIds.areDistinct(List.of(seen(9, "a", "b"), seen(9, "c", "b")))).isFalse();
  }

  @Test
  void ofMoreIdsThanAreHeldNobodyKnows() {
    assertThat(seen(2, "a", "b")).hasSize(2);
    assertThat(seen(2, "a", "b", "c")).isNull();
    assertThat(SeenIds.areDistinct(Arrays.asList(seen(2, "a", "b", "c"), seen(2, "d")))).isFalse();
  }

  @Test
  void anyNumberOfIdsIsHeldUpToTheMost() {
    String[] ids = new String[5_000];
    Arrays.setAll(ids, Integer::toString);

    assertThat(seen(5_000, ids)).hasSize(5_000);
    assertThat(SeenIds.areDistinct(List.of(seen(5_000, ids)))).isTrue();
  }

  private static long[] seen(int most, String... ids) {
    SeenIds seen = new SeenIds(most);
    for (String id : ids) {
      seen.add(UTF8String.fromString(id));
    }
    return seen.all();
  }
}

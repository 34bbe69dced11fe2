package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  @Test
  void answersComeInTheOrderOfTheTasksWhichRunAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);

    List<String> answers = SideBySide.get(List.of(() -> meet(both, "a"), () -> meet(both, "b")));

    assertThat(answers).containsExactly("a", "b");
  }

  @Test
  void failureIsThrownWhenTheOthersHaveEnded() {
    AtomicBoolean ended = new AtomicBoolean();
    Runnable fails =
        () -> {
          throw new IllegalArgumentException("the disk is full");
        };

    assertThatThrownBy(() -> SideBySide.run(List.of(fails, () -> ended.set(true))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the disk is full");
    assertThat(ended).isTrue();
  }

  @Test
  void tasksSeeTheClassLoaderOfTheCaller() {
    Thread caller = Thread.currentThread();
    ClassLoader before = caller.getContextClassLoader();
    ClassLoader ours = new ClassLoader(before) {};
    caller.setContextClassLoader(ours);
    try {
      assertThat(SideBySide.get(List.of(() -> Thread.currentThread().getContextClassLoader())))
          .containsExactly(ours);
    } finally {
      caller.setContextClassLoader(before);
    }
  }

  private static String meet(CountDownLatch others, String answer) throws InterruptedException {
    others.countDown();
    return others.await(10, TimeUnit.SECONDS) ? answer : "alone";
  }
}

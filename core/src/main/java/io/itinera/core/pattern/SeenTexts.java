package io.itinera.core.pattern;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What a function has answered for the last texts that it was given. User agents, pages and
 * parameters of records are few, and come again and again: to look one up takes a small part of the
 * time that a pattern takes to look at it. Where texts do not come again, none are kept for a
 * while.
 */
public final class SeenTexts {

  /** Of each function of each task, so that all of them take some megabytes. */
  static final int MOST = 1_000;

  static final int LONGEST_BYTES = 300;

  /** Looks after which it shows whether texts come again. */
  static final int TRIAL = 4_000;

  /** Looks for which none are kept if they do not. */
  static final int PAUSE = 60_000;

  private static final int FEWEST_AGAIN = TRIAL / 4;

  /** Stands for the answer null. */
  private static final Object NOTHING = new Object();

  private final Thread owner = Thread.currentThread();
  private final Map<UTF8String, Object> answers = new HashMap<>();
  private int looks;
  private int again;
  private int pause;

  /** Whether the calling thread, and no other, may ask. */
  public boolean isMine() {
    return owner == Thread.currentThread();
  }

  /** What {@code work}, which depends on nothing else, answers for {@code text}. */
  @SuppressWarnings("unchecked") // All answers are of one function.
  public <T> T answer(UTF8String text, Function<UTF8String, T> work) {
    if (text.numBytes() > LONGEST_BYTES || isPausing()) {
      return work.apply(text);
    }
    Object known = answers.get(text);
    if (known != null) {
      again++;
      return known == NOTHING ? null : (T) known;
    }
    T found = work.apply(text);
    if (answers.size() == MOST) {
      answers.clear();
    }
    // Spark writes the next record over the bytes of this one.
    answers.put(text.copy(), found == null ? NOTHING : found);
    return found;
  }

  private boolean isPausing() {
    if (pause > 0) {
      pause--;
      return true;
    }
    if (++looks > TRIAL) {
      boolean doComeAgain = again >= FEWEST_AGAIN;
      looks = 0;
      again = 0;
      if (!doComeAgain) {
        pause = PAUSE;
        answers.clear();
      }
    }
    return pause > 0;
  }
}

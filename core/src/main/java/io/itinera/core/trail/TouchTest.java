package io.itinera.core.trail;

import java.io.Serializable;
import java.util.List;

/** What a touch must be. */
sealed interface TouchTest extends Serializable {

  /** Whether {@code touch} is that. */
  boolean holds(TouchName touch);

  /** Any touch. */
  record Any() implements TouchTest {
    @Override
    public boolean holds(TouchName touch) {
      return true;
    }
  }

  /**
   * A touch of that name.
   *
   * @param parts one: its channel or its type; two: channel and type; three: location, too. A part
   *     that ends in * stands for all that begin like it.
   */
  record Named(List<String> parts) implements TouchTest {

    public Named {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean holds(TouchName touch) {
      if (parts.size() == 1) {
        return isLike(parts.get(0), touch.channel()) || isLike(parts.get(0), touch.type());
      }
      return isLike(parts.get(0), touch.channel())
          && isLike(parts.get(1), touch.type())
          && (parts.size() < 3 || isLike(parts.get(2), touch.location()));
    }

    private static boolean isLike(String part, String text) {
      if (part.endsWith("*")) {
        String begin = part.substring(0, part.length() - 1);
        return begin.isEmpty() || (text != null && text.startsWith(begin));
      }
      return part.equals(text);
    }
  }

  /** One of several. */
  record OneOf(List<TouchTest> tests) implements TouchTest {

    public OneOf {
      tests = List.copyOf(tests);
    }

    @Override
    public boolean holds(TouchName touch) {
      return tests.stream().anyMatch(test -> test.holds(touch));
    }
  }

  /** Anything else. */
  record Not(TouchTest test) implements TouchTest {
    @Override
    public boolean holds(TouchName touch) {
      return !test.holds(touch);
    }
  }
}

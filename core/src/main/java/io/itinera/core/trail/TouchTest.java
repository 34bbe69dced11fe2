package io.itinera.core.trail;

import java.io.Serializable;
import java.util.List;

/** What a touch must be. */
sealed interface TouchTest extends Serializable {

  /** Whether {@code touch} is that. */
  boolean holds(TouchName touch);

  /** Whether that goes by the page on which it was. */
  default boolean asksForPage() {
    return false;
  }

  private static boolean isLike(String part, String text) {
    if (part.endsWith("*")) {
      String begin = part.substring(0, part.length() - 1);
      return begin.isEmpty() || (text != null && text.startsWith(begin));
    }
    return part.equals(text);
  }

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
        return TouchTest.isLike(parts.get(0), touch.channel())
            || TouchTest.isLike(parts.get(0), touch.type());
      }
      return TouchTest.isLike(parts.get(0), touch.channel())
          && TouchTest.isLike(parts.get(1), touch.type())
          && (parts.size() < 3 || TouchTest.isLike(parts.get(2), touch.location()));
    }
  }

  /**
   * A touch on a page of that name; a name that ends in * stands for all that begin like it.
   *
   * @param name as paths have it
   */
  record OnPage(String name) implements TouchTest {
    @Override
    public boolean holds(TouchName touch) {
      return touch.page() != null && TouchTest.isLike(name, touch.page());
    }

    @Override
    public boolean asksForPage() {
      return true;
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

    @Override
    public boolean asksForPage() {
      return tests.stream().anyMatch(TouchTest::asksForPage);
    }
  }

  /** Anything else. */
  record Not(TouchTest test) implements TouchTest {
    @Override
    public boolean holds(TouchName touch) {
      return !test.holds(touch);
    }

    @Override
    public boolean asksForPage() {
      return test.asksForPage();
    }
  }
}

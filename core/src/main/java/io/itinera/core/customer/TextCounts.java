package io.itinera.core.customer;

import io.itinera.core.spark.SparkValues;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;

/** How often each of some texts came. Mostly it is one text, which takes no map. */
final class TextCounts {

  /** A text and how often it came. */
  private static final class Counted {

    private final UTF8String text;
    private long times;

    private Counted(UTF8String text) {
      this.text = text.copy();
    }

    private UTF8String text() {
      return text;
    }
  }

  private Counted first;
  private Map<UTF8String, Counted> others;

  /** Counts {@code text} once, unless it is null. */
  void add(UTF8String text) {
    add(text, 1);
  }

  /** Counts {@code text} several times, unless it is null. */
  void add(UTF8String text, long times) {
    if (text == null) {
      return;
    }
    if (first == null) {
      first = new Counted(text);
    }
    (first.text.equals(text) ? first : other(text)).times += times;
  }

  private Counted other(UTF8String text) {
    if (others == null) {
      others = new HashMap<>(4);
    }
    Counted counted = others.get(text);
    if (counted == null) {
      counted = new Counted(text);
      others.put(counted.text, counted);
    }
    return counted;
  }

  private Stream<Counted> all() {
    return others == null
        ? Stream.ofNullable(first)
        : Stream.concat(Stream.of(first), others.values().stream());
  }

  /** Spark's map of text to count, in alphabetical order. */
  Object told() {
    Counted[] sorted = all().sorted(Comparator.comparing(Counted::text)).toArray(Counted[]::new);
    Object[] texts = new Object[sorted.length];
    Object[] times = new Object[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      texts[i] = sorted[i].text;
      times[i] = sorted[i].times;
    }
    return SparkValues.map(texts, times);
  }

  /** The text that came most often, ties alphabetical; null without any. */
  UTF8String favourite() {
    return all()
        .min(Comparator.<Counted>comparingLong(each -> -each.times).thenComparing(Counted::text))
        .map(Counted::text)
        .orElse(null);
  }
}

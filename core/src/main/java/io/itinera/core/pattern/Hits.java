package io.itinera.core.pattern;

/** Where a pattern is found in one text, place after place. */
public interface Hits {

  /** Goes on to the next place; false behind the last. */
  boolean find();

  /** Whether the pattern stands for the text as a whole. */
  boolean isWhole();

  /** How many groups the pattern has. */
  int groups();

  /** What {@code group} holds, 0 being all that was found; null where it took no part. */
  String group(int group);

  /** What the group of that name holds. */
  String group(String name);

  /** Where the place begins. */
  int start();

  /** Where the place ends. */
  int end();
}

package io.itinera.core.process;

import java.util.List;

/** When a journey was over, as far as what is usual goes. */
enum Age {
  /** Not yet, or too long ago. */
  NEITHER(0),
  /** By the day of the last training: it tells what is usual. */
  LEARNT(1),
  /** Since, before this night: it is checked. */
  SINCE(2),
  /** This night: it is checked. */
  NIGHT(3);

  /** How many there are. */
  static final int COUNT = 4;

  private static final List<Age> ALL = List.of(values());

  private final int place;

  Age(int place) {
    this.place = place;
  }

  /** As a number, from 0. */
  int place() {
    return place;
  }

  static Age at(int place) {
    return ALL.get(place);
  }
}

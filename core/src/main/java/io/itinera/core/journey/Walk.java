package io.itinera.core.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A customer's journeys along one way, found while their touches come one after the other.
 *
 * <p>A journey begins with a touch of the first stage, goes on with each that reaches a stage,
 * whether it leads on, back, or past some, and ends with the first that reaches the last stage, or
 * before a silence longer than the gap; one of exactly the gap does not end it. What reaches no
 * stage is no part of it, and no touch either.
 */
final class Walk {

  private final int lastStage;
  private final Duration gap;
  private Journey open;
  private int count;

  /**
   * @param stages how many stages there are
   * @param gap longest silence inside a journey
   */
  Walk(int stages, Duration gap) {
    this.lastStage = stages - 1;
    this.gap = gap;
  }

  /**
   * A touch that reaches a stage.
   *
   * @param stage its place, from 0 on
   */
  record Touch(String id, Instant at, int stage, String channel) {}

  /** What has been gathered of a journey. */
  static final class Journey {
    final int number;
    final Touch first;
    final List<Integer> stages = new ArrayList<>();
    final List<Instant> stagesAt = new ArrayList<>();
    final Set<String> channels = new LinkedHashSet<>();
    Touch last;
    int furthest;
    long touches;
    long returns;

    private Journey(int number, Touch first) {
      this.number = number;
      this.first = first;
      this.last = first;
    }

    private void add(Touch touch) {
      if (touch.stage() < last.stage()) {
        returns++;
      }
      if (!stages.contains(touch.stage())) {
        stages.add(touch.stage());
        stagesAt.add(touch.at());
      }
      if (touch.channel() != null) {
        channels.add(touch.channel());
      }
      furthest = Math.max(furthest, touch.stage());
      last = touch;
      touches++;
    }
  }

  /** The journeys that end before, or with, {@code touch}, which is the next one. */
  List<Journey> next(Touch touch) {
    List<Journey> ended = new ArrayList<>();
    if (open != null && open.last.at().plus(gap).isBefore(touch.at())) {
      end().ifPresent(ended::add);
    }
    if (open == null && touch.stage() == 0) {
      open = new Journey(++count, touch);
    }
    if (open != null) {
      open.add(touch);
      if (touch.stage() == lastStage) {
        end().ifPresent(ended::add);
      }
    }
    return ended;
  }

  /** The journey that no further touch can end, if there is one. */
  Optional<Journey> end() {
    Optional<Journey> ended = Optional.ofNullable(open);
    open = null;
    return ended;
  }
}

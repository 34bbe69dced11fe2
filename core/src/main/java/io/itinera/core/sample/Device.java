package io.itinera.core.sample;

import java.time.ZoneOffset;
import java.util.List;

/**
 * A browser with its cookie.
 *
 * @param cookie Google Analytics' {@code user_pseudo_id}
 * @param firstTouch epoch seconds of the cookie
 * @param model what it is
 * @param signsInAt number of the visit on it, from 0, in which its user first signs in
 * @param isShared stands in a living room, used by two people
 */
record Device(String cookie, long firstTouch, Model model, int signsInAt, boolean isShared) {

  /** {@link #signsInAt} of a device on which nobody ever signs in. */
  static final int NEVER = Integer.MAX_VALUE;

  /** A kind of device. */
  record Model(String category, String brand, String system, String version, String browser) {}

  private static final int SHARED_ORDINAL = 9;

  private static final Model TABLET = new Model("tablet", "Apple", "iOS", "17.4", "Safari");

  private static final List<Model> PERSONAL =
      List.of(
          new Model("mobile", "Apple", "iOS", "18.1", "Safari"),
          new Model("mobile", "Samsung", "Android", "14", "Chrome"),
          new Model("mobile", "Google", "Android", "15", "Chrome"),
          new Model("desktop", "Google", "Windows", "10", "Chrome"),
          new Model("desktop", "Microsoft", "Windows", "11", "Edge"),
          new Model("desktop", "Mozilla", "Linux", "x86_64", "Firefox"),
          new Model("desktop", "Apple", "Macintosh", "14.5", "Safari"));

  static Device personal(SampleRules rules, long person, int ordinal, Dice dice) {
    Model model = dice.pick(PERSONAL);
    int signsInAt = signIn(dice.share());
    long firstTouch = firstTouch(rules, dice);
    String cookie = cookie(rules, person, ordinal, firstTouch);
    return new Device(cookie, firstTouch, model, signsInAt, false);
  }

  static Device tablet(SampleRules rules, long household, Dice dice) {
    long firstTouch = firstTouch(rules, dice);
    String cookie = cookie(rules, 2 * household, SHARED_ORDINAL, firstTouch);
    return new Device(cookie, firstTouch, TABLET, 0, true);
  }

  private static long firstTouch(SampleRules rules, Dice dice) {
    long firstDay = rules.firstDay().atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    return firstDay - dice.between(3_600, 200 * 86_400);
  }

  private static String cookie(SampleRules rules, long person, int ordinal, long firstTouch) {
    return Numbering.scrambled(rules.seed(), person, ordinal) + "." + firstTouch;
  }

  private static int signIn(double share) {
    if (share < 0.45) {
      return 0;
    }
    if (share < 0.75) {
      return 1;
    }
    return share < 0.88 ? 2 : NEVER;
  }
}

package io.itinera.core.identity;

import java.io.Serializable;
import java.time.Duration;

/**
 * Whose a device is, and when.
 *
 * @param ownership which devices change hands, and how
 * @param replay how long before the first sign-in a device is that person's already; zero if it is
 *     not
 */
public record DeviceRules(Ownership ownership, Duration replay) implements Serializable {

  /** Which devices change hands, and how. */
  public enum Ownership {
    /**
     * A device on which only one person was seen is that person's. One with several is each one's
     * in turn, from a sign-in until the next different person's.
     */
    SHARED,

    /**
     * Every device is the one's who signed in on it last, also where nobody else ever does: what it
     * saw before the first sign-in is somebody else's. It links nobody.
     */
    SIGNED_IN,

    /**
     * Every device is the one's who signed in on it last, with all that it ever saw, whoever was
     * signed in then. It links nobody.
     */
    LATEST
  }

  public DeviceRules {
    if (replay.isNegative()) {
      throw new IllegalArgumentException("replay must not be negative, was " + replay);
    }
  }

  /** Whether a device joins the identifiers that are seen with it in one customer. */
  boolean link() {
    return ownership == Ownership.SHARED;
  }
}

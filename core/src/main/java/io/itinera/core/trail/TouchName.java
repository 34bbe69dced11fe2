package io.itinera.core.trail;

import java.io.Serializable;

/**
 * What a touch is called in patterns.
 *
 * @param channel such as web; null without
 * @param type such as page_view; null without
 * @param location page, store or queue; null without
 */
public record TouchName(String channel, String type, String location) implements Serializable {

  /** A touch of which only a label is known, such as a step of a path. */
  public static TouchName label(String label) {
    return new TouchName(label, label, null);
  }
}

package io.itinera.core.portrait;

/** A side of customers that a portrait shows. */
public enum Aspect {
  /** What they come for: types of touchpoints that are a want of theirs. */
  GOAL("goal", true),
  /** What goes wrong for them: types of touchpoints that are a trouble of theirs. */
  FRUSTRATION("frustration", true),
  /** The last step of journeys that they abandoned. */
  BREAK_OFF("break-off", false),
  /** The whole path of their journeys. */
  JOURNEY("journey", false),
  /** Hours at which their days of contact begin. */
  HOUR("hour", false),
  CHANNEL("channel", false),
  DEVICE("device", false),
  CATEGORY("category", false),
  PRODUCT("product", false),
  WEEKDAY("weekday", false),
  MONTH("month", false),
  STAGE("stage", false),
  AGE("age", false),
  GENDER("gender", false),
  CITY("city", false),
  COUNTRY("country", false);

  private final String text;
  private final boolean isCompared;

  Aspect(String text, boolean isCompared) {
    this.text = text;
    this.isCompared = isCompared;
  }

  /** As tables have it. */
  public String text() {
    return text;
  }

  /**
   * Whether what comes first is what sets a persona apart, and not what is commonest in it: nearly
   * everybody views products, whatever they are like.
   */
  boolean isCompared() {
    return isCompared;
  }
}

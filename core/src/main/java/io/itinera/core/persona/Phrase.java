package io.itinera.core.persona;

import java.util.Locale;

/**
 * A turn of phrase in which personas are told, in English; {0}, {1} … stand for what it is about.
 */
public enum Phrase {
  AND(", "),
  MANY("many {0}"),
  FEW("few {0}"),
  HIGH("high {0}"),
  LOW("low {0}"),
  NONE("no {0}"),
  AVERAGE_NAME("Average customers"),
  AVERAGE("Close to the average in every feature."),
  FAR_MORE("far more {0} ({1} against {2})"),
  FAR_FEWER("far fewer {0} ({1} against {2})"),
  FAR_HIGHER("far higher {0} ({1} against {2})"),
  FAR_LOWER("far lower {0} ({1} against {2})"),
  MORE("more {0} ({1} against {2})"),
  FEWER("fewer {0} ({1} against {2})"),
  HIGHER("higher {0} ({1} against {2})"),
  LOWER("lower {0} ({1} against {2})"),
  WITHOUT("no {0} ({1} against {2})"),
  DAYS("{0} days"),
  HOURS("{0} hours"),
  MINUTES("{0} minutes"),
  SECONDS("{0} seconds"),
  SIZE_CONFIGURED("{0}, as configured."),
  SIZE_PREDICTED("{0}, as {1} predicts."),
  SIZE_BEST("{0}: the best silhouette, {1}; other samples agree by {2}."),
  SIZE_FEWEST(
      "{0}: the fewest whose silhouette, {1}, is nearly that of {3}, {4}; other samples agree by"
          + " {2}."),
  SIZE_KEPT(
      "{0}, as in the training before: its silhouette, {1}, is hardly worse than that of {3}, {4};"
          + " other samples agree by {2}."),
  SIZE_INSTEAD("{0} Before there were {1}, whose silhouette is {2} now."),
  SIZE_NOT("{0} Not {1}."),
  SIZE_SMALL("{0}, whose smallest group has {1} %"),
  SIZE_UNSTABLE("{0}, on which other samples agree by {1} only"),
  CHANGE_FIRST("First training."),
  CHANGE_OTHER_FEATURES("Made of other features than before."),
  CHANGE_FEATURES_GONE("Personas are made of other features."),
  CHANGE_INTO("Into {0}."),
  CHANGE_OF("Of {0}."),
  CHANGE_SHARE("\"{0}\" ({1} %)"),
  CHANGE_RENAMED("From \"{0}\" to \"{1}\"."),
  CHANGE_MOVED(
      "\"{0}\" moved by {1} standard deviations per feature, most in {2}: from {3} to {4}."),
  CHANGE_NEW("\"{0}\" is new."),
  CHANGE_NEW_FROM("\"{0}\" is new; of its customers were before in {1}."),
  CHANGE_EMPTY("\"{0}\" has no customers any more."),
  CHANGE_GONE("\"{0}\" is no more; of those like its customers are now in {1}.");

  private final String english;

  Phrase(String english) {
    this.english = english;
  }

  /** As configuration has it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String english() {
    return english;
  }
}

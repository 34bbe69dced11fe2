package io.itinera.jobs.config;

import java.util.List;

/**
 * What a report shows, and to whom.
 *
 * @param nightly whether each night ends with it
 * @param shortForm whether it has a short form for mail and chat, too
 * @param folder where it is written
 * @param languages codes of the languages of its pages, the first of which is opened first
 * @param days so many days up to the night are shown day by day
 * @param smallestGroup fewer customers than these are not shown as a group of their own
 * @param personal whether names and addresses may be shown
 */
public record ReportRules(
    boolean nightly,
    boolean shortForm,
    String folder,
    List<String> languages,
    int days,
    int smallestGroup,
    boolean personal) {

  /** The languages that there are texts in. */
  public static final List<String> LANGUAGES = List.of("en", "ru", "ar");

  /** Refuses a report in no language. */
  public ReportRules {
    languages = languages.stream().distinct().toList();
    if (languages.isEmpty()) {
      throw new IllegalArgumentException(
          "languages must name at least one of " + String.join(", ", LANGUAGES));
    }
  }

  /** The same, with a short form. */
  public ReportRules withShortForm() {
    return new ReportRules(nightly, true, folder, languages, days, smallestGroup, personal);
  }
}

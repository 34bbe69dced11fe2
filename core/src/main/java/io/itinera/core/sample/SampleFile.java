package io.itinera.core.sample;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** The kinds of files of the sample company: raw logs by source, and the truth about them. */
public enum SampleFile {
  /** Google Analytics 4, BigQuery export, JSON lines. */
  WEB("web", "events_%s%s.json.gz", "", "\n", "\n"),
  /** Salesforce contacts, CSV. */
  CRM_CONTACTS("crm_contacts", "contacts_%s%s.csv.gz", Contacts.HEADER + "\n", "\n", "\n"),
  /** Salesforce cases, CSV. */
  CRM_CASES("crm_cases", "cases_%s%s.csv.gz", Cases.HEADER + "\n", "\n", "\n"),
  /** Genesys conversation details, one JSON document. */
  CALLS("calls", "conversations_%s%s.json.gz", "{\"conversations\":[\n", ",\n", "\n]}\n"),
  /** The stores' tills, separated by semicolons. */
  TILL("till", "till_%s%s.csv.gz", Till.HEADER + "\n", "\n", "\n"),
  /** Events of the newsletter tool, JSON lines. */
  NEWSLETTER("newsletter", "events_%s%s.jsonl.gz", "", "\n", "\n"),
  /** Who each person is. */
  PERSONS("truth", "persons.csv", Truth.PERSONS_HEADER + "\n", "\n", "\n"),
  /** Whose each identifier is. */
  IDENTIFIERS("truth", "identifiers.csv", Truth.IDENTIFIERS_HEADER + "\n", "\n", "\n"),
  /** Whose each touchpoint is. */
  TOUCHPOINTS("truth", "touchpoints.csv", Truth.TOUCHPOINTS_HEADER + "\n", "\n", "\n"),
  /** Which records are broken, and how. */
  BROKEN("truth", "broken.csv", Truth.BROKEN_HEADER + "\n", "\n", "\n");

  private static final String TRUTH_FOLDER = "truth";
  private static final DateTimeFormatter COMPACT = DateTimeFormatter.BASIC_ISO_DATE;

  private final String folder;
  private final String pattern;
  private final String opening;
  private final String separator;
  private final String closing;

  SampleFile(String folder, String pattern, String opening, String separator, String closing) {
    this.folder = folder;
    this.pattern = pattern;
    this.opening = opening;
    this.separator = separator;
    this.closing = closing;
  }

  /** The source's name, or {@code truth}. */
  public String folder() {
    return folder;
  }

  /** Whether the pipeline must never see it. */
  public boolean isTruth() {
    return folder.equals(TRUTH_FOLDER);
  }

  /** What stands before the first record. */
  public String opening() {
    return opening;
  }

  /** What stands between two records. */
  public String separator() {
    return separator;
  }

  /** What stands after the last record. */
  public String closing() {
    return closing;
  }

  /** The file's name for the records of {@code day}; {@code suffix} tells special deliveries. */
  String fileName(LocalDate day, String suffix) {
    return pattern.formatted(COMPACT.format(day), suffix);
  }
}

package io.itinera.core.sample;

import io.itinera.core.sample.RawRecord.Identifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The kinds of files of the sample company: raw logs by source, and the truth about them. */
public enum SampleFile {
  /** Google Analytics 4, BigQuery export, JSON lines. */
  WEB("web", "events_%s%s.json.gz", "", Frame.LINES),
  /** Salesforce contacts, CSV. */
  CRM_CONTACTS("crm_contacts", "contacts_%s%s.csv.gz", Contacts.HEADER + "\n", Frame.LINES),
  /** Salesforce cases, CSV. */
  CRM_CASES("crm_cases", "cases_%s%s.csv.gz", Cases.HEADER + "\n", Frame.LINES),
  /** Genesys conversation details, one JSON document. */
  CALLS("calls", "conversations_%s%s.json.gz", "", Frame.CONVERSATIONS),
  /** The stores' tills, separated by semicolons. */
  TILL("till", "till_%s%s.csv.gz", Till.HEADER + "\n", Frame.LINES),
  /** Events of the newsletter tool, JSON lines. */
  NEWSLETTER("newsletter", "events_%s%s.jsonl.gz", "", Frame.LINES),
  /** Who each person is. */
  PERSONS("truth", "persons.csv", Truth.PERSONS_HEADER + "\n", Frame.LINES),
  /** Whose each identifier is. */
  IDENTIFIERS("truth", "identifiers.csv", Truth.IDENTIFIERS_HEADER + "\n", Frame.LINES),
  /** Whose each touchpoint is. */
  TOUCHPOINTS("truth", "touchpoints.csv", Truth.TOUCHPOINTS_HEADER + "\n", Frame.LINES),
  /** Which records are broken, and how. */
  BROKEN("truth", "broken.csv", Truth.BROKEN_HEADER + "\n", Frame.LINES);

  private static final String TRUTH_FOLDER = "truth";
  private static final DateTimeFormatter COMPACT = DateTimeFormatter.BASIC_ISO_DATE;

  private final String folder;
  private final String pattern;
  private final String header;
  private final Frame frame;

  SampleFile(String folder, String pattern, String header, Frame frame) {
    this.folder = folder;
    this.pattern = pattern;
    this.header = header;
    this.frame = frame;
  }

  /** What makes a file of records: what stands before, between and behind them. */
  private enum Frame {
    LINES("", "\n", "\n"),
    CONVERSATIONS("{\"conversations\":[\n", ",\n", "\n]}\n");

    private final String opening;
    private final String separator;
    private final String closing;

    Frame(String opening, String separator, String closing) {
      this.opening = opening;
      this.separator = separator;
      this.closing = closing;
    }
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
    return header + frame.opening;
  }

  /** What stands between two records. */
  public String separator() {
    return frame.separator;
  }

  /** What stands after the last record. */
  public String closing() {
    return frame.closing;
  }

  /** A record in the file of the day on which it happened. */
  RawRecord record(Instant at, String recordId, String text, List<Identifier> identifiers) {
    LocalDate day = at.atZone(SampleRules.ZONE).toLocalDate();
    return new RawRecord(this, day, at, recordId, text, identifiers);
  }

  /** The file's name for the records of {@code day}; {@code suffix} tells special deliveries. */
  String fileName(LocalDate day, String suffix) {
    return pattern.formatted(COMPACT.format(day), suffix);
  }
}

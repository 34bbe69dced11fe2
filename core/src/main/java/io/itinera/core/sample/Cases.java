package io.itinera.core.sample;

import static io.itinera.core.sample.SampleFile.CRM_CASES;

import io.itinera.core.sample.RawRecord.Identifier;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Complaints as Salesforce cases: one line when a case is opened, another when it is closed. */
final class Cases {

  static final String HEADER =
      Contacts.quoted(
          List.of(
              "CaseNumber",
              "ContactId",
              "ContactEmail",
              "ContactPhone",
              "Origin",
              "Reason",
              "Status",
              "Subject",
              "Description",
              "CreatedDate",
              "ClosedDate",
              "LastModifiedDate"));

  private static final List<String> REASONS =
      List.of("Late delivery", "Damaged goods", "Wrong invoice", "Rude service");
  private static final List<String> WORDS =
      List.of(
          "I have waited for two weeks, and nobody answers.",
          "The parcel came broken; I want my money back.",
          "Your invoice is wrong for the second time.",
          "I was promised a call, but none came.");

  /** What both lines of a case share. */
  private record Complaint(
      String number, Instant opened, String email, String phone, String reason, String words) {}

  private Cases() {}

  static List<RawRecord> records(Story story) {
    Dice dice = story.dice("cases");
    List<RawRecord> records = new ArrayList<>();
    List<LocalDate> days = story.fate().complaints();
    for (int i = 0; i < Math.min(days.size(), 9); i++) {
      Person.Ids ids = story.person().ids();
      Complaint complaint =
          new Complaint(
              Numbering.eightDigits(story.person().number() * 9 + i),
              Story.opening(days.get(i), 14, 20, dice),
              Spelling.email(ids.email(), dice),
              dice.chance(0.7) ? Spelling.phone(ids.phone(), dice) : "",
              dice.pick(REASONS),
              dice.pick(WORDS));
      records.add(record(story, complaint, null));
      Instant closed = complaint.opened().plusSeconds(dice.between(1, 9 * 24) * 3_600L);
      records.add(record(story, complaint, closed));
    }
    return records;
  }

  private static RawRecord record(Story story, Complaint complaint, Instant closed) {
    Person person = story.person();
    boolean hasContact = person.traits().hasContact();
    List<Identifier> who = new ArrayList<>();
    who.add(new Identifier("email", person.ids().email()));
    if (hasContact) {
      who.add(new Identifier("crm_id", person.ids().contact()));
    }
    if (!complaint.phone().isEmpty()) {
      who.add(new Identifier("phone", person.ids().phone()));
    }
    Instant changed = closed == null ? complaint.opened() : closed;
    String line =
        Contacts.quoted(
            List.of(
                complaint.number(),
                hasContact ? person.ids().contact() : "",
                complaint.email(),
                complaint.phone(),
                "Phone",
                complaint.reason(),
                closed == null ? "New" : "Closed",
                "Complaint: " + complaint.reason(),
                complaint.words(),
                Contacts.time(complaint.opened()),
                closed == null ? "" : Contacts.time(closed),
                Contacts.time(changed)));
    return CRM_CASES.record(changed, complaint.number(), line, who);
  }
}

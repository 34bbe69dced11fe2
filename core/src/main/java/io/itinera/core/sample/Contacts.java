package io.itinera.core.sample;

import static io.itinera.core.sample.SampleFile.CRM_CONTACTS;

import io.itinera.core.sample.Person.Address;
import io.itinera.core.sample.Person.Ids;
import io.itinera.core.sample.Person.Name;
import io.itinera.core.sample.RawRecord.Identifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Salesforce contacts: everybody known on the first day, then new and changed ones day by day. */
final class Contacts {

  static final String HEADER =
      quoted(
          List.of(
              "Id",
              "Email",
              "Phone",
              "MobilePhone",
              "FirstName",
              "LastName",
              "Birthdate",
              "MailingStreet",
              "MailingCity",
              "MailingPostalCode",
              "MailingCountry",
              "LeadSource",
              "HasOptedOutOfEmail",
              "ShopAccount__c",
              "LoyaltyCard__c",
              "CreatedDate",
              "LastModifiedDate",
              "IsDeleted"));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final List<String> LEADS = List.of("Web", "Store", "Phone Inquiry", "Partner");

  /** One state of a contact. */
  private record State(
      Name name, Ids ids, Address address, Instant created, Instant modified, boolean deleted) {}

  private Contacts() {}

  static List<RawRecord> records(Story story) {
    List<RawRecord> records = new ArrayList<>();
    Person person = story.person();
    if (!person.traits().hasContact()) {
      return records;
    }
    Dice dice = story.dice("contacts");
    boolean old = dice.chance(0.8);
    Instant created =
        Story.opening(
            old
                ? story.rules().firstDay().minusDays(dice.between(1, 900))
                : story.rules().firstDay().plusDays(dice.below(story.rules().days())),
            8,
            20,
            dice);
    State state = new State(person.name(), person.ids(), person.address(), created, created, false);
    records.add(record(story, state, dice));
    if (dice.chance(0.12)) {
      records.add(record(story, moved(story, state, dice), dice));
    }
    if (person.traits().hasSecondContact()) {
      records.add(record(story, twin(story, state, dice), dice));
    }
    return records;
  }

  private static State moved(Story story, State state, Dice dice) {
    LocalDate day = story.rules().firstDay().plusDays(dice.below(story.rules().days()));
    Instant changed = Story.opening(day, 8, 20, dice);
    Instant later = changed.isAfter(state.created()) ? changed : state.created().plusSeconds(900);
    Address address =
        new Address(
            "Neue Straße " + dice.between(1, 90),
            state.address().postalCode(),
            state.address().city());
    boolean deleted = dice.chance(0.03);
    return new State(state.name(), state.ids(), address, state.created(), later, deleted);
  }

  /** The same person again, misspelt, with a private address and neither phone nor card. */
  private static State twin(Story story, State state, Dice dice) {
    Name name = new Name(state.name().first(), Spelling.misspeltName(state.name().last(), dice));
    long number = story.number(12);
    String email =
        "%s.%s@private.example".formatted(Person.ascii(name.first()), Long.toString(number, 36));
    Ids ids = new Ids(email, "", "", "", Numbering.salesforceId("003", number));
    Instant created = state.created().plusSeconds(86_400);
    return new State(name, ids, state.address(), created, created, false);
  }

  private static RawRecord record(Story story, State state, Dice dice) {
    Traits traits = story.person().traits();
    Ids ids = state.ids();
    boolean isTwin = ids.phone().isEmpty();
    String phone = traits.phoneInCrm() && !isTwin ? Spelling.phone(ids.phone(), dice) : "";
    String account = traits.hasAccount() ? ids.account() : "";
    String card = traits.hasCard() ? ids.card() : "";
    List<Identifier> who = new ArrayList<>();
    add(who, "crm_id", ids.contact());
    add(who, "email", ids.email());
    add(who, "phone", phone.isEmpty() ? "" : ids.phone());
    add(who, "user_id", account);
    add(who, "loyalty_id", card);
    String line = quoted(cells(story.person(), state, List.of(phone, account, card), dice));
    LocalDate day = state.modified().atZone(SampleRules.ZONE).toLocalDate();
    LocalDate first = story.rules().firstDay();
    LocalDate fileDay = day.isBefore(first) ? first : day;
    return new RawRecord(CRM_CONTACTS, fileDay, state.modified(), ids.contact(), line, who);
  }

  /** The cells; {@code own} are phone, account and card as the CRM has them. */
  private static List<String> cells(Person person, State state, List<String> own, Dice dice) {
    boolean mobile = dice.chance(0.6);
    return List.of(
        state.ids().contact(),
        Spelling.email(state.ids().email(), dice),
        mobile ? "" : own.get(0),
        mobile ? own.get(0) : "",
        state.name().first(),
        state.name().last(),
        person.birthDate().toString(),
        state.address().street(),
        state.address().city().name(),
        state.address().postalCode(),
        state.address().city().country(),
        dice.pick(LEADS),
        Boolean.toString(!person.traits().hasNewsletter()),
        own.get(1),
        own.get(2),
        time(state.created()),
        time(state.modified()),
        Boolean.toString(state.deleted()));
  }

  private static void add(List<Identifier> identifiers, String type, String value) {
    if (!value.isEmpty()) {
      identifiers.add(new Identifier(type, value));
    }
  }

  /** A time as Salesforce exports it. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /** A line of CSV as Salesforce exports it: every cell in quotes. */
  static String quoted(List<String> cells) {
    return "\"" + String.join("\",\"", cells) + "\"";
  }
}

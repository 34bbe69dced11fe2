package io.itinera.core.sample;

import static io.itinera.core.sample.SampleFile.CALLS;

import io.itinera.core.sample.RawRecord.Identifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Calls to the contact centre; every complaint comes with one. */
final class Calls {

  private static final int FIRST_ORDINAL = 3_000;
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String HOTLINE = "tel:+493055500100";
  private static final List<String> REASONS =
      List.of("order_status", "return", "product_question", "account");
  private static final Topic COMPLAINT = new Topic("Complaints", "complaint");

  /** A call: who waited and talked for how many seconds in which queue, and why. */
  private record Call(
      Instant at, String ani, String queue, String wrapUp, int waitSeconds, int talkSeconds) {

    Instant answered() {
      return at.plusSeconds(waitSeconds);
    }

    Instant ended() {
      return answered().plusSeconds(talkSeconds);
    }
  }

  /** In which queue somebody waits, and for what. */
  private record Topic(String queue, String reason) {}

  private Calls() {}

  static List<RawRecord> records(Story story) {
    Dice dice = story.dice("calls");
    List<RawRecord> records = new ArrayList<>();
    String phone = story.person().ids().phone();
    // Some call from a line that no other system knows.
    boolean fromElsewhere = dice.chance(0.08);
    String caller = fromElsewhere ? "+49176" + phone.substring(phone.length() - 8) : phone;
    int ordinal = FIRST_ORDINAL;
    for (LocalDate day : story.fate().complaints()) {
      Instant at = Story.opening(day, 8, 13, dice);
      records.add(record(story, call(at, caller, COMPLAINT, dice), ordinal++));
    }
    for (int i = story.times(story.kind().manners().calls(), dice); i > 0; i--) {
      Instant at = Story.opening(story.day(dice), 8, 20, dice);
      records.add(
          record(
              story, call(at, caller, new Topic("Service", dice.pick(REASONS)), dice), ordinal++));
    }
    return records;
  }

  private static Call call(Instant at, String caller, Topic topic, Dice dice) {
    Instant start = at.plusMillis(dice.below(1_000));
    int talk = dice.between(40, topic.equals(COMPLAINT) ? 1_500 : 500);
    return new Call(
        start, "tel:" + caller, topic.queue(), topic.reason(), dice.between(3, 240), talk);
  }

  private static RawRecord record(Story story, Call call, int ordinal) {
    long number = story.number(ordinal);
    String id = Numbering.uuid(number, 2).toString();
    JsonObject conversation =
        new JsonObject()
            .text("conversationId", id)
            .text("conversationStart", time(call.at()))
            .text("conversationEnd", time(call.ended()))
            .text("originatingDirection", "inbound")
            .array(
                "participants",
                List.of(caller(call, number), acd(call, number), agent(call, number)));
    String phone = call.ani().substring("tel:".length());
    return CALLS.record(call.at(), id, conversation.end(), List.of(new Identifier("phone", phone)));
  }

  private static JsonObject caller(Call call, long number) {
    JsonObject segment =
        segment("interact", call.at(), call.ended()).text("disconnectType", "client");
    return participant("customer", number, 3)
        .array("sessions", List.of(session(call, number, 4).array("segments", List.of(segment))));
  }

  private static JsonObject acd(Call call, long number) {
    JsonObject segment =
        segment("interact", call.at(), call.answered())
            .text("queueId", queueId(call))
            .text("disconnectType", "transfer");
    return participant("acd", number, 5)
        .text("participantName", call.queue())
        .array("sessions", List.of(session(call, number, 6).array("segments", List.of(segment))));
  }

  private static JsonObject agent(Call call, long number) {
    JsonObject talk =
        segment("interact", call.answered(), call.ended())
            .text("queueId", queueId(call))
            .text("disconnectType", "client");
    JsonObject wrapUp =
        segment("wrapup", call.ended(), call.ended().plusSeconds(20))
            .text("queueId", queueId(call))
            .text("wrapUpCode", call.wrapUp());
    return participant("agent", number, 7)
        .text("userId", Numbering.uuid(number % 40, 8).toString())
        .array(
            "sessions", List.of(session(call, number, 9).array("segments", List.of(talk, wrapUp))));
  }

  private static JsonObject participant(String purpose, long number, int salt) {
    return new JsonObject()
        .text("participantId", Numbering.uuid(number, salt).toString())
        .text("purpose", purpose);
  }

  private static JsonObject session(Call call, long number, int salt) {
    return new JsonObject()
        .text("mediaType", "voice")
        .text("sessionId", Numbering.uuid(number, salt).toString())
        .text("ani", call.ani())
        .text("direction", "inbound")
        .text("dnis", HOTLINE);
  }

  private static JsonObject segment(String type, Instant start, Instant end) {
    return new JsonObject()
        .text("segmentStart", time(start))
        .text("segmentEnd", time(end))
        .text("segmentType", type)
        .literal("conference", "false");
  }

  private static String queueId(Call call) {
    return new UUID(
            0x5A3F_4E1B_77C0_4A10L, Dice.mix(call.queue().hashCode()) >>> 2 | Long.MIN_VALUE)
        .toString();
  }

  private static String time(Instant at) {
    return MILLIS.format(at);
  }
}

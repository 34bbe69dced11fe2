package io.itinera.core.sample;

import static java.util.stream.Collectors.averagingInt;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.itinera.core.sample.RawRecord.Identifier;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LifeTest {

  private static final SampleRules RULES = SampleRules.of(1_500, 90, 11);

  private static final List<Story> STORIES =
      LongStream.range(0, RULES.customers()).mapToObj(number -> Story.of(RULES, number)).toList();

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<Story, List<RawRecord>> RECORDS =
      STORIES.stream().collect(toMap(story -> story, Life::records));

  private static final List<Line> LINES =
      LongStream.range(0, RULES.customers())
          .boxed()
          .flatMap(number -> Life.lines(RULES, number).stream())
          .toList();

  @Test
  void aPersonsLifeDependsOnNothingButSeedAndNumber() {
    assertThat(Life.lines(RULES, 17)).isEqualTo(Life.lines(RULES, 17));
    assertThat(Life.lines(RULES, 17)).isNotEqualTo(Life.lines(SampleRules.of(1_500, 90, 12), 17));
  }

  @Test
  void aThirdAreVisitorsAndFiveKindsShareTheRest() {
    Map<PlantedKind, Long> people = STORIES.stream().collect(groupingBy(Story::kind, counting()));

    assertThat(people).containsOnlyKeys(PlantedKind.values());
    assertThat(people.get(PlantedKind.VISITOR) / 1_500.0).isCloseTo(0.333, within(0.04));
    assertThat(people.values()).allMatch(count -> count > 100);
  }

  @Test
  void aCustomerHasAboutFifteenTouchpointsInNinetyDays() {
    long touchpoints = of(SampleFile.TOUCHPOINTS).size();

    assertThat(touchpoints / 1_500.0).isBetween(12.0, 16.0);
  }

  @Test
  void kindsDifferInWhatTheyDo() {
    assertThat(mostOf(SampleFile.TILL)).isEqualTo(PlantedKind.STORE_REGULAR);
    assertThat(mostOf(SampleFile.WEB)).isEqualTo(PlantedKind.ONLINE_RESEARCHER);
    assertThat(mostOf(SampleFile.NEWSLETTER)).isEqualTo(PlantedKind.NEWSLETTER_FAN);
    assertThat(mostOf(SampleFile.CALLS)).isEqualTo(PlantedKind.COMPLAINER);
  }

  @Test
  void whoChurnsComplainedBeforeAndDoesNothingAfter() {
    List<Story> churned = STORIES.stream().filter(story -> story.fate().churns()).toList();

    assertThat(churned).hasSizeGreaterThan(50);
    for (Story story : churned) {
      LocalDate until = story.fate().until();
      assertThat(story.fate().complaints()).isNotEmpty().allMatch(day -> day.isBefore(until));
      assertThat(Calls.records(story)).noneMatch(call -> call.day().isAfter(until));
    }
  }

  @Test
  void everyTelephoneFormatIsReadAsTheTruthHasIt() throws NumberParseException {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    for (Story story : STORIES) {
      String phone = story.person().ids().phone();
      String spelt = Spelling.phone(phone, story.dice("test"));
      PhoneNumber read = phones.parse(spelt, "DE");

      assertThat(phones.isValidNumber(read)).as(spelt).isTrue();
      assertThat(phones.format(read, PhoneNumberFormat.E164)).isEqualTo(phone);
    }
  }

  @Test
  void onlyTheBrokenLinesOfJsonSourcesCannotBeParsed() {
    long unreadable =
        LINES.stream()
            .filter(
                line ->
                    Set.of(SampleFile.WEB, SampleFile.CALLS, SampleFile.NEWSLETTER)
                        .contains(line.file()))
            .filter(line -> !isJson(line.text()))
            .count();
    long malformed =
        of(SampleFile.BROKEN).stream().filter(text -> text.endsWith(",malformed")).count();

    assertThat(unreadable).isEqualTo(malformed).isPositive();
  }

  @Test
  void everyLineOfACsvSourceHasAllCells() {
    assertThat(of(SampleFile.TILL)).allMatch(text -> text.split(";", -1).length == 8);
    assertThat(of(SampleFile.CRM_CASES)).allMatch(text -> text.split("\",\"", -1).length == 12);
    assertThat(of(SampleFile.CRM_CONTACTS)).allMatch(text -> text.split("\",\"", -1).length == 18);
  }

  @Test
  void truthKnowsEverySoundRecordOnceAndNoBrokenOne() {
    Set<String> delivered = new HashSet<>();
    for (Story story : STORIES) {
      for (RawRecord record : RECORDS.get(story)) {
        if (record.isTouchpoint()) {
          delivered.add(record.file().folder() + "," + record.recordId());
        }
      }
    }
    List<String> truth = of(SampleFile.TOUCHPOINTS).stream().map(LifeTest::record).toList();
    Set<String> broken =
        of(SampleFile.BROKEN).stream()
            .map(text -> text.split(",", -1))
            .map(cells -> cells[0] + "," + cells[2])
            .collect(toSet());

    Set<String> sound = new HashSet<>(truth);
    assertThat(sound).hasSameSizeAs(truth);
    assertThat(delivered.containsAll(sound)).isTrue();
    delivered.removeAll(sound);
    assertThat(broken).containsAll(delivered);
    assertThat(broken.size() / (double) truth.size()).isBetween(0.003, 0.008);
  }

  @Test
  void nobodyElseHasOnesIdentifiersExceptTheSharedTablets() {
    Map<String, Set<String>> owners =
        of(SampleFile.IDENTIFIERS).stream()
            .map(text -> text.split(",", -1))
            .collect(
                groupingBy(
                    cells -> cells[0] + "," + cells[1], mapping(cells -> cells[2], toSet())));
    Set<String> shared =
        STORIES.stream()
            .flatMap(story -> story.person().household().tablet().stream())
            .map(tablet -> "cookie," + tablet.device().cookie())
            .collect(toSet());

    assertThat(shared).isNotEmpty();
    assertThat(owners.entrySet())
        .allMatch(owner -> owner.getValue().size() == 1 || shared.contains(owner.getKey()));
  }

  @Test
  void identifiersOfOneRecordAreOnOneIsland() {
    RawRecord both = record("a", new Identifier("email", "x"), new Identifier("phone", "1"));
    RawRecord link = record("b", new Identifier("phone", "1"), new Identifier("crm_id", "c"));
    RawRecord alone = record("d", new Identifier("cookie", "k"));

    assertThat(Truth.identifiers(STORIES.get(0), List.of(both, link, alone)))
        .containsExactly(
            "cookie,k,P00000000,,,P00000000#1",
            "crm_id,c,P00000000,,,P00000000#2",
            "email,x,P00000000,,,P00000000#2",
            "phone,1,P00000000,,,P00000000#2");
  }

  private static RawRecord record(String id, Identifier... identifiers) {
    LocalDate day = RULES.firstDay();
    return new RawRecord(SampleFile.TILL, day, Instant.EPOCH, id, "", List.of(identifiers));
  }

  private static PlantedKind mostOf(SampleFile file) {
    return STORIES.stream()
        .collect(groupingBy(Story::kind, averagingInt(story -> count(story, file))))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }

  private static int count(Story story, SampleFile file) {
    return (int) RECORDS.get(story).stream().filter(record -> record.file() == file).count();
  }

  private static List<String> of(SampleFile file) {
    return LINES.stream().filter(line -> line.file() == file).map(Line::text).toList();
  }

  private static String record(String touchpoint) {
    return touchpoint.substring(0, touchpoint.lastIndexOf(','));
  }

  private static boolean isJson(String text) {
    try {
      return MAPPER.readTree(text).isObject();
    } catch (JsonProcessingException unreadable) {
      return false;
    }
  }
}

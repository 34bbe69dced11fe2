package io.itinera.core.sample;

import io.itinera.core.sample.RawRecord.Identifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is true about one person, in the lines of the truth's files. Why people leave is planted in
 * two places: complaints end it ({@link Fate}), slow pages on phones end a cart ({@link
 * CartSpeed}).
 */
final class Truth {

  static final String PERSONS_HEADER =
      "person_id,kind,is_known,household_id,first_name,last_name,birth_date,email,phone,city,"
          + "country,user_id,crm_id,loyalty_id,devices,complaints,churned,active_until";
  static final String IDENTIFIERS_HEADER = "type,value,person_id,valid_from,valid_to,island";
  static final String TOUCHPOINTS_HEADER = "source,record_id,person_id";
  static final String BROKEN_HEADER = "source,file,record_id,reason";

  private Truth() {}

  /** The person's line in {@code persons.csv}. */
  static String person(Story story) {
    Person person = story.person();
    Traits traits = person.traits();
    boolean known = traits.kind().isKnown();
    return String.join(
        ",",
        person.id(),
        traits.kind().label(),
        Boolean.toString(known),
        person.household().together() ? "H%08d".formatted(person.household().number()) : "",
        person.name().first(),
        person.name().last(),
        person.birthDate().toString(),
        known ? person.ids().email() : "",
        known ? person.ids().phone() : "",
        person.address().city().name(),
        person.address().city().country(),
        traits.hasAccount() ? person.ids().account() : "",
        traits.hasContact() ? person.ids().contact() : "",
        traits.hasCard() ? person.ids().card() : "",
        Integer.toString(person.devices().size()),
        Integer.toString(story.fate().complaints().size()),
        Boolean.toString(story.fate().churns()),
        story.fate().until().toString());
  }

  /**
   * The person's lines in {@code identifiers.csv}: what its readable records name.
   *
   * <p>Identifiers of one {@code island} are linked by records that name both; nothing but a guess
   * links two islands of one person.
   */
  static List<String> identifiers(Story story, List<RawRecord> records) {
    Map<String, String> islands = islands(records);
    Map<String, Integer> numbers = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> identifier : islands.entrySet()) {
      int number = numbers.computeIfAbsent(identifier.getValue(), any -> numbers.size() + 1);
      String person = story.person().id();
      for (String validity : validity(story, identifier.getKey())) {
        lines.add(
            "%s,%s,%s,%s#%d".formatted(identifier.getKey(), person, validity, person, number));
      }
    }
    return lines;
  }

  /** Identifier, as {@code type,value}, to the first of its island, in alphabetical order. */
  private static Map<String, String> islands(List<RawRecord> records) {
    Map<String, String> parents = new TreeMap<>();
    for (RawRecord record : records) {
      String first = null;
      for (Identifier identifier : record.identifiers()) {
        String name = identifier.type() + "," + identifier.value();
        parents.putIfAbsent(name, name);
        String root = root(parents, name);
        String other = first == null ? root : root(parents, first);
        parents.put(
            root.compareTo(other) > 0 ? root : other, root.compareTo(other) > 0 ? other : root);
        first = name;
      }
    }
    Map<String, String> roots = new TreeMap<>();
    parents.keySet().forEach(name -> roots.put(name, root(parents, name)));
    return roots;
  }

  private static String root(Map<String, String> parents, String name) {
    String root = name;
    while (!parents.get(root).equals(root)) {
      root = parents.get(root);
    }
    return root;
  }

  /** From and to of each stretch in which the identifier is this person's. */
  private static List<String> validity(Story story, String identifier) {
    return story
        .person()
        .household()
        .tablet()
        .filter(tablet -> identifier.equals("cookie," + tablet.device().cookie()))
        .map(tablet -> ownership(tablet.uses(), story.person().number()))
        .orElse(List.of(","));
  }

  /** A shared device is somebody's from a sign-in to the next one of somebody else. */
  private static List<String> ownership(List<Household.Use> uses, long person) {
    List<String> stretches = new ArrayList<>();
    long owner = uses.get(0).person();
    Instant from = null;
    for (Household.Use use : uses) {
      if (use.person() != owner) {
        if (owner == person) {
          stretches.add((from == null ? "" : from) + "," + use.at());
        }
        owner = use.person();
        from = use.at();
      }
    }
    if (owner == person) {
      stretches.add((from == null ? "" : from) + ",");
    }
    return stretches;
  }

  /** The person's lines in {@code touchpoints.csv}, each touchpoint once. */
  static List<String> touchpoints(Story story, List<RawRecord> records) {
    Set<String> seen = new HashSet<>();
    List<String> lines = new ArrayList<>();
    for (RawRecord record : records) {
      String line =
          "%s,%s,%s".formatted(record.file().folder(), record.recordId(), story.person().id());
      if (record.isTouchpoint() && seen.add(line)) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** A line of {@code broken.csv}. */
  static String broken(RawRecord record, String fileName, String reason) {
    return String.join(",", record.file().folder(), fileName, record.recordId(), reason);
  }
}

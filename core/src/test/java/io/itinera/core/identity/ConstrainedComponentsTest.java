package io.itinera.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.identity.DeviceRules.Ownership;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.rule.Identifier;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.Ruling;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares groups that keep their limits with those that a plain loop makes: all edges in order,
 * sets of identifiers joined one by one.
 */
@ExtendWith(SparkExtension.class)
class ConstrainedComponentsTest {

  private static final Map<String, IdentifierType> TYPES =
      Map.of(
          "crm_id", new IdentifierType(Level.PERSON, 1, Optional.of(1), Optional.empty()),
          "email", new IdentifierType(Level.PERSON, 4, Optional.of(2), Optional.empty()),
          "phone", new IdentifierType(Level.PERSON, 5),
          "cookie", new IdentifierType(Level.DEVICE, 3));

  private static final List<String> RANKS = List.of("crm_id", "email", "phone", "cookie");
  private static final int MOST = 7;

  private static final IdentityRules RULES =
      new IdentityRules(
          TYPES, 50, MOST, Set.of(), new DeviceRules(Ownership.SHARED, Duration.ofDays(30)), "key");

  @ParameterizedTest
  @CsvSource({"1, 1, true", "2, 3, true", "3, 8, true", "4, 5, false", "5, 1, false"})
  void groupsAreThoseOfALoopOverAllEdgesInOrder(
      long seed, int partitions, boolean adaptive, SparkSession spark) {
    Random random = new Random(seed);
    List<NamedRecord> records = records(random);
    List<Decision> decided = decisions(random);
    Plain expected = Plain.of(records, decided);
    Collections.shuffle(records, random);

    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.adaptive.enabled", String.valueOf(adaptive));
    session.conf().set("spark.sql.shuffle.partitions", String.valueOf(partitions));
    Stitch stitch =
        Stitch.stitch(
            NamedRecord.evidence(session, records).repartition(partitions),
            Decisions.of(
                Decision.holding(decided),
                (rows, columns) -> session.createDataFrame(rows, columns)),
            RULES);

    assertThat(expected.statuses().values()).contains("used", "conflict", "denied", "over-limit");
    assertThat(statuses(stitch.edges())).isEqualTo(expected.statuses());
    Set<Set<String>> found = groups(stitch.identities());
    Set<String> shared = expected.sharedDevices();
    assertThat(found).isEqualTo(expected.groupsWithout(shared));
    assertThat(
            stitch
                .shared()
                .map(devices -> texts(devices.devices().select(Identities.TYPE, Identities.VALUE)))
                .orElse(Set.of()))
        .isEqualTo(shared);
  }

  /** Small clusters that now and then touch: so that most of them break a rule. */
  private static List<NamedRecord> records(Random random) {
    List<NamedRecord> records = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int cluster = random.nextInt(60);
      Set<Identifier> named = new TreeSet<>();
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        int other = random.nextInt(12) == 0 ? random.nextInt(60) : cluster;
        named.add(identifier(other, random));
      }
      records.add(new NamedRecord(Instant.EPOCH.plusSeconds(86_400L * random.nextInt(9)), named));
    }
    return records;
  }

  private static Identifier identifier(int cluster, Random random) {
    return new Identifier(
        RANKS.get(random.nextInt(RANKS.size())), "v%d-%d".formatted(cluster, random.nextInt(2)));
  }

  private static List<Decision> decisions(Random random) {
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int cluster = random.nextInt(60);
      Identifier one = identifier(cluster, random);
      Identifier other = identifier(random.nextInt(5) == 0 ? random.nextInt(60) : cluster, random);
      if (!one.equals(other)) {
        Ruling ruling = random.nextInt(3) == 0 ? Ruling.ALWAYS : Ruling.NEVER;
        decisions.add(
            new Decision(
                one, Optional.of(other), ruling, "", Instant.EPOCH.plusSeconds(random.nextInt(3))));
      }
    }
    return decisions;
  }

  private static Map<String, String> statuses(Dataset<Row> edges) {
    Map<String, String> statuses = new TreeMap<>();
    for (Row row : edges.collectAsList()) {
      String name =
          "%s=%s %s=%s"
              .formatted(
                  row.getAs(IdentityEdges.LEFT_TYPE),
                  row.getAs(IdentityEdges.LEFT_VALUE),
                  row.getAs(IdentityEdges.RIGHT_TYPE),
                  row.getAs(IdentityEdges.RIGHT_VALUE));
      assertThat(statuses.put(name, row.getAs(IdentityEdges.STATUS))).as(name).isNull();
    }
    return statuses;
  }

  private static Set<Set<String>> groups(Dataset<Row> identities) {
    Map<String, Set<String>> groups = new TreeMap<>();
    for (Row row : identities.collectAsList()) {
      String name = "%s=%s".formatted(row.getString(0), row.getString(1));
      groups.computeIfAbsent(row.getString(2), id -> new TreeSet<>()).add(name);
    }
    return Set.copyOf(groups.values());
  }

  private static Set<String> texts(Dataset<Row> identifiers) {
    Set<String> texts = new TreeSet<>();
    identifiers
        .collectAsList()
        .forEach(row -> texts.add("%s=%s".formatted(row.getString(0), row.getString(1))));
    return texts;
  }

  /** What a plain loop makes of the same records. */
  private record Plain(
      Map<String, String> statuses,
      Map<Identifier, Set<Identifier>> groups,
      Set<PlainEdge> mayLink) {

    static Plain of(List<NamedRecord> records, List<Decision> decided) {
      Map<List<Identifier>, PlainEdge> edges = new TreeMap<>(PlainEdge.PAIRS);
      Set<Identifier> all = new TreeSet<>();
      for (NamedRecord record : records) {
        all.addAll(record.identifiers());
        for (Identifier left : record.identifiers()) {
          for (Identifier right : record.identifiers()) {
            if (left.compareTo(right) < 0) {
              edges.merge(
                  List.of(left, right),
                  new PlainEdge(left, right, record.at(), Optional.empty()),
                  PlainEdge::later);
            }
          }
        }
      }
      for (Decision decision : Decision.holding(decided)) {
        Identifier left = decision.left();
        Identifier right = decision.right().orElseThrow();
        if (all.contains(left) && all.contains(right)) {
          Instant at =
              Optional.ofNullable(edges.get(List.of(left, right))).map(PlainEdge::at).orElse(null);
          edges.put(
              List.of(left, right), new PlainEdge(left, right, at, Optional.of(decision.ruling())));
        }
      }
      return inOrder(edges.values().stream().sorted(PlainEdge.order(RANKS)).toList(), all);
    }

    private static Plain inOrder(List<PlainEdge> edges, Set<Identifier> all) {
      Map<Identifier, Set<Identifier>> groups = new TreeMap<>();
      all.forEach(each -> groups.put(each, new TreeSet<>(Set.of(each))));
      Map<String, String> statuses = new TreeMap<>();
      Set<PlainEdge> mayLink = new LinkedHashSet<>();
      Map<Identifier, Map<String, Integer>> counted = new TreeMap<>();
      all.forEach(each -> counted.put(each, new TreeMap<>(Map.of(each.type(), 1))));
      for (PlainEdge edge : edges) {
        String status = "used";
        if (edge.isNever()) {
          status = "denied";
        } else {
          mayLink.add(edge);
          Set<Identifier> left = groups.get(edge.left());
          Set<Identifier> right = groups.get(edge.right());
          if (left != right) {
            Map<String, Integer> both = new TreeMap<>(counted.get(edge.left()));
            counted.get(edge.right()).forEach((type, n) -> both.merge(type, n, Integer::sum));
            if (edge.isAlways() && edge.left().type().equals(edge.right().type())) {
              both.merge(edge.left().type(), -1, Integer::sum);
            }
            Set<Identifier> joined = new TreeSet<>(left);
            joined.addAll(right);
            status = verdict(joined, both, edges);
            if (status.equals("used")) {
              joined.forEach(each -> groups.put(each, joined));
              joined.forEach(each -> counted.put(each, both));
            }
          }
        }
        statuses.put(edge.name(), status);
      }
      return new Plain(statuses, groups, mayLink);
    }

    private static String verdict(
        Set<Identifier> joined, Map<String, Integer> counts, List<PlainEdge> edges) {
      boolean areStrangers =
          edges.stream()
              .filter(PlainEdge::isNever)
              .anyMatch(each -> joined.contains(each.left()) && joined.contains(each.right()));
      if (areStrangers) {
        return "denied";
      }
      if (counts.getOrDefault("crm_id", 0) > 1 || counts.getOrDefault("email", 0) > 2) {
        return "conflict";
      }
      return joined.size() > MOST ? "over-limit" : "used";
    }

    /** Devices that were seen with persons of several groups, and that nobody gave to one. */
    Set<String> sharedDevices() {
      Map<String, Set<Set<Identifier>>> seen = new TreeMap<>();
      Set<String> given = new TreeSet<>();
      for (PlainEdge edge : mayLink) {
        boolean isLeftDevice = edge.left().type().equals("cookie");
        boolean isRightDevice = edge.right().type().equals("cookie");
        if (isLeftDevice != isRightDevice) {
          Identifier device = isLeftDevice ? edge.left() : edge.right();
          Identifier person = isLeftDevice ? edge.right() : edge.left();
          seen.computeIfAbsent(
                  NamedRecord.text(device),
                  id -> Collections.newSetFromMap(new IdentityHashMap<>()))
              .add(groups.get(person));
          if (edge.isAlways() && statuses.get(edge.name()).equals("used")) {
            given.add(NamedRecord.text(device));
          }
        }
      }
      Set<String> shared = new TreeSet<>();
      seen.forEach((device, owners) -> addIf(owners.size() > 1, device, shared));
      shared.removeAll(given);
      return shared;
    }

    private static void addIf(boolean isWanted, String text, Set<String> texts) {
      if (isWanted) {
        texts.add(text);
      }
    }

    Set<Set<String>> groupsWithout(Set<String> shared) {
      Set<Set<String>> left = new HashSet<>();
      for (Set<Identifier> group : groups.values()) {
        Set<String> own = new TreeSet<>();
        group.forEach(each -> own.add(NamedRecord.text(each)));
        own.removeAll(shared);
        addIfAny(own, left);
      }
      return left;
    }

    private static void addIfAny(Set<String> own, Set<Set<String>> groups) {
      if (!own.isEmpty()) {
        groups.add(own);
      }
    }
  }
}

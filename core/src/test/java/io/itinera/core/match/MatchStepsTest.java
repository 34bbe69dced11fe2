package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.match.GroupMatches.Grouping;
import io.itinera.core.match.ScoreBlocks.Scoring;
import io.itinera.core.table.ProfileMatches;
import io.itinera.testing.AnyPartitioning;
import io.itinera.testing.Seeds;
import io.itinera.testing.SparkExtension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps over datasets, against plain loops and against themselves over all at once. */
@ExtendWith(SparkExtension.class)
class MatchStepsTest {

  private static final MatchRules RULES = Persons.rules();
  private static final int LARGEST = 4;
  private static final Scoring SCORING = new Scoring(Persons.model(), -2);
  private static final Grouping GROUPING =
      new Grouping(Persons.model(), "m1", Persons.GROUPS, Set.of());

  private static final List<String> FIRST = List.of("Anna", "Otto", "Eva", "Karl", "Иван", "Lena");
  private static final List<String> LAST = List.of("Berg", "Thal", "Feld", "Ivanov", "Иванов");

  @Test
  void pairsAreThoseOfAPlainLoopOverBlocks(SparkSession spark) {
    Map<String, String[]> persons = persons(new Random(5), 120);
    RecordStore store = RecordStore.of(RULES, List.copyOf(persons.values()));
    ScorePairs score = new ScorePairs(store, SCORING.model());
    BlockIndex index = BlockIndex.of(store, RULES, LARGEST);
    List<String> ids = List.copyOf(persons.keySet());
    Map<String, Double> expected = new TreeMap<>();
    for (int rule = 0; rule < index.rules(); rule++) {
      index.forEach(
          rule,
          (left, right, by) -> {
            double weight = score.weight(left, right);
            if (weight >= SCORING.least()) {
              int first = Math.min(left, right);
              expected.put(ids.get(first) + "-" + ids.get(Math.max(left, right)), weight);
            }
          });
    }

    Dataset<Row> keyed = keyed(spark, persons);
    Blocks blocks = FindBlocks.upTo(keyed, persons.size(), RULES, LARGEST);
    Map<String, Double> found = new TreeMap<>();
    GroupMatches.grouped(ScoreBlocks.ofAll(keyed, blocks, SCORING).localCheckpoint(), GROUPING)
        .select(
            ProfileMatches.LEFT_RECORD_ID, ProfileMatches.RIGHT_RECORD_ID, ProfileMatches.WEIGHT)
        .collectAsList()
        .forEach(row -> found.put(row.getString(0) + "-" + row.getString(1), row.getDouble(2)));

    assertThat(found).hasSizeGreaterThan(20).isEqualTo(expected);
    assertThat(blocks.pairs()).isEqualTo(index.pairs());
  }

  @Test
  void groupsAreTheSameAtAnyPartitioning(SparkSession spark) {
    Dataset<Row> keyed = keyed(spark, persons(new Random(6), 80));
    Blocks blocks = FindBlocks.upTo(keyed, 80, RULES, LARGEST);
    Dataset<Row> matches = ScoreBlocks.ofAll(keyed, blocks, SCORING).localCheckpoint();

    AnyPartitioning.assertSame(
        matches.withColumn("a", lit(0)),
        rows -> GroupMatches.grouped(rows.drop("a").localCheckpoint(), GROUPING));
  }

  static LongStream seeds() {
    return Seeds.upTo(2);
  }

  /** Profiles come, go, change and come back; blocks pass the border of size both ways. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nightAfterNightEqualsAllAtOnce(long seed, SparkSession spark) {
    Random random = new Random(seed);
    Map<String, String[]> now = new TreeMap<>();
    Dataset<Row> keyed = keyed(spark, now);
    Dataset<Row> table = spark.createDataFrame(List.of(), ProfileMatches.TABLE.schema());
    for (int night = 0; night < 4; night++) {
      Dataset<Row> went = keyed.withColumn(FindNews.CHANGE, lit(-1L));
      change(now, random, night);
      keyed = keyed(spark, now);
      Dataset<Row> came = keyed.withColumn(FindNews.CHANGE, lit(1L));

      table = night(spark, table, keyed, came.union(went));

      Blocks blocks = FindBlocks.upTo(keyed, now.size(), RULES, LARGEST);
      Dataset<Row> matches = ScoreBlocks.ofAll(keyed, blocks, SCORING).localCheckpoint();
      assertThat(AnyPartitioning.print(table))
          .as("night %d", night)
          .isNotEmpty()
          .isEqualTo(
              AnyPartitioning.print(
                  GroupMatches.grouped(matches, GROUPING).drop(GroupMatches.JOINS)));
    }
  }

  @Test
  void nightThatChangesNothingThatIsComparedHasNoNews(SparkSession spark) {
    Map<String, String[]> persons = persons(new Random(1), 10);
    Dataset<Row> keyed = keyed(spark, persons);
    Dataset<Row> came = keyed.withColumn(FindNews.CHANGE, lit(1L));
    Dataset<Row> went = keyed.withColumn(FindNews.CHANGE, lit(-1L));

    assertThat(FindNews.find(keyed, came.union(went), LARGEST)).isEmpty();
  }

  @Test
  void whatIsPackedIsReadAsItWas() {
    String[] values = {
      "Юсуф", "O'Brien", "07", null, "1971", "A+b@X.org", "  ", "Straße 5 ".repeat(30).strip()
    };
    Term[] terms = new ReadTerms(Persons.FIELDS).read(values);
    ProfileHead head = new ProfileHead("crm", "№ 1", null, "x".repeat(70_000), -3);

    byte[] packed = new RecordWriter().bytes(head, terms);
    RecordReader reader = new RecordReader(Persons.FIELDS);

    assertThat(reader.head(packed)).isEqualTo(head);
    assertThat(Arrays.deepToString(reader.terms(packed))).isEqualTo(Arrays.deepToString(terms));
    assertThat(reader.terms(packed)[0].script()).isEqualTo(Term.Script.CYRILLIC);
  }

  @Test
  void hashesAreCountedByLane(SparkSession spark) {
    List<byte[]> rows =
        Stream.of(new long[] {7, 7}, new long[] {7, 8}, new long[] {0, 7}, new long[] {9, 0})
            .map(longs -> ByteBuffer.allocate(16).putLong(longs[0]).putLong(longs[1]).array())
            .toList();
    Dataset<Row> hashes = spark.createDataset(rows, Encoders.BINARY()).toDF().repartition(3);

    List<Row> counts =
        CountHashes.counts(hashes, 2, 5_000_000)
            .groupBy(CountHashes.LANE, CountHashes.HASH)
            .sum(CountHashes.TIMES)
            .sort(CountHashes.LANE, CountHashes.HASH)
            .collectAsList();

    assertThat(counts)
        .containsExactly(
            RowFactory.create(0, 0L, 1L),
            RowFactory.create(0, 7L, 2L),
            RowFactory.create(1, 0L, 1L),
            RowFactory.create(1, 7L, 2L));
  }

  private static Dataset<Row> night(
      SparkSession spark, Dataset<Row> table, Dataset<Row> keyed, Dataset<Row> changes) {
    Optional<FindNews> news = FindNews.find(keyed, changes, LARGEST);
    if (news.isEmpty()) {
      return table;
    }
    Dataset<Row> fresh = ScoreBlocks.ofNews(keyed, news.get(), SCORING).localCheckpoint();
    RenewMatches renewed = RenewMatches.renew(table, fresh, news.get().numbers(), keyed);
    Dataset<Row> grouped =
        GroupMatches.grouped(renewed.matches().rows(), GROUPING)
            .drop(GroupMatches.JOINS)
            .localCheckpoint();
    Dataset<Row> replaced =
        renewed
            .components()
            .rows()
            .union(grouped.select(ProfileMatches.COMPONENT))
            .toDF("replaced");
    List<Row> rows =
        table
            .join(replaced, col(ProfileMatches.COMPONENT).equalTo(col("replaced")), "left_anti")
            .union(grouped)
            .collectAsList();
    return spark.createDataFrame(rows, ProfileMatches.TABLE.schema());
  }

  private static void change(Map<String, String[]> persons, Random random, int night) {
    persons.keySet().removeIf(id -> random.nextInt(6) == 0);
    for (Map.Entry<String, String[]> each : persons.entrySet()) {
      if (random.nextInt(6) == 0) {
        String[] person = each.getValue().clone();
        person[random.nextInt(2)] = random.nextBoolean() ? null : FIRST.get(random.nextInt(6));
        each.setValue(person);
      }
    }
    Map<String, String[]> more = persons(random, 20);
    more.forEach((id, person) -> persons.put("n" + random.nextInt(2) + night + id, person));
  }

  private static Map<String, String[]> persons(Random random, int count) {
    Map<String, String[]> persons = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String[] person = new String[Persons.FIELDS.size()];
      person[0] = FIRST.get(random.nextInt(FIRST.size()));
      person[1] = LAST.get(random.nextInt(LAST.size()));
      person[2] = "" + (1 + random.nextInt(5));
      person[3] = "" + (1 + random.nextInt(3));
      person[4] = "" + (1970 + random.nextInt(3));
      person[5] = random.nextInt(3) == 0 ? person[0] + random.nextInt(9) + "@x.org" : null;
      person[7] = "Town" + random.nextInt(8);
      persons.put("p%03d".formatted(i), person);
    }
    return persons;
  }

  private static Dataset<Row> keyed(SparkSession spark, Map<String, String[]> persons) {
    Collection<Map.Entry<String, String[]>> entries = persons.entrySet();
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, String[]> each : entries) {
      List<Object> cells = new ArrayList<>(List.of("crm", each.getKey(), "id", each.getKey(), 9));
      cells.addAll(Arrays.asList(each.getValue()));
      rows.add(RowFactory.create(cells.toArray()));
    }
    StructType schema =
        new StructType()
            .add("source", DataTypes.StringType)
            .add("record_id", DataTypes.StringType)
            .add("type", DataTypes.StringType)
            .add("value", DataTypes.StringType)
            .add("made_on", DataTypes.IntegerType);
    for (MatchField field : Persons.FIELDS) {
      schema = schema.add(field.name(), DataTypes.StringType);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(KeyRecords.number(col("source"), col("record_id")));
    for (String name : schema.fieldNames()) {
      columns.add(col(name));
    }
    return KeyRecords.keyed(
            spark.createDataFrame(rows, schema).select(columns.toArray(Column[]::new)), RULES)
        .localCheckpoint();
  }
}

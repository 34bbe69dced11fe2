package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.match.MatchModel;
import io.itinera.core.match.ModelRow;
import io.itinera.core.match.RecordStore;
import io.itinera.core.match.ScorePairs;
import io.itinera.core.table.MatchModels;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.Profiles;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.match.MatchInput.Unpacked;
import io.itinera.jobs.match.PackedProfiles.Profile;
import io.itinera.jobs.match.ScoreBlocks.Scored;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.StageContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Profiles to matches of profiles: new and changed ones are compared with all, by the model that
 * was trained last.
 */
public final class MatchJob {

  private MatchJob() {}

  /** A stage's work; without a model, or with no matching set, it does nothing. */
  public static void run(StageContext context) {
    Optional<Matching> matching = context.config().matchings().on();
    if (matching.isEmpty()) {
      return;
    }
    Optional<Row> row = Models.inForce(context.lake(), matching.get());
    if (row.isEmpty()) {
      context
          .progress()
          .note(
              ("No model has been learned for matching %s as it is set, so no profiles are"
                      + " compared; 'itinera identity train' learns one.")
                  .formatted(matching.get().name()));
      return;
    }
    match(context, new Trained(matching.get(), row.get()));
  }

  /** A matching and the row of its model. */
  private record Trained(Matching matching, Row row) {

    private MatchModel model() {
      return ModelRow.model(row, matching.rules().fields());
    }

    private String version() {
      return row.getAs(MatchModels.MODEL_VERSION);
    }

    private double threshold() {
      return matching.threshold().orElse(row.<Double>getAs(MatchModels.THRESHOLD));
    }

    private int largestBlock() {
      return Math.toIntExact(row.<Long>getAs(MatchModels.LARGEST_BLOCK));
    }
  }

  private static void match(StageContext context, Trained trained) {
    Lake lake = context.lake();
    List<Row> before = lake.rows(ProfileMatches.TABLE);
    Dataset<Row> profiles = lake.read(Profiles.TABLE);
    List<byte[]> parts = ReadProfiles.packed(profiles, trained.matching(), context.config());
    try (MatchInput input =
        new MatchInput(parts, trained.matching().rules(), trained.largestBlock())) {
      News news = news(context, trained, input, before);
      MatchModel model = trained.model();
      double least = weight(trained.threshold());
      Scored scored =
          ScoreBlocks.score(
              lake.spark(), new ScoreBlocks.Task(input, model, least, news.records()));
      List<Edge> edges = new ArrayList<>(scored.edges());
      edges.addAll(news.kept());
      List<Row> after = rows(input.unpacked(), trained, edges);
      if (!new HashSet<>(before).equals(new HashSet<>(after))) {
        lake.overwrite(
            ProfileMatches.TABLE,
            lake.spark().createDataFrame(after, ProfileMatches.TABLE.schema()));
      }
    }
  }

  /**
   * Who is compared.
   *
   * @param records the profiles one of which a pair must have; null: any
   * @param kept matches among all others, as they were
   */
  private record News(BitSet records, List<Edge> kept) {}

  private static News news(
      StageContext context, Trained trained, MatchInput input, List<Row> before) {
    Optional<SeenInputs> seen = context.seen();
    boolean isOfModel =
        before.stream()
            .allMatch(row -> trained.version().equals(row.getAs(ProfileMatches.MODEL_VERSION)));
    if (seen.isEmpty()
        || !isOfModel
        || seen.get().version(MatchModels.TABLE) != context.lake().version(MatchModels.TABLE)) {
      return new News(null, List.of());
    }
    Dataset<Row> changes =
        context.lake().changes(Profiles.TABLE, seen.get().version(Profiles.TABLE));
    Unpacked unpacked = input.unpacked();
    Map<List<String>, Integer> numbers = new HashMap<>();
    for (int number = 0; number < unpacked.profiles().size(); number++) {
      Profile profile = unpacked.profiles().get(number);
      numbers.put(List.of(profile.source(), profile.recordId()), number);
    }
    BitSet records = new BitSet();
    for (Row row : changes.select(Profiles.SOURCE, Profiles.RECORD_ID).distinct().collectAsList()) {
      Integer number = numbers.get(List.of(row.getString(0), row.getString(1)));
      if (number != null) {
        records.set(number);
      }
    }
    List<byte[]> went =
        ReadProfiles.packed(
            changes.where(col(Lake.CHANGE).lt(0)).drop(Lake.CHANGE),
            trained.matching(),
            context.config());
    RecordStore left =
        RecordStore.of(
            trained.matching().rules(),
            PackedProfiles.unpack(went).stream().map(Profile::fields).toList());
    if (left.size() > 0) {
      // Whom they leave behind may now be in a block that is small enough.
      unpacked.blocks().addNeighbours(left, trained.matching().rules(), records);
    }
    return new News(records, kept(before, numbers, unpacked, records));
  }

  private static List<Edge> kept(
      List<Row> before, Map<List<String>, Integer> numbers, Unpacked unpacked, BitSet news) {
    List<Edge> kept = new ArrayList<>();
    for (Row row : before) {
      Integer left = numbers.get(List.of(row.getString(0), row.getString(1)));
      Integer right = numbers.get(List.of(row.getString(2), row.getString(3)));
      if (left != null
          && right != null
          && !news.get(left)
          && !news.get(right)
          && unpacked.blocks().isPair(left, right)) {
        kept.add(new Edge(left, right, row.<Double>getAs(ProfileMatches.WEIGHT)));
      }
    }
    return kept;
  }

  private static List<Row> rows(Unpacked unpacked, Trained trained, List<Edge> edges) {
    ScorePairs score = new ScorePairs(unpacked.records(), trained.model());
    Groups groups = Grouping.group(unpacked, score, trained.matching().rules().groups(), edges);
    List<Row> rows = new ArrayList<>();
    Set<Edge> written = new HashSet<>();
    for (int i = 0; i < groups.edges().size(); i++) {
      Edge edge = groups.edges().get(i);
      if (written.add(edge)) {
        rows.add(
            MatchRow.of(
                unpacked,
                edge,
                score.parts(edge.left(), edge.right()),
                new MatchRow.Said(groups.verdicts().get(i), trained.version())));
      }
    }
    return rows;
  }

  /** The weight that belongs to a probability. */
  static double weight(double probability) {
    return Math.log(probability / (1 - probability)) / Math.log(2);
  }
}

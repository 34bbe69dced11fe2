package io.itinera.jobs.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.match.Blocks;
import io.itinera.core.match.FindBlocks;
import io.itinera.core.match.FindNews;
import io.itinera.core.match.GroupMatches;
import io.itinera.core.match.GroupMatches.Grouping;
import io.itinera.core.match.MatchModel;
import io.itinera.core.match.MatchRules;
import io.itinera.core.match.ModelRow;
import io.itinera.core.match.RenewMatches;
import io.itinera.core.match.ScoreBlocks;
import io.itinera.core.match.ScoreBlocks.Scoring;
import io.itinera.core.match.ScorePairs;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.MatchModels;
import io.itinera.core.table.ProfileMatches;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.jobs.config.Matching;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.NamedKeys;
import io.itinera.jobs.night.SeenInputs;
import io.itinera.jobs.night.StageContext;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Profiles to matches of profiles: new and changed ones are compared with all, by the model that
 * was trained last.
 */
public final class MatchJob {

  private static final String SOURCE = "living_source";
  private static final String RECORD_ID = "living_record_id";

  private MatchJob() {}

  /**
   * A stage's work. Without a model of the matching as it is set it compares nobody, and warns:
   * what an earlier model found holds on, of profiles that are still there, until the first night
   * after somebody had one learned, which compares everyone. With no matching set it does nothing.
   */
  public static void run(StageContext context) {
    Optional<Matching> matching = context.config().matchings().on();
    if (matching.isEmpty()) {
      return;
    }
    Optional<Row> row = Models.inForce(context.lake(), matching.get());
    if (row.isEmpty()) {
      warn(context, matching.get());
      forgetWhoWent(context);
      return;
    }
    match(context, new Trained(matching.get(), row.get()));
  }

  private static void warn(StageContext context, Matching matching) {
    context
        .progress()
        .note(
            ("No model has been learned for matching %s as it is set, so no profiles are"
                    + " compared; 'itinera identity train' learns one.")
                .formatted(matching.name()));
    QualityWarning warning =
        new QualityWarning(
            ProfileMatches.TABLE,
            "a model was learned for matching %s as it is set".formatted(matching.name()),
            "none: no new profiles are compared, and matches that an earlier model found hold on",
            "one; run itinera identity train");
    context.lake().append(QualityChecks.TABLE, List.of(warning.row(context.night().runId())));
  }

  /** A matching, its model, and the row of that. */
  private record Trained(Matching matching, MatchModel model, Row row) {

    private Trained(Matching matching, Row row) {
      this(matching, ModelRow.model(row, matching.rules().fields()), row);
    }

    private Scoring scoring() {
      double threshold = matching.threshold().orElse(row.<Double>getAs(MatchModels.THRESHOLD));
      return new Scoring(model, ScorePairs.weight(threshold));
    }

    private Grouping grouping() {
      return new Grouping(
          model,
          row.getAs(MatchModels.MODEL_VERSION),
          matching.rules().groups(),
          matching.numbers());
    }

    private int largestBlock() {
      return Math.toIntExact(row.<Long>getAs(MatchModels.LARGEST_BLOCK));
    }
  }

  /** Takes out the matches of profiles that are there no more, or are deleted. */
  private static void forgetWhoWent(StageContext context) {
    Lake lake = context.lake();
    Dataset<Row> matches = lake.read(ProfileMatches.TABLE);
    if (lake.lacks(ProfileMatches.TABLE, ProfileMatches.COMPONENT) || matches.isEmpty()) {
      return;
    }
    Dataset<Row> living =
        HoldRows.of(
            ReadProfiles.living(lake.read(Profiles.TABLE), context.config())
                .select(col(Profiles.SOURCE).as(SOURCE), col(Profiles.RECORD_ID).as(RECORD_ID)));
    Column isLeft =
        col(ProfileMatches.LEFT_SOURCE)
            .equalTo(col(SOURCE))
            .and(col(ProfileMatches.LEFT_RECORD_ID).equalTo(col(RECORD_ID)));
    Column isRight =
        col(ProfileMatches.RIGHT_SOURCE)
            .equalTo(col(SOURCE))
            .and(col(ProfileMatches.RIGHT_RECORD_ID).equalTo(col(RECORD_ID)));
    HeldRows components =
        HoldRows.counted(
            matches
                .join(living, isLeft, "left_anti")
                .union(matches.join(living, isRight, "left_anti"))
                .select(ProfileMatches.COMPONENT)
                .distinct());
    if (components.areNone()) {
      return;
    }
    Dataset<Row> theirs =
        ProfileMatches.TABLE.conform(
            matches.join(
                components.toJoin(), new String[] {ProfileMatches.COMPONENT}, "left_semi"));
    lake.replace(
        ProfileMatches.TABLE,
        new NamedKeys(List.of(ProfileMatches.COMPONENT), components.toJoin()),
        HoldRows.of(theirs.join(living, isLeft, "left_semi").join(living, isRight, "left_semi")));
  }

  private static void match(StageContext context, Trained trained) {
    Optional<SeenInputs> seen = context.seen().filter(before -> isOfModel(context.lake(), before));
    if (seen.isPresent()) {
      matchNews(context, trained, seen.get());
    } else {
      matchAll(context, trained);
    }
  }

  /**
   * Whether all matches are by the model in force. None may be there because profiles were not
   * compared for some nights.
   */
  private static boolean isOfModel(Lake lake, SeenInputs seen) {
    return seen.version(MatchModels.TABLE) == lake.version(MatchModels.TABLE)
        && lake.rowCount(ProfileMatches.TABLE).orElse(1) > 0
        && !lake.lacks(ProfileMatches.TABLE, ProfileMatches.COMPONENT);
  }

  private static void matchAll(StageContext context, Trained trained) {
    Lake lake = context.lake();
    MatchRules rules = trained.matching().rules();
    HeldRows keyed = HoldRows.counted(keyed(context, trained, lake.read(Profiles.TABLE)));
    Blocks blocks = FindBlocks.upTo(keyed.rows(), keyed.count(), rules, trained.largestBlock());
    Dataset<Row> matches =
        ScoreBlocks.ofAll(keyed.rows(), blocks, trained.scoring()).transform(HoldRows::of);
    Dataset<Row> grouped = GroupMatches.grouped(matches, trained.grouping());
    lake.overwrite(ProfileMatches.TABLE, grouped);
  }

  private static void matchNews(StageContext context, Trained trained, SeenInputs seen) {
    Lake lake = context.lake();
    HeldRows changes = HoldRows.counted(lake.changes(Profiles.TABLE, seen.version(Profiles.TABLE)));
    if (changes.areNone()) {
      return;
    }
    Dataset<Row> keyed = keyed(context, trained, lake.read(Profiles.TABLE)).transform(HoldRows::of);
    Dataset<Row> came = changes.rows().where(col(Lake.CHANGE).gt(0));
    Dataset<Row> went = changes.rows().where(col(Lake.CHANGE).lt(0));
    Optional<FindNews> news =
        FindNews.find(
            keyed,
            keyed(context, trained, came)
                .withColumn(FindNews.CHANGE, lit(1L))
                .union(keyed(context, trained, went).withColumn(FindNews.CHANGE, lit(-1L))),
            trained.largestBlock());
    news.ifPresent(found -> replace(lake, trained, keyed, found));
  }

  private static void replace(Lake lake, Trained trained, Dataset<Row> keyed, FindNews news) {
    Dataset<Row> fresh = ScoreBlocks.ofNews(keyed, news, trained.scoring()).transform(HoldRows::of);
    RenewMatches renewed =
        RenewMatches.renew(lake.read(ProfileMatches.TABLE), fresh, news.numbers(), keyed);
    if (renewed.components().areNone() && renewed.matches().areNone()) {
      return;
    }
    Dataset<Row> grouped =
        GroupMatches.grouped(renewed.matches().rows(), trained.grouping()).transform(HoldRows::of);
    Dataset<Row> components =
        renewed
            .components()
            .rows()
            .union(grouped.select(ProfileMatches.COMPONENT))
            .distinct()
            .transform(HoldRows::toJoin);
    lake.replace(
        ProfileMatches.TABLE,
        new NamedKeys(List.of(ProfileMatches.COMPONENT), components),
        grouped);
  }

  private static Dataset<Row> keyed(StageContext context, Trained trained, Dataset<Row> profiles) {
    return ReadProfiles.keyed(profiles, trained.matching(), context.config());
  }
}

package io.itinera.jobs.launch;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.raw.Candidates;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records that a night would take for deliveries of one and the same, of which one stays.
 *
 * @param counts kind to the number of records too many, kinds without any left out
 * @param lines a sentence for each record that is there again
 */
record Repetitions(Map<String, Long> counts, List<String> lines) {

  /** What makes two records of a kind the same. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          Candidates.TOUCHPOINT, List.of(Touchpoints.TOUCHPOINT_ID),
          Candidates.PROFILE, List.of(Profiles.SOURCE, Profiles.RECORD_ID),
          Candidates.COST, List.of(CampaignCosts.SOURCE, CampaignCosts.RECORD_ID));

  private static final String PLACES = "places";
  private static final String KEY = "key";

  /** Those among {@code candidates}; at most {@code shown} of each kind are told one by one. */
  static Repetitions among(Dataset<Row> candidates, List<String> kinds, int shown) {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (String kind : kinds) {
      if (KEYS.containsKey(kind)) {
        List<Row> groups = groups(candidates, kind);
        long tooMany = groups.stream().mapToLong(group -> group.getList(0).size() - 1L).sum();
        if (tooMany > 0) {
          counts.put(kind, tooMany);
        }
        groups.stream()
            .flatMap(group -> sentences(kind, group).stream())
            .limit(shown)
            .forEach(lines::add);
      }
    }
    return new Repetitions(counts, lines);
  }

  private static List<Row> groups(Dataset<Row> candidates, String kind) {
    Column[] key =
        KEYS.get(kind).stream().map(name -> col(kind).getField(name)).toArray(Column[]::new);
    Column place =
        struct(
            element_at(split(col(Candidates.PATH), "/"), -1).as("file"), col(Candidates.POSITION));
    return candidates
        .where(col(kind).isNotNull())
        .groupBy(concat_ws("\u0000", key).as(KEY))
        .agg(array_sort(collect_list(place)).as(PLACES))
        .where(size(col(PLACES)).gt(1))
        .orderBy(PLACES)
        .select(PLACES)
        .collectAsList();
  }

  private static List<String> sentences(String kind, Row group) {
    List<Row> places = group.getList(0);
    return places.stream()
        .skip(1)
        .map(
            place ->
                "%s again: record %s of %s is the same as record %s of %s"
                    .formatted(
                        kind,
                        RecordPreview.place(place.getLong(1)),
                        place.getString(0),
                        RecordPreview.place(places.get(0).getLong(1)),
                        places.get(0).getString(0)))
        .toList();
  }
}

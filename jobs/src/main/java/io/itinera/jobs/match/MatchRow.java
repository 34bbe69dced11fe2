package io.itinera.jobs.match;

import io.itinera.core.match.GroupRecords.Edge;
import io.itinera.core.match.GroupRecords.Verdict;
import io.itinera.core.match.ScorePairs;
import io.itinera.jobs.match.MatchInput.Unpacked;
import io.itinera.jobs.match.PackedProfiles.Profile;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** A match as a row of {@code profile_matches}. */
final class MatchRow {

  private static final double STEPS = 1e6;

  private MatchRow() {}

  /** What became of a match, and by which model. */
  record Said(Verdict verdict, String modelVersion) {}

  static Row of(Unpacked unpacked, Edge edge, Map<String, Double> parts, Said said) {
    Profile left = unpacked.profiles().get(edge.left());
    Profile right = unpacked.profiles().get(edge.right());
    boolean isInOrder = compare(left, right) <= 0;
    Profile first = isInOrder ? left : right;
    Profile second = isInOrder ? right : left;
    Map<String, Double> weights = new TreeMap<>();
    parts.forEach((part, bits) -> weights.put(part, rounded(bits)));
    return RowFactory.create(
        left.source(),
        left.recordId(),
        right.source(),
        right.recordId(),
        first.type(),
        first.value(),
        second.type(),
        second.value(),
        ScorePairs.probability(edge.weight()),
        edge.weight(),
        CollectionConverters.asScala(weights),
        said.verdict().name().toLowerCase(Locale.ROOT),
        Date.valueOf(LocalDate.ofEpochDay(Math.max(left.day(), right.day()))),
        said.modelVersion());
  }

  private static int compare(Profile left, Profile right) {
    int types = left.type().compareTo(right.type());
    return types != 0 ? types : left.value().compareTo(right.value());
  }

  private static double rounded(double bits) {
    return Math.rint(bits * STEPS) / STEPS;
  }
}

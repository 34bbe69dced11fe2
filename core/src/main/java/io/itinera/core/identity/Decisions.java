package io.itinera.core.identity;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.rule.Identifier;
import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.Ruling;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The decisions that hold, as stitching joins with them: few, so whether there are any is known
 * without a look at rows.
 *
 * @param pairs of {@link IdentityOverrides} the two identifiers, left before right, {@link
 *     IdentityOverrides#DECISION always or never} and {@link IdentityOverrides#REASON}; each pair
 *     once. None if nobody decided about two
 * @param ignored its left identifier and {@link IdentityOverrides#REASON}, each once. None if
 *     nobody decided about one
 */
public record Decisions(Optional<Dataset<Row>> pairs, Optional<Dataset<Row>> ignored) {

  /** Nobody decided anything. */
  public static final Decisions NONE = new Decisions(Optional.empty(), Optional.empty());

  private static final StructType COLUMNS =
      new StructType()
          .add(IdentityOverrides.LEFT_TYPE, DataTypes.StringType, false)
          .add(IdentityOverrides.LEFT_VALUE, DataTypes.StringType, false)
          .add(IdentityOverrides.RIGHT_TYPE, DataTypes.StringType)
          .add(IdentityOverrides.RIGHT_VALUE, DataTypes.StringType)
          .add(IdentityOverrides.DECISION, DataTypes.StringType, false)
          .add(IdentityOverrides.REASON, DataTypes.StringType, false);

  /**
   * Makes rows of decisions.
   *
   * @param holding as {@link Decision#holding} leaves them
   * @param rows makes a dataset of rows
   */
  public static Decisions of(
      List<Decision> holding, BiFunction<List<Row>, StructType, Dataset<Row>> rows) {
    List<Row> ignored =
        holding.stream().filter(each -> each.right().isEmpty()).map(Decisions::row).toList();
    List<Row> pairs =
        holding.stream().filter(each -> each.right().isPresent()).map(Decisions::row).toList();
    return new Decisions(
        Optional.of(pairs).filter(list -> !list.isEmpty()).map(list -> rows.apply(list, COLUMNS)),
        Optional.of(ignored)
            .filter(list -> !list.isEmpty())
            .map(list -> rows.apply(list, COLUMNS)));
  }

  private static Row row(Decision decision) {
    Optional<Identifier> right = decision.right();
    return RowFactory.create(
        decision.left().type(),
        decision.left().value(),
        right.map(Identifier::type).orElse(null),
        right.map(Identifier::value).orElse(null),
        decision.ruling().text(),
        decision.reason());
  }

  /** The pairs that must be kept apart. */
  Optional<Dataset<Row>> apart() {
    return pairs.map(
        rows -> rows.where(col(IdentityOverrides.DECISION).equalTo(Ruling.NEVER.text())));
  }

  /** Two identifiers, and the two again the other way round: who is decided about with whom. */
  static Dataset<Row> bothWays(Dataset<Row> pairs) {
    Column[] left = {col(IdentityOverrides.LEFT_TYPE), col(IdentityOverrides.LEFT_VALUE)};
    Column[] right = {col(IdentityOverrides.RIGHT_TYPE), col(IdentityOverrides.RIGHT_VALUE)};
    return pairs
        .select(left[0], left[1], right[0], right[1])
        .union(pairs.select(right[0], right[1], left[0], left[1]));
  }
}

package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Weighs the pairs that blocks bring together. A task has the records of one block at a time in
 * hand.
 */
public final class ScoreBlocks {

  /** Columns: numbers of two profiles, in the order of {@link ProfileHead#ORDER}. */
  public static final String LEFT = "left_number";

  public static final String RIGHT = "right_number";

  /** Column: what is known of them, in bits. */
  public static final String WEIGHT = "weight";

  /** Columns: the two, packed. */
  public static final String LEFT_RECORD = "left_record";

  public static final String RIGHT_RECORD = "right_record";

  private static final StructType MATCHES =
      new StructType()
          .add(LEFT, DataTypes.LongType, false)
          .add(RIGHT, DataTypes.LongType, false)
          .add(WEIGHT, DataTypes.DoubleType, false)
          .add(LEFT_RECORD, DataTypes.BinaryType, false)
          .add(RIGHT_RECORD, DataTypes.BinaryType, false);

  private ScoreBlocks() {}

  /**
   * How pairs are weighed.
   *
   * @param model the model
   * @param least pairs below this weight are left out
   */
  public record Scoring(MatchModel model, double least) implements Serializable {}

  /**
   * Weighs all pairs of blocks.
   *
   * @param keyed rows of {@link KeyRecords}
   * @return as {@link #ofNews}
   */
  public static Dataset<Row> ofAll(Dataset<Row> keyed, Blocks blocks, Scoring scoring) {
    return matches(keyed.withColumn(ListMembers.IS_NEW, lit(true)), blocks, scoring);
  }

  /**
   * Weighs the pairs that a night must look at.
   *
   * @param keyed rows of {@link KeyRecords}
   * @return columns {@link #LEFT}, {@link #RIGHT}, {@link #WEIGHT}, {@link #LEFT_RECORD} and {@link
   *     #RIGHT_RECORD}; each pair once
   */
  public static Dataset<Row> ofNews(Dataset<Row> keyed, FindNews news, Scoring scoring) {
    return matches(ListMembers.withNews(keyed, news.numbers()), news.blocks(), scoring);
  }

  private static Dataset<Row> matches(Dataset<Row> keyed, Blocks blocks, Scoring scoring) {
    int largest = blocks.largest();
    return ListMembers.members(keyed, blocks.kept())
        .repartition(col(ListMembers.KEY))
        .sortWithinPartitions(ListMembers.KEY)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new Scored(rows, largest, scoring),
            Encoders.row(MATCHES))
        .dropDuplicates(LEFT, RIGHT);
  }

  /** The pairs of one block after the other. */
  private static final class Scored implements Iterator<Row> {
    private final Iterator<Row> members;
    private final int largest;
    private final double least;
    private final ScorePairs score;
    private final RecordReader reader;
    private final Queue<Row> found = new ArrayDeque<>();
    private Row next;

    private Scored(Iterator<Row> members, int largest, Scoring scoring) {
      this.members = members;
      this.largest = largest;
      least = scoring.least();
      score = new ScorePairs(scoring.model());
      reader = new RecordReader(scoring.model().fields());
      next = members.hasNext() ? members.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (found.isEmpty() && next != null) {
        List<Row> block = block();
        if (block.size() <= largest && block.stream().anyMatch(row -> row.getBoolean(2))) {
          compare(block);
        }
      }
      return !found.isEmpty();
    }

    @Override
    public Row next() {
      return hasNext() ? found.remove() : null;
    }

    /** The next block; of one that is too large no more than shows that it is. */
    private List<Row> block() {
      long key = next.getLong(0);
      List<Row> block = new ArrayList<>();
      while (next != null && next.getLong(0) == key) {
        if (block.size() <= largest) {
          block.add(next);
        }
        next = members.hasNext() ? members.next() : null;
      }
      return block;
    }

    private void compare(List<Row> block) {
      Term[][] terms = new Term[block.size()][];
      boolean[] areNew = new boolean[terms.length];
      for (int i = 0; i < terms.length; i++) {
        terms[i] = reader.terms(block.get(i).getAs(3));
        areNew[i] = block.get(i).getBoolean(2);
      }
      for (int i = 0; i < terms.length; i++) {
        for (int j = i + 1; j < terms.length; j++) {
          if (areNew[i] || areNew[j]) {
            double weight = score.weight(terms[i], terms[j]);
            if (weight >= least) {
              found.add(match(block.get(i), block.get(j), weight));
            }
          }
        }
      }
    }

    private Row match(Row one, Row other, double weight) {
      byte[] left = one.getAs(3);
      byte[] right = other.getAs(3);
      return ProfileHead.ORDER.compare(reader.head(left), reader.head(right)) <= 0
          ? RowFactory.create(one.getLong(1), other.getLong(1), weight, left, right)
          : RowFactory.create(other.getLong(1), one.getLong(1), weight, right, left);
    }
  }
}

package io.itinera.core.identity;

import io.itinera.core.identity.JoinGroups.Edge;
import io.itinera.core.identity.JoinGroups.Verdict;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The edges of one group after the other, in order, to what became of them: one row per refused
 * edge and, behind the edges of a group, one per identifier with the group that it is in.
 *
 * <p>Nothing but {@link JoinGroups} of the group at hand is kept.
 */
final class JudgeInOrder implements Iterator<Row> {

  /** Column: an identifier's number; the left one of an edge. */
  static final String ONE = "one";

  /** Column: the right one's number; of an identifier its group's. */
  static final String OTHER = "other";

  /** Column: status of a refused edge; null where the row is about an identifier. */
  static final String VERDICT = "verdict_status";

  /** Column: place of the type that a conflict is about. */
  static final String KIND = "verdict_kind";

  static final StructType JUDGED =
      new StructType()
          .add(ONE, DataTypes.LongType, false)
          .add(OTHER, DataTypes.LongType, false)
          .add(VERDICT, DataTypes.StringType)
          .add(KIND, DataTypes.IntegerType);

  private static final int GROUP = 0;
  private static final int ARE_STRANGERS = 1;
  private static final int COUNTS_AS_ONE = 2;
  private static final int LEFT = 3;
  private static final int LEFT_KIND = 4;
  private static final int RIGHT = 5;
  private static final int RIGHT_KIND = 6;

  private final GroupLimits limits;
  private final Iterator<Row> edges;
  private Row ahead;
  private long group;
  private JoinGroups groups;
  private int told;
  private Row next;

  JudgeInOrder(GroupLimits limits, Iterator<Row> edges) {
    this.limits = limits;
    this.edges = edges;
    this.groups = new JoinGroups(limits);
    read();
    open();
    this.next = find();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Row found = next;
    next = find();
    return found;
  }

  private Row find() {
    while (true) {
      while (ahead != null && ahead.getLong(GROUP) == group) {
        Row edge = ahead;
        read();
        Row refused = refused(edge);
        if (refused != null) {
          return refused;
        }
      }
      if (told < groups.size()) {
        long node = groups.node(told++);
        return RowFactory.create(node, groups.groupOf(node), null, null);
      }
      if (ahead == null) {
        return null;
      }
      open();
    }
  }

  private void read() {
    ahead = edges.hasNext() ? edges.next() : null;
  }

  private void open() {
    if (ahead != null) {
      group = ahead.getLong(GROUP);
      groups = new JoinGroups(limits);
      told = 0;
    }
  }

  private Row refused(Row row) {
    long left = row.getLong(LEFT);
    long right = row.getLong(RIGHT);
    if (row.getBoolean(ARE_STRANGERS)) {
      groups.keepApart(left, right);
      return null;
    }
    Edge edge = new Edge(left, row.getInt(LEFT_KIND), right, row.getInt(RIGHT_KIND));
    Verdict verdict = row.getBoolean(COUNTS_AS_ONE) ? groups.joinAsSame(edge) : groups.join(edge);
    return verdict == Verdict.JOINED
        ? null
        : RowFactory.create(left, right, KeepLimits.status(verdict), groups.conflictingKind());
  }
}

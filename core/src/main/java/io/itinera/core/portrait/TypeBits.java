package io.itinera.core.portrait;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Types of touchpoints as bits of a number, so that those of many days are one {@code bit_or}.
 *
 * @param types in order of their bits, from the lowest
 */
record TypeBits(List<String> types) implements UDF1<Seq<String>, Long> {

  private static final long serialVersionUID = 1L;

  TypeBits(PortraitRules rules) {
    this(List.copyOf(rules.types()));
  }

  /** Those among the types; others have no bit. */
  @Override
  public Long call(Seq<String> seen) {
    long bits = 0;
    if (seen != null) {
      for (Iterator<String> each = seen.iterator(); each.hasNext(); ) {
        int place = types.indexOf(each.next());
        bits |= place < 0 ? 0 : 1L << place;
      }
    }
    return bits;
  }

  /** Types with a bit, among those asked for. */
  List<String> among(Set<String> asked, long bits) {
    List<String> found = new ArrayList<>();
    for (String type : new TreeSet<>(asked)) {
      if ((bits >> types.indexOf(type) & 1) == 1) {
        found.add(type);
      }
    }
    return found;
  }
}

package io.itinera.core.trail;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Rows that come sorted by customer, one customer's together: no more than that is held. */
final class CustomerTouches implements Iterator<List<Row>> {

  private final Iterator<Row> rows;
  private final String customer;
  private Row next;

  /**
   * @param customer name of the column by which rows are sorted
   */
  CustomerTouches(Iterator<Row> rows, String customer) {
    this.rows = rows;
    this.customer = customer;
    this.next = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public List<Row> next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    List<Row> theirs = new ArrayList<>();
    String who = next.getAs(customer);
    while (next != null && who.equals(next.getAs(customer))) {
      theirs.add(next);
      next = rows.hasNext() ? rows.next() : null;
    }
    return theirs;
  }
}

package io.itinera.core.portrait;

import io.itinera.core.portrait.KnownCustomer.Trait;
import io.itinera.core.table.CustomerPersonas;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts traits of the customers with a persona in a partition of {@link KnownCustomers}: rows of
 * {@link #SCHEMA}, a trait more than once where a partition has more of them than are kept at a
 * time. Of every aspect of which anything is known of a customer, the customer counts without a
 * trait, too.
 *
 * @param types in which order types of touchpoints are bits
 */
record TallyTraits(PortraitRules rules, TypeBits types) implements MapPartitionsFunction<Row, Row> {

  static final String ASPECT = "aspect";
  static final String TRAIT = "trait";
  static final String CUSTOMERS = "customers";

  static final StructType SCHEMA =
      new StructType()
          .add(CustomerPersonas.PERSONA_ID, DataTypes.StringType)
          .add(ASPECT, DataTypes.StringType)
          .add(TRAIT, DataTypes.StringType)
          .add(CUSTOMERS, DataTypes.LongType);

  private static final long serialVersionUID = 1L;

  /** Products and paths may be millions; so many counts are a few dozen megabytes. */
  private static final int KEPT = 100_000;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Counted(rows);
  }

  private record Place(String persona, Trait trait) {
    Row row(long customers) {
      return RowFactory.create(persona, trait.aspect().text(), trait.text(), customers);
    }
  }

  /** The customers stream by: one is held, and as many counts as are kept. */
  private final class Counted implements Iterator<Row> {
    private final Iterator<Row> rows;
    private Iterator<Row> told = List.<Row>of().iterator();
    private KnownCustomer customer;

    private Counted(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (!told.hasNext() && (rows.hasNext() || customer != null)) {
        told = count();
      }
      return told.hasNext();
    }

    @Override
    public Row next() {
      return told.next();
    }

    /** Counts until there are too many to keep, or nobody is left. */
    private Iterator<Row> count() {
      Map<Place, long[]> counts = new HashMap<>();
      while (rows.hasNext() && counts.size() < KEPT) {
        Row row = rows.next();
        String id = row.getAs(KnownCustomers.CUSTOMER_ID);
        if (customer == null || !customer.is(id)) {
          add(counts);
          customer = new KnownCustomer(id);
        }
        customer.add(row);
      }
      if (!rows.hasNext()) {
        add(counts);
        customer = null;
      }
      return counts.entrySet().stream()
          .map(each -> each.getKey().row(each.getValue()[0]))
          .iterator();
    }

    private void add(Map<Place, long[]> counts) {
      if (customer == null || customer.persona() == null) {
        return;
      }
      for (Trait trait : customer.traits(rules(), types())) {
        counts.computeIfAbsent(new Place(customer.persona(), trait), key -> new long[1])[0]++;
      }
    }
  }
}

package io.itinera.core.portrait;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Collects what is known of a customer: rows of {@link #SCHEMA}. Of every aspect of which anything
 * is known there is a row without a trait, too, by which those of whom it is known are counted.
 */
final class Traits {

  static final String CUSTOMER = "customer_id";
  static final String ASPECT = "aspect";
  static final String TRAIT = "trait";

  static final StructType SCHEMA =
      new StructType()
          .add(CUSTOMER, DataTypes.StringType)
          .add(ASPECT, DataTypes.StringType)
          .add(TRAIT, DataTypes.StringType);

  private final String customerId;
  private final List<Row> rows = new ArrayList<>();

  Traits(String customerId) {
    this.customerId = customerId;
  }

  /** The customer has these traits, and none other of this aspect. */
  Traits all(Aspect aspect, Collection<String> traits) {
    rows.add(RowFactory.create(customerId, aspect.text(), null));
    traits.forEach(trait -> rows.add(RowFactory.create(customerId, aspect.text(), trait)));
    return this;
  }

  /** The customer has this trait; null where it is not known. */
  Traits one(Aspect aspect, Object trait) {
    return trait == null ? this : all(aspect, List.of(trait.toString()));
  }

  List<Row> rows() {
    return rows;
  }
}

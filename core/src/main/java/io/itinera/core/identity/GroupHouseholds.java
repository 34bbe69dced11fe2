package io.itinera.core.identity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;

import io.itinera.core.spark.LetterCase;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Households;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Customers to households. */
public final class GroupHouseholds {

  private static final String IN_COMMON = "in_common";
  private static final String MEMBERS = "members_count";
  private static final String TYPE = "household";

  private GroupHouseholds() {}

  /**
   * Groups customers who agree in all that the rules name: regardless of case and of blanks at the
   * ends or doubled. Who lacks one of it, or has only blanks there, is in no household, nor is who
   * agrees with nobody, or with too many.
   *
   * @param customers rows of {@link Customers}
   * @param idKey key of the hash that makes ids
   * @return rows of {@link Households}, which depend on these customers alone
   */
  public static Dataset<Row> group(Dataset<Row> customers, HouseholdRules rules, String idKey) {
    Column[] parts = rules.by().stream().map(GroupHouseholds::comparable).toArray(Column[]::new);
    Column id =
        udf(new KeyedId(idKey), DataTypes.StringType)
            .withName("household_id")
            .apply(lit(TYPE), to_json(col(IN_COMMON)));
    return Households.TABLE.conform(
        customers
            .select(col(Customers.CUSTOMER_ID), array(parts).as(IN_COMMON))
            .where(not(exists(col(IN_COMMON), Column::isNull)))
            .withColumn(MEMBERS, count(lit(1)).over(Window.partitionBy(IN_COMMON)))
            .where(col(MEMBERS).between(2, rules.mostMembers()))
            .select(id.as(Households.HOUSEHOLD_ID), col(Customers.CUSTOMER_ID)));
  }

  private static Column comparable(String expression) {
    Column text =
        LetterCase.lower(trim(regexp_replace(expr(expression).cast("string"), "\\s+", " ")));
    return nullif(text, lit(""));
  }
}

package io.itinera.jobs.explain;

import static org.apache.spark.sql.functions.col;

import io.itinera.core.rule.Identifier;
import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.Identities;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.process.MisuseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Whom or what somebody asks about: an identifier, or a customer with all identifiers.
 *
 * @param text as it was asked
 * @param identifiers one, or those of the customer
 * @param customers whose they are: more than one for a device that changes hands
 * @param own the same, of a customer without devices that are others', too, at other times
 */
public record Subject(
    String text, Set<Identifier> identifiers, Set<String> customers, Set<Identifier> own) {

  private static final int MOST_SHOWN = 5;

  /**
   * Finds what {@code text} names: {@code type:value}, a customer's id, one that it had before, or
   * a value alone, if it is one identifier's only.
   *
   * @throws MisuseException if that is nobody, or several
   */
  public static Subject find(Lake lake, String text) {
    String wanted = text.strip();
    return ofIdentifier(lake, wanted)
        .or(() -> ofCustomer(lake, wanted, wanted))
        .or(() -> today(lake, wanted).flatMap(id -> ofCustomer(lake, wanted, id)))
        .orElseThrow(
            () ->
                new MisuseException(
                    ("Nothing in identities is called '%s'. Name an identifier as type:value, such"
                            + " as email:ann@example.org, or a customer by an id that it has or"
                            + " had.")
                        .formatted(wanted)));
  }

  /** Whether both are, at some time, the same customer's. */
  boolean sharesCustomerWith(Subject other) {
    return customers.stream().anyMatch(other.customers()::contains);
  }

  private static Optional<Subject> ofIdentifier(Lake lake, String text) {
    int colon = text.indexOf(':');
    Column isTyped =
        col(Identities.TYPE)
            .equalTo(text.substring(0, Math.max(colon, 0)))
            .and(isValue(text.substring(colon + 1)));
    List<Row> found = asWritten(rows(lake, isTyped.or(isValue(text))), text);
    Set<Identifier> identifiers = identifiers(found);
    if (identifiers.size() > 1) {
      throw new MisuseException(
          "'%s' is the value of several identifiers: %s. Name one as type:value."
              .formatted(
                  text,
                  identifiers.stream().limit(MOST_SHOWN).map(each -> each.type() + ":…").toList()));
    }
    return identifiers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Subject(text, identifiers, customers(found), identifiers));
  }

  /** Where a value is spelt so, others that only lower case makes equal are not meant. */
  private static List<Row> asWritten(List<Row> found, String text) {
    List<Row> typed =
        found.stream()
            .filter(row -> text.equals(row.getString(0) + ":" + row.getString(1)))
            .toList();
    List<Row> alone = found.stream().filter(row -> text.equals(row.getString(1))).toList();
    return Stream.of(typed, alone).filter(rows -> !rows.isEmpty()).findFirst().orElse(found);
  }

  /** As it is written, or as e-mail addresses are stored. */
  private static Column isValue(String value) {
    return col(Identities.VALUE).isin(value, value.toLowerCase(Locale.ROOT));
  }

  private static Optional<Subject> ofCustomer(Lake lake, String text, String id) {
    List<Row> found = rows(lake, col(Identities.CUSTOMER_ID).equalTo(id));
    Set<Identifier> own =
        identifiers(
            found.stream()
                .filter(row -> !Identities.BY_OWNERSHIP.equals(row.getString(3)))
                .toList());
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Subject(text, identifiers(found), customers(found), own));
  }

  private static Optional<String> today(Lake lake, String id) {
    return lake
        .read(CustomerAliases.TABLE)
        .where(col(CustomerAliases.OLD_CUSTOMER_ID).equalTo(id))
        .where(col(CustomerAliases.CUSTOMER_ID).isNotNull())
        .select(CustomerAliases.CUSTOMER_ID)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst();
  }

  private static List<Row> rows(Lake lake, Column wanted) {
    return lake.read(Identities.TABLE)
        .where(wanted)
        .select(Identities.TYPE, Identities.VALUE, Identities.CUSTOMER_ID, Identities.ASSIGNED_BY)
        .collectAsList();
  }

  private static Set<Identifier> identifiers(List<Row> rows) {
    return new TreeSet<>(
        rows.stream().map(row -> new Identifier(row.getString(0), row.getString(1))).toList());
  }

  private static Set<String> customers(List<Row> rows) {
    return new TreeSet<>(rows.stream().map(row -> row.getString(2)).toList());
  }
}

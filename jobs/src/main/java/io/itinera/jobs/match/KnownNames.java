package io.itinera.jobs.match;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What columns of profiles, and fields of the shipped matchings, are often called elsewhere. */
final class KnownNames {

  private static final Map<String, List<String>> OTHERS =
      Map.ofEntries(
          Map.entry("first_name", List.of("given_name", "firstname", "forename")),
          Map.entry("last_name", List.of("surname", "lastname", "family_name")),
          Map.entry("email", List.of("e_mail", "mail", "email_address")),
          Map.entry("phone", List.of("telephone", "phone_number", "mobile")),
          Map.entry("street", List.of("address_1", "address1", "street_address", "address")),
          Map.entry("house", List.of("street_number", "house_number")),
          Map.entry("locality", List.of("address_2", "address2")),
          Map.entry("city", List.of("suburb", "town")),
          Map.entry("postal_code", List.of("postcode", "post_code", "zip", "zip_code")),
          Map.entry("region", List.of("state", "county", "province")),
          Map.entry("id_number", List.of("soc_sec_id", "ssn", "national_id", "passport")),
          Map.entry("company", List.of("company_name", "organisation", "organization")),
          Map.entry("tax_number", List.of("vat_number", "tax_id", "vat_id")));

  private static final List<String> BIRTH_DATES =
      List.of("birth_date", "date_of_birth", "dob", "birthdate", "birthday");

  /** Eight digits without a sign between them that can be a day or month, the other, and a year. */
  private static final String YEAR_LAST =
      "^ *(0[1-9]|[12][0-9]|3[01])(0[1-9]|[12][0-9]|3[01])(19|20)[0-9]{2} *$";

  private static final List<String> PERSONS =
      List.of("person", "cluster", "cluster_id", "entity_id", "person_id");

  private KnownNames() {}

  /**
   * Expressions for what the columns of {@code records} tell under other names; of a birth date,
   * written year first or last, its parts.
   */
  static Map<String, String> in(Dataset<Row> records) {
    Set<String> there = new TreeSet<>(Arrays.asList(records.columns()));
    Map<String, String> found = new LinkedHashMap<>();
    OTHERS.forEach(
        (name, others) ->
            others.stream()
                .filter(other -> !there.contains(name) && there.contains(other))
                .findFirst()
                .ifPresent(other -> found.put(name, "`%s`".formatted(other))));
    List.of("house", "locality", "region", "id_number", "tax_number").stream()
        .filter(there::contains)
        .forEach(name -> found.put(name, "`%s`".formatted(name)));
    BIRTH_DATES.stream()
        .filter(there::contains)
        .findFirst()
        .ifPresent(name -> addBirth("cast(`%s` as string)".formatted(name), found));
    return found;
  }

  private static void addBirth(String date, Map<String, String> found) {
    String digits = "regexp_replace(%s, '[^0-9]', '')".formatted(date);
    List<String> parts = List.of("year", "month", "day");
    List<String> places = List.of("1, 4", "5, 2", "7, 2");
    List<String> behind = List.of("5, 4", "3, 2", "1, 2");
    for (int part = 0; part < parts.size(); part++) {
      found.put(
          "birth_" + parts.get(part),
          ("case when %1$s rlike '^ *[0-9]{4}' and not %1$s rlike '%5$s'"
                  + " then nullif(substr(%2$s, %3$s), '')"
                  + " when %1$s rlike '[0-9]{4} *$' then nullif(substr(%2$s, %4$s), '') end")
              .formatted(date, digits, places.get(part), behind.get(part), YEAR_LAST));
    }
  }

  /** The column that tells persons apart; {@code person} if none is known. */
  static String person(Dataset<Row> records) {
    List<String> there = Arrays.asList(records.columns());
    return PERSONS.stream().filter(there::contains).findFirst().orElse("person");
  }
}

package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.BOOLEAN_MAP;
import static io.itinera.core.table.ColumnTypes.IDENTIFIER_LIST;
import static io.itinera.core.table.ColumnTypes.STRING_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** What a system of record says about a person. */
public final class Profiles {

  public static final String SOURCE = "source";
  public static final String RECORD_ID = "record_id";
  public static final String IDENTIFIERS = "identifiers";
  public static final String MERGED = "merged";
  public static final String FIRST_NAME = "first_name";
  public static final String LAST_NAME = "last_name";
  public static final String EMAIL = "email";
  public static final String PHONE = "phone";
  public static final String BIRTH_DATE = "birth_date";
  public static final String GENDER = "gender";
  public static final String STREET = "street";
  public static final String CITY = "city";
  public static final String POSTAL_CODE = "postal_code";
  public static final String COUNTRY = "country";
  public static final String COMPANY = "company";
  public static final String CONSENT = "consent";
  public static final String ATTRIBUTES = "attributes";
  public static final String CREATED_AT = "created_at";
  public static final String UPDATED_AT = "updated_at";
  public static final String DELETED = "deleted";
  public static final String RECORD_VERSION = "record_version";
  public static final String RECORD_HASH = "record_hash";
  public static final String LOADED_RUN_ID = "loaded_run_id";

  public static final Table TABLE =
      Table.of(
              "profiles",
              "What a system of record says about a person.",
              Origin.after(
                  required(SOURCE, StringType, "name of the configured source"),
                  required(RECORD_ID, StringType, "the record's own id in that source"),
                  optional(
                      IDENTIFIERS,
                      IDENTIFIER_LIST,
                      "normalised identifiers, sorted by type and value, each once"),
                  optional(
                      MERGED,
                      IDENTIFIER_LIST,
                      "further identifiers that the source says are the same person's, such as"
                          + " those of merged records"),
                  optional(FIRST_NAME, StringType, "given name"),
                  optional(LAST_NAME, StringType, "family name"),
                  optional(EMAIL, StringType, "e-mail address, lower case"),
                  optional(PHONE, StringType, "telephone number, E.164 where it could be read"),
                  optional(BIRTH_DATE, DateType, "day of birth"),
                  optional(GENDER, StringType, "as recorded"),
                  optional(STREET, StringType, "street and number"),
                  optional(CITY, StringType, "city"),
                  optional(POSTAL_CODE, StringType, "postal code"),
                  optional(COUNTRY, StringType, "country as recorded"),
                  optional(COMPANY, StringType, "employer or account"),
                  optional(CONSENT, BOOLEAN_MAP, "purpose to given"),
                  optional(ATTRIBUTES, STRING_MAP, "what else the record held"),
                  optional(CREATED_AT, TimestampType, "when the record was made"),
                  optional(UPDATED_AT, TimestampType, "when it last changed"),
                  optional(DELETED, BooleanType, "the source says it is deleted"),
                  optional(
                      RECORD_VERSION,
                      TimestampType,
                      "instant by which deliveries of the same record compete"),
                  optional(RECORD_HASH, LongType, "64-bit hash of the mapped content"),
                  optional(LOADED_RUN_ID, StringType, "the run that loaded it")))
          .keyedBy(SOURCE, RECORD_ID);

  private Profiles() {}
}

package io.itinera.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class JsonRowsTest {

  private static final StructType SCHEMA =
      StructType.fromDDL("id STRING, user STRUCT<name: STRING>, items ARRAY<STRUCT<sku: STRING>>");

  @Test
  void lineInTheSourcesSpellingIsReadAtOnce() {
    assertThat(
            read("{\"id\": \"1\", \"user\": {\"name\": \"ann\"}, \"items\": [{\"sku\": \"a\"}]}"))
        .isEqualTo("[1,[ann],[[a]]] null null");
  }

  @Test
  void fieldsThatNobodyAskedForAreKeptButNotBlankOnes() {
    assertThat(
            read(
                "{\"new\": 5, \"id\": \"1\", \"more\": {\"a\": [1, 2]}, \"no\": \" \", \"nil\":"
                    + " null}"))
        .isEqualTo("[1,null,null] {new=5, more={\"a\":[1,2]}} null");
  }

  @Test
  void otherSpellingsCountAtAllDepths() {
    assertThat(read("{\"ID\": \"1\", \"user\": {\"Name\": \"ann\"}}"))
        .isEqualTo("[1,[ann],null] null null");
    assertThat(read("{\"id\": \"1\", \"items\": [{\"SKU\": \"a\"}, {\"sku\": \"b\"}]}"))
        .isEqualTo("[1,null,[[a],[b]]] null null");
  }

  @Test
  void lineThatIsNotOneObjectOfTheSchemaIsMalformed() {
    assertThat(read("{\"id\": \"1\"")).endsWith(" malformed");
    assertThat(read("{\"id\": \"1\"} {\"id\": \"2\"}")).endsWith(" malformed");
    assertThat(read("[{\"id\": \"1\"}]")).endsWith(" malformed");
    assertThat(read("7")).endsWith(" malformed");
    assertThat(read("{\"id\": \"1\", \"user\": 7}")).isEqualTo("[1,null,null] null malformed");
  }

  private static String read(String line) {
    Fields fields = new Fields(List.of(SCHEMA.fieldNames()), Set.of()).asSpelt();
    LenientJson json = new LenientJson(Map.of(), fields, FieldSpelling.of(SCHEMA));
    JSONOptions options =
        new JSONOptions(scala.collection.immutable.Map$.MODULE$.empty(), "UTC", "_corrupt_record");
    CutRecord record = new JsonRows(json, options, SCHEMA).of(line);
    return "%s %s %s".formatted(shown(record.row()), record.other(), record.problem());
  }

  private static String shown(InternalRow row) {
    return row == null ? "null" : row.toString();
  }
}

package io.itinera.jobs.read;

import static io.itinera.jobs.read.Landing.read;
import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.SourceRules;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReadNestedTest {

  @TempDir private Path folder;
  private Landing landing;

  @BeforeEach
  void setUp() {
    landing = new Landing(folder);
  }

  @Test
  void elementsOfXmlAreRecordsWhateverTheirNamespace(SparkSession spark) throws IOException {
    landing.write(
        "a.xml",
        """
        <?xml version="1.0"?>
        <p:Log xmlns:p="urn:pos" xmlns="urn:other">
          <p:Batch>
            <p:Sale p:id="1" kind="a&amp;b" till="7"><p:Item><Sku>x &lt; y</Sku></p:Item><p:Item/></p:Sale>
            <!-- <Sale id="0"/> -->
            <Sale id="2"><Item><Sku><![CDATA[<z>]]></Sku></Item><New colour="red">text</New></Sale>
          </p:Batch>
          <Sale id="3"/>
        </p:Log>
        """);

    assertRows(
        read(spark, sales("*.xml")).selectExpr("_position", "_id", "_kind", "Item", "other"),
        """
        _position | _id | _kind | Item              | other
        1         | 1   | a&b   | [{x < y}, {null}] | _till=7
        2         | 2   |       | [{<z>}]           | New=<New colour="red">text</New>
        3         | 3   |       |                   |
        """);
  }

  @Test
  void brokenXmlGivesWhatStandsBeforeTheBreak(SparkSession spark) throws IOException {
    landing.write(
        "a.xml", "<Log><Sale id=\"1\"/><Sale id=\"2\"/><Sale id=\"3\"><Item></Sale></Log>");
    landing.write("b.xml", "no xml");
    landing.write("c.xml", "");
    landing.write("d.xml", "<Log/>");

    assertRows(
        read(spark, sales("*.xml")),
        """
        file  | _position | _problem        | _id
        a.xml | 1         |                 | 1
        a.xml | 2         |                 | 2
        a.xml | 3         | unreadable-file |
        b.xml | 1         | unreadable-file |
        """);
  }

  @Test
  void nothingThatADocumentTypeNamesIsFetched(SparkSession spark) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    landing.write(
        "a.xml",
        """
        <!DOCTYPE Log SYSTEM "file:///nosuch.dtd" [<!ENTITY s SYSTEM "%s">]>
        <Log><Sale id="1"/><Sale id="2"><Item><Sku>[&s;]</Sku></Item></Sale></Log>
        """
            .formatted(secret.toUri()));

    assertThat(read(spark, sales("a.xml")).collectAsList())
        .extracting(Row::toString)
        .hasSizeGreaterThan(1)
        .noneMatch(row -> row.contains("secret,") || row.contains("[secret]"));
  }

  @Test
  void xmlThatDoesNotFitItsSchemaIsMalformed(SparkSession spark) throws IOException {
    landing.write("a.xml", "<Log><Sale id=\"1\"/><Sale id=\"one\"/></Log>");

    assertRows(
        read(spark, landing.source(Format.XML, "a.xml", "_id").records("Sale").schema("_id INT")),
        """
        _position | _problem  | _id
        1         |           | 1
        2         | malformed |
        """);
  }

  @Test
  void unknownFieldsOfJsonAreKeptAsText(SparkSession spark) throws IOException {
    landing.write(
        "a.jsonl",
        """
        {"id": 1, "new": {"a": [1, null]}, "n": 1.50, "no": null, "blank": " ", "JUNK": "x"}
        {"ID": 2, "yes": true}
        """);
    SourceBuilder source = landing.source(Format.JSONL, "a.jsonl", "id").ignore("junk");

    assertRows(
        read(spark, source.schema("id STRING")),
        """
        id | other
        1  | n=1.50 new={"a":[1,null]}
        2  | yes=true
        """);
  }

  @Test
  void fieldsOfJsonMayComeGoAndChangeTheirTypeFromFileToFile(SparkSession spark)
      throws IOException {
    landing.write("a.jsonl", "{\"id\": 1, \"amount\": 5, \"user\": {\"mail\": \"a@x.org\"}}\n");
    landing.write("b.jsonl", "{\"id\": \"2\", \"amount\": {\"eur\": 7}, \"user\": \"b\"}\n");
    landing.write("c.jsonl", "{\"id\": 3, \"amount\": [1]}\n");
    SourceBuilder source = landing.source(Format.JSONL, "*.jsonl", "id", "amount");

    assertRows(
        read(spark, source),
        """
        id | amount    | _problem
        1  | 5         |
        2  | {"eur":7} |
        3  | [1]       |
        """);
    assertRows(
        read(spark, source.schema("id STRING, amount INT")).select("id", "amount", "_problem"),
        """
        id | amount | _problem
        1  | 5      |
        2  |        | malformed
        3  |        | malformed
        """);
  }

  @Test
  void namesOfParquetFilesAreNoPatterns(SparkSession spark, @TempDir Path home) throws IOException {
    spark.sql("SELECT 7L AS id").coalesce(1).write().parquet(home + "/made");
    Path made;
    try (Stream<Path> files = Files.list(home.resolve("made"))) {
      made = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Files.copy(made, home.resolve("a[1]{x}?*.parquet"));
    SourceRules source =
        new SourceBuilder("pq")
            .format(Format.PARQUET)
            .path(home + "/a*.parquet")
            .touchpoint("id", Map.of("occurred_at", "now()", "type", "'x'"), Map.of())
            .build();

    Dataset<Row> rows = RawFiles.read(spark, source, RawFiles.list(spark, source));

    assertRows(rows.select("id", "_position"), "id | _position\n7 | 1\n");
  }

  @Test
  void columnsOfParquetMayComeGoAndChangeTheirTypeFromFileToFile(SparkSession spark) {
    spark
        .sql("SELECT 1 AS id, 5 AS amount, 'x' AS shop")
        .coalesce(1)
        .write()
        .parquet(folder + "/a");
    spark
        .sql("SELECT 'two' AS id, 5.5D AS amount, named_struct('a', 1) AS new")
        .coalesce(1)
        .write()
        .parquet(folder + "/b");
    spark.sql("SELECT 3L AS id").coalesce(1).write().parquet(folder + "/c");
    SourceBuilder source = landing.source(Format.PARQUET, "?", "id", "amount");

    assertRows(
        read(spark, source),
        """
        id  | amount | _problem | other
        1   | 5      |          | shop=x
        two | 5.5    |          | new={"a":1}
        3   |        |          |
        """);
    assertRows(
        read(spark, source.schema("id BIGINT, amount STRING")),
        """
        id  | amount | _problem  | _problem_detail
        1   | 5      |           |
            | 5.5    | malformed | Not of the declared type: id
        3   |        |           |
        """);
  }

  @Test
  void numbersWithinStructsOfParquetBecomeTheTextsThatAreDeclared(SparkSession spark) {
    spark
        .sql(
            "SELECT 7L AS id, array(named_struct('value', named_struct('int', 5L, 'text', 'x')),"
                + " named_struct('value', named_struct('int', NULL, 'text', 'y'))) AS params")
        .coalesce(1)
        .write()
        .parquet(folder + "/a");
    SourceBuilder source =
        landing
            .source(Format.PARQUET, "?", "id", "params.value.text")
            .schema(
                "id STRING, params ARRAY<STRUCT<value: STRUCT<text: STRING, int: STRING, gone:"
                    + " STRING>>>");

    assertRows(
        read(spark, source).selectExpr("id", "_problem", "params"),
        """
        id | _problem | params
        7  |          | [{{x, 5, null}}, {{y, null, null}}]
        """);
  }

  @Test
  void elementsOfAnArrayBecomeRecordsOfTheirOwn(SparkSession spark) throws IOException {
    landing.write(
        "a.jsonl",
        """
        {"id": 1, "items": [{"sku": "a"}, {"sku": "b"}]}
        {"id": 2, "items": []}
        {"id": 3}
        broken
        {"id": 4, "items": [{"sku": "c"}]}
        """);
    SourceBuilder source =
        landing
            .source(Format.JSONL, "a.jsonl", "id", "_item.sku")
            .schema("id STRING, items ARRAY<STRUCT<sku: STRING>>")
            .explode("items");

    assertRows(
        read(spark, source)
            .selectExpr(
                "_position >> 20 as record",
                "_position & 1048575 as place",
                "id",
                "_item.sku",
                "_problem"),
        """
        record | place | id | sku | _problem
        1      | 0     | 1  | a   |
        1      | 1     | 1  | b   |
        2      | 0     | 2  |     |
        3      | 0     | 3  |     |
        4      | 0     |    |     | malformed
        5      | 0     | 4  | c   |
        """);
  }

  private SourceBuilder sales(String glob) {
    return landing
        .source(Format.XML, glob, "_id")
        .records("Sale")
        .schema("_id STRING, _kind STRING, Item ARRAY<STRUCT<Sku: STRING>>");
  }
}

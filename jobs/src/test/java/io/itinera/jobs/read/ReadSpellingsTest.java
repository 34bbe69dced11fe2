package io.itinera.jobs.read;

import static io.itinera.jobs.read.Landing.read;
import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.FileRules.Format;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fields that differ in upper and lower case only are one; for CSV see ReadSeparatedTest. */
@ExtendWith(SparkExtension.class)
class ReadSpellingsTest {

  private static final String DECLARED =
      "messageId STRING, context STRUCT<page: STRUCT<URL: STRING>,"
          + " items: ARRAY<STRUCT<Sku: STRING>>>, tags MAP<STRING, STRING>";

  @TempDir private Path folder;
  private Landing landing;

  @BeforeEach
  void setUp() {
    landing = new Landing(folder);
  }

  @Test
  void declaredFieldsOfJsonAreReadInAnySpellingAtAllDepths(SparkSession spark) throws IOException {
    landing.write(
        "a.jsonl",
        """
        {"messageId":"m1","context":{"page":{"URL":"u1"},"items":[{"Sku":"s1"}]}}
        {"MESSAGEID":"m2","Context":{"PAGE":{"url":"u2"},"ITEMS":[{"sku":"s2"},{"SKU":"s3"}]}}
        {"messageid":12,"context":{"page":{"Url":"\\u00fc \\"x\\""}},"tags":{"Sku":"a","sku":"b"}}
        {"message_id":"m4","context":null}
        """);

    assertRows(
        read(spark, landing.source(Format.JSONL, "a.jsonl", "messageId").schema(DECLARED))
            .selectExpr(
                "_position",
                "_problem",
                "messageId",
                "context.page.URL AS url",
                "nullif(concat_ws(' ', context.items.Sku), '') AS sku",
                "nullif(concat_ws(' ', map_values(tags)), '') AS tags",
                "other"),
        """
        _position | _problem | messageId | url     | sku   | tags | other
        1         |          | m1        | u1      | s1    |      |
        2         |          | m2        | u2      | s2 s3 |      |
        3         |          | 12        | ü "x"   |       | a b  |
        4         |          |           |         |       |      | message_id=m4
        """);
    // What is shown, exported and hashed is the record as it was delivered.
    assertThat(
            read(spark, landing.source(Format.JSONL, "a.jsonl", "messageId").schema(DECLARED))
                .where("_position = 3")
                .select("_record")
                .head()
                .getString(0))
        .startsWith("{\"messageid\":12");
  }

  @Test
  void keysOfMapsAreReadInAnySpellingWhereSomebodyAsksForThem(SparkSession spark)
      throws IOException {
    landing.write(
        "a.jsonl",
        """
        {"messageId":"m1","tags":{"ORDER_ID":"o1","Colour":"red"}}
        {"messageId":"m2","tags":{"order_id":"","Order_Id":"o2"}}
        {"messageId":"m3","tags":{"orderid":"o3","OrderId":"o3"}}
        """);

    assertRows(
        read(
                spark,
                landing
                    .source(
                        Format.JSONL,
                        "a.jsonl",
                        "coalesce(tags['order_id'], tags['orderId'], tags['orderid'])")
                    .schema(DECLARED))
            .selectExpr(
                "messageId",
                "coalesce(tags['order_id'], tags['orderId'], tags['orderid']) AS order",
                "tags['Colour'] AS colour"),
        """
        messageId | order | colour
        m1        | o1    | red
        m2        | o2    |
        m3        | o3    |
        """);
  }

  @Test
  void ofTwoSpellingsThatWithAValueIsTakenThenTheSourcesOwn(SparkSession spark) throws IOException {
    landing.write(
        "a.jsonl",
        """
        {"messageid":"low","messageId":"own","MESSAGEID":"up"}
        {"messageid":"low","messageId":""}
        {"messageId":null,"MESSAGEID":" ","messageid":"low","MessageId":"mixed"}
        {"messageid":"same","messageId":"same"}
        {"messageId":"m","context":{"page":{"URL":"own","url":"low"}}}
        """);
    SourceBuilder source = landing.source(Format.JSONL, "a.jsonl", "messageId");

    String expected =
        """
        _position | messageId | url | other
        1         | own       |     | MESSAGEID=up messageid=low
        2         | low       |     |
        3         | low       |     | MessageId=mixed
        4         | same      |     |
        5         | m         | own | context.page.url=low
        """;
    assertRows(
        read(spark, source.schema(DECLARED))
            .selectExpr("_position", "messageId", "context.page.URL AS url", "other"),
        expected);
  }

  @Test
  void withoutSchemaFieldsAreReadAsExpressionsSpellThem(SparkSession spark) throws IOException {
    landing.write(
        "a.jsonl",
        """
        {"id":"1","person":{"Mail":"a"},"list":[{"Sku":"x"},{"sku":"y"}]}
        {"ID":"2","Person":{"mail":"b"},"list":[{"SKU":"z"}],"new":1}
        {"Id":"3","id":"three","NEW":2}
        """);

    assertRows(
        read(spark, landing.source(Format.JSONL, "a.jsonl", "Id", "person.MAIL"))
            .selectExpr(
                "_position",
                "Id",
                "person.MAIL",
                "nullif(concat_ws(' ', list.sku), '') AS sku",
                "other"),
        """
        _position | Id    | MAIL | sku | other
        1         | 1     | a    | x y | list=[{"Sku":"x"},{"sku":"y"}]
        2         | 2     | b    | z   | list=[{"SKU":"z"}] new=1
        3         | 3     |      |     | NEW=2 id=three
        """);
  }

  @Test
  void fieldsOfXmlAreReadInAnySpelling(SparkSession spark) throws IOException {
    landing.write(
        "a.xml",
        """
        <log>
          <SALE ID="1"><item><SKU>x</SKU></item><ITEM><Sku>y</Sku></ITEM></SALE>
          <Sale id="2" ID="z"><Item><sku>low</sku><Sku>own</Sku></Item><New>n</New></Sale>
        </log>
        """);

    assertRows(
        read(
                spark,
                landing
                    .source(Format.XML, "*.xml", "_id")
                    .records("Sale")
                    .schema("_id STRING, Item ARRAY<STRUCT<Sku: STRING>>"))
            .selectExpr("_position", "_id", "concat_ws(' ', Item.Sku) AS sku", "other"),
        """
        _position | _id | sku | other
        1         | 1   | x y |
        2         | 2   | own | New=<New>n</New> _ID=z
        """);
  }

  @Test
  void columnsOfParquetAreReadInAnySpelling(SparkSession spark) {
    spark
        .sql(
            "SELECT '1' AS MESSAGEID, named_struct('PAGE', named_struct('url', 'u1'),"
                + " 'items', array(named_struct('SKU', 's1'))) AS Context, 'n' AS new")
        .write()
        .parquet(folder + "/one");
    // A number where text is declared: then the structs are matched field by field.
    spark
        .sql(
            "SELECT 2 AS messageid, named_struct('page', named_struct('Url', 7),"
                + " 'ITEMS', array(named_struct('sku', 8))) AS context")
        .write()
        .parquet(folder + "/two");

    assertRows(
        read(spark, landing.source(Format.PARQUET, "*/*.parquet", "messageId").schema(DECLARED))
            .selectExpr(
                "_problem", "messageId", "context.page.URL AS url", "context.items.Sku[0] AS sku"),
        """
        _problem | messageId | url | sku
                 | 1         | u1  | s1
                 | 2         | 7   | 8
        """);
  }
}

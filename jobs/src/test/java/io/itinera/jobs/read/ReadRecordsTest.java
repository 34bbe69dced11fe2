package io.itinera.jobs.read;

import static io.itinera.testing.TableText.assertRows;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.FileRules.Format;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReadRecordsTest {

  @TempDir private Path landing;

  @Test
  void csvFilesOfDifferentHeadersAreReadByName(SparkSession spark) throws IOException {
    write("a.csv", "\ufeffid,name,ID\r\n1,Ada,x\r\n\r\n2,\"B, C\",\r\n3,too,many,fields\r\n4\r\n");
    write("b.csv", "Name;\n");
    write("c.csv", "NAME,id,position\nEve,5,7");
    write("d.csv", "");

    assertRows(
        read(spark, builder(Format.CSV, "*.csv", "id", "colour")),
        """
        file  | _position | _record          | _problem  | id | colour | other
        a.csv | 1         | 1,Ada,x          |           | 1  |        | ID=x name=Ada
        a.csv | 2         | 2,"B, C",        |           | 2  |        | name=B, C
        a.csv | 3         | 3,too,many,fields| malformed |    |        |
        a.csv | 4         | 4                | malformed |    |        |
        c.csv | 1         | Eve,5,7          |           | 5  |        | NAME=Eve position=7
        """);
  }

  @Test
  void csvOptionsAreThoseOfSpark(SparkSession spark) throws IOException {
    write("a.txt", "# till 7\n1|NULL|'a|''b'\n2|x|\u00fc\n", Charset.forName("ISO-8859-1"));
    SourceBuilder source =
        builder(Format.CSV, "a.txt", "id")
            .schema("id INT, note STRING, mark STRING, gone DATE")
            .option("header", "false")
            .option("sep", "|")
            .option("quote", "'")
            .option("escape", "'")
            .option("comment", "#")
            .option("nullValue", "NULL")
            .option("encoding", "ISO-8859-1");
    write("b.txt", "");

    List<Row> rows = read(spark, source).select("_position", "_problem").collectAsList();

    // Three fields where the schema declares four.
    assertThat(rows).extracting(row -> row.getString(1)).containsOnly("malformed");
  }

  @Test
  void declaredTypesAreCheckedAndDeclaredColumnsAreThere(SparkSession spark) throws IOException {
    write("a.csv", "id,made,note\n1,2026-01-01,x\ntwo,2026-01-01,\n3,,y\n", UTF_16);
    SourceBuilder source =
        builder(Format.CSV, "a.csv", "id", "note")
            .schema("ID INT, made DATE, gone TIMESTAMP")
            .option("encoding", "UTF-16");

    Dataset<Row> records = read(spark, source);
    assertThat(records.select("ID", "made", "gone").schema().toDDL())
        .isEqualTo("ID INT,made DATE,gone TIMESTAMP");
    assertRows(
        records,
        """
        file  | _position | _problem  | _problem_detail              | ID | made       | note | gone
        a.csv | 1         |           |                              | 1  | 2026-01-01 | x    |
        a.csv | 2         | malformed | Not of the declared type: ID |    | 2026-01-01 |      |
        a.csv | 3         |           |                              | 3  |            | y    |
        """);
  }

  @Test
  void quotedFieldMayGoOverSeveralLinesWhereTheOptionSaysSo(SparkSession spark) throws IOException {
    write("a.csv", "\ufeffid,note\r\n1,\"two\r\nlines\"\r\n2,one\r\n3,a,b\r\n");
    SourceBuilder many = builder(Format.CSV, "a.csv", "id", "note").option("multiLine", "true");

    assertThat(
            read(spark, many)
                .select("_position", "_problem", "_record", "id", "note")
                .collectAsList())
        .extracting(row -> row.toString().replace("\r", ""))
        .containsExactly(
            "[1,null,1,\"two\nlines\",1,two\nlines]",
            "[2,null,2,one,2,one]",
            "[3,malformed,3,a,b,null,null]");
  }

  @Test
  void brokenFilesGiveWhatStandsBeforeTheBreakAndSaySo(SparkSession spark) throws IOException {
    StringBuilder text = new StringBuilder("id\n");
    Random random = new Random(1);
    for (int i = 1; i <= 20_000; i++) {
      text.append(i).append("-").append(random.nextLong()).append('\n');
    }
    byte[] whole = gzip(text.toString());
    Files.write(landing.resolve("whole.csv.gz"), whole);
    Files.write(landing.resolve("half.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
    write("none.csv.gz", "id\n1\n");
    write("empty.csv.gz", "");

    List<Row> counts =
        read(spark, builder(Format.CSV, "*.gz", "id"))
            .groupBy("file", "_problem")
            .count()
            .orderBy("file", "_problem")
            .collectAsList();

    assertThat(counts).hasSize(4);
    assertThat(counts.get(0).getString(0)).isEqualTo("half.csv.gz");
    assertThat(counts.get(0).getLong(2)).isBetween(5_000L, 15_000L);
    assertThat(counts.subList(1, 4))
        .extracting(Row::toString)
        .containsExactly(
            "[half.csv.gz,unreadable-file,1]",
            "[none.csv.gz,unreadable-file,1]",
            "[whole.csv.gz,null,20000]");
  }

  @Test
  void jsonLinesAreTakenOneByOneAndTextStaysTextWithoutSchema(SparkSession spark)
      throws IOException {
    write(
        "a.jsonl",
        """
        {"id": 1, "user": {"mail": "a@x.org"}, "tags": ["x"]}
        {"id": "2", "user": null}

        {"id": 3} {"id": 4}
        [1]
        {"id": 5
        {"id": 6, "_path": "mine"}
        """);

    assertRows(
        read(spark, builder(Format.JSONL, "a.jsonl", "id", "user.phone", "shop.name", "user.mail"))
            .select("file", "_position", "_problem", "id", "user", "tags", "shop"),
        """
        file    | _position | _problem  | id | user            | tags | shop
        a.jsonl | 1         |           | 1  | {a@x.org, null} | [x]  |
        a.jsonl | 2         |           | 2  |                 |      |
        a.jsonl | 3         | malformed |    |                 |      |
        a.jsonl | 4         | malformed |    |                 |      |
        a.jsonl | 5         | malformed |    |                 |      |
        a.jsonl | 6         |           | 6  |                 |      |
        """);
  }

  @Test
  void jsonDocumentsGiveTheirRecordsWhateverTheirLayout(SparkSession spark) throws IOException {
    write(
        "a.json",
        "{\"page\": {\"rows\": [{\"id\": 1,\n \"n\": 1.50}, {\"id\": 2}, 7]}, \"x\": []}");
    write("b.json", "[{\"page\": {\"rows\": null}}, {}, {\"page\": {\"rows\": {\"id\": 3}}}]");
    write("c.json", "{\"page\": {\"other\": 1}}\n{\"page\": {\"rows\": [{\"id\": 4}, {\"id\": ");
    SourceBuilder source =
        builder(Format.JSON, "*.json", "id").records("page.rows").schema("id INT, n STRING");

    assertRows(
        read(spark, source).select("file", "_position", "_problem", "_record", "id", "n"),
        """
        file   | _position | _problem        | _record           | id | n
        a.json | 1         |                 | {"id":1,"n":1.50} | 1  | 1.5
        a.json | 2         |                 | {"id":2}          | 2  |
        a.json | 3         | malformed       | 7                 |    |
        b.json | 1         |                 | {"id":3}          | 3  |
        c.json | 1         | malformed       |                   |    |
        c.json | 2         |                 | {"id":4}          | 4  |
        c.json | 3         | unreadable-file |                   |    |
        """);
  }

  @Test
  void jsonThatDoesNotFitItsSchemaIsMalformed(SparkSession spark) throws IOException {
    write("a.json", "[{\"id\": 1}, {\"id\": \"one\"}]\n[{\"id\": 2, \"more\": true}]");
    SourceBuilder source = builder(Format.JSON, "*.json", "id").schema("id BIGINT");

    assertRows(
        read(spark, source).select("_position", "_problem", "id"),
        """
        _position | _problem  | id
        1         |           | 1
        2         | malformed |
        3         |           | 2
        """);
  }

  @Test
  void linesOfTextAreOneValue(SparkSession spark) throws IOException {
    write("logs/a.log", "first\r\n\nsecond\nthird");
    write("logs/_tmp.log", "half");
    write("logs/.hidden", "half");

    assertRows(
        read(spark, builder(Format.TEXT, "logs", "value")),
        """
        file  | _position | _problem | value
        a.log | 1         |          | first
        a.log | 2         |          | second
        a.log | 3         |          | third
        """);
  }

  @Test
  void parquetFilesKeepTheirTypesAndBrokenOnesAreRejected(SparkSession spark) throws IOException {
    spark
        .range(3)
        .selectExpr("id", "date '2026-01-01' as made")
        .coalesce(1)
        .write()
        .parquet(landing.resolve("a b.parquet").toString());
    write("broken.parquet", "PAR1 not really");

    assertRows(
        read(spark, builder(Format.PARQUET, "*.parquet", "id", "gone"))
            .selectExpr("_position", "_problem", "_record", "id", "made", "gone"),
        """
        _position | _problem        | _record                      | id | made       | gone
        1         |                 | {"id":0,"made":"2026-01-01"} | 0  | 2026-01-01 |
        2         |                 | {"id":1,"made":"2026-01-01"} | 1  | 2026-01-01 |
        3         |                 | {"id":2,"made":"2026-01-01"} | 2  | 2026-01-01 |
        1         | unreadable-file |                              |    |            |
        """);
  }

  @Test
  void nothingDeliveredIsNoError(SparkSession spark) {
    SourceBuilder source = builder(Format.JSONL, "nosuch/*.jsonl", "id");

    assertThat(RawFiles.list(spark, source.build())).isEmpty();
    assertThat(read(spark, source).select("id").count()).isZero();
    assertThat(RawFiles.isFolder(spark, landing.toString())).isTrue();
    assertThat(RawFiles.isFolder(spark, landing + "/nosuch")).isFalse();
  }

  private static Dataset<Row> read(SparkSession spark, SourceBuilder source) {
    return Landing.read(spark, source);
  }

  private SourceBuilder builder(Format format, String glob, String... columns) {
    return new Landing(landing).source(format, glob, columns);
  }

  private void write(String name, String text) throws IOException {
    write(name, text, UTF_8);
  }

  private void write(String name, String text, Charset charset) throws IOException {
    Path file = landing.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(charset));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}

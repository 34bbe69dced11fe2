package io.itinera.jobs.read;

import static io.itinera.jobs.read.Landing.read;
import static io.itinera.testing.TableText.assertRows;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.itinera.core.source.FileRules.Format;
import io.itinera.testing.SparkExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReadLinesTest {

  @TempDir private Path folder;
  private Landing landing;

  @BeforeEach
  void setUp() {
    landing = new Landing(folder);
  }

  @Test
  void groupsOfTheRegularExpressionAreTheColumns(SparkSession spark) throws IOException {
    landing.write(
        "a.log",
        """
        10:00 GET /a
        10:01 GET
        nonsense
        10:02 POST /b?c d
        """);

    assertRows(
        read(
            spark,
            landing
                .source(Format.TEXT, "a.log", "at", "target", "missing")
                .regex("(?<at>[0-9:]+) (?<method>[A-Z]+)(?: (?<target>.*))?")),
        """
        _position | _problem  | at    | target | missing | _record
        1         |           | 10:00 | /a     |         | 10:00 GET /a
        2         |           | 10:01 |        |         | 10:01 GET
        3         | malformed |       |        |         | nonsense
        4         |           | 10:02 | /b?c d |         | 10:02 POST /b?c d
        """);
  }

  @Test
  void lineThatIsTooMuchForJavasMatcherIsReadByTheOther(SparkSession spark) throws IOException {
    landing.write("a.log", "aaa\n" + "ab".repeat(200_000) + "\nbbb\n");

    assertRows(
        read(spark, landing.source(Format.TEXT, "a.log", "word").regex("(?<word>(?:a|b)*)"))
            .selectExpr("_position", "_problem", "length(word) AS letters"),
        """
        _position | _problem | letters
        1         |          | 3
        2         |          | 400000
        3         |          | 3
        """);
  }

  @Test
  void lineThatIsTooMuchForTheRegularExpressionIsRejected(SparkSession spark) throws IOException {
    landing.write("a.log", "aaa\n" + "ab".repeat(200_000) + "\nbbb\n");

    assertRows(
        read(spark, landing.source(Format.TEXT, "a.log", "word").regex("(?!c)(?<word>(?:a|b)*)"))
            .select("_position", "_problem", "word"),
        """
        _position | _problem  | word
        1         |           | aaa
        2         | malformed |
        3         |           | bbb
        """);
  }

  @Test
  void fieldsOfAW3cLogMayChangeInTheFile(SparkSession spark) throws IOException {
    landing.write(
        "ex.log",
        """
        \ufeff#Version: 1.0
        too early
        #Fields: date time cs-uri-stem cs(User-Agent)
        2026-01-01 10:00:00 /a Mozilla/5.0+(X11)
        #Date: 2026-01-01
        #Fields: time x-name\tx-note
        10:01:00 "Ada \"\"Bee\"\" C" -
        10:02:00  ""  "open
        10:03:00 one two three
        """);

    assertRows(
        read(spark, landing.source(Format.W3C, "ex.log", "time", "`x-name`", "`cs-uri-stem`"))
            .selectExpr(
                "_position",
                "_problem",
                "time",
                "nullif(`x-name`, '') as name",
                "`cs-uri-stem` as stem",
                "other"),
        """
        _position | _problem  | time     | name        | stem | other
        1         | malformed |          |             |      |
        2         |           | 10:00:00 |             | /a   | cs(User-Agent)=Mozilla/5.0+(X11) date=2026-01-01
        3         |           | 10:01:00 | Ada "Bee" C |      |
        4         |           | 10:02:00 |             |      | x-note=open
        5         | malformed |          |             |      |
        """);
  }

  @Test
  void filesPackedWithBzip2OrZstandardAreUnpacked(SparkSession spark) throws IOException {
    byte[] text = "{\"id\": 1}\n{\"id\": 2}\n".getBytes(UTF_8);
    landing.write("a.jsonl.bz2", bzip2(text));
    landing.write("b.jsonl.zst", Zstd.compress(text));
    byte[] frame = Zstd.compress("{\"id\": 3}\n".getBytes(UTF_8));
    byte[] twoFrames = Arrays.copyOf(frame, 2 * frame.length);
    System.arraycopy(frame, 0, twoFrames, frame.length, frame.length);
    landing.write("c.jsonl.zst", twoFrames);
    landing.write("d.jsonl.zst", "not packed".getBytes(UTF_8));
    landing.write("e.jsonl.bz2", "");
    landing.write("f.jsonl.zst", Arrays.copyOf(frame, frame.length - 2));

    assertRows(
        read(spark, landing.source(Format.JSONL, "*", "id")),
        """
        file        | _position | _problem        | id
        a.jsonl.bz2 | 1         |                 | 1
        a.jsonl.bz2 | 2         |                 | 2
        b.jsonl.zst | 1         |                 | 1
        b.jsonl.zst | 2         |                 | 2
        c.jsonl.zst | 1         |                 | 3
        c.jsonl.zst | 2         |                 | 3
        d.jsonl.zst | 1         | unreadable-file |
        f.jsonl.zst | 1         | unreadable-file |
        """);
  }

  @Test
  void lineLongerThanAnyRecordIsRejectedAndTheOthersLoad(SparkSession spark) throws IOException {
    landing.write("a.jsonl.gz", withLongLine("{\"id\": 1}\n", "{\"id\": \"", "\"}\n{\"id\": 2}\n"));
    landing.write("b.csv.gz", withLongLine("id\n1\n", "2", "\n3\n"));

    List<Row> json = rows(spark, Format.JSONL, "a.jsonl.gz");
    List<Row> csv = rows(spark, Format.CSV, "b.csv.gz");

    assertThat(json)
        .extracting(Row::toString)
        .containsExactly("[1,null,1,9]", "[2,malformed,null,1000]", "[3,null,2,9]");
    assertThat(csv)
        .extracting(Row::toString)
        .containsExactly("[1,null,1,1]", "[2,malformed,null,1000]", "[3,null,3,1]");
  }

  private List<Row> rows(SparkSession spark, Format format, String file) {
    return read(spark, landing.source(format, file, "id"))
        .selectExpr("_position", "_problem", "id", "length(_record)")
        .collectAsList();
  }

  private static byte[] withLongLine(String before, String start, String behind)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((before + start).getBytes(UTF_8));
      byte[] megabyte = "x".repeat(1_000_000).getBytes(UTF_8);
      for (int i = 0; i < 40; i++) {
        gzip.write(megabyte);
      }
      gzip.write(behind.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] bzip2(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BZip2Codec codec = new BZip2Codec();
    codec.setConf(new org.apache.hadoop.conf.Configuration());
    try (OutputStream packed = codec.createOutputStream(bytes)) {
      packed.write(text);
    }
    return bytes.toByteArray();
  }
}

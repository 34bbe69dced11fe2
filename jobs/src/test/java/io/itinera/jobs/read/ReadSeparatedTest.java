package io.itinera.jobs.read;

import static io.itinera.jobs.read.Landing.read;
import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.FileRules.Format;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReadSeparatedTest {

  @TempDir private Path folder;
  private Landing landing;

  @BeforeEach
  void setUp() {
    landing = new Landing(folder);
  }

  @Test
  void fieldsBetweenTabsAreTakenAsTheyAre(SparkSession spark) throws IOException {
    landing.write("a.tsv", "id\tname\tnew\n1\t\"Ada\tx\n2\tback\\\t\n\n3\tEve\n");

    assertRows(
        read(spark, landing.source(Format.TSV, "a.tsv", "id", "name")),
        """
        _position | _problem  | id | name  | other
        1         |           | 1  | "Ada  | new=x
        2         |           | 2  | back\\ |
        3         | malformed |    |       |
        """);
  }

  @Test
  void escapedTabsAndLineEndsAreData(SparkSession spark) throws IOException {
    landing.write("a.tsv", "id\tname\n1\ta\\\tb\n2\ttwo\\\nlines\\\\\n3\tplain\n4\tend\\");
    SourceBuilder source = landing.source(Format.TSV, "a.tsv", "id", "name").option("escape", "\\");

    List<Row> rows =
        read(spark, source)
            .select("_position", "_problem", "id", "name", "_record")
            .collectAsList();

    assertThat(rows)
        .extracting(Row::toString)
        .containsExactly(
            "[1,null,1,a\tb,1\ta\\\tb]",
            "[2,null,2,two\nlines\\,2\ttwo\\\nlines\\\\]",
            "[3,null,3,plain,3\tplain]",
            "[4,null,4,end,4\tend\\]");
  }

  @Test
  void headerMayLieInAFileOfItsOwnBesideTheData(SparkSession spark) throws IOException {
    landing.write("one/headers.tsv", "id\tname\tid\n");
    landing.write("one/hit_data.tsv", "1\tAda\tx\n");
    landing.write("two/headers.tsv", "name\tid\n");
    landing.write("two/hit_data.tsv", "Bob\t2\n");
    landing.write("none/hit_data.tsv", "3\tEve\n");

    assertRows(
        read(
            spark,
            landing
                .source(Format.TSV, "*/hit_data.tsv", "id", "name", "id_2")
                .headerFile("headers.tsv")),
        """
        _position | _problem        | id | name | id_2
        1         |                 | 1  | Ada  | x
        1         |                 | 2  | Bob  |
        """);
  }

  @Test
  void rowsBehindTheHeaderAreNoRecordsAsLongAsTheyLookLikeThat(SparkSession spark)
      throws IOException {
    landing.write(
        "three.csv",
        """
        Id,Day,Score
        "Response ID",Tag,"How likely are you
        to recommend us?"
        "{""ImportId"":""_id""}","{""ImportId"":""day""}","{""ImportId"":""Q1""}"
        r1,2026-01-31,9
        Response ID,Tag,How likely
        """);
    landing.write("two.csv", "Id,Day,Score\nResponse ID,Day,How likely\nr2,2026-01-31,8\n");
    landing.write("one.csv", "Id,Day,Score\nr3,2026-01-31,7\n");
    landing.write("head.csv", "Id,Day,Score\nResponse ID,Day,How likely\n");
    // Neither columns that are empty nor those that are not there say what a row is.
    landing.write("empty.csv", "Id,Day,Score\nResponse ID,,How likely\n,,5\nResponse ID,Day,x\n");
    landing.write("other.csv", "Number,Score\nResponse ID,6\n");
    landing.write("broken.csv", "Id,Day,Score\nonly one\nResponse ID,Day,How likely\n");

    assertRows(
        read(
            spark,
            landing
                .source(Format.CSV, "*.csv", "id", "score")
                .option("multiLine", "true")
                .option("escape", "\"")
                .skipRows(
                    Map.of("ID", "Response ID|\\{.*", "Day", "[A-Za-z]+|\\{.*", "None", "x"))),
        """
        file       | _position | _problem  | Id          | Score
        broken.csv | 1         | malformed |             |
        broken.csv | 2         |           | Response ID | How likely
        empty.csv  | 1         |           |             | 5
        empty.csv  | 2         |           | Response ID | x
        one.csv    | 1         |           | r3          | 7
        other.csv  | 1         |           |             | 6
        three.csv  | 1         |           | r1          | 9
        three.csv  | 2         |           | Response ID | How likely
        two.csv    | 1         |           | r2          | 8
        """);
  }

  @Test
  void rowsMayLackTheirLastFieldsOnlyWhereTheVendorAddsColumns(SparkSession spark)
      throws IOException {
    landing.write("a.csv", "id,name,city,tier\n1,Ada,Bonn,gold\n2,Bob,Bern\n3,Eve\n4\n5,a,b,c,d\n");
    SourceBuilder source = landing.source(Format.CSV, "a.csv", "id", "name", "tier");

    assertRows(
        read(spark, source),
        """
        _position | _problem  | id | name | tier
        1         |           | 1  | Ada  | gold
        2         | malformed |    |      |
        3         | malformed |    |      |
        4         | malformed |    |      |
        5         | malformed |    |      |
        """);
    // A quarter of a row is rather a broken one.
    assertRows(
        read(spark, source.fillShortRows()),
        """
        _position | _problem  | id | name | tier
        1         |           | 1  | Ada  | gold
        2         |           | 2  | Bob  |
        3         |           | 3  | Eve  |
        4         | malformed |    |      |
        5         | malformed |    |      |
        """);
  }

  @Test
  void namesThatDifferInCaseAreOneField(SparkSession spark) throws IOException {
    landing.write("a.csv", "ID,e_mail,Email,new,NEW\n1,x,a@b.example,n1,n2\n");
    landing.write(
        "b.csv", "id,Email,email,EMAIL\n2,up,low,UP\n3,,,UP\n4,up,,up\n5,same,same,same\n");

    assertRows(
        read(spark, landing.source(Format.CSV, "*.csv", "id", "email")),
        """
        file  | id | email       | other
        a.csv | 1  | a@b.example | NEW=n2 e_mail=x new=n1
        b.csv | 2  | low         | EMAIL=UP Email=up
        b.csv | 3  | UP          |
        b.csv | 4  | up          |
        b.csv | 5  | same        |
        """);
  }

  @Test
  void blankIsNothing(SparkSession spark) throws IOException {
    landing.write("a.csv", "id,name,new\n1,\"  \",\" \"\n2,\"\",\n\u00a0,x,y\n");

    assertThat(
            read(spark, landing.source(Format.CSV, "a.csv", "id", "name"))
                .where("name IS NULL AND other IS NULL")
                .count())
        .isEqualTo(2);
  }

  @Test
  void codesAreTranslatedByTheFileBesideTheData(SparkSession spark) throws IOException {
    landing.write("one/browser.tsv", "1\tFirefox\n2\tOpera\tMini\n\nbad line\n");
    landing.write("one/hits.tsv", "id\tbrowser\na\t1\nb\t2\nc\t3\nd\t\n");
    landing.write("two/browser.tsv", "1\tSafari\n");
    landing.write("two/hits.tsv", "id\tbrowser\ne\t1\n");

    assertRows(
        read(
            spark,
            landing
                .source(Format.TSV, "*/hits.tsv", "id", "browser_name")
                .lookup("browser_name", "browser", "browser.tsv")),
        """
        id | browser | browser_name
        a  | 1       | Firefox
        b  | 2       | Opera\tMini
        c  | 3       |
        d  |         |
        e  | 1       | Safari
        """);
  }

  @Test
  void codesAreTranslatedByColumnsOfACsvFileBesideTheData(SparkSession spark) throws IOException {
    landing.write("channels-1.csv", "code;label\n7;old\n");
    landing.write("channels-2.csv", "label;code\n\"Mail; paper\";7\nPhone;8\nFax;8\n");
    landing.write("calls.csv", "id;channel\na;7\nb;8\nc;9\n");

    assertRows(
        read(
            spark,
            landing
                .source(Format.CSV, "calls.csv", "id", "channel_name")
                .option("sep", ";")
                .lookup("channel_name", "channel", "channels-*.csv", "code", "label")),
        """
        id | channel | channel_name
        a  | 7       | Mail; paper
        b  | 8       | Phone;Fax
        c  | 9       |
        """);
  }

  @Test
  void fileWaitsForItsTranslationsAndIsUnreadableIfTheyDoNotFit(SparkSession spark)
      throws IOException {
    landing.write("calls.csv", "id,channel\na,7\n");
    SourceBuilder calls = landing.source(Format.CSV, "calls.csv", "id", "channel_name");

    // It waits for them, until they come; but what has come must fit.
    assertThat(read(spark, calls.lookup("channel_name", "channel", "nosuch.tsv")).isEmpty())
        .isTrue();
    landing.write("channels.csv", "code,text\n7,Mail\n");
    assertThat(
            read(spark, calls.lookup("channel_name", "channel", "channels.csv", "code", "label"))
                .select("_problem", "_problem_detail")
                .head()
                .toString())
        .contains("unreadable-file", "channels.csv has no column code, or no label");
  }

  @Test
  void whatStandsBehindAnUnclosedQuoteIsRejectedAndNotLost(SparkSession spark) throws IOException {
    landing.write(
        "middle.csv", "id,note,city\n1,\"a\nb\",Bonn\n2,\"open,Bern\n3,c,Kiel\n4,d,Ulm\n");
    landing.write("last.csv", "id,city,note\n1,Bonn,\"a\nb\"\n2,Bern,\"open\n3,Kiel,c\n4,Ulm,d\n");
    landing.write("whole.csv", "id,city,note\n1,\"B\"\"x\"\"\",5\" high\n2,a,\"b,\nc\"");

    List<Row> rows =
        read(
                spark,
                landing
                    .source(Format.CSV, "*.csv", "id", "note")
                    .option("multiLine", "true")
                    .option("escape", "\""))
            .orderBy("file", "_position")
            .select("file", "_position", "_problem", "id", "_record")
            .collectAsList();

    assertThat(rows)
        .extracting(Row::toString)
        .containsExactly(
            "[last.csv,1,null,1,1,Bonn,\"a\nb\"]",
            "[last.csv,2,malformed,null,2,Bern,\"open\n3,Kiel,c\n4,Ulm,d]",
            "[middle.csv,1,null,1,1,\"a\nb\",Bonn]",
            "[middle.csv,2,malformed,null,2,\"open,Bern\n3,c,Kiel\n4,d,Ulm]",
            "[whole.csv,1,null,1,1,\"B\"\"x\"\"\",5\" high]",
            "[whole.csv,2,null,2,2,a,\"b,\nc\"]");
  }

  @Test
  void unknownColumnsAreKeptUnlessTheyAreIgnored(SparkSession spark) throws IOException {
    landing.write("a.csv", "id,Colour,size,junk\n1,red,, \n2,blue,9,x\n");
    SourceBuilder source = landing.source(Format.CSV, "a.csv", "id");

    assertRows(
        read(spark, source),
        """
        id | other
        1  | Colour=red
        2  | Colour=blue junk=x size=9
        """);
    assertRows(
        read(spark, source.ignore("junk", "colour")),
        """
        id | other
        1  |
        2  | size=9
        """);
    assertThat(read(spark, source.ignore("*")).where(col("_other").isNotNull()).count()).isZero();
  }

  @Test
  void columnsMayComeGoAndChangeTheirTypeFromFileToFile(SparkSession spark) throws IOException {
    landing.write("a.csv", "id,amount\n1,5\n");
    landing.write("b.csv", "amount,id,shop\nfive,2,Bonn\n");
    landing.write("c.csv", "id\n3\n");
    SourceBuilder source = landing.source(Format.CSV, "*.csv", "id", "amount");

    assertRows(
        read(spark, source),
        """
        id | amount | _problem | other
        1  | 5      |          |
        2  | five   |          | shop=Bonn
        3  |        |          |
        """);
    assertRows(
        read(spark, source.schema("id STRING, amount INT")),
        """
        id | amount | _problem  | other
        1  | 5      |           |
        2  |        | malformed | shop=Bonn
        3  |        |           |
        """);
  }
}

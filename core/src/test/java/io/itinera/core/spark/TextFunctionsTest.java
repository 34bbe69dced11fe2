package io.itinera.core.spark;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.itinera.core.function.HtmlText;
import io.itinera.core.function.SalesforceId;
import io.itinera.core.function.WebAddress;
import io.itinera.testing.SparkExtension;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class TextFunctionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '^',
      value = {
        // The address                       | host              | path
        "https://shop.example/a/b?x=1#y      | shop.example      | /a/b",
        "HTTPS://Shop.EXAMPLE:8443/A?x=/b    | shop.example      | /A",
        "http://user:pass@www.a.example/x    | www.a.example     | /x",
        "http://a@b@c.example/x              | c.example         | /x",
        "https://[2001:DB8::1]:443/x         | [2001:db8::1]     | /x",
        "https://[2001:db8::1/x              | -                 | /x",
        "https://münchen.example/straße      | münchen.example   | /straße",
        "https://shop.example                | shop.example      | -",
        "https://shop.example?x=1            | shop.example      | -",
        "https://shop.example#top            | shop.example      | -",
        "https://shop.example/a%2Fb/%zz+c    | shop.example      | /a%2Fb/%zz+c",
        "//cdn.example/x                     | cdn.example       | /x",
        "/cart?step=2                        | -                 | /cart",
        "android-app://com.example.shop/home | com.example.shop  | /home",
        "file:///tmp/x                       | -                 | /tmp/x",
        "www.shop.example/a                  | -                 | -",
        "mailto:ann@shop.example             | -                 | -",
        "https://not a host/x                | -                 | /x",
        "1https://shop.example/a             | -                 | -",
        "^  https://shop.example/a  ^        | shop.example      | /a",
        "://                                 | -                 | -",
        "?x=1                                | -                 | -",
        "^^                                  | -                 | -",
      })
  void hostAndPathOfAnAddress(String url, String host, String path) {
    assertThat(WebAddress.host(url)).isEqualTo(host);
    assertThat(WebAddress.path(url)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '^',
      value = {
        "https://a.example/?utm_source=x           | utm_source | x",
        "https://a.example/?b=2&a=1#a=3            | a          | 1",
        "https://a.example/#?a=3                   | a          | -",
        "https://a.example/?xa=1&a.=2              | a          | -",
        "?a=1                                      | a          | 1",
        "a=1&b=2                                   | a          | -",
        // Twice: the first that says something.
        "/x?a=&a=1&a=2                             | a          | 1",
        "/x?a&a=                                   | a          | -",
        "/x?a=1?b=2                                | a          | 1?b=2",
        "/x?a=b=c                                  | a          | b=c",
        "/x?b=1&amp;a=2                            | a          | 2",
        "/x?&&a=2&                                 | a          | 2",
        // Escapes, also of the name.
        "/x?a=summer+sale%20%2B10%25               | a          | summer sale +10%",
        "/x?utm%5Fsource=x                         | utm_source | x",
        "/x?q[a]=1                                 | q[a]       | 1",
        "/x?A=1                                    | a          | -",
        "/x?a=caf%C3%A9                            | a          | café",
        "/x?a=café%20x                             | a          | café x",
        "/x?a=100%                                 | a          | 100%",
        "/x?a=%zz%4                                | a          | %zz%4",
        // No UTF-8: as old sites write it.
        "/x?a=M%FCnchen                            | a          | München",
        "/x?a=%F0%9F%98%80                         | a          | 😀",
      })
  void parameterOfAnAddress(String url, String name, String value) {
    assertThat(WebAddress.parameter(url, name)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '^',
      value = {
        "Tom &amp; Jerry      | Tom & Jerry",
        "&amp;lt;b&amp;gt;    | &lt;b&gt;",
        "&#39;&#x27;&apos;    | '''",
        "&euro;5 &Uuml;&uuml; | €5 Üü",
        "&#8364;&#128;&#x80;  | €€€",
        "&#128512;            | 😀",
        "&#0;&#xD800;&#x110000; | \uFFFD\uFFFD\uFFFD",
        "&#99999999999;&#;&#x; | &#99999999999;&#;&#x;",
        "a & b &unknown; &amp | a & b &unknown; &amp",
        "&&amp;&              | &&&",
        "^^                   | ^^",
      })
  void referencesOfHtmlAreResolvedOnce(String text, String plain) {
    assertThat(HtmlText.unescaped(text)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '^',
      value = {
        "<p>Hello,<br/>it&#39;s <b>late</b>.</p>            | Hello, it's late .",
        "1 < 2 and 3 > 2                                    | 1 < 2 and 3 > 2",
        "a <3 b                                             | a <3 b",
        "&lt;b&gt; is&nbsp;&nbsp;bold                       | <b> is bold",
        "<style>p { x: '<b>' }</style>Hi<SCRIPT a='b'>x()</script> | Hi",
        "<!-- <p>old</p> -->new                             | new",
        "<styled>x</styled>                                 | x",
        "before<style>never closed > it goes on             | before never closed > it goes on",
        "<head><title>T</title></HEAD ><header>Hi</header>  | Hi",
        "an <open tag                                       | an <open tag",
        "<p> <br> </p>                                      | -",
        "^^                                                 | -",
      })
  void textOfHtmlIsWhatAPersonReads(String html, String read) {
    assertThat(HtmlText.read(html)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '^',
      value = {
        "00D7F000000abcD    | 00D7F000000abcDUAQ",
        "001A0000006Vm9r    | 001A0000006Vm9rIAC",
        "001A0000006Vm9rIAC | 001A0000006Vm9rIAC",
        "aaaaaaaaaaaaaaa    | aaaaaaaaaaaaaaaAAA",
        "AAAAAAAAAAAAAAA    | AAAAAAAAAAAAAAA555",
        "000000000000000    | -",
        "000000000000000AAA | -",
        "00D7F000000abc-    | 00D7F000000abc-",
        "00D7F000000abcé    | 00D7F000000abcé",
        "12                 | 12",
        "^^                 | ^^",
      })
  void salesforceIdHas18Characters(String id, String whole) {
    assertThat(SalesforceId.of(id)).isEqualTo(whole);
  }

  @Test
  void hugeTextsTakeNoTime() {
    String many = "a".repeat(300_000);

    assertTimeout(
        ofSeconds(10),
        () -> {
          assertThat(WebAddress.parameter("/x?" + "a&%61=".repeat(200_000) + "&b=1", "b"))
              .isEqualTo("1");
          assertThat(WebAddress.host("http://" + many + "@" + many)).isEqualTo(many);
          assertThat(HtmlText.read("<a".repeat(300_000))).hasSize(600_000);
          assertThat(HtmlText.read("<style></".repeat(100_000) + ">")).isNull();
          assertThat(HtmlText.read("<!--".repeat(100_000) + ">")).isNull();
          assertThat(HtmlText.unescaped("&#1".repeat(200_000))).hasSize(600_000);
        });
  }

  @Test
  void functionsAreCalledInExpressions(SparkSession spark) {
    assertThat(row(spark, "url_host(a)", "url_path(a)", "URL_PARAM(a, 'q')"))
        .isEqualTo("[a.example,/x,1]");
    assertThat(row(spark, "url_page(a)", "url_page(d)")).isEqualTo("[/x,null]");
    assertThat(row(spark, "html_text(b)", "unescape_html(b)", "salesforce_id(c)"))
        .isEqualTo("[& b,<i>&</i> b,001A0000006Vm9rIAC]");
    assertThat(row(spark, "url_host(d)", "url_param(a, d)", "html_text(d)", "salesforce_id(d)"))
        .isEqualTo("[null,null,null,null]");
  }

  @Test
  void functionsSayHowTheyAreCalled() {
    assertThatThrownBy(() -> PatternFunctions.expr("url_param(a)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("url_param(url, name)");
    assertThatThrownBy(() -> PatternFunctions.expr("html_text(a, b)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("html_text(text)");
  }

  private static String row(SparkSession spark, String... expressions) {
    Row row =
        spark
            .sql(
                "SELECT 'https://a.example/x?q=1' AS a, '<i>&amp;</i> b' AS b,"
                    + " '001A0000006Vm9r' AS c, CAST(NULL AS STRING) AS d")
            .select(Stream.of(expressions).map(PatternFunctions::expr).toArray(Column[]::new))
            .first();
    return row.toString();
  }
}

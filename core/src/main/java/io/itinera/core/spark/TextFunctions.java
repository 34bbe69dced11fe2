package io.itinera.core.spark;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.itinera.core.function.HtmlText;
import io.itinera.core.function.SalesforceId;
import io.itinera.core.function.WebAddress;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Functions of our own that make a text of a text. Each is null where one of its arguments is.
 *
 * <ul>
 *   <li>{@code url_param(url, name)}: the first value of the parameter in the address's query that
 *       is not empty, its escapes resolved as forms write them (WHATWG URL, section 5.1: {@code +}
 *       is a blank, an escape that is none stays). Bytes that are no UTF-8 are read as
 *       Windows-1252. An ampersand escaped as in HTML parts parameters, too. Null without one.
 *   <li>{@code url_host(url)}: its host in small letters, without user and port; an IPv6 address
 *       stands in brackets (RFC 3986, section 3.2.2). Null where there is no {@code //} before one.
 *   <li>{@code url_path(url)}: its path, from the first {@code /} to query or fragment, escapes as
 *       they are, since {@code %2F} parts nothing (RFC 3986, section 2.2). Null where it is empty.
 *   <li>{@code url_page(url)}: its path, or all of a text that is no address, without query,
 *       fragment and {@code /} at the end, and with {@code {id}} in place of each part that is a
 *       number, a UUID, or a hexadecimal number of sixteen digits or more. Null where it is empty.
 *   <li>{@code unescape_html(text)}: characters in place of HTML's references to them, by name
 *       (HTML 4.01, section 24) or number; what is none stays as it is.
 *   <li>{@code html_text(html)}: what a person reads of it: without tags, comments, heads, scripts
 *       and styles, references resolved, every run of blanks as one. Null where nothing is left.
 *   <li>{@code salesforce_id(id)}: Salesforce's id of 15 characters as that of 18; any other text
 *       as it is; null for the id of nothing, 000000000000000AAA.
 * </ul>
 *
 * Public only because generated code calls it.
 */
public final class TextFunctions {

  /** Name of a function to the method that it is. */
  private static final Map<String, String> METHODS =
      Map.of(
          "url_param", "urlParam",
          "url_host", "urlHost",
          "url_path", "urlPath",
          "url_page", "urlPage",
          "unescape_html", "unescapeHtml",
          "html_text", "htmlText",
          "salesforce_id", "salesforceId");

  private TextFunctions() {}

  /** Whether there is one of that name. */
  static boolean has(String name) {
    return METHODS.containsKey(name);
  }

  /** Names of the functions. */
  static Iterable<String> names() {
    return METHODS.keySet();
  }

  /**
   * The function of that name.
   *
   * @throws IllegalArgumentException if it takes other arguments
   */
  static Expression of(String name, List<Expression> arguments) {
    boolean isParameter = name.equals("url_param");
    List<DataType> texts = isParameter ? List.of(StringType, StringType) : List.of(StringType);
    if (arguments.size() != texts.size()) {
      throw new IllegalArgumentException(
          "The function is called as %s(%s)".formatted(name, isParameter ? "url, name" : "text"));
    }
    return new JavaMethod(TextFunctions.class, METHODS.get(name), StringType, texts).of(arguments);
  }

  /** The first value of the parameter {@code name} that is not empty; null without one. */
  public static UTF8String urlParam(UTF8String url, UTF8String name) {
    return text(WebAddress.parameter(url.toString(), name.toString()));
  }

  /** The host of {@code url}; null where it names none. */
  public static UTF8String urlHost(UTF8String url) {
    return text(WebAddress.host(url.toString()));
  }

  /** The path of {@code url}; null where it has none. */
  public static UTF8String urlPath(UTF8String url) {
    return text(WebAddress.path(url.toString()));
  }

  /** What page {@code url} is; null where it is empty. */
  public static UTF8String urlPage(UTF8String url) {
    return text(WebAddress.page(url.toString()));
  }

  /** Characters in place of HTML's references to them. */
  public static UTF8String unescapeHtml(UTF8String text) {
    return text(HtmlText.unescaped(text.toString()));
  }

  /** What a person reads of {@code html}; null where that is nothing. */
  public static UTF8String htmlText(UTF8String html) {
    return text(HtmlText.read(html.toString()));
  }

  /** Salesforce's id with 18 characters; null for the id of nothing. */
  public static UTF8String salesforceId(UTF8String id) {
    return text(SalesforceId.of(id.toString()));
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }
}

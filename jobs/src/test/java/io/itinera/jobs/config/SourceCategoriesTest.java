package io.itinera.jobs.config;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which category of sites the shipped patterns of marketing channels find a source in. */
class SourceCategoriesTest {

  private static final Path SOURCES =
      Path.of(
          System.getProperty("shared.data", "../../shared/data"), "ga4/ga4_source_categories.csv");

  private static final Map<String, Pattern> SITES =
      Stream.of("ai", "search", "shopping", "social", "video")
          .collect(toMap(name -> name, name -> pattern(name)));

  @Test
  void everySourceThatGoogleListsIsInItsCategoryOnly() throws IOException {
    assumeTrue(Files.isRegularFile(SOURCES), () -> "skipped: there is no file " + SOURCES);

    List<String> listed =
        Files.readAllLines(SOURCES).stream().skip(1).map(row -> line(row)).toList();

    assertThat(listed).hasSize(819).allSatisfy(line -> assertThat(found(line)).isEqualTo(line));
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.google.de/, search",
    "https://www.google.com.au/search?q=shoes, search",
    "https://www.bing.com:443/, search",
    "https://r.search.yahoo.com/_ylt=a, search",
    "android-app://com.google.android.googlequicksearchbox/, search",
    "https://l.instagram.com/, social",
    "https://t.co/abc, social",
    "https://x.com, social",
    "android-app://com.linkedin.android/, social",
    "https://m.youtube.com/watch?v=a, video",
    "https://www.amazon.co.jp/, shopping",
    "https://chatgpt.com/, ai",
    "https://gemini.google.com/app, ai",
    "https://mail.google.com/, ''",
    "https://mail.yahoo.com/, ''",
    "https://aws.amazon.com/, ''",
    "https://google.example.com/, ''",
    "https://shop.example/?from=google.com, ''",
    "https://best.co/, ''",
    "metadata, ''",
    "newsletter, ''"
  })
  void referrerIsInCategoryOfItsHost(String referrer, String category) {
    assertThat(categories(referrer)).isEqualTo(category);
  }

  private static String line(String row) {
    int comma = row.lastIndexOf(',');
    String category = row.substring(comma + 1).replace("SOURCE_CATEGORY_", "");
    return (row.substring(0, comma) + " " + category).toLowerCase(Locale.ROOT);
  }

  private static String found(String line) {
    String source = line.substring(0, line.lastIndexOf(' '));
    return source + " " + categories(source);
  }

  private static String categories(String source) {
    return String.join(
        " ",
        SITES.keySet().stream()
            .filter(name -> SITES.get(name).matcher(source).find())
            .sorted()
            .toList());
  }

  private static Pattern pattern(String name) {
    Config channels =
        Presets.shipped("conf/reference.conf").resolve().getConfig("itinera.marketing-channels");
    return Pattern.compile(channels.getString("patterns." + name + "-sites"));
  }
}

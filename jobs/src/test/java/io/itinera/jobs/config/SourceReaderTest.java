package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Lookup;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {

  @TempDir private Path folder;

  @Test
  void sourceOfDeletesWithdrawsWhatIsAnothers() {
    SourceRules source =
        read(
            """
            itinera.sources.gone {
              format = jsonl, path = /x, version-at = "at"
              deletes { source = shop, touchpoint = "order_id", profile = "customer_id" }
            }
            """);

    assertThat(source.touchpoint()).contains(tombstone("order_id"));
    assertThat(source.profile()).contains(tombstone("customer_id"));
    assertThat(source.needsDates()).isTrue();
    assertThat(source.deliveries().versionAt()).contains("at");
  }

  @Test
  void sourceOfDeletesMayWithdrawOneKindOnly() {
    SourceRules source =
        read(
            """
            itinera.sources.gone {
              format = jsonl, path = /x, redated = false
              deletes { source = shop, profile = "customer_id" }
            }
            """);

    assertThat(source.touchpoint()).isEmpty();
    assertThat(source.profile()).contains(tombstone("customer_id"));
    assertThat(source.needsDates()).isFalse();
  }

  @Test
  void filesMayNeedTheirNeighbours() {
    FileRules files =
        read("""
        itinera.sources.adobe {
          format = tsv, path = /x, options { escape = "\\\\" }
          header-file = "column_headers.tsv", skip-rows { shop = "[a-z]+" }, short-rows = fill
          manifest = "*.txt"
          ignore = [a, b], explode = "items"
          lookups {
            browser_name { column = browser, file = "browser.tsv" }
            shop_name { column = shop, file = "shops-*.csv", key = code, value = label }
          }
          touchpoint {
            occurred-at = t, channel = c, type = browser_name, identifiers.email = m }
        }
        """)
            .files();

    assertThat(files.headerFile()).contains("column_headers.tsv");
    assertThat(files.skipRows()).isEqualTo(Map.of("shop", "[a-z]+"));
    assertThat(files.shortRows()).isEqualTo(FileRules.ShortRows.FILL);
    assertThat(files.manifest()).contains("*.txt");
    assertThat(files.ignored()).isEqualTo(Set.of("a", "b"));
    assertThat(files.explode()).contains("items");
    assertThat(files.options()).isEqualTo(Map.of("escape", "\\"));
    assertThat(files.lookups())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                new Lookup("browser_name", "browser", "browser.tsv", "", ""),
                new Lookup("shop_name", "shop", "shops-*.csv", "code", "label")));
  }

  @Test
  void severalClocksAreOneExpressionThatNamesThem() {
    SourceRules source =
        read(
            """
            itinera.sources.app {
              format = jsonl, path = /x, schema = "at STRING, context STRUCT<sent: STRING>, got STRING"
              touchpoint {
                occurred-at = ["at", "context.sent"], received-at = "got", page = "at"
                channel = "'app'", type = "'x'", identifiers.email = "at" }
            }
            """);

    assertThat(source.touchpoint().orElseThrow().columns())
        .containsEntry("occurred_at", "named_struct('at', (at\n), 'sent', (context.sent\n))")
        .containsEntry("received_at", "got")
        .containsEntry("page", "at");
  }

  private static MappingRules tombstone(String recordId) {
    return new MappingRules(
        Optional.of("shop"),
        Optional.empty(),
        Optional.of(recordId),
        Map.of(MappingRules.DELETED, "true"),
        Map.of(),
        Map.of());
  }

  private SourceRules read(String hocon) {
    return ConfigText.read(folder, hocon).sources().get(0);
  }
}

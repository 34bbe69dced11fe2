package io.itinera.core.raw;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.pattern.SafePattern;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Ids that advertising networks add to the address of a page when their advertisement is clicked.
 * Many an analytics tool keeps only the address.
 */
final class ClickIds {

  /**
   * Parameters, which become properties of the same names. Google: gclid, gbraid, wbraid, dclid,
   * srsltid; Microsoft: msclkid; Yandex: yclid; Meta: fbclid, igshid; TikTok: ttclid; X: twclid;
   * LinkedIn: li_fat_id; Snapchat: ScCid; Reddit: rdt_cid; Pinterest: epik; Quora: qclid; Taboola:
   * tblci; Outbrain: dicbo.
   */
  static final List<String> NAMES =
      List.of(
          "gclid",
          "gbraid",
          "wbraid",
          "dclid",
          "srsltid",
          "msclkid",
          "yclid",
          "fbclid",
          "igshid",
          "ttclid",
          "twclid",
          "li_fat_id",
          "ScCid",
          "rdt_cid",
          "epik",
          "qclid",
          "tblci",
          "dicbo");

  /** A text with none of them is looked at once. In HTML, & is &amp;. */
  private static final SafePattern ANY =
      SafePattern.of("(?i)[?&;#](?:" + String.join("|", NAMES) + ")=[^&#;\\s]");

  private static final String ONE = "(?i)[?&;#]%s=([^&#;\\s]+)";

  private ClickIds() {}

  /** Those in the block's {@link MappingRules#PAGE}; null if it names no page, or one without. */
  static Column of(MappedColumns block) {
    if (!block.has(MappingRules.PAGE)) {
      return OtherFields.NONE;
    }
    Column page = block.text(MappingRules.PAGE);
    Column[] found =
        NAMES.stream()
            .flatMap(
                name ->
                    Stream.of(lit(name), SafePattern.of(ONE.formatted(name)).extractFrom(page, 1)))
            .toArray(Column[]::new);
    return when(ANY.isIn(page), map_filter(map(found), (name, id) -> id.notEqual("")));
  }
}

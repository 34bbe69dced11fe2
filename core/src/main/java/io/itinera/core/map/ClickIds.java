package io.itinera.core.map;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.pattern.TooHardException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private static final Map<String, SafePattern> EACH = each();

  private ClickIds() {}

  private static Map<String, SafePattern> each() {
    Map<String, SafePattern> patterns = new LinkedHashMap<>();
    NAMES.forEach(
        name -> patterns.put(name, SafePattern.of("(?i)[?&;#]%s=([^&#;\\s]+)".formatted(name))));
    return patterns;
  }

  /** Those in the address of a page; null if it has none, or there is no page. */
  static Map<String, String> of(String page) {
    if (page == null || page.indexOf('=') < 0 || !isIn(page)) {
      return null;
    }
    Map<String, String> found = new LinkedHashMap<>();
    EACH.forEach(
        (name, pattern) -> {
          String id = pattern.search(page, hits -> hits.find() ? hits.group(1) : null);
          if (id != null && !id.isEmpty()) {
            found.put(name, id);
          }
        });
    return found;
  }

  private static boolean isIn(String page) {
    try {
      return ANY.isIn(page);
    } catch (TooHardException e) {
      // Nobody knows.
      return false;
    }
  }
}

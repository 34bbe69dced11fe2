package io.itinera.jobs.config;

import io.itinera.core.rule.PageRules;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what pages are called, and expressions that ask for it. */
final class PageReader {

  private static final List<String> COLUMNS = List.of(Touchpoints.TABLE.schema().fieldNames());

  private PageReader() {}

  static PageRules read(Settings pages) {
    List<PageRules.Group> groups = new ArrayList<>();
    pages
        .sections("groups")
        .forEach(
            group ->
                groups.add(
                    group.build(
                        () ->
                            new PageRules.Group(
                                group.get("name", SettingKind.NAME),
                                group.list("any", SettingKind.FILLED)))));
    groups.removeIf(Objects::isNull);
    return new PageRules(pages.get("name", SqlInSettings.over(Optional.of(COLUMNS))), groups);
  }

  /** An expression over columns of touchpoints that may ask for the page. */
  static SettingKind<String> asking(PageRules pages) {
    SettingKind<String> asking =
        SqlInSettings.over(
            Optional.of(Stream.concat(COLUMNS.stream(), Stream.of(PageRules.PAGE)).toList()));
    return new SettingKind<>(
        asking.allowed(),
        asking.standIn(),
        value -> {
          String text = asking.convert().apply(value);
          return pages == null ? text : pages.in(text);
        });
  }
}

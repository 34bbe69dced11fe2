package io.itinera.jobs.config;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.source.BotRules;
import io.itinera.core.source.LabelRules;
import io.itinera.core.source.LabelRules.Rule;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.table.Origin;
import io.itinera.core.table.Touchpoints;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what all sources share. */
final class LoadingReader {

  private static final SettingKind<String> STAGE =
      SettingKind.oneOf(
          List.of("awareness", "consideration", "conversion", "retention", "advocacy"));

  // Labels are given before stitching, the marketing channel before the stage.
  private static final Set<String> NOT_YET =
      Set.of(Touchpoints.STAGE, Touchpoints.SET_ID, Touchpoints.SET_CHECK);

  private LoadingReader() {}

  static LoadingRules raw(Settings itinera, ZoneId timeZone, String currency) {
    Set<String> placeholders = new HashSet<>();
    for (String placeholder : itinera.list("placeholders", SettingKind.TEXT)) {
      placeholders.add(placeholder.toLowerCase(Locale.ROOT));
    }
    return new LoadingRules(
        timeZone,
        currency,
        ExchangeRates.none(),
        placeholders,
        itinera.get("future-tolerance", SettingKind.DURATION),
        bots(itinera.section("bots")),
        labels(itinera.section("stages"), STAGE, NOT_YET),
        channels(itinera.section("marketing-channels")));
  }

  private static BotRules bots(Settings bots) {
    return new BotRules(
        bots.get("user-agents", SqlInSettings.PATTERN_OR_NONE),
        bots.get("per-minute", SettingKind.whole(0, Integer.MAX_VALUE)),
        bots.get("exclude", SettingKind.FLAG));
  }

  static RateFile rates(Settings rates) {
    return new RateFile(
        rates.get("path", SettingKind.FILLED), rates.get("max-age", SettingKind.days(0)));
  }

  private static LabelRules channels(Settings channels) {
    Set<String> notYet = new HashSet<>(NOT_YET);
    notYet.add(Touchpoints.MARKETING_CHANNEL);
    // These are there to be used in the rules, by substitution.
    channels.findSection("patterns").ifPresent(patterns -> patterns.values(SqlInSettings.PATTERN));
    channels.findSection("sql").ifPresent(sql -> sql.values(overTouchpoints(notYet)));
    return labels(channels, SettingKind.NAME, notYet);
  }

  private static LabelRules labels(Settings labels, SettingKind<String> label, Set<String> notYet) {
    SettingKind<String> predicate = overTouchpoints(notYet);
    List<Rule> rules = new ArrayList<>();
    for (Settings rule : labels.sections("rules")) {
      rules.add(new Rule(rule.get("label", label), rule.get("when", predicate)));
    }
    return new LabelRules(rules, labels.find("otherwise", label).orElse(null));
  }

  private static SettingKind<String> overTouchpoints(Set<String> notYet) {
    List<String> columns = new ArrayList<>(List.of(Touchpoints.TABLE.schema().fieldNames()));
    columns.removeAll(Origin.COLUMNS);
    columns.removeAll(notYet);
    return SqlInSettings.over(Optional.of(columns));
  }
}

package io.itinera.jobs.config;

import io.itinera.core.process.ProcessRules.IntendedStep;
import io.itinera.core.rule.PageRules;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.FunnelRules.Order;
import io.itinera.core.trail.FunnelRules.Step;
import io.itinera.core.trail.PatternException;
import io.itinera.core.trail.TouchPattern;
import io.itinera.core.trail.TrailRules;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads funnels, and what may explain who leaves them. */
final class FunnelReader {

  private static final SettingKind<TouchPattern> PATTERN =
      new SettingKind<>(
          "a pattern, such as \"call -> .{0,3} -> chat\" (docs/paths.md)",
          TouchPattern.parse("."),
          value -> {
            try {
              return TouchPattern.parse(SettingKind.FILLED.convert().apply(value));
            } catch (PatternException e) {
              throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
            }
          });

  private final SettingKind<String> ofTouchpoint;

  private FunnelReader(SettingKind<String> ofTouchpoint) {
    this.ofTouchpoint = ofTouchpoint;
  }

  /**
   * The funnels.
   *
   * @param pages what their steps call pages; null where that cannot be read
   */
  static TrailRules read(Settings funnels, Settings causes, ZoneId timeZone, PageRules pages) {
    return new FunnelReader(PageReader.asking(pages)).read(funnels, causes, timeZone);
  }

  private TrailRules read(Settings funnels, Settings causes, ZoneId timeZone) {
    List<FunnelRules> all = new ArrayList<>();
    funnels
        .section("definitions")
        .named()
        .forEach((name, definition) -> all.add(definition.build(() -> funnel(name, definition))));
    all.removeIf(Objects::isNull);
    return new TrailRules(
        all,
        funnels.get("window", SettingKind.days(1)),
        causes.section("conditions").values(ofTouchpoint),
        causes.get("landmark", SettingKind.decimal(0, 1)),
        causes.get("least-support", SettingKind.decimal(0, 1)),
        causes.get("most", SettingKind.whole(1, 1_000)),
        timeZone);
  }

  private FunnelRules funnel(String name, Settings funnel) {
    List<Step> steps = new ArrayList<>();
    funnel.sections("steps").forEach(step -> steps.add(step.build(() -> step(step))));
    steps.removeIf(Objects::isNull);
    return new FunnelRules(
        name,
        steps,
        funnel.get("window", SettingKind.DURATION),
        funnel.find("order", SettingKind.choice(Order.class)).orElse(Order.ORDERED),
        listed(funnel, "exclude"));
  }

  private Step step(Settings step) {
    return new Step(
        step.get("name", SettingKind.NAME),
        listed(step, "any"),
        step.has("patterns") ? step.list("patterns", PATTERN) : List.of(),
        listed(step, "unless"),
        step.find("optional", SettingKind.FLAG).orElse(false));
  }

  /** The path that was meant: none where nobody set one. */
  static List<IntendedStep> intended(Settings process) {
    List<IntendedStep> steps = new ArrayList<>();
    process
        .sections("intended")
        .forEach(
            step ->
                steps.add(
                    step.build(
                        () ->
                            new IntendedStep(
                                step.list("any", SettingKind.FILLED),
                                step.find("optional", SettingKind.FLAG).orElse(false),
                                step.find("repeats", SettingKind.FLAG).orElse(false)))));
    steps.removeIf(Objects::isNull);
    return steps;
  }

  private List<String> listed(Settings settings, String key) {
    return settings.has(key) ? settings.list(key, ofTouchpoint) : List.of();
  }
}

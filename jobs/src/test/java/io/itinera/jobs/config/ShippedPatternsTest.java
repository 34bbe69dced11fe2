package io.itinera.jobs.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.itinera.core.pattern.SafePattern;
import io.itinera.core.source.LabelRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.PatternCalls;
import io.itinera.core.spark.PatternFunctions;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Every pattern that ships, wherever it stands, tried on texts that were made to break matchers. It
 * finds the patterns by itself: those of presets, rules and Java classes to come are tried too.
 */
class ShippedPatternsTest {

  private static final int LENGTH = 65_536;
  private static final long SMALL_STACK = 256 << 10;

  private static final Map<String, String> HOSTILE =
      new TreeMap<>(
          Map.ofEntries(
              entry("letters", full("a")),
              entry("capitals", full("A")),
              entry("digits", full("1")),
              entry("dots", full(".")),
              entry("slashes", full("/")),
              entry("blanks", full(" ")),
              entry("underscores", full("_")),
              entry("labels", full("a.")),
              entry("referrer", "http://" + full("a.") + "a"),
              entry("path", "https://example.com/" + full("a/b?c=d&")),
              entry("numbers", full("1,234.")),
              entry("thousands", "1" + full(",234")),
              entry("opened", full("\"")),
              entry("json", full("{\"id\":\"")),
              entry("context", full("iglu:com.x/client_session/mobile_context/\"userId\"")),
              entry("mails", full("a@b.c,")),
              entry("words", full("ab Cd-")),
              entry("bots", full("bc +https://")),
              entry("escapes", full("^,^;\\")),
              entry("emoji", full("a\ud83d\ude00")),
              entry("halves", full("\ud83d\udc00\udc00")),
              entry("lines", full("a: b\n")),
              entry("right to left", full("\u05d0\u202e"))));

  @TempDir Path folder;

  @Test
  void everyPatternAnswersOnEveryHostileText() throws Exception {
    Map<String, String> patterns = patterns();
    assertThat(patterns.size()).isGreaterThan(100);

    List<String> faults = new ArrayList<>();
    FutureTask<Void> trial =
        new FutureTask<>(() -> patterns.forEach((p, place) -> tryOut(p, place, faults)), null);
    new Thread(null, trial, "small", SMALL_STACK).start();
    trial.get();

    assertThat(faults).isEmpty();
  }

  private static void tryOut(String regex, String place, List<String> faults) {
    SafePattern pattern = SafePattern.of(regex);
    String own = full("/" + regex.replaceAll("[^a-z0-9/.:=\"@ -]", ""));
    Map<String, String> texts = new LinkedHashMap<>(HOSTILE);
    texts.put("its own", own);
    texts.forEach(
        (name, text) -> {
          try {
            var found = pattern.isIn(text);
            var whole = pattern.isWhole(text);
            assertThat(found || !whole).isTrue();
          } catch (RuntimeException | StackOverflowError e) {
            faults.add("%s on %s: %s: %s".formatted(place, name, e, shortened(regex)));
          }
        });
  }

  /** Pattern to a place where it stands. */
  private Map<String, String> patterns() {
    Map<String, String> patterns = new LinkedHashMap<>();
    ItineraConfig reference = ConfigText.read(folder, "");
    patterns.put(reference.raw().bots().userAgents(), "bots");
    labels("stages", reference.raw().stages(), patterns);
    labels("marketing-channels", reference.raw().marketingChannels(), patterns);
    for (String preset : Presets.NAMES) {
      ConfigText.read(folder, "itinera.sources.x { preset = %s, path = /x }".formatted(preset))
          .sources()
          .forEach(source -> source(preset, source, patterns));
    }
    for (Path file : ShippedFilesTest.files()) {
      ConfigReader.read(List.of(file), Map.of(), Map.of())
          .sources()
          .forEach(source -> source(file.toString(), source, patterns));
    }
    constants(patterns);
    return patterns;
  }

  private static void labels(String place, LabelRules rules, Map<String, String> patterns) {
    rules.rules().forEach(rule -> expression(place, rule.predicate(), patterns));
  }

  private static void source(String place, SourceRules source, Map<String, String> patterns) {
    source.files().regex().ifPresent(regex -> patterns.putIfAbsent(regex, place));
    Stream.of(source.where(), source.deliveries().versionAt(), source.files().explode())
        .flatMap(Optional::stream)
        .forEach(text -> expression(place, text, patterns));
    source.blocks().forEach(block -> block(place, block, patterns));
  }

  private static void block(String place, MappingRules block, Map<String, String> patterns) {
    Stream.of(
            Stream.of(block.where(), block.recordId()).flatMap(Optional::stream),
            block.columns().values().stream(),
            block.identifiers().values().stream(),
            block.always().values().stream())
        .flatMap(texts -> texts)
        .forEach(text -> expression(place, text, patterns));
  }

  private static void expression(String place, String text, Map<String, String> patterns) {
    try {
      collect(
          place,
          PatternFunctions.madeSafe(new CatalystSqlParser().parseExpression(text)),
          patterns);
    } catch (Exception e) {
      throw new IllegalStateException(place + ": " + text, e);
    }
  }

  private static void collect(String place, Expression node, Map<String, String> patterns) {
    if (node instanceof Invoke call
        && call.targetObject() instanceof Literal target
        && target.value() instanceof PatternCalls
        && call.arguments().apply(1) instanceof Literal regex) {
      patterns.putIfAbsent(regex.value().toString(), place);
    }
    CollectionConverters.asJava(node.children()).forEach(child -> collect(place, child, patterns));
  }

  private static void constants(Map<String, String> patterns) {
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.itinera.core", "io.itinera.jobs")) {
      for (JavaField field : type.getFields()) {
        boolean isPattern =
            Stream.of(Pattern.class, SafePattern.class)
                .anyMatch(field.getRawType()::isEquivalentTo);
        if (isPattern && field.getModifiers().contains(JavaModifier.STATIC)) {
          patterns.putIfAbsent(valueOf(field.reflect()), field.getFullName());
        }
      }
    }
  }

  private static String valueOf(Field field) {
    try {
      field.setAccessible(true);
      return field.get(null).toString();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String shortened(String regex) {
    return regex.length() > 100 ? regex.substring(0, 100) + "…" : regex;
  }

  private static String full(String piece) {
    return piece.repeat(LENGTH / Math.max(1, piece.length()) + 1).substring(0, LENGTH);
  }
}

package io.itinera.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Data flows one way: a stage knows the tables it reads and makes, and no other stage. */
class LayersTest {

  private static final String CORE_PACKAGE = "io.itinera.core.";

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.itinera.core");

  /** What a stage may know. */
  private static final List<String> SHARED = List.of("table", "rule", "spark");

  /** Each room, and the rooms that it may know. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          entry("table", List.of()),
          entry("pattern", List.of()),
          entry("function", List.of("pattern")),
          entry("rule", List.of("table")),
          entry("source", List.of("table", "pattern", "rule")),
          entry("spark", List.of("table", "pattern", "function", "rule", "source")),
          entry("map", List.of("table", "pattern", "rule", "source", "spark")),
          entry("settle", List.of("table", "rule", "source", "spark", "map")),
          entry("identity", SHARED),
          entry("match", SHARED),
          entry("session", SHARED),
          entry("journey", SHARED),
          entry("customer", SHARED),
          entry("coverage", SHARED),
          entry("kpi", SHARED),
          entry("persistence", SHARED),
          entry("cohort", SHARED),
          entry("verify", SHARED),
          entry("rfm", SHARED),
          entry("persona", SHARED),
          entry("portrait", SHARED),
          entry("path", SHARED),
          entry("value", SHARED),
          entry("churn", List.of("table", "rule", "spark", "value")),
          entry("offer", SHARED),
          entry("attribution", SHARED),
          entry("trail", SHARED),
          entry("experience", SHARED),
          entry("process", SHARED),
          entry("comparison", SHARED),
          entry("segment", List.of("table", "rule", "spark", "persona")),
          entry("sample", List.of("spark")));

  @Test
  void roomsKnowOnlyThoseBelow() {
    ROOMS.forEach(
        (room, known) ->
            noClasses()
                .that()
                .resideInAPackage(CORE_PACKAGE + room)
                .should()
                .dependOnClassesThat(
                    resideInAPackage("io.itinera.core..")
                        .and(
                            not(
                                resideInAnyPackage(
                                    Stream.concat(Stream.of(room), known.stream())
                                        .map(CORE_PACKAGE::concat)
                                        .toArray(String[]::new)))))
                .check(CORE));
  }

  @Test
  void everyClassIsInARoomThatSaysWhatItIsFor() {
    classes()
        .should()
        .resideInAnyPackage(
            ROOMS.keySet().stream().map(CORE_PACKAGE::concat).toArray(String[]::new))
        .check(CORE);
    for (String room : ROOMS.keySet()) {
      assertThat(Path.of("src/main/java/io/itinera/core", room, "package-info.java")).exists();
    }
  }

  @Test
  void coreNeitherReadsNorWrites() {
    // HoldRows asks the session, through its rows, where it keeps checkpoints.
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.itinera.core.spark.HoldRows")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.apache\\.spark\\.sql\\.(DataFrameReader|DataFrameWriter.*|SparkSession.*)")
        .check(CORE);
  }

  @Test
  void coreKnowsNeitherDeltaNorConfigurationNorJobs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.delta..",
            "org.apache.spark.sql.delta..",
            "com.typesafe.config..",
            "picocli..",
            "io.itinera.jobs..")
        .check(CORE);
  }

  @Test
  void onlyOneRoomKnowsSparkFromInside() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.itinera.core.spark")
        // These take and give rows as tasks hold them: whoever maps has every record in hand.
        .and()
        .haveNameNotMatching(
            "io\\.itinera\\.core\\.map\\.(AccountRows|MapRecords|PlainTouchpoints)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark.sql.catalyst..",
            "org.apache.spark.sql.execution..",
            "org.apache.spark.sql.internal..")
        .check(CORE);
  }

  @Test
  void coreHasNoClock() {
    noClasses()
        .should()
        .callMethodWhere(
            com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(
                    "now|currentTimeMillis|nanoTime|current_timestamp|current_date")))
        .check(CORE);
  }

  @Test
  void whatWantsMoreThanFourThingsWantsARecord() {
    assertThat(
            CORE.stream()
                .flatMap(each -> each.getCodeUnits().stream())
                .filter(unit -> unit.getRawParameterTypes().size() > 4)
                .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(unit -> !(unit.isConstructor() && hasMadeConstructor(unit.getOwner())))
                .filter(unit -> !isGiven(unit))
                .map(JavaCodeUnit::getFullName))
        .isEmpty();
  }

  /** Whether it is a method of another's class that is overridden. */
  private static boolean isGiven(JavaCodeUnit unit) {
    String[] types =
        unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    return unit.getOwner().getAllRawSuperclasses().stream()
        .filter(each -> !each.getName().startsWith("io.itinera."))
        .anyMatch(each -> each.tryGetMethod(unit.getName(), types).isPresent());
  }

  /** Where the compiler adds parameters that nobody wrote. */
  private static boolean hasMadeConstructor(JavaClass owner) {
    return owner.isRecord() || owner.isEnum() || owner.isAnonymousClass();
  }
}

package io.itinera.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
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

/** Every way in or out has one door. */
class LayersTest {

  private static final JavaClasses JOBS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.itinera.jobs");

  private static final String JOBS_PACKAGE = "io.itinera.jobs.";

  /** Each room, and the rooms that it may know. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          entry("files", List.of()),
          entry("config", List.of()),
          entry("lake", List.of()),
          entry("format", List.of("files")),
          entry("read", List.of("config", "files", "format")),
          entry("night", List.of("config", "files", "lake")),
          entry("ingest", List.of("config", "files", "format", "read", "lake", "night")),
          entry("match", List.of("config", "read", "lake", "night")),
          entry("stage", List.of("config", "read", "lake", "night", "ingest", "match")),
          entry("process", List.of("config", "night")),
          entry("screen", List.of("night")),
          entry("query", List.of("config", "lake", "night", "process")),
          entry("prompt", List.of("config", "lake", "night", "process", "query", "screen")),
          entry("serve", List.of("config", "lake", "night", "process", "query")),
          entry("preview", List.of("config", "files", "format", "read", "night")),
          entry("demo", List.of("config", "lake", "process", "screen", "query", "sample")),
          entry("repair", List.of("files", "format", "lake", "night")),
          entry("explain", List.of("lake", "process")),
          entry("picture", List.of()),
          entry("report", List.of("config", "lake", "night", "picture", "process")),
          entry("sample", List.of("lake")),
          entry(
              "launch",
              List.of(
                  "config", "lake", "night", "ingest", "match", "stage", "repair", "explain",
                  "sample", "process", "screen", "query", "prompt", "serve", "preview", "demo",
                  "report")));

  @Test
  void roomsKnowOnlyThoseBelow() {
    ROOMS.forEach(
        (room, known) ->
            noClasses()
                .that()
                .resideInAPackage(JOBS_PACKAGE + room)
                .should()
                .dependOnClassesThat(
                    resideInAPackage("io.itinera.jobs..")
                        .and(
                            not(
                                resideInAnyPackage(
                                    Stream.concat(Stream.of(room), known.stream())
                                        .map(JOBS_PACKAGE::concat)
                                        .toArray(String[]::new)))))
                .check(JOBS));
  }

  @Test
  void everyClassIsInARoomThatSaysWhatItIsFor() {
    classes()
        .should()
        .resideInAnyPackage(
            ROOMS.keySet().stream().map(JOBS_PACKAGE::concat).toArray(String[]::new))
        .check(JOBS);
    for (String room : ROOMS.keySet()) {
      assertThat(Path.of("src/main/java/io/itinera/jobs", room, "package-info.java")).exists();
    }
  }

  @Test
  void onlyNamedRoomsKnowSparkFromInside() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.itinera.jobs.lake", "io.itinera.jobs.format", "io.itinera.jobs.read")
        // These hand rows on as tasks hold them, from who maps records to who writes files.
        .and()
        .haveNameNotMatching(
            "io\\.itinera\\.jobs\\.ingest\\.(Arrivals|MappedFiles|PartCandidates|SeenIds|TallyRecords)(\\$.*)?")
        // These read what somebody typed: Spark's parser tells them what it means.
        .and()
        .haveNameNotMatching(
            "io\\.itinera\\.jobs\\.(config\\.SqlInSettings|query\\.Sql(Guard|GuardExtension|Query))(\\$.*)?")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "org.apache.spark.sql.catalyst..",
                    "org.apache.spark.sql.execution..",
                    "org.apache.spark.sql.internal..")
                // Has the session's settings of file systems, which nothing else tells.
                .and(not(name("org.apache.spark.sql.internal.SessionState"))))
        .check(JOBS);
  }

  @Test
  void onlyTheLakeKnowsDelta() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.itinera.jobs.lake")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..")
        .check(JOBS);
  }

  @Test
  void onlyTheLakeReadsAndWritesRows() {
    noClasses()
        .that()
        // Raw files have a door of their own; the sample company writes raw files.
        .resideOutsideOfPackages(
            "io.itinera.jobs.lake", "io.itinera.jobs.read", "io.itinera.jobs.sample")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.apache\\.spark\\.sql\\.(DataFrameReader|DataFrameWriter.*"
                + "|streaming\\.DataStream(Reader|Writer))")
        .check(JOBS);
  }

  @Test
  void nothingKnowsTheCommandLineButItself() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.itinera.jobs.launch")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.itinera.jobs.launch", "picocli..")
        .check(JOBS);
  }

  @Test
  void onlyConfigurationKnowsItsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.itinera.jobs.config")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.typesafe.config..")
        .check(JOBS);
  }

  @Test
  void configurationNeedsNoSession() {
    noClasses()
        .that()
        .resideInAPackage("io.itinera.jobs.config")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.apache\\.spark\\.sql\\.(classic\\.)?SparkSession.*")
        .check(JOBS);
  }

  @Test
  void whatWantsMoreThanFourThingsWantsARecord() {
    assertThat(
            JOBS.stream()
                .flatMap(each -> each.getCodeUnits().stream())
                .filter(unit -> unit.getRawParameterTypes().size() > 4)
                .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(unit -> !(unit.isConstructor() && hasMadeConstructor(unit.getOwner())))
                .map(JavaCodeUnit::getFullName))
        .isEmpty();
  }

  /** Where the compiler adds parameters that nobody wrote. */
  private static boolean hasMadeConstructor(JavaClass owner) {
    return owner.isRecord() || owner.isEnum() || owner.isAnonymousClass();
  }
}

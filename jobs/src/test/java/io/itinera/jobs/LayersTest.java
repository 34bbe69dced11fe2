package io.itinera.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every way in or out has one door. */
class LayersTest {

  private static final JavaClasses JOBS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.itinera.jobs");

  private static final List<String> ROOMS =
      Stream.of("", ".config", ".lake", ".launch", ".night", ".raw", ".sample")
          .map("io.itinera.jobs"::concat)
          .toList();

  @Test
  void roomsKnowOnlyThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("raw")
        .definedBy("io.itinera.jobs.raw")
        .layer("config")
        .definedBy("io.itinera.jobs.config")
        .layer("lake")
        .definedBy("io.itinera.jobs.lake")
        .layer("night")
        .definedBy("io.itinera.jobs.night")
        .layer("sample")
        .definedBy("io.itinera.jobs.sample")
        .layer("stages")
        .definedBy("io.itinera.jobs")
        .layer("launch")
        .definedBy("io.itinera.jobs.launch")
        .whereLayer("raw")
        .mayNotAccessAnyLayer()
        .whereLayer("config")
        .mayOnlyAccessLayers("raw")
        .whereLayer("lake")
        .mayOnlyAccessLayers("raw", "config")
        .whereLayer("night")
        .mayOnlyAccessLayers("raw", "config", "lake")
        .whereLayer("sample")
        .mayOnlyAccessLayers("lake")
        .whereLayer("stages")
        .mayOnlyAccessLayers("raw", "config", "lake", "night")
        .whereLayer("launch")
        .mayOnlyAccessLayers("raw", "config", "lake", "night", "sample", "stages")
        .check(JOBS);
  }

  @Test
  void everyClassIsInARoomThatSaysWhatItIsFor() {
    classes().should().resideInAnyPackage(ROOMS.toArray(String[]::new)).check(JOBS);
    for (String room : ROOMS) {
      assertThat(Path.of("src/main/java", room.split("\\.")).resolve("package-info.java")).exists();
    }
  }

  @Test
  void onlyNamedRoomsKnowSparkFromInside() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.itinera.jobs.lake", "io.itinera.jobs.raw")
        // These hand rows on as tasks hold them, from who maps records to who writes files.
        .and()
        .haveNameNotMatching("io\\.itinera\\.jobs\\.(Arrivals|MappedFiles)(\\$.*)?")
        // These read what somebody typed: Spark's parser tells them what it means.
        .and()
        .haveNameNotMatching(
            "io\\.itinera\\.jobs\\.(config\\.Sql|launch\\.Sql(Guard|Query))(\\$.*)?")
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
        // Raw files are read behind the lake's door; the sample company writes raw files.
        .resideOutsideOfPackages(
            "io.itinera.jobs.lake", "io.itinera.jobs.raw", "io.itinera.jobs.sample")
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
}

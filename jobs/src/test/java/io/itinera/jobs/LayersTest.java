package io.itinera.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Every way in or out has one door. */
class LayersTest {

  private static final JavaClasses JOBS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.itinera.jobs");

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

package io.itinera.core;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Data flows one way: a stage knows the tables it reads and makes, and no other stage. */
class LayersTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.itinera.core");

  @Test
  void stagesMeetOnlyInTablesAndRules() {
    slices()
        .matching("io.itinera.core.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            alwaysTrue(),
            resideInAnyPackage(
                "io.itinera.core.table",
                "io.itinera.core.rule",
                "io.itinera.core.pattern",
                "io.itinera.core.function"))
        .check(CORE);
  }

  @Test
  void coreNeitherReadsNorWrites() {
    // Hold asks the session, through its rows, where it keeps checkpoints.
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.itinera.core.rule.Hold")
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
  void onlyNamedRoomsKnowSparkFromInside() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.itinera.core.function",
            "io.itinera.core.pattern",
            "io.itinera.core.raw",
            "io.itinera.core.rule")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark.sql.catalyst..",
            "org.apache.spark.sql.execution..",
            "org.apache.spark.sql.internal..")
        .check(CORE);
  }

  @Test
  void everyRoomSaysWhatItIsFor() {
    for (JavaPackage room : CORE.getPackage("io.itinera.core").getSubpackages()) {
      assertThat(Path.of("src/main/java", room.getName().split("\\.")).resolve("package-info.java"))
          .exists();
    }
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
}

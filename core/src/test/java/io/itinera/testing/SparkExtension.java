package io.itinera.testing;

import io.itinera.core.spark.JobsOnDriver;
import io.itinera.core.spark.SessionSettings;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test its {@link SparkSession} parameter: one local session for the whole test run. */
public final class SparkExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return Session.SPARK;
  }

  // Started at first use and never stopped: the JVM's end stops it. Every system property that
  // starts with "spark." is one of its settings; pom.xml has them all but those that steps rely on.
  private static final class Session {
    static final SparkSession SPARK = start();

    private static SparkSession start() {
      SparkConf settings = new SparkConf().setAppName("tests");
      SessionSettings.REQUIRED.forEach(settings::set);
      return org.apache.spark.sql.classic.SparkSession.builder()
          .sparkContext(JobsOnDriver.of(settings))
          .getOrCreate();
    }
  }
}

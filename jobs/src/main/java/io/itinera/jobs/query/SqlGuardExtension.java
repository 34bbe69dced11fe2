package io.itinera.jobs.query;

import io.itinera.jobs.config.ItineraConfig;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Has every session of a server answer questions only, from whichever client they come. To be named
 * last in {@code spark.sql.extensions}, so that no other parser takes a statement before it.
 */
public final class SqlGuardExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  /** Of the one server of this process; none while it registers its tables. */
  private static final AtomicReference<Served> SERVED = new AtomicReference<>();

  /**
   * What may be asked for.
   *
   * @param database the only one whose tables may be named
   * @param warehouse the only folder of which files are read
   */
  private record Served(String database, Path warehouse) {}

  /**
   * Registers all tables and views for every session of this process, which from now on answer
   * questions about them only.
   */
  public static void serveOnly(SparkSession spark, ItineraConfig config) throws IOException {
    new Catalog(spark, config).registerFor("SHOW TABLES");
    Path folder = new Path(config.warehouse());
    SERVED.set(
        new Served(
            config.database(),
            folder.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(folder)));
  }

  /** Lets this process's sessions do anything again. */
  static void serveNoMore() {
    SERVED.set(null);
  }

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectParser((session, parser) -> new QuestionParser(parser));
    extensions.injectCheckRule(SqlGuardExtension::check);
    return BoxedUnit.UNIT;
  }

  private static scala.Function1<LogicalPlan, BoxedUnit> check(SparkSession session) {
    return plan -> {
      Served served = SERVED.get();
      if (served != null) {
        SqlGuard.requireReading(plan, served.warehouse());
      }
      return BoxedUnit.UNIT;
    };
  }

  /** Looks at each statement once it is parsed; the rest is the other parser's. */
  private record QuestionParser(ParserInterface parser) implements ParserInterface {

    @Override
    public LogicalPlan parsePlan(String text) throws ParseException {
      return looked(parser.parsePlan(text));
    }

    @Override
    public LogicalPlan parsePlanWithParameters(String text, ParameterContext parameters)
        throws ParseException {
      return looked(parser.parsePlanWithParameters(text, parameters));
    }

    @Override
    public LogicalPlan parseQuery(String text) throws ParseException {
      return looked(parser.parseQuery(text));
    }

    private static LogicalPlan looked(LogicalPlan plan) {
      Served served = SERVED.get();
      if (served != null) {
        new SqlGuard(served.database()).requireQuestionOfClient(plan);
      }
      return plan;
    }

    @Override
    public Expression parseExpression(String text) throws ParseException {
      return parser.parseExpression(text);
    }

    @Override
    public TableIdentifier parseTableIdentifier(String text) throws ParseException {
      return parser.parseTableIdentifier(text);
    }

    @Override
    public FunctionIdentifier parseFunctionIdentifier(String text) throws ParseException {
      return parser.parseFunctionIdentifier(text);
    }

    @Override
    public Seq<String> parseMultipartIdentifier(String text) throws ParseException {
      return parser.parseMultipartIdentifier(text);
    }

    @Override
    public StructType parseRoutineParam(String text) throws ParseException {
      return parser.parseRoutineParam(text);
    }

    @Override
    public StructType parseTableSchema(String text) throws ParseException {
      return parser.parseTableSchema(text);
    }

    @Override
    public DataType parseDataType(String text) throws ParseException {
      return parser.parseDataType(text);
    }
  }
}

package io.itinera.jobs.sample;

import static io.itinera.core.sample.SampleLines.DELIVERED_ON;
import static io.itinera.core.sample.SampleLines.IS_SUPERSEDED;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.itinera.core.sample.SampleRules;
import java.sql.Date;
import org.apache.spark.sql.Column;

/** Where raw files are put. */
enum Layout {
  /** All in the landing folder, each in its last state. */
  LANDING {
    @Override
    Column wanted() {
      return not(col(IS_SUPERSEDED));
    }

    @Override
    Column folder(SampleRules rules) {
      return lit("landing");
    }
  },
  /** A folder for each night, with what arrives by then. */
  DELIVERIES {
    @Override
    Column wanted() {
      return lit(true);
    }

    @Override
    Column folder(SampleRules rules) {
      return concat(lit("deliveries/"), date_format(night(rules), "yyyy-MM-dd"));
    }
  };

  /** Which lines are written. */
  abstract Column wanted();

  /** Folder, below the company's, that holds the sources' folders. */
  abstract Column folder(SampleRules rules);

  /** The night with which a line arrives; the first night brings all that came before. */
  static Column night(SampleRules rules) {
    return greatest(col(DELIVERED_ON), lit(Date.valueOf(rules.nights().get(0))));
  }
}

package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.lit;

import io.itinera.core.customer.CustomerRules;
import io.itinera.core.customer.DescribePersons;
import io.itinera.core.customer.MakeCards;
import io.itinera.core.customer.SumDays;
import io.itinera.core.customer.SumTotals;
import io.itinera.core.customer.TraceStages;
import io.itinera.core.journey.CarryJourneys;
import io.itinera.core.journey.CutJourneys;
import io.itinera.core.session.RestartSessions;
import io.itinera.core.session.Summarize;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Sessions;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.StageContext;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What touchpoints of some customers make, by the steps that make everybody's rows.
 *
 * @param sessions rows of {@link Sessions}
 * @param journeys rows of {@link Journeys}
 * @param days rows of {@link io.itinera.core.table.CustomerDays}
 * @param totals rows of {@link io.itinera.core.table.CustomerTotals}
 * @param stages rows of {@link io.itinera.core.table.CustomerStages}
 * @param nobody no person, in the columns of {@link DescribePersons}
 * @param rules what a card shows
 */
record MadeAnew(
    HeldRows sessions,
    HeldRows journeys,
    Dataset<Row> days,
    Dataset<Row> totals,
    Dataset<Row> stages,
    Dataset<Row> nobody,
    CustomerRules rules) {

  /**
   * Makes all of it.
   *
   * @param touchpoints all that the customers have up to as_of, with their sessions
   */
  static MadeAnew of(StageContext context, Dataset<Row> touchpoints) {
    Lake lake = context.lake();
    Instant end = context.asOfEnd();
    CustomerRules rules = context.config().customers();
    Dataset<Row> none = lake.read(Sessions.TABLE).limit(0);
    Dataset<Row> sessions =
        SessionizeJob.followed(
            Summarize.sessions(
                touchpoints, RestartSessions.nobodyEarlier(none), end, context.config().sessions()),
            none,
            context.config().sessions());
    Dataset<Row> journeys =
        CutJourneys.journeys(
            touchpoints,
            CarryJourneys.nothing(lake.read(Journeys.TABLE)),
            end,
            context.config().journeys());
    Dataset<Row> days = SumDays.days(touchpoints, rules).transform(HoldRows::of);
    return new MadeAnew(
        HoldRows.counted(sessions),
        HoldRows.counted(journeys),
        days,
        SumTotals.totals(days).transform(HoldRows::of),
        TraceStages.stages(days, end, rules),
        DescribePersons.persons(
            lake.read(Profiles.TABLE).limit(0).withColumn(DescribePersons.PERSON_ID, lit("")),
            rules.survivorship()),
        rules);
  }

  /**
   * Cards that know nobody's name.
   *
   * @param identities of the customers
   */
  Dataset<Row> cards(Dataset<Row> identities) {
    return MakeCards.cards(
        identities, totals, nobody, new MakeCards.CardInputs(sessions.rows(), rules));
  }
}

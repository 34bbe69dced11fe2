package io.itinera.jobs.config;

import io.itinera.core.attribution.AttributionRules;
import io.itinera.core.churn.ChurnRules;
import io.itinera.core.cohort.CohortRules;
import io.itinera.core.customer.CustomerRules;
import io.itinera.core.experience.ExperienceRules;
import io.itinera.core.identity.Decision;
import io.itinera.core.identity.HouseholdRules;
import io.itinera.core.identity.IdentityDiff.Causes;
import io.itinera.core.identity.IdentityRules;
import io.itinera.core.journey.JourneyRules;
import io.itinera.core.journey.WayRules;
import io.itinera.core.kpi.KpiRules;
import io.itinera.core.offer.OfferRules;
import io.itinera.core.path.PathRules;
import io.itinera.core.persistence.DimensionRules;
import io.itinera.core.persona.PersonaRules;
import io.itinera.core.portrait.PortraitRules;
import io.itinera.core.process.CaseRules;
import io.itinera.core.process.ProcessRules.IntendedStep;
import io.itinera.core.rfm.RfmRules;
import io.itinera.core.rule.PageRules;
import io.itinera.core.session.SessionRules;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.core.trail.FunnelRules;
import io.itinera.core.trail.TrailRules;
import io.itinera.core.value.ValueRules;
import io.itinera.core.verify.QualityRules;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that can be set, one record a stage. Made only by {@link ConfigReader}.
 *
 * @param landing folder of the raw files
 * @param warehouse folder of the tables
 * @param database name under which the tables are registered
 * @param timeZone zone of calendar days
 * @param currency currency of all amounts
 * @param asOf night to run when the command line names none; empty is yesterday
 * @param spark settings of the Spark session
 * @param sources what is loaded, by name
 * @param raw what all sources share
 * @param exchangeRates what other currencies are worth; empty refuses amounts in them
 * @param identity who may be linked with whom
 * @param matchings how profiles are compared that no identifier links
 * @param decisions what somebody decided about who is who
 * @param causes what the ledger of customers tells of identifiers
 * @param sessions when a session ends
 * @param otherSessions when sessions of other definitions end, which are kept beside
 * @param journeys where a journey ends
 * @param ways further definitions of journeys, each with a table of its own
 * @param dimensions whose values go on counting after the touchpoint that set them
 * @param customers what an identity card shows
 * @param households who lives together
 * @param kpis what is measured of touchpoints, and what they are for
 * @param cohorts who is followed after they began
 * @param rfm how customers are scored
 * @param value how customers are valued
 * @param churn what may tell who orders nothing for some time
 * @param offers what may be offered next
 * @param personas what personas are made of
 * @param portraits what is shown of them
 * @param paths which journeys paths are made of
 * @param attribution how conversions are parted among touches
 * @param trails funnels, and what may explain who leaves them
 * @param pages what pages are called
 * @param segments customers who are asked about by name
 * @param intended the path that customers are meant to go
 * @param process what a night tells of the process
 * @param experience what is a stage, a pain and a question on the journey map
 * @param quality what is checked after a night
 * @param report what the report shows
 * @param serve who may ask the servers
 * @param hash of the resolved configuration without paths and secrets
 */
public record ItineraConfig(
    String landing,
    String warehouse,
    String database,
    ZoneId timeZone,
    String currency,
    Optional<LocalDate> asOf,
    Map<String, String> spark,
    List<SourceRules> sources,
    LoadingRules raw,
    Optional<RateFile> exchangeRates,
    IdentityRules identity,
    Matchings matchings,
    List<Decision> decisions,
    Causes causes,
    SessionRules sessions,
    List<SessionRules> otherSessions,
    JourneyRules journeys,
    List<WayRules> ways,
    List<DimensionRules> dimensions,
    CustomerRules customers,
    HouseholdRules households,
    KpiRules kpis,
    CohortRules cohorts,
    RfmRules rfm,
    ValueRules value,
    ChurnRules churn,
    OfferRules offers,
    PersonaRules personas,
    PortraitRules portraits,
    PathRules paths,
    AttributionRules attribution,
    TrailRules trails,
    PageRules pages,
    SegmentRules segments,
    List<IntendedStep> intended,
    CaseRules process,
    ExperienceRules experience,
    QualityRules quality,
    ReportRules report,
    ServeRules serve,
    String hash) {

  /** What pages are called, if that decides who is where in the funnels of a night. */
  public Optional<PageRules> pagesOfFunnels() {
    boolean areAskedFor =
        trails.funnels().stream().anyMatch(FunnelRules::asksForPage)
            || segments.askForPagesOfNights();
    return Optional.of(pages).filter(any -> areAskedFor);
  }

  /** Every table that the warehouse holds. */
  public List<Table> tables() {
    return Stream.concat(Tables.ALL.stream(), furtherTables().stream()).toList();
  }

  /** The tables that there are only because their definitions are configured. */
  public List<Table> furtherTables() {
    return Stream.concat(
            otherSessions.stream().map(SessionRules::table), ways.stream().map(WayRules::table))
        .toList();
  }
}

package io.itinera.core.table;

import java.util.List;
import java.util.Set;

/** Every table that a warehouse holds, in the order of the data's way. */
public final class Tables {

  public static final List<Table> ALL =
      List.of(
          LoadedFiles.TABLE,
          RecordFiles.TABLE,
          SourceSettings.TABLE,
          RejectedRecords.TABLE,
          Touchpoints.TABLE,
          Profiles.TABLE,
          CampaignCosts.TABLE,
          Tombstones.TABLE,
          Deliveries.TABLE,
          SourceDays.TABLE,
          Evidence.TABLE,
          TouchpointDates.TABLE,
          OrderRecords.TABLE,
          MatchModels.TABLE,
          ProfileMatches.TABLE,
          IdentityEdges.TABLE,
          Identities.TABLE,
          IdentityMoves.TABLE,
          CustomerChanges.TABLE,
          CustomerAliases.TABLE,
          IdentityOverrides.TABLE,
          IdentityQuality.TABLE,
          SetOwners.TABLE,
          AffectedCustomers.TABLE,
          Customers.TABLE,
          Households.TABLE,
          CustomerDays.TABLE,
          CustomerTotals.TABLE,
          CustomerStages.TABLE,
          Coverage.TABLE,
          Sessions.TABLE,
          TouchpointSessions.TABLE,
          Journeys.TABLE,
          TouchpointDimensions.TABLE,
          TouchpointKpis.TABLE,
          Cohorts.TABLE,
          LifecycleWeeks.TABLE,
          RfmScores.TABLE,
          RfmMigrations.TABLE,
          CustomerValue.TABLE,
          ChurnScores.TABLE,
          ChurnModels.TABLE,
          NextProducts.TABLE,
          ModelReports.TABLE,
          CustomerFeatures.TABLE,
          PersonaModels.TABLE,
          PersonaChanges.TABLE,
          Personas.TABLE,
          CustomerPersonas.TABLE,
          PersonaTraits.TABLE,
          Transitions.TABLE,
          PathVariants.TABLE,
          PathTree.TABLE,
          FrequentPaths.TABLE,
          ProcessSteps.TABLE,
          ProcessSpectra.TABLE,
          ProcessProfiles.TABLE,
          ProcessConstraints.TABLE,
          Attribution.TABLE,
          AttributionTouchpoints.TABLE,
          AttributionChanges.TABLE,
          Funnels.TABLE,
          FunnelDrops.TABLE,
          DropCauses.TABLE,
          JourneyMap.TABLE,
          Runs.TABLE,
          RunStages.TABLE,
          QualityChecks.TABLE);

  /** Compact tables by which stages hand on what they need; nobody else need look at them. */
  public static final Set<Table> BETWEEN_STAGES =
      Set.of(
          Evidence.TABLE,
          TouchpointDates.TABLE,
          Tombstones.TABLE,
          Deliveries.TABLE,
          SourceDays.TABLE,
          IdentityMoves.TABLE,
          AffectedCustomers.TABLE,
          CustomerDays.TABLE,
          CustomerTotals.TABLE);

  private Tables() {}
}

package io.itinera.jobs.report;

import java.util.List;

/** All pages, in the order in which they are offered. */
final class Pages {

  static final List<Page> ALL =
      List.of(
          new OverviewPage(),
          new JourneysPage(),
          new ProcessPage(),
          new JourneyMapPage(),
          new FunnelsPage(),
          new AttributionPage(),
          new PersonasPage(),
          new RfmPage(),
          new ValuePage(),
          new RetentionPage(),
          new CoveragePage(),
          new IdentityPage(),
          new RunsPage());

  private Pages() {}
}

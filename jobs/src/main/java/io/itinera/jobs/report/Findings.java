package io.itinera.jobs.report;

import java.util.List;
import java.util.Map;

/** What came out of the queries of all pages. */
public final class Findings {

  private final Map<String, List<Finding>> byPage;

  /**
   * @param byPage name of the page to what its figures found, in their order
   */
  Findings(Map<String, List<Finding>> byPage) {
    this.byPage = byPage;
  }

  /** What the figures of {@code page} found, in their order. */
  public List<Finding> of(Page page) {
    return byPage.get(page.name());
  }

  /** What the figure {@code name} of {@code page} found. */
  public Finding of(String page, String name) {
    return byPage.get(page).stream()
        .filter(finding -> finding.figure().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

package io.itinera.jobs.night;

import java.util.List;

/** Is told how a night goes, in which stages may run side by side; shows it to whoever watches. */
public interface Progress {

  /** Shows nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void stageStarted(String stage) {}

        @Override
        public void stageFinished(StageReport report) {}

        @Override
        public void note(String text) {}
      };

  void stageStarted(String stage);

  void stageFinished(StageReport report);

  /**
   * All stages of the night are done.
   *
   * @param seconds that the night took; stages that ran side by side took more together
   */
  default void nightFinished(List<StageReport> reports, double seconds) {}

  /** Something that a person should know, in a sentence. */
  void note(String text);
}

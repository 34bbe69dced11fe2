package io.itinera.jobs.night;

import java.util.List;

/** Is told how a night goes; shows it to whoever watches. */
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

  /** All stages of the night are done. */
  default void nightFinished(List<StageReport> reports) {}

  /** Something that a person should know, in a sentence. */
  void note(String text);
}

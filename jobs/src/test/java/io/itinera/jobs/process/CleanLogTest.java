package io.itinera.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanLogTest {

  @Test
  void wordsOfAnExceptionGoAndItsFramesStay() {
    String text =
        "Lost task 0.0 in stage 1.0 (TID 1) (localhost executor driver):"
            + " org.apache.spark.SparkNumberFormatException: [CAST_INVALID_INPUT] The value '4915'"
            + " of the type \"STRING\"\n"
            + "cannot be cast: '4915'\n"
            + "\tat org.apache.spark.A.b(A.scala:1)";

    assertThat(CleanLog.cleaned(text))
        .isEqualTo(
            "Lost task 0.0 in stage 1.0 (TID 1) (localhost executor driver):"
                + " org.apache.spark.SparkNumberFormatException: [CAST_INVALID_INPUT] …\n"
                + "\tat org.apache.spark.A.b(A.scala:1)");
  }

  @Test
  void otherMessagesKeepTheirFirstLine() {
    assertThat(CleanLog.cleaned("Removed 3 files from /tables/x"))
        .isEqualTo("Removed 3 files from /tables/x");
    assertThat(CleanLog.cleaned("Plan:\nLocalRelation [4915]")).isEqualTo("Plan:");
    assertThat(CleanLog.cleaned("[DIVIDE_BY_ZERO] 4915 / 0")).isEqualTo("[DIVIDE_BY_ZERO] …");
  }
}

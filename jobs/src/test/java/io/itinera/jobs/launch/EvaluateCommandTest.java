package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class EvaluateCommandTest {

  private static final List<String> NAMES =
      List.of("Anna", "Otto", "Eva", "Karl", "Lena", "Paul", "Ida", "Max", "Nora", "Emil");

  @TempDir Path folder;

  @Test
  void anyLabelledFileIsMeasured() throws IOException {
    StringBuilder lines = new StringBuilder("given_name,surname,dob,suburb,cluster\n");
    for (int record = 0; record < 120; record++) {
      int person = record / 2;
      lines.append(
          "%s,Name%s%s,%04d-%02d-%02d,Town%d,p%d\n"
              .formatted(
                  NAMES.get(person % 10),
                  NAMES.get(person * 7 % 10),
                  record % 9 == 1 ? "n" : "",
                  1950 + person * 13 % 50,
                  1 + person * 5 % 12,
                  1 + person * 11 % 28,
                  person % 6,
                  person));
    }
    Path file = Files.writeString(folder.resolve("known.csv"), lines);

    TypedLine typed =
        TypedLine.run(
            "identity",
            "evaluate",
            "--truth",
            file.toString(),
            "--set",
            "itinera.warehouse=" + folder.resolve("warehouse"));

    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains("120 records of known persons", "within reach", "Threshold", "pairs  ", "B3  ")
        .containsPattern("pairs +[01]\\.\\d{4} +[01]\\.\\d{4} +[01]\\.\\d{4}")
        .contains("Best F1");
    assertThat(folder.resolve("warehouse/profile_matches")).doesNotExist();
  }

  @Test
  void truthThatIsNeitherFileNorTableIsMisuse() {
    TypedLine typed =
        TypedLine.run(
            "identity",
            "evaluate",
            "--truth",
            "nowhere",
            "--set",
            "itinera.warehouse=" + folder.resolve("warehouse"));

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("There is no file and no table 'nowhere'");
  }
}

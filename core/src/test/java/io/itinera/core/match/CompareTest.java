package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {

  private static final MatchRules RULES = Persons.rules();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "first_name; Anna | Berg; Anna | Berg; EXACT",
        "first_name; Robert | Berg; Bob | Berg; NICKNAME",
        "first_name; Mohammed | Berg; محمد | Berg; TRANSLITERATED",
        "first_name; Theodore | Berg; Thoedore | Berg; CLOSE",
        "first_name; T | Berg; Thomas | Berg; NEAR",
        "first_name; Anna | Berg; Otto | Berg; DIFFERENT",
        "first_name; | Berg; Otto | Berg; MISSING",
        "first_name; Anna | Berg; Berg | Anna; SWAPPED",
        "last_name; Anna | Berg; Berg | Anna; SWAPPED",
        "last_name; Anna | Шевченко; Anna | Shevchenko; TRANSLITERATED",
        "day; A | B | 3 | 11; A | B | 11 | 3; SWAPPED",
        "day; A | B | 3; A | B | 03; EXACT",
        "day; A | B | 12; A | B | 21; CLOSE",
        "day; A | B | 12; A | B | 30; DIFFERENT",
        "year; A | B | 1 | 1 | 1971; A | B | 1 | 1 | 1981; CLOSE",
        "year; A | B | 1 | 1 | 1971; A | B | 1 | 1 | 1946; DIFFERENT",
        "email; A | B ||||a.b@x.org; A | B ||||a.b@x.org; EXACT",
        "email; A | B ||||ann.lee7@x.org; A | B ||||ann.le7@x.org; CLOSE",
        "email; A | B ||||zoe77@x.org; A | B ||||zoe77@post.net; NEAR",
        // Close, of persons of one name of which it is made, in whatever spelling.
        "email; M | Müller ||||m.mueller1@x.org; M | Müller ||||m.mueller2@x.org; TRANSLITERATED",
        "email; A | Юдин ||||a.yudin77@x.org; A | Юдин ||||a.yudin78@x.org; TRANSLITERATED",
        "email; Max | Müller ||||m.mueller1@x.org; Eva | Müller ||||m.mueller2@x.org;"
            + " TRANSLITERATED",
        "email; Joe | Baum ||||j_baum@x.org; Jim | Baum ||||j_baum@post.net; MISSING",
        "email; Joe | Baum ||||joe_baum@x.org; Jim | Baum ||||joe_baum@post.net; NEAR",
        "email; Joe | Baum ||||j_baum@x.org; Jim | Baum ||||j_baum@x.org; EXACT",
        "email; M | Müller ||||max.becker1@x.org; M | Müller ||||max.becker2@x.org; CLOSE"
      })
  void fieldsAgreeUpToALevel(String field, String left, String right, Level level) {
    RecordStore records = Persons.records(RULES, left + "\n" + right);

    assertThat(level(records, field)).isEqualTo(level);
  }

  @Test
  void addressMadeOfTheNameSaysNothingNewAtAnotherProvider() {
    RecordStore records =
        Persons.records(RULES, "Ann | Lee ||||ann.lee@x.org\nAnn | Lee ||||ann.lee@post.net");

    assertThat(level(records, "email")).isEqualTo(Level.MISSING);
  }

  private static Level level(RecordStore records, String field) {
    List<String> names = RULES.names();
    long pattern = new Compare(RULES.fields()).pattern(records.get(0), records.get(1));
    return Level.in(pattern, names.indexOf(field));
  }
}

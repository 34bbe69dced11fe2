package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceProblemsTest {

  private static final String SOURCE =
      """
      itinera.sources.till { format = csv, options.header = true, path = /x, touchpoint {
        occurred-at = t, channel = "'store'", type = "'purchase'", identifiers.email = mail } }
      """;

  @TempDir Path folder;

  @Test
  void refusesUnknownPresetWithoutFurtherComplaints() {
    assertThat(problems(folder, "itinera.sources.web { preset = ga4-exports, path = /x }"))
        .containsExactly(
            "my.conf:1: itinera.sources.web.preset = ga4-exports: must be one of ga4-export,"
                + " genesys-conversations, salesforce-cases, salesforce-contacts, salesforce-tasks,"
                + " segment-spec; did you mean \"ga4-export\"?");
  }

  @Test
  void refusesUnknownColumnsAndIdentifierTypes() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + """
                    itinera.sources.till.touchpoint {
                      occured-at = t
                      order_id = receipt
                      identifiers { e_mail = mail }
                    }
                    """))
        .containsExactlyInAnyOrder(
            "my.conf:4: itinera.sources.till.touchpoint.occured-at = t: unknown setting; did you"
                + " mean \"occurred-at\"?",
            "my.conf:5: itinera.sources.till.touchpoint.order_id = receipt: unknown setting; did"
                + " you mean \"order-id\"?",
            "my.conf:6: itinera.sources.till.touchpoint.identifiers.e_mail = mail: unknown setting;"
                + " did you mean \"email\"?");
  }

  @Test
  void refusesSqlThatCannotRun() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + """
                    itinera.sources.till.where = "a = = 1"
                    itinera.sources.till.touchpoint.value = "try_casst(amount)"
                    itinera.sources.till.touchpoint.text = "regexp_extract(note, '(a', 1)"
                    itinera.sources.till.schema = "id STRNG"
                    """))
        .containsExactlyInAnyOrder(
            "my.conf:3: itinera.sources.till.where = a = = 1: is not valid Spark SQL at line 1,"
                + " position 5: Syntax error at or near '='.",
            "my.conf:4: itinera.sources.till.touchpoint.value = try_casst(amount): unknown function"
                + " try_casst; did you mean \"try_cast\"?",
            "my.conf:5: itinera.sources.till.touchpoint.text = regexp_extract(note, '(a', 1): has a"
                + " wrong regular expression (a: Unclosed group at position 3",
            "my.conf:6: itinera.sources.till.schema = id STRNG: is not a valid schema at line 1,"
                + " position 4: Unsupported data type \"STRNG\".");
  }

  @Test
  void refusesColumnsThatARecordDoesNotHave() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + """
                    itinera.sources.till.schema = "t STRING, mial STRING"
                    itinera.personas.features.x = "sum(order_count)"
                    itinera.personas.features.y = "orders_count"
                    itinera.stages.rules = [{ label = awarenes, when = "chanel = 'web'" }]
                    """))
        .containsExactlyInAnyOrder(
            "my.conf:2: itinera.sources.till.touchpoint.identifiers.email = mail: unknown column"
                + " mail; did you mean \"mial\"?",
            "my.conf:4: itinera.personas.features.x = sum(order_count): unknown column"
                + " order_count; did you mean \"orders_count\"?",
            "my.conf:5: itinera.personas.features.y = orders_count: must be an aggregate, such as"
                + " sum(orders_count)",
            "my.conf:6: itinera.stages.rules[0].label = awarenes: must be one of awareness,"
                + " consideration, conversion, retention, advocacy; did you mean \"awareness\"?",
            "my.conf:6: itinera.stages.rules[0].when = chanel = 'web': unknown column chanel; did"
                + " you mean \"channel\"?");
  }

  @Test
  void refusesSourcesThatYieldNothing() {
    assertThat(
            problems(
                folder,
                """
                itinera.sources.a { format = csv, path = /x, profile { first-name = n } }
                itinera.sources.b { format = text, path = /x, records = r }
                itinera.sources.c { format = json, path = /x, touchpoint { type = t } }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:1: itinera.sources.a: columns have no names: set options { header = true } or"
                + " a schema",
            "my.conf:1: itinera.sources.a.profile: record-id is missing: what makes two records"
                + " the same person's",
            "my.conf:1: itinera.sources.a.profile: a profile needs identifiers, else it says"
                + " something about nobody",
            "my.conf:2: itinera.sources.b.records = r: only json documents have records inside;"
                + " leave it out",
            "my.conf:2: itinera.sources.b: yields nothing: give it a touchpoint or a"
                + " profile block",
            "my.conf:3: itinera.sources.c.touchpoint.occurred-at is missing: a Spark SQL"
                + " expression",
            "my.conf:3: itinera.sources.c.touchpoint.channel is missing: a Spark SQL expression",
            "my.conf:3: itinera.sources.c.touchpoint: every record would be rejected: give it"
                + " identifiers, or set unidentified = keep");
  }
}

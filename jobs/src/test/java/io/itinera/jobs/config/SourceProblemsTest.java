package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
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
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith(
            "my.conf:1: itinera.sources.web.preset = ga4-exports: must be one of adobe-data-")
        .endsWith("; did you mean \"ga4-export\"?");
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
  void refusesFunctionsWhosePatternsAreNotBounded() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + """
                    itinera.sources.till.touchpoint.text = "str_to_map(note, '(a|b)*')['x']"
                    itinera.sources.till.touchpoint.city = "parse_url(note, 'QUERY', key)"
                    itinera.sources.till.touchpoint.device = "builtin.rlike(note, 'a')"
                    itinera.sources.till.touchpoint.country = "str_to_map(note, '; ', '=')['c']"
                    itinera.sources.till.touchpoint.order-id = "parse_url(note, 'QUERY', 'order[id]')"
                    """))
        .containsExactlyInAnyOrder(
            "my.conf:3: itinera.sources.till.touchpoint.text = str_to_map(note, '(a|b)*')['x']:"
                + " str_to_map takes '(a|b)*' for a regular expression and may never end on some"
                + " texts; give it plain text in quotes, or use split or regexp_extract",
            "my.conf:4: itinera.sources.till.touchpoint.city = parse_url(note, 'QUERY', key):"
                + " parse_url takes key for a regular expression and may never end on some texts;"
                + " give it plain text in quotes, or use split or regexp_extract",
            "my.conf:5: itinera.sources.till.touchpoint.device = builtin.rlike(note, 'a'): unknown"
                + " function builtin.rlike; did you mean \"rlike\"?");
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
            "my.conf:1: itinera.sources.a: columns have no names: set options { header = true }, a"
                + " schema or a header-file",
            "my.conf:1: itinera.sources.a.profile: record-id is missing: what makes two records"
                + " the same person's",
            "my.conf:1: itinera.sources.a.profile: a profile needs identifiers, or it"
                + " describes nobody",
            "my.conf:2: itinera.sources.b.records = r: only json and xml documents have records"
                + " inside; leave it out",
            "my.conf:2: itinera.sources.b: yields nothing: give it one of the blocks touchpoint,"
                + " profile, cost, deletes",
            "my.conf:3: itinera.sources.c.touchpoint.occurred-at is missing: a Spark SQL"
                + " expression",
            "my.conf:3: itinera.sources.c.touchpoint.channel is missing: a Spark SQL expression",
            "my.conf:3: itinera.sources.c.touchpoint: every record would be rejected: give it"
                + " identifiers, or set unidentified = keep");
  }

  @Test
  void refusesSettingsThatDoNotFitTheFormat() {
    assertThat(
            problems(
                folder,
                """
                itinera.sources.a { format = jsonl, path = /x, header-file = h, skip-rows = 2
                  lookups.name { column = c, file = f }, regex = "(?<a>x)"
                  touchpoint { occurred-at = t, channel = c, type = t, identifiers.email = m } }
                itinera.sources.b { format = xml, path = /x
                  touchpoint { occurred-at = t, channel = c, type = t, identifiers.email = m } }
                itinera.sources.c { format = tsv, path = /x
                  touchpoint { occurred-at = t, channel = c, type = t, identifiers.email = m } }
                itinera.sources.d { format = text, path = /x, regex = "(?<at>.*) (?<who>"
                  touchpoint { occurred-at = "at", channel = "'web'", type = "'x'"
                    identifiers.email = "who" } }
                itinera.sources.e { format = text, path = /x, regex = "(?<at>.*) (?<who>.*)"
                  touchpoint { occurred-at = "at", channel = "'web'", type = "'x'"
                    identifiers.email = "whom" } }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:1: itinera.sources.a.header-file = h: only csv and tsv files have rows with"
                + " a header; leave it out",
            "my.conf:1: itinera.sources.a.skip-rows = 2: must be a section in braces",
            "my.conf:1: itinera.sources.a.skip-rows = 2: only csv and tsv files have rows with a"
                + " header; leave it out",
            "my.conf:2: itinera.sources.a.lookups: only csv and tsv files have rows with a"
                + " header; leave it out",
            "my.conf:2: itinera.sources.a.regex = (?<a>x): only text has lines to be split;"
                + " leave it out",
            "my.conf:4: itinera.sources.b: xml needs records (the name of the element) and a"
                + " schema",
            "my.conf:6: itinera.sources.c: columns have no names: set options { header = true },"
                + " a schema or a header-file",
            "my.conf:8: itinera.sources.d.regex = (?<at>.*) (?<who>: has a wrong regular"
                + " expression (?<at>.*) (?<who>: Unclosed group at position 18",
            "my.conf:9: itinera.sources.d.touchpoint.occurred-at = at: unknown column at",
            "my.conf:10: itinera.sources.d.touchpoint.identifiers.email = who: unknown column who",
            "my.conf:13: itinera.sources.e.touchpoint.identifiers.email = whom: unknown column"
                + " whom; did you mean \"who\"?");
  }

  @Test
  void refusesValuesOfReadingThatCannotBe() {
    assertThat(
            problems(
                folder,
                SOURCE
                    + """
                    itinera.sources.till {
                      time-formats = ["dd.MM.yyyy", "dd.MM.bbbb"]
                      decimal-comma = perhaps
                      skip-rows = -1
                      explode = "items["
                      ignore = size
                      lookups.shop { column = store, file = shops.csv, key = code }
                      lookups.town { colum = store, file = towns.tsv }
                    }
                    """))
        .containsExactlyInAnyOrder(
            "my.conf:6: itinera.sources.till.skip-rows = -1: must be a section in braces",
            "my.conf:9: itinera.sources.till.lookups.shop: give both key and value, the columns"
                + " of a CSV file, or none for lines of code, tab, meaning",
            "my.conf:10: itinera.sources.till.lookups.town.column is missing: text that is not"
                + " blank",
            "my.conf:7: itinera.sources.till.explode = items[: is not valid Spark SQL at line 1,"
                + " position 7: Syntax error at or near end of input.",
            "my.conf:8: itinera.sources.till.ignore = size: must be a list in brackets",
            "my.conf:4: itinera.sources.till.time-formats[1] = dd.MM.bbbb: is not a pattern:"
                + " Unknown pattern letter: b",
            "my.conf:5: itinera.sources.till.decimal-comma = perhaps: must be true or false",
            "my.conf:10: itinera.sources.till.lookups.town.colum = store: unknown setting; did"
                + " you mean \"column\"?");
  }

  @Test
  void refusesBlocksThatLackWhatTheyAreAbout() {
    assertThat(
            problems(
                folder,
                """
                itinera.sources.a { format = jsonl, path = /x, deletes { touchpoint = id } }
                itinera.sources.b { format = jsonl, path = /x, deletes { source = web } }
                itinera.sources.c { format = jsonl, path = /x, touchpoint {
                  occurred-at = t, channel = c, type = t, deleted = gone, always.email = m
                  identifiers.email = m } }
                itinera.sources.d { format = jsonl, path = /x, cost { deleted = gone } }
                itinera.sources.e { format = jsonl, path = /x, profile {
                  record-id = id, identifiers.email = m, always.crm = m } }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:1: itinera.sources.a.deletes.source is missing: a name in small letters,"
                + " digits, _ and -, such as web_shop",
            "my.conf:2: itinera.sources.b.deletes: deletes nothing: give it touchpoint or"
                + " profile, the record-id of what is gone",
            "my.conf:3: itinera.sources.c.touchpoint: deleted needs a record-id, which"
                + " says what is gone",
            "my.conf:6: itinera.sources.d.cost.date is missing: a Spark SQL expression",
            "my.conf:6: itinera.sources.d.cost.cost is missing: a Spark SQL expression",
            "my.conf:4: itinera.sources.c.touchpoint.always: unknown setting; known here:"
                + " campaign, category, channel, city, cost, country, currency, deleted, device,"
                + " duration-seconds, identifiers, location, marketing-channel, medium,"
                + " occurred-at, order-id, page, product-ids, properties, rating, rating-scale,"
                + " received-at, record-id, referrer, sequence, source-session, stage, text, type,"
                + " value, where",
            "my.conf:6: itinera.sources.d.cost.deleted = gone: unknown setting; known here:"
                + " campaign, clicks, cost, currency, date, impressions, marketing-channel,"
                + " record-id, where",
            "my.conf:8: itinera.sources.e.profile.always.crm = m: unknown setting; known here:"
                + " advertising_id, cookie, crm_id, device_id, email, loyalty_id, phone, user_id");
  }

  @Test
  void refusesRatesAndBotsThatCannotBe() {
    assertThat(
            problems(
                folder,
                """
                itinera.exchange-rates { path = "", max-age = 7 }
                itinera.bots { user-agents = "(bot", per-minute = -1, exclude = some }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:2: itinera.bots.user-agents = (bot: has a wrong regular expression (bot:"
                + " Unclosed group at position 5",
            "my.conf:2: itinera.bots.per-minute = -1: must be a whole number from 0 to 2147483647",
            "my.conf:2: itinera.bots.exclude = some: must be true or false",
            "my.conf:1: itinera.exchange-rates.path = : must be text that is not blank",
            "my.conf:1: itinera.exchange-rates.max-age = 7: needs a unit, such as 7 minutes or 7"
                + " days");
  }
}

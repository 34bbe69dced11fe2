package io.itinera.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.Matching;
import io.itinera.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The shipped matching of companies, on companies that are known. */
@ExtendWith(SparkExtension.class)
class CompaniesMatchTest {

  private static final Matching COMPANIES =
      ConfigReader.read(List.of(), Map.of(), Map.of()).matchings().all().get("companies");

  /** Company number, then what two or three departments wrote of it. */
  private static final String RECORDS =
      """
      entity_id,company,email,phone,street,city,postal_code,country,tax_number
      1,Nordwind Logistik GmbH,info@nordwind-logistik.de,+4940111222,Hafenstraße 12,Hamburg,20457,DE,DE811111111
      1,NORDWIND LOGISTIK,einkauf@nordwind-logistik.de,,Hafenstr. 12,Hamburg,20457,DE,
      1,Nordwind Logistic GmbH,,+4940111222,,Hamburg,,DE,DE811111111
      2,Nordwind Energie GmbH,kontakt@nordwind-energie.de,+4940777888,Werftweg 3,Hamburg,20459,DE,DE822222222
      2,Nordwind Energie,,+4940777888,Werftweg 3,Hamburg,20459,DE,
      3,Alpenblick Hotel AG,office@alpenblick.ch,+41812223344,Dorfplatz 1,Davos,7270,CH,CHE111222333
      3,Hotel Alpenblick,office@alpenblick.ch,,Dorfplatz 1,Davos,7270,CH,
      4,Brightwater Software Ltd,sales@brightwater.io,+442071112222,14 Kings Road,London,SW3 4UD,GB,GB123456789
      4,Brightwater Software Limited,billing@brightwater.io,+442071112222,14 Kings Road,London,SW34UD,GB,
      4,Brightwater Softwares,,,14 Kings Road,London,SW3 4UD,GB,GB123456789
      5,Brightwater Plumbing Ltd,jobs@brightwaterplumbing.uk,+441614445555,9 Canal Street,Manchester,M1 3HE,GB,GB987654321
      5,Brightwater Plumbing,,+441614445555,9 Canal St,Manchester,M1 3HE,GB,
      6,Müller & Söhne KG,post@mueller-soehne.de,+49711333444,Marktplatz 8,Stuttgart,70173,DE,DE833333333
      6,Mueller und Soehne,post@mueller-soehne.de,,Marktplatz 8,Stuttgart,70173,DE,DE833333333
      7,Müller Maschinenbau GmbH,info@mueller-maschinen.de,+49731555666,Industriestr. 40,Ulm,89079,DE,DE844444444
      7,Müller Maschinenbau,vertrieb@mueller-maschinen.de,+49731555666,Industriestr. 40,Ulm,89079,DE,
      8,Costa Verde S.L.,hola@costaverde.es,+34912345678,Calle Mayor 5,Madrid,28013,ES,ESB12345678
      8,Costa Verde,admin@costaverde.es,,Calle Mayor 5,Madrid,28013,ES,
      9,Fjord Seafood AS,post@fjordseafood.no,+4755123456,Bryggen 22,Bergen,5003,NO,NO999888777
      9,Fjord Sea food,post@fjordseafood.no,+4755123456,,Bergen,5003,NO,
      10,Tanaka Trading Co,info@tanaka.jp,+81312345678,1-2-3 Ginza,Tokyo,104-0061,JP,
      10,Tanaka Trading,info@tanaka.jp,,1-2-3 Ginza,Tokyo,104-0061,JP,
      11,Lumière Optique SARL,contact@lumiere-optique.fr,+33140506070,3 rue de Rivoli,Paris,75001,FR,FR11222333444
      11,Lumiere Optique,compta@lumiere-optique.fr,,3 rue de Rivoli,Paris,75001,FR,FR11222333444
      12,Lumière Studio SAS,bonjour@lumierestudio.fr,+33478112233,20 quai Perrache,Lyon,69002,FR,FR55666777888
      13,Granit Bau GmbH,buero@granitbau.at,+43732999111,Donaulände 7,Linz,4020,AT,ATU11111111
      13,Granitbau,buero@granitbau.at,+43732999111,Donaulände 7,Linz,4020,AT,
      14,Vega Solar Inc,hello@vegasolar.com,+14155550101,500 Market Street,San Francisco,94105,US,
      14,Vega Solar Corporation,support@vegasolar.com,+14155550101,500 Market Street,San Francisco,94105,US,
      15,Orion Medical BV,info@orionmedical.nl,+31201234567,Keizersgracht 100,Amsterdam,1015 AA,NL,NL123456789B01
      15,Orion Medical,,+31201234567,Keizersgracht 100,Amsterdam,1015AA,NL,NL123456789B01
      16,Orion Metals BV,sales@orionmetals.nl,+31107654321,Maasboulevard 60,Rotterdam,3011 TX,NL,NL987654321B01
      17,Papierwerk Süd GmbH,info@papierwerk.de,+49821100200,Lechstraße 2,Augsburg,86150,DE,DE855555555
      17,Papierwerk Sued,lager@papierwerk.de,,Lechstraße 2,Augsburg,86150,DE,
      18,Delta Spedition AG,dispo@delta-sped.ch,+41443334455,Hardstrasse 201,Zürich,8005,CH,CHE444555666
      18,Delta Speditions AG,dispo@delta-sped.ch,,Hardstrasse 201,Zürich,8005,CH,
      """;

  @TempDir Path home;

  @Test
  void departmentsOfOneCompanyAreOneAndNamesakesAreNot(SparkSession spark) throws Exception {
    Path file = Files.writeString(home.resolve("companies.csv"), RECORDS);

    Evaluation found =
        Evaluation.ofRecords(
            Evaluation.read(spark, file.toString()), "entity_id", Map.of(), COMPANIES);

    assertThat(found.measured().records()).isEqualTo(36);
    assertThat(found.reach().orElseThrow()).isEqualTo(1);
    assertThat(found.measured().precision()).isEqualTo(1);
    assertThat(found.measured().recall()).isGreaterThan(0.9);
  }

  /** A user's truth is often about a part of the records. */
  @Test
  void recordsOfUnknownCompaniesAreComparedButNotMeasured(SparkSession spark) throws Exception {
    String some = RECORDS.replaceAll("(?m)^[1-4],", ",");
    Path file = Files.writeString(home.resolve("some.csv"), some);

    Evaluation found =
        Evaluation.ofRecords(
            Evaluation.read(spark, file.toString()), "entity_id", Map.of(), COMPANIES);

    assertThat(found.measured().records()).isEqualTo(26);
    assertThat(found.reach().orElseThrow()).isEqualTo(1);
    assertThat(found.measured().precision()).isEqualTo(1);
    assertThat(found.measured().recall()).isGreaterThan(0.9);
    assertThat(found.best().orElseThrow().measured().f1())
        .isGreaterThanOrEqualTo(found.measured().f1());
  }
}

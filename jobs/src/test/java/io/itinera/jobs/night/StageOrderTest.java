package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.Table;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageOrderTest {

  private static final Stage SESSIONIZE =
      stage("sessionize", List.of(), List.of(), List.of(Sessions.TABLE));
  private static final Stage JOURNEYS =
      stage("journeys", List.of(SESSIONIZE), List.of(Sessions.TABLE), List.of(Journeys.TABLE));
  private static final Stage CUSTOMERS =
      stage("customers", List.of(SESSIONIZE), List.of(), List.of(CustomerDays.TABLE));
  private static final Stage RFM =
      stage("rfm", List.of(CUSTOMERS), List.of(), List.of(RfmScores.TABLE));

  @Test
  void whoNeedNotWaitRunsBeside() {
    StageOrder order = new StageOrder(List.of(SESSIONIZE, JOURNEYS, CUSTOMERS, RFM));

    assertThat(begun(order)).containsExactly("sessionize");
    order.ended(SESSIONIZE);
    assertThat(begun(order)).containsExactly("journeys", "customers");
    order.ended(CUSTOMERS);
    assertThat(begun(order)).containsExactly("rfm");
    order.ended(RFM);
    order.ended(JOURNEYS);
    assertThat(begun(order)).isEmpty();
  }

  @Test
  void aNeedIsHeededThoughTheStageBetweenIsNotThere() {
    StageOrder order = new StageOrder(List.of(SESSIONIZE, RFM));

    assertThat(begun(order)).containsExactly("sessionize");
  }

  @Test
  void twoThatWriteTheSameTableKeepTheirOrder() {
    Stage value = stage("value", List.of(), List.of(), List.of(QualityChecks.TABLE));
    Stage quality = stage("quality", List.of(), List.of(), List.of(QualityChecks.TABLE));
    StageOrder order = new StageOrder(List.of(value, quality));

    assertThat(begun(order)).containsExactly("value");
    order.ended(value);
    assertThat(begun(order)).containsExactly("quality");
  }

  @Test
  void whatIsReadIsNotWrittenMeanwhile() {
    Stage reader = stage("reader", List.of(), List.of(Customers.TABLE), List.of(RfmScores.TABLE));
    Stage writer = stage("writer", List.of(), List.of(), List.of(Customers.TABLE));

    assertThat(begun(new StageOrder(List.of(reader, writer)))).containsExactly("reader");
    assertThat(begun(new StageOrder(List.of(writer, reader)))).containsExactly("writer");
  }

  @Test
  void aStageMustNotLookAtWhatMayBeWrittenBesideIt() {
    StageOrder order = new StageOrder(List.of(SESSIONIZE, JOURNEYS, CUSTOMERS, RFM));

    assertThat(order.written(RFM)).containsExactly("journeys");
    assertThat(order.written(JOURNEYS)).containsExactly("customer_days", "rfm_scores");
  }

  private static List<String> begun(StageOrder order) {
    List<String> begun = new ArrayList<>();
    order.next().ifPresent(stage -> begun.add(stage.name()));
    if (!begun.isEmpty()) {
      begun.addAll(begun(order));
    }
    return begun;
  }

  private static Stage stage(
      String name, List<Stage> needs, List<Table> inputs, List<Table> outputs) {
    return new Stage(name, needs, inputs, outputs, config -> List.of(), context -> {});
  }
}

package io.itinera.core.journey;

import io.itinera.core.rule.Lifecycle;
import io.itinera.core.spark.KeptRow;
import io.itinera.core.table.Journeys;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** A row of {@link Journeys} as an earlier night wrote it. */
final class StoredJourney implements BookedJourney {

  private static final StructType COLUMNS = Journeys.TABLE.schema();
  private static final int REVENUE = COLUMNS.fieldIndex(Journeys.REVENUE);
  private static final int REFUNDED = COLUMNS.fieldIndex(Journeys.REFUNDED);

  private final KeptRow row;
  private BigDecimal refunded;

  StoredJourney(KeptRow row) {
    this.row = row;
  }

  /** All cells, with what came back of it; nothing if that is what the row says. */
  List<Object[]> changed() {
    if (!row.isNull(Journeys.REFUNDED) && row.amount(Journeys.REFUNDED).compareTo(refunded) == 0) {
      return List.of();
    }
    Object[] cells = row.cells();
    cells[REVENUE] = JourneysInTurn.sum(row.amount(Journeys.REVENUE));
    cells[REFUNDED] = JourneysInTurn.sum(refunded);
    return List.<Object[]>of(cells);
  }

  KeptRow row() {
    return row;
  }

  /** How far in the lifecycle it reached; zero if that is not known. */
  long stageRank() {
    UTF8String stage = row.text(Journeys.STAGE_REACHED);
    return stage == null ? 0 : Lifecycle.STAGES.indexOf(stage.toString()) + 1L;
  }

  @Override
  public boolean isConverted() {
    return !row.isNull(Journeys.CONVERSION_TOUCHPOINT_ID);
  }

  @Override
  public Collection<Order> orders() {
    List<UTF8String> ids = row.texts(Journeys.ORDER_IDS);
    List<UTF8String> sources = row.texts(Journeys.ORDER_SOURCES);
    return IntStream.range(0, ids.size())
        .mapToObj(i -> new Order(ids.get(i), sources.get(i)))
        .toList();
  }

  @Override
  public Collection<Refund> refunds() {
    return row.amounts(Journeys.REFUNDS).stream()
        .map(refund -> new Refund(new Order(refund.text(), refund.other()), refund.amount()))
        .toList();
  }

  @Override
  public void book(BigDecimal amount) {
    refunded = amount;
  }
}

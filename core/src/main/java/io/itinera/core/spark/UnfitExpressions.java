package io.itinera.core.spark;

import io.itinera.core.source.MappingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Touchpoints;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Expressions that have no use over records of some shape. */
public final class UnfitExpressions {

  /** Columns that are made of more than one value. */
  private static final Set<String> NESTED =
      Set.of(
          Touchpoints.PRODUCT_IDS, Touchpoints.PROPERTIES, Profiles.CONSENT, Profiles.ATTRIBUTES);

  private UnfitExpressions() {}

  /**
   * The expressions of {@code source} that cannot be computed over {@code records}, or give an
   * array or struct where one value is asked for.
   *
   * @param records any rows of their schema, with all columns that the expressions name
   * @return expression to the paths that it names
   */
  public static Map<String, Set<List<String>>> of(Dataset<Row> records, SourceRules source) {
    Map<String, Set<List<String>>> unfit = new LinkedHashMap<>();
    Stream<String> single =
        Stream.concat(
            Stream.of(source.where(), source.deliveries().versionAt(), source.deliveries().rank())
                .flatMap(Optional::stream),
            source.blocks().flatMap(UnfitExpressions::single));
    single
        .filter(text -> type(records, text).map(UnfitExpressions::isNested).orElse(true))
        .forEach(text -> unfit.put(text, Expressions.inputs(text)));
    source
        .blocks()
        .flatMap(UnfitExpressions::others)
        .filter(text -> type(records, text).isEmpty())
        .forEach(text -> unfit.put(text, Expressions.inputs(text)));
    return unfit;
  }

  private static Stream<String> single(MappingRules block) {
    return Stream.concat(
        Stream.of(block.where(), block.recordId()).flatMap(Optional::stream),
        block.columns().entrySet().stream()
            .filter(column -> !mayBeNested(column))
            .map(Map.Entry::getValue));
  }

  private static Stream<String> others(MappingRules block) {
    return Stream.of(
            block.columns().entrySet().stream()
                .filter(UnfitExpressions::mayBeNested)
                .map(Map.Entry::getValue),
            block.identifiers().values().stream(),
            block.always().values().stream())
        .flatMap(texts -> texts);
  }

  private static boolean mayBeNested(Map.Entry<String, String> column) {
    return NESTED.contains(column.getKey()) || SeveralClocks.areIn(column.getValue());
  }

  private static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof StructType;
  }

  private static Optional<DataType> type(Dataset<Row> records, String text) {
    return Expressions.inZone(
        ZoneOffset.UTC,
        () -> {
          try {
            return Optional.of(
                records.select(Expressions.guarded(text)).schema().fields()[0].dataType());
          } catch (Exception e) {
            if (!(e instanceof AnalysisException)) {
              throw e;
            }
            return Optional.<DataType>empty();
          }
        });
  }
}

package io.itinera.jobs.lake;

import io.delta.kernel.Operation;
import io.delta.kernel.Transaction;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.Format;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StringType;
import io.itinera.core.table.Table;
import java.util.Optional;
import java.util.UUID;

/**
 * The first entry of a table's log. Delta's own library can make one, but has no word for what the
 * table is, and Spark would plan and run several queries for each table.
 */
record NewTable(Metadata metadata) {

  /** Any reader knows them; the second is for columns that are never null. */
  private static final int READER = 1;

  private static final int WRITER = 2;

  static NewTable of(Table table) {
    String schema = table.schema().json();
    return new NewTable(
        new Metadata(
            UUID.randomUUID().toString(),
            Optional.empty(),
            Optional.of(table.comment()),
            new Format(),
            schema,
            DataTypeJsonSerDe.deserializeStructType(schema),
            VectorUtils.buildArrayValue(table.partitions(), StringType.STRING),
            Optional.of(System.currentTimeMillis()),
            VectorUtils.stringStringMapValue(TableProperties.of(table))));
  }

  /** To be committed in the folder {@code path}. */
  Transaction in(Engine engine, String path) {
    return new TransactionImpl(
        true,
        new Path(Utils.resolvePath(engine, path)),
        Optional.empty(),
        "itinera",
        Operation.CREATE_TABLE,
        Optional.of(new Protocol(READER, WRITER)),
        Optional.of(metadata),
        DefaultFileSystemManagedTableOnlyCommitter.INSTANCE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        System::currentTimeMillis);
  }
}

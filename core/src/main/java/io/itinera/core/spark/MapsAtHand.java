package io.itinera.core.spark;

import io.itinera.core.table.ColumnTypes;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.UnsafeMapData;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Maps of texts as they come out of a file, with their texts read once: else whoever looks a key up
 * reads every key anew, out of the file's dictionary, and so does the next.
 */
public final class MapsAtHand {

  private static final JavaMethod METHOD =
      new JavaMethod(
          MapsAtHand.class, "read", ColumnTypes.STRING_MAP, List.of(ColumnTypes.STRING_MAP));

  private MapsAtHand() {}

  /** The same map, null where {@code map} is. */
  public static Column of(Column map) {
    return METHOD.over(map);
  }

  /** Public only because generated code calls it. */
  public static MapData read(MapData map) {
    return map instanceof UnsafeMapData || map instanceof ArrayBasedMapData
        ? map
        : new ArrayBasedMapData(texts(map.keyArray()), texts(map.valueArray()));
  }

  private static GenericArrayData texts(ArrayData array) {
    Object[] texts = new Object[array.numElements()];
    for (int i = 0; i < texts.length; i++) {
      UTF8String text = array.isNullAt(i) ? null : array.getUTF8String(i);
      texts[i] = text;
    }
    return new GenericArrayData(texts);
  }
}

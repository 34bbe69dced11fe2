package io.itinera.jobs.format;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How a source spells its fields, at all depths. Files may spell them otherwise, in upper and lower
 * case: to Spark's parsers of JSON and XML those would be other fields.
 */
public final class FieldSpelling implements Serializable {

  private static final long serialVersionUID = 1;

  /** Name, upper and lower case being one, to its spelling, and to those of the fields inside. */
  private final Map<String, String> names = new HashMap<>();

  private final Map<String, FieldSpelling> inside = new HashMap<>();

  /** Of the values of a map, whose own keys are data, but for those that somebody asks for. */
  private FieldSpelling ofValues;

  private final Set<String> asked = new HashSet<>();

  private static final int MOST_KNOWN = 1_000;

  /** What was found out of names; where they are data there is no end of them. */
  private transient Map<String, Known> known;

  private record Known(boolean isSpelt, FieldSpelling inside) {}

  private FieldSpelling() {}

  /** No field is spelt in any way. */
  public static FieldSpelling none() {
    return new FieldSpelling();
  }

  /** As {@code type} spells its fields; of several spellings of one the first. */
  public static FieldSpelling of(DataType type) {
    FieldSpelling spelling = none();
    if (type instanceof ArrayType array) {
      return of(array.elementType());
    }
    if (type instanceof MapType map) {
      spelling.ofValues = of(map.valueType());
    } else if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        String folded = Fields.folded(field.name());
        if (spelling.names.putIfAbsent(folded, field.name()) == null) {
          spelling.inside.put(folded, of(field.dataType()));
        }
      }
    }
    return spelling;
  }

  /**
   * The same spelling, and also that of the keys of maps to which {@code paths} lead. A key that is
   * asked for in several spellings is right in each of them.
   */
  public FieldSpelling withKeys(Set<List<String>> paths) {
    paths.forEach(this::ask);
    return this;
  }

  private void ask(List<String> path) {
    if (path.isEmpty()) {
      return;
    }
    String name = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (ofValues != null) {
      asked.add(name);
      names.putIfAbsent(Fields.folded(name), name);
      ofValues.ask(rest);
    } else if (inside.containsKey(Fields.folded(name))) {
      inside.get(Fields.folded(name)).ask(rest);
    }
  }

  /** Whether no name matters, here or further inside. */
  boolean isFree() {
    return names.isEmpty() && (ofValues == null || ofValues.isFree());
  }

  /** The source's spelling of {@code name}; itself, if the source does not know it. */
  String of(String name) {
    return names.isEmpty() || asked.contains(name)
        ? name
        : names.getOrDefault(Fields.folded(name), name);
  }

  /** Whether {@code name} is spelt as the source does, or is none that it knows. */
  boolean isSpelt(String name) {
    return isFree() || known(name).isSpelt();
  }

  /** Spelling of the fields inside of the field {@code name}. */
  FieldSpelling inside(String name) {
    return isFree() ? this : known(name).inside();
  }

  private Known known(String name) {
    if (known == null) {
      known = new HashMap<>();
    }
    Known found = known.get(name);
    if (found == null) {
      found = new Known(of(name).equals(name), lookUp(name));
      if (known.size() < MOST_KNOWN) {
        known.put(name, found);
      }
    }
    return found;
  }

  private FieldSpelling lookUp(String name) {
    if (ofValues != null) {
      return ofValues;
    }
    FieldSpelling found = names.isEmpty() ? null : inside.get(Fields.folded(name));
    return found == null ? none() : found;
  }
}

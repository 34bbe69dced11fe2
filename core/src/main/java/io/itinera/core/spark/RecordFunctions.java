package io.itinera.core.spark;

import static org.apache.spark.sql.types.DataTypes.StringType;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Functions of our own that expressions over records may call, for what vendors' records ask for
 * again and again and Spark can say only with functions of functions, which it interprets element
 * by element.
 *
 * <ul>
 *   <li>{@code named_texts(prefix, keys, values, …)}: a map of the keys, each behind the prefix, to
 *       the first of the values at its place that is there; empty texts and keys without a value
 *       are left out, and of a key that is there twice the first counts.
 *   <li>{@code map_without(map, names)}: the map without the names, and without what is empty.
 *   <li>{@code filled_texts(names, map, …)}: all entries of the maps that hold something, without
 *       those names; a null map is none, and of a key in several the last counts. A {@code map(…)}
 *       that is written as the last of them is never made.
 *   <li>{@code json_of_named(excluded, keys, values, …)}: a JSON array of texts {@code key=value},
 *       sorted, without the excluded keys.
 *   <li>{@code public_address(text)}: of a list of internet addresses, parted by commas or blanks,
 *       the first that is public, else the first; empty without any. Ports and zones are cut off.
 * </ul>
 *
 * Public only because generated code calls it.
 */
public final class RecordFunctions implements Serializable {

  private static final long serialVersionUID = 1;

  private static final DataType TEXTS = DataTypes.createArrayType(StringType);
  private static final DataType LISTS = DataTypes.createArrayType(TEXTS);
  private static final DataType TEXT_MAP = DataTypes.createMapType(StringType, StringType);
  private static final DataType TEXT_MAPS = DataTypes.createArrayType(TEXT_MAP);

  private static final String NAMED_TEXTS = "named_texts";
  private static final String MAP_WITHOUT = "map_without";
  private static final String FILLED_TEXTS = "filled_texts";
  private static final String JSON_OF_NAMED = "json_of_named";
  private static final String PUBLIC_ADDRESS = "public_address";

  /** Names of the functions. */
  public static final Set<String> NAMES =
      Set.of(NAMED_TEXTS, MAP_WITHOUT, FILLED_TEXTS, JSON_OF_NAMED, PUBLIC_ADDRESS);

  /** Also as it is written in an address of the web. */
  private static final Pattern SEPARATOR = Pattern.compile("[,+ \"]|%20|%2C");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "^\\[?(?:::ffff:)?([0-9]{1,3}(?:[.][0-9]{1,3}){3}|[0-9a-f]{0,4}:[0-9a-f:.]*)"
              + "(?:%[^\\]]*)?\\]?(?::[0-9]+)?$",
          Pattern.CASE_INSENSITIVE);

  /** RFC 1918, RFC 3927, RFC 4193, RFC 4291, and what a host calls itself. */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "^(?:10|127|169[.]254|192[.]168|172[.](?:1[6-9]|2[0-9]|3[01]))[.]|^f[cd][0-9a-f]{2}:"
              + "|^fe[89ab][0-9a-f]:|^::1$");

  private static final UTF8String EQUALS = UTF8String.fromString("=");

  private transient volatile Names known;

  private record Names(ArrayData list, Set<UTF8String> set) {}

  private RecordFunctions() {}

  /**
   * The function of that name.
   *
   * @throws IllegalArgumentException if it takes other arguments
   */
  public static Expression of(String name, List<Expression> arguments) {
    int count = arguments.size();
    return switch (name) {
      case NAMED_TEXTS -> {
        require(count >= 3, "named_texts(prefix, keys, values, …)");
        yield method("namedTexts", TEXT_MAP, StringType, TEXTS, LISTS)
            .of(arguments.get(0), cast(arguments.get(1), TEXTS), lists(arguments, 2));
      }
      case MAP_WITHOUT -> {
        require(count == 2, "map_without(map, names)");
        yield method("mapWithout", TEXT_MAP, TEXT_MAP, TEXTS)
            .of(cast(arguments.get(0), TEXT_MAP), cast(arguments.get(1), TEXTS));
      }
      case FILLED_TEXTS -> {
        require(count >= 2, "filled_texts(names, map, …)");
        yield filledTexts(arguments.get(0), arguments.subList(1, count));
      }
      case JSON_OF_NAMED -> {
        require(count >= 3, "json_of_named(excluded, keys, values, …)");
        yield method("jsonOfNamed", StringType, TEXTS, TEXTS, LISTS)
            .of(cast(arguments.get(0), TEXTS), cast(arguments.get(1), TEXTS), lists(arguments, 2));
      }
      default -> {
        require(count == 1, "public_address(text)");
        yield method("publicAddress", StringType, StringType).of(arguments);
      }
    };
  }

  private static Expression filledTexts(Expression names, List<Expression> maps) {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    List<Expression> others = new ArrayList<>(maps);
    if (maps.get(maps.size() - 1) instanceof UnresolvedFunction last
        && last.nameParts().mkString(".").equalsIgnoreCase("map")) {
      List<Expression> written = CollectionConverters.asJava(last.arguments());
      require(written.size() % 2 == 0, "filled_texts(names, map, …, map(key, value, …))");
      for (int i = 0; i < written.size(); i += 2) {
        keys.add(written.get(i));
        values.add(written.get(i + 1));
      }
      others.remove(others.size() - 1);
    }
    return method("filledTexts", TEXT_MAP, TEXTS, TEXT_MAPS, TEXTS, TEXTS)
        .of(
            cast(names, TEXTS),
            cast(array(others, TEXT_MAP), TEXT_MAPS),
            cast(array(keys, StringType), TEXTS),
            cast(array(values, StringType), TEXTS));
  }

  private static Expression lists(List<Expression> arguments, int from) {
    return array(arguments.subList(from, arguments.size()), TEXTS);
  }

  private static Expression array(List<Expression> elements, DataType type) {
    List<Expression> cast = elements.stream().map(element -> cast(element, type)).toList();
    return new CreateArray(SparkValues.seq(cast), false);
  }

  private static Expression cast(Expression value, DataType type) {
    return new Cast(value, type, Option.empty(), EvalMode.LEGACY());
  }

  // One method of each name: Spark finds them by their names alone.

  /** The keys, each behind {@code prefix}, with the first of the lists' values at its place. */
  public MapData namedTexts(UTF8String prefix, ArrayData keys, ArrayData lists) {
    Map<UTF8String, UTF8String> texts = new LinkedHashMap<>();
    for (int i = 0; i < keys.numElements(); i++) {
      UTF8String value = keys.isNullAt(i) ? null : firstOf(lists, i);
      if (value != null && value.numBytes() > 0) {
        texts.putIfAbsent(UTF8String.concat(prefix, keys.getUTF8String(i)), value);
      }
    }
    return map(texts);
  }

  /** What of {@code map} holds something, without {@code names}. */
  public MapData mapWithout(MapData map, ArrayData names) {
    Map<UTF8String, UTF8String> texts = new LinkedHashMap<>();
    addFilled(map.keyArray(), map.valueArray(), setOf(names), texts);
    return map(texts);
  }

  /**
   * What of {@code maps}, and of {@code keys} with their {@code values}, holds something, without
   * {@code names}.
   */
  public MapData filledTexts(ArrayData names, ArrayData maps, ArrayData keys, ArrayData values) {
    Set<UTF8String> without = setOf(names);
    Map<UTF8String, UTF8String> texts = new LinkedHashMap<>();
    for (int i = 0; i < maps.numElements(); i++) {
      if (!maps.isNullAt(i)) {
        MapData map = maps.getMap(i);
        addFilled(map.keyArray(), map.valueArray(), without, texts);
      }
    }
    addFilled(keys, values, without, texts);
    return map(texts);
  }

  private static void addFilled(
      ArrayData keys,
      ArrayData values,
      Set<UTF8String> without,
      Map<UTF8String, UTF8String> texts) {
    for (int i = 0; i < keys.numElements(); i++) {
      if (!values.isNullAt(i) && !keys.isNullAt(i)) {
        UTF8String value = values.getUTF8String(i);
        UTF8String key = keys.getUTF8String(i);
        if (value.numBytes() > 0 && !without.contains(key)) {
          texts.put(key, value);
        }
      }
    }
  }

  /** A sorted JSON array of the texts {@code key=value}, without what is {@code excluded}. */
  public UTF8String jsonOfNamed(ArrayData excluded, ArrayData keys, ArrayData lists) {
    Set<UTF8String> without = setOf(excluded);
    List<UTF8String> texts = new ArrayList<>();
    for (int i = 0; i < keys.numElements(); i++) {
      if (!keys.isNullAt(i) && !without.contains(keys.getUTF8String(i))) {
        UTF8String value = firstOf(lists, i);
        texts.add(
            value == null
                ? keys.getUTF8String(i)
                : UTF8String.concat(keys.getUTF8String(i), EQUALS, value));
      }
    }
    Collections.sort(texts);
    StringBuilder json = new StringBuilder("[");
    for (UTF8String text : texts) {
      json.append(json.length() > 1 ? ",\"" : "\"");
      JsonStringEncoder.getInstance().quoteAsString(text.toString(), json);
      json.append('"');
    }
    return UTF8String.fromString(json.append(']').toString());
  }

  /** The first public internet address in {@code text}, else the first; empty without any. */
  public UTF8String publicAddress(UTF8String text) {
    String first = "";
    for (String part : SEPARATOR.split(text.toString(), -1)) {
      Matcher address = ADDRESS.matcher(part);
      if (address.find()) {
        String found = address.group(1).toLowerCase(Locale.ROOT);
        if (!PRIVATE.matcher(found).find()) {
          return UTF8String.fromString(found);
        }
        first = first.isEmpty() ? found : first;
      }
    }
    return UTF8String.fromString(first);
  }

  /** The first of the lists' values at {@code place} that is there; null without any. */
  private static UTF8String firstOf(ArrayData lists, int place) {
    for (int i = 0; i < lists.numElements(); i++) {
      if (!lists.isNullAt(i)) {
        ArrayData list = lists.getArray(i);
        if (place < list.numElements() && !list.isNullAt(place)) {
          return list.getUTF8String(place);
        }
      }
    }
    return null;
  }

  /** Nearly always the names of the record before. */
  private Set<UTF8String> setOf(ArrayData names) {
    Names last = known;
    if (last == null || last.list() != names) {
      Set<UTF8String> set = new HashSet<>();
      for (int i = 0; i < names.numElements(); i++) {
        set.add(names.getUTF8String(i).copy());
      }
      last = new Names(names, set);
      known = last;
    }
    return last.set();
  }

  private static MapData map(Map<UTF8String, UTF8String> texts) {
    return new ArrayBasedMapData(
        new GenericArrayData(texts.keySet().toArray()),
        new GenericArrayData(texts.values().toArray()));
  }

  private static JavaMethod method(String name, DataType result, DataType... parameters) {
    return new JavaMethod(new RecordFunctions(), name, result, List.of(parameters));
  }

  /** All do the same: what they know of names is the names'. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RecordFunctions;
  }

  @Override
  public int hashCode() {
    return RecordFunctions.class.hashCode();
  }

  @Override
  public String toString() {
    return "record";
  }

  private static void require(boolean fits, String form) {
    if (!fits) {
      throw new IllegalArgumentException("The function is called as " + form);
    }
  }
}

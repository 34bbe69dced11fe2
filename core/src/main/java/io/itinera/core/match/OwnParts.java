package io.itinera.core.match;

import io.itinera.core.match.MatchField.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person has for himself and a relative may have all the same: twins the birth date, father
 * and son the first name, branches of a company its name.
 *
 * <p>A name that nobody shares, or a group of fields one of which nobody shares. Numbers of
 * documents are none: who has the same is the same.
 *
 * @param names of the parts: of a field, or of a group
 * @param ofFields of each field the place of its part, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // One number for each field.
record OwnParts(List<String> names, int[] ofFields) {

  static OwnParts of(List<MatchField> fields) {
    List<String> names = new ArrayList<>();
    for (MatchField field : fields) {
      String name = field.group() == null ? field.name() : field.group();
      if (isOwn(field) && !names.contains(name)) {
        names.add(name);
      }
    }
    int[] ofFields =
        fields.stream()
            .mapToInt(
                field ->
                    field.group() != null
                        ? names.indexOf(field.group())
                        : isOwn(field) ? names.indexOf(field.name()) : -1)
            .toArray();
    return new OwnParts(names, ofFields);
  }

  private static boolean isOwn(MatchField field) {
    return !field.isShared() && field.kind() != Kind.CODE && field.kind() != Kind.EMAIL;
  }

  int count() {
    return names.size();
  }
}

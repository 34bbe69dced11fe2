package io.itinera.core.match;

import io.itinera.core.match.MatchField.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Values of records to terms; what is met again and again is worked out once. */
final class ReadTerms {

  /** Legal forms and fillers of company names, folded. */
  private static final Set<String> FORMS =
      Set.of(
          ("gmbh ag kg ohg ug se ev inc incorporated corp corporation co company llc llp lp ltd"
                  + " limited plc sa sas sarl srl spa bv nv ab as oy aps ooo zao oao pao ao ip fze"
                  + " fzco fzllc fz dmcc wll sl slu kft zoo pjsc pte pty pvt"
                  + " the and und et group holding international")
              .split(" ", -1));

  /** The blanks between single letters: G.m.b.H. is the word gmbh. */
  private static final Pattern INITIALS = Pattern.compile("(?<=(?:^| )\\p{L}) (?=\\p{L}(?: |$))");

  private final List<MatchField> fields;
  private final RecentTerms recent;

  ReadTerms(List<MatchField> fields) {
    this.fields = List.copyOf(fields);
    recent = new RecentTerms(fields.size());
  }

  /** The terms of one record, whose values stand in the fields' order; blank ones are null. */
  Term[] read(String[] values) {
    Term[] terms = new Term[values.length];
    for (int field = 0; field < terms.length; field++) {
      String value = values[field];
      if (value != null && !value.isBlank()) {
        terms[field] = term(field, value);
      }
    }
    return terms;
  }

  private Term term(int field, String value) {
    RecentTerms.Known known = recent.find(field, value);
    return known != null
        ? known.term()
        : recent.keep(field, value, make(fields.get(field).kind(), value));
  }

  private static Term make(Kind kind, String value) {
    return switch (kind) {
      case EMAIL -> email(value);
      case NUMBER -> number(value);
      case CODE -> code(value);
      case GIVEN_NAME -> given(value);
      case COMPANY -> company(value);
      case NAME, TEXT -> Term.of(value);
    };
  }

  private static Term given(String value) {
    Term term = Term.of(value);
    return term == null ? null : term.named(Nicknames.groups(term.text()));
  }

  /** The term that has {@code text}, as it was made of a value once. */
  static Term again(Kind kind, String text, Term.Script script) {
    return switch (kind) {
      case EMAIL -> address(text);
      case NUMBER, CODE -> Term.plain(text, text);
      case GIVEN_NAME -> Term.of(text, script).named(Nicknames.groups(text));
      case COMPANY, NAME, TEXT -> Term.of(text, script);
    };
  }

  private static Term email(String value) {
    return address(value.strip().toLowerCase(java.util.Locale.ROOT));
  }

  /** The address as it is; what stands before the @, without what stands behind +, as skeleton. */
  private static Term address(String address) {
    int at = address.indexOf('@');
    String local = at < 0 ? address : address.substring(0, at);
    int plus = local.indexOf('+');
    return Term.plain(address, plus > 0 ? local.substring(0, plus) : local);
  }

  private static Term number(String value) {
    String digits = value.strip();
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    digits = digits.substring(start);
    return digits.length() < 10 && digits.chars().allMatch(sign -> sign >= '0' && sign <= '9')
        ? Term.plain(digits, digits)
        : null;
  }

  private static Term code(String value) {
    String folded = Fold.folded(value);
    if (folded == null) {
      return null;
    }
    String dense = folded.replace(" ", "");
    return Term.plain(dense, dense);
  }

  private static Term company(String value) {
    String folded = Fold.folded(value);
    if (folded == null) {
      return null;
    }
    StringBuilder name = new StringBuilder();
    for (String word : INITIALS.matcher(folded).replaceAll("").split(" ", -1)) {
      if (!FORMS.contains(word)) {
        name.append(name.length() == 0 ? "" : " ").append(word);
      }
    }
    return Term.of(name.length() == 0 ? folded : name.toString());
  }
}

package io.itinera.core.trail;

import io.itinera.core.rule.PageRules;
import io.itinera.core.trail.PatternNode.Arrow;
import io.itinera.core.trail.PatternNode.Either;
import io.itinera.core.trail.PatternNode.InTurn;
import io.itinera.core.trail.PatternNode.One;
import io.itinera.core.trail.PatternNode.Repeated;
import io.itinera.core.trail.PatternNode.Within;
import io.itinera.core.trail.TouchTest.Any;
import io.itinera.core.trail.TouchTest.Named;
import io.itinera.core.trail.TouchTest.Not;
import io.itinera.core.trail.TouchTest.OnPage;
import io.itinera.core.trail.TouchTest.OneOf;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads patterns.
 *
 * <pre>
 * pattern  = [ "^" ] parts [ "within" time ] [ "$" ]
 * parts    = part { arrow part }
 * arrow    = "->" | "-[" ( "&lt;=" | "&lt;" | "&gt;=" | "&gt;" ) time "]->"
 * part     = ( one | "(" parts { "|" parts } ")" [ "within" time ] ) [ often ]
 * one      = "." | name | "!" one | "[" [ "^" ] name { "|" name } "]"
 * often    = "*" | "+" | "?" | "{" n "}" | "{" n "," [ m ] "}" | "{" "," m "}"
 * name     = piece { ":" piece }, three pieces at most, or "page:" piece; a piece may be 'quoted', or end in *
 * time     = a number and one of s, m, h, d, w, or a word such as minutes
 * </pre>
 */
final class PatternParser {

  private static final int MOST_REPEATS = 1_000;

  private final PatternText text;

  private PatternParser(String pattern) {
    this.text = new PatternText(pattern);
  }

  /**
   * What {@code pattern} says.
   *
   * @throws PatternException if it cannot be read
   */
  static TouchPattern parse(String pattern) {
    PatternParser parser = new PatternParser(pattern);
    boolean isFromStart = parser.text.takes("^");
    PatternNode parts = parser.bounded(parser.parts());
    boolean isToEnd = parser.text.takes("$");
    parser.text.requireEnd();
    return new TouchPattern(pattern, parts, isFromStart, isToEnd);
  }

  private PatternNode parts() {
    List<PatternNode> parts = new ArrayList<>(List.of(part()));
    List<Arrow> arrows = new ArrayList<>();
    while (text.isAt("->") || text.isAt("-[")) {
      arrows.add(arrow());
      parts.add(part());
    }
    return parts.size() == 1 ? parts.get(0) : new InTurn(parts, arrows);
  }

  private Arrow arrow() {
    if (text.takes("->")) {
      return Arrow.FREE;
    }
    text.require("-[");
    for (String sign : List.of("<=", ">=", "<", ">")) {
      if (text.takes(sign)) {
        long micros = text.time();
        text.require("]->");
        long least = sign.equals(">") ? micros + 1 : micros;
        long most = sign.equals("<") ? micros - 1 : micros;
        return sign.startsWith("<")
            ? new Arrow(Long.MIN_VALUE, most)
            : new Arrow(least, Long.MAX_VALUE);
      }
    }
    throw text.problem("<=, <, >= or > and a time is expected, such as -[<= 2 days]->");
  }

  private PatternNode part() {
    if (text.takes("(")) {
      List<PatternNode> choices = new ArrayList<>(List.of(parts()));
      while (text.takes("|")) {
        choices.add(parts());
      }
      text.require(")");
      return often(bounded(choices.size() == 1 ? choices.get(0) : new Either(choices)));
    }
    return often(new One(one()));
  }

  private PatternNode bounded(PatternNode part) {
    return text.takesWord("within") ? new Within(part, text.time()) : part;
  }

  private TouchTest one() {
    if (text.takes(".")) {
      return new Any();
    }
    if (text.takes("!")) {
      return new Not(one());
    }
    if (!text.takes("[")) {
      return named();
    }
    boolean isNegated = text.takes("^");
    List<TouchTest> names = new ArrayList<>();
    do {
      names.add(named());
    } while (text.takes("|"));
    text.require("]");
    return isNegated ? new Not(new OneOf(names)) : new OneOf(names);
  }

  private TouchTest named() {
    List<String> pieces = text.name();
    if (!pieces.get(0).equals(PageRules.PAGE) || pieces.size() == 1) {
      return new Named(pieces);
    }
    if (pieces.size() > 2) {
      throw text.problem("page:name is all that may be said of a page");
    }
    return new OnPage(pieces.get(1));
  }

  private PatternNode often(PatternNode part) {
    if (text.takes("*")) {
      return new Repeated(part, 0, PatternNode.EVER);
    }
    if (text.takes("+")) {
      return new Repeated(part, 1, PatternNode.EVER);
    }
    if (text.takes("?")) {
      return new Repeated(part, 0, 1);
    }
    return text.takes("{") ? counted(part) : part;
  }

  private PatternNode counted(PatternNode part) {
    int least = text.isAt(",") ? 0 : text.number(MOST_REPEATS);
    int most = least;
    if (text.takes(",")) {
      most = text.isAt("}") ? PatternNode.EVER : text.number(MOST_REPEATS);
    }
    if (most < least || most == 0) {
      throw text.problem("{least,most} wants most to be 1 or more, and no less than least");
    }
    text.require("}");
    return new Repeated(part, least, most);
  }
}

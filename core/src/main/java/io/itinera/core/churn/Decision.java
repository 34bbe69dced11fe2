package io.itinera.core.churn;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

/**
 * A node of a tree: a question about one number with two answers, or a leaf.
 *
 * @param asked what the question is about; null in a leaf
 * @param threshold up to which the answer is {@code below}
 * @param below where it is not greater
 * @param above where it is greater
 * @param said in a leaf, what the tree says
 */
record Decision(Behaviour asked, double threshold, Decision below, Decision above, double said)
    implements Serializable {

  static Decision leaf(double said) {
    return new Decision(null, 0, null, null, said);
  }

  double of(double[] customer) {
    Decision at = this;
    while (at.asked != null) {
      at = at.asked.of(customer) <= at.threshold ? at.below : at.above;
    }
    return at.said;
  }

  /** As {@code days_since_order <= 30.5 ? -0.2 : 0.1}, with questions in place of answers. */
  String text() {
    return asked == null
        ? Double.toString(said)
        : "%s <= %s ? %s : %s"
            .formatted(asked.column(), Double.toString(threshold), below.text(), above.text());
  }

  /** The tree that {@link #text} tells. */
  static Decision of(String text) {
    return next(new ArrayDeque<>(List.of(text.split(" ", -1))));
  }

  private static Decision next(Queue<String> words) {
    String word = words.remove();
    if (!Character.isLetter(word.charAt(0)) || word.equals("NaN")) {
      return leaf(Double.parseDouble(word));
    }
    Behaviour asked = Behaviour.valueOf(word.toUpperCase(Locale.ROOT));
    words.remove();
    double threshold = Double.parseDouble(words.remove());
    words.remove();
    Decision below = next(words);
    words.remove();
    return new Decision(asked, threshold, below, next(words), 0);
  }
}

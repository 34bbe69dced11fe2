package io.itinera.core.match;

import java.io.Serializable;
import java.util.Map;

/**
 * What agreement in a field is worth: a mixture of three kinds of pairs.
 *
 * <p>Two records are of one person (m), of relatives or colleagues who have surname, address or
 * telephone in common (r), or of strangers (u). Without the second kind, fields that depend on each
 * other would make one person of a household; it is estimated with the others (latent classes after
 * Larsen and Rubin, Iterative Automated Record Linkage Using Mixture Models, 2001). Most relatives
 * have neither first name nor birth date in common, some have one of them: twins, and sons who are
 * called as their fathers are ({@code alike}). Within one person, fields of a group may have
 * changed together ({@code kept} is the probability that they did not), so that who moved is not
 * counted as four disagreements.
 *
 * @param fields of the rules it was made with
 * @param same by field and {@link Level} the probability among records of one person
 * @param related the same among relatives
 * @param stranger the same among strangers
 * @param prior probability that two records are of one person, before they are compared
 * @param priorRelated the same of relatives
 * @param kept by name of a group of fields the probability that it did not change as a whole
 * @param alike by name of a part of {@link OwnParts} the probability that relatives agree in it
 * @param frequencies how common values are
 */
@SuppressWarnings("ArrayRecordComponent") // Looked up at every pair; nobody compares models.
public record MatchModel(
    java.util.List<MatchField> fields,
    double[][] same,
    double[][] related,
    double[][] stranger,
    double prior,
    double priorRelated,
    Map<String, Double> kept,
    Map<String, Double> alike,
    Frequencies frequencies)
    implements Serializable {

  /** Weight of one level of one field, in bits. */
  public double weight(int field, Level level) {
    int at = level.code();
    return level == Level.MISSING
        ? 0
        : Math.log(same[field][at] / stranger[field][at]) / Math.log(2);
  }
}

package io.itinera.core.persona;

import io.itinera.core.persona.PersonaChange.Kind;
import io.itinera.core.persona.PersonaModel.TrainedPersona;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells what became of personas since the training before, by where that one would have put today's
 * training customers.
 *
 * @param after the later training
 * @param clusters its groups and the customers whom it looked at
 * @param rules how far personas may drift, and in which words they are told
 */
record TellChanges(PersonaModel after, Clusters clusters, PersonaRules rules) {

  /** Changes in the order of the personas: first of those that are, then of those that were. */
  List<PersonaChange> since(Optional<PersonaModel> earlier) {
    if (earlier.isEmpty()) {
      return appeared(words().say(Phrase.CHANGE_FIRST));
    }
    PersonaModel before = earlier.get();
    if (!before.scaling().features().equals(after.scaling().features())) {
      List<PersonaChange> changes =
          new ArrayList<>(appeared(words().say(Phrase.CHANGE_OTHER_FEATURES)));
      before
          .personas()
          .forEach(
              p -> changes.add(change(p, Kind.VANISHED, words().say(Phrase.CHANGE_FEATURES_GONE))));
      return changes;
    }
    Flows flows = Flows.of(before, clusters);
    List<PersonaChange> changes = new ArrayList<>();
    for (int now = 0; now < after.personas().size(); now++) {
      changesOf(now, before, flows, changes);
    }
    Set<String> ids = new HashSet<>(after.ids());
    for (int was = 0; was < before.personas().size(); was++) {
      TrainedPersona persona = before.personas().get(was);
      int origin = was;
      List<Integer> parts =
          IntStream.range(0, after.personas().size())
              .filter(now -> flows.isPart(origin, now))
              .boxed()
              .toList();
      if (parts.size() > 1) {
        changes.add(
            change(
                persona, Kind.SPLIT, words().say(Phrase.CHANGE_INTO, into(origin, parts, flows))));
      }
      if (!ids.contains(persona.id())) {
        changes.add(change(persona, Kind.VANISHED, whereTo(origin, persona, flows)));
      }
    }
    return changes;
  }

  private List<PersonaChange> appeared(String why) {
    return after.personas().stream().map(p -> change(p, Kind.APPEARED, why)).toList();
  }

  private void changesOf(int now, PersonaModel before, Flows flows, List<PersonaChange> changes) {
    TrainedPersona persona = after.personas().get(now);
    List<Integer> sources =
        IntStream.range(0, before.personas().size())
            .filter(was -> flows.isSource(was, now))
            .boxed()
            .toList();
    if (sources.size() > 1) {
      changes.add(
          change(
              persona,
              Kind.MERGED,
              words().say(Phrase.CHANGE_OF, from(now, sources, before, flows))));
    }
    if (persona.matched() == null) {
      changes.add(change(persona, Kind.APPEARED, whereFrom(now, before, flows)));
      return;
    }
    TrainedPersona same = before.personas().get(before.ids().indexOf(persona.matched()));
    if (!same.name().equals(persona.name())) {
      String names = words().say(Phrase.CHANGE_RENAMED, same.name(), persona.name());
      changes.add(change(persona, Kind.RENAMED, names));
    }
    double moved = persona.drift() / Math.sqrt(after.scaling().features().size());
    if (moved > rules.retraining().drift()) {
      changes.add(change(persona, Kind.DRIFTED, moved(same, persona, moved)));
    }
  }

  private String moved(TrainedPersona from, TrainedPersona to, double moved) {
    double[] was = after.scaling().apply(from.centroid());
    double[] is = after.scaling().apply(to.centroid());
    int most = 0;
    for (int i = 1; i < is.length; i++) {
      most = Math.abs(is[i] - was[i]) > Math.abs(is[most] - was[most]) ? i : most;
    }
    String feature = after.scaling().features().get(most);
    return words()
        .say(
            Phrase.CHANGE_MOVED,
            to.name(),
            number(moved),
            words().feature(feature),
            number(from.centroid().get(feature)),
            number(to.centroid().get(feature)));
  }

  private PersonaWords words() {
    return rules.use().units().words();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private String into(int was, List<Integer> parts, Flows flows) {
    return parts.stream()
        .map(now -> share(after.personas().get(now), flows.both(was, now), flows.had(was)))
        .collect(Collectors.joining(words().say(Phrase.AND)));
  }

  private String from(int now, List<Integer> sources, PersonaModel before, Flows flows) {
    return sources.stream()
        .map(was -> share(before.personas().get(was), flows.both(was, now), flows.has(now)))
        .collect(Collectors.joining(words().say(Phrase.AND)));
  }

  private String whereFrom(int now, PersonaModel before, Flows flows) {
    TrainedPersona persona = after.personas().get(now);
    int was = flows.origin(now);
    return flows.has(now) == 0
        ? words().say(Phrase.CHANGE_NEW, persona.name())
        : words()
            .say(
                Phrase.CHANGE_NEW_FROM,
                persona.name(),
                share(before.personas().get(was), flows.both(was, now), flows.has(now)));
  }

  private String whereTo(int was, TrainedPersona persona, Flows flows) {
    int now = flows.destination(was);
    return flows.had(was) == 0
        ? words().say(Phrase.CHANGE_EMPTY, persona.name())
        : words()
            .say(
                Phrase.CHANGE_GONE,
                persona.name(),
                share(after.personas().get(now), flows.both(was, now), flows.had(was)));
  }

  private String share(TrainedPersona persona, long some, long all) {
    String share = String.format(Locale.ROOT, "%.0f", 100.0 * some / all);
    return words().say(Phrase.CHANGE_SHARE, persona.name(), share);
  }

  private static PersonaChange change(TrainedPersona persona, Kind kind, String detail) {
    return new PersonaChange(persona.id(), kind, detail);
  }
}

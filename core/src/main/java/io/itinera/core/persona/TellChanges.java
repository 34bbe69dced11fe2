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

  /** So much of an earlier persona is a part of it. */
  private static final double PART = 0.2;

  private static final double MOST = 0.5;

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
    Flows flows = flows(before);
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
                persona,
                Kind.SPLIT,
                words().say(Phrase.CHANGE_INTO, flows.into(origin, parts, after))));
      }
      if (!ids.contains(persona.id())) {
        changes.add(change(persona, Kind.VANISHED, flows.whereTo(origin, persona, after)));
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
              words().say(Phrase.CHANGE_OF, flows.from(now, sources, before))));
    }
    if (persona.matched() == null) {
      changes.add(change(persona, Kind.APPEARED, flows.whereFrom(now, persona, before)));
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

  private Flows flows(PersonaModel before) {
    List<double[]> then =
        clusters.sample().stream().map(point -> before.scaling().apply(point)).toList();
    int[] groupsThen = before.fit().groups(then);
    long[][] customers = new long[before.personas().size()][after.personas().size()];
    for (int i = 0; i < groupsThen.length; i++) {
      customers[groupsThen[i]][clusters.groups().get(i)]++;
    }
    return new Flows(customers, words());
  }

  private static PersonaChange change(TrainedPersona persona, Kind kind, String detail) {
    return new PersonaChange(persona.id(), kind, detail);
  }

  /** Customers by the persona that they would have had and the one that they have. */
  private static final class Flows {

    private final long[][] customers;
    private final PersonaWords words;

    Flows(long[][] customers, PersonaWords words) {
      this.customers = customers;
      this.words = words;
    }

    /** Whether {@code now} is a good part of {@code was}, and mostly made of it. */
    boolean isPart(int was, int now) {
      return customers[was][now] >= PART * had(was)
          && customers[was][now] >= MOST * has(now)
          && customers[was][now] > 0;
    }

    /** Whether most of {@code was} is in {@code now}, and a good part of it. */
    boolean isSource(int was, int now) {
      return customers[was][now] >= MOST * had(was)
          && customers[was][now] >= PART * has(now)
          && customers[was][now] > 0;
    }

    String into(int was, List<Integer> parts, PersonaModel after) {
      return parts.stream()
          .map(now -> share(after.personas().get(now), customers[was][now], had(was)))
          .collect(Collectors.joining(words.say(Phrase.AND)));
    }

    String from(int now, List<Integer> sources, PersonaModel before) {
      return sources.stream()
          .map(was -> share(before.personas().get(was), customers[was][now], has(now)))
          .collect(Collectors.joining(words.say(Phrase.AND)));
    }

    String whereFrom(int now, TrainedPersona persona, PersonaModel before) {
      int most = 0;
      for (int was = 1; was < customers.length; was++) {
        most = customers[was][now] > customers[most][now] ? was : most;
      }
      return has(now) == 0
          ? words.say(Phrase.CHANGE_NEW, persona.name())
          : words.say(
              Phrase.CHANGE_NEW_FROM,
              persona.name(),
              share(before.personas().get(most), customers[most][now], has(now)));
    }

    String whereTo(int was, TrainedPersona persona, PersonaModel after) {
      int most = 0;
      for (int now = 1; now < customers[was].length; now++) {
        most = customers[was][now] > customers[was][most] ? now : most;
      }
      return had(was) == 0
          ? words.say(Phrase.CHANGE_EMPTY, persona.name())
          : words.say(
              Phrase.CHANGE_GONE,
              persona.name(),
              share(after.personas().get(most), customers[was][most], had(was)));
    }

    private String share(TrainedPersona persona, long some, long all) {
      String share = String.format(Locale.ROOT, "%.0f", 100.0 * some / all);
      return words.say(Phrase.CHANGE_SHARE, persona.name(), share);
    }

    private long had(int was) {
      long sum = 0;
      for (long each : customers[was]) {
        sum += each;
      }
      return sum;
    }

    private long has(int now) {
      long sum = 0;
      for (long[] each : customers) {
        sum += each[now];
      }
      return sum;
    }
  }
}

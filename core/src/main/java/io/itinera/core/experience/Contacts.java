package io.itinera.core.experience;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which touchpoints are one contact with the contact centre: all messages of a chat.
 *
 * <p>They are those of one conversation, where the vendor names it; of others, those of one channel
 * without half an hour of silence.
 */
final class Contacts {

  /** Number of what is no contact. */
  static final int NONE = -1;

  private final Set<String> channels;

  /**
   * @param channels those of the contact centre
   */
  Contacts(Set<String> channels) {
    this.channels = Set.copyOf(channels);
  }

  /** Of each touchpoint of a customer, in their order, the number of its contact, or none. */
  int[] numbers(List<Moment> moments) {
    int[] numbers = new int[moments.size()];
    Map<String, Integer> conversations = new HashMap<>();
    Map<String, Integer> lasts = new HashMap<>();
    int next = 0;
    for (int i = 0; i < numbers.length; i++) {
      Moment moment = moments.get(i);
      String channel = moment.place().channel();
      if (!channels.contains(channel)) {
        numbers[i] = NONE;
      } else if (moment.conversation() != null) {
        numbers[i] = conversations.getOrDefault(moment.conversation(), next);
        conversations.put(moment.conversation(), numbers[i]);
      } else {
        Integer last = lasts.put(channel, i);
        boolean isSame = last != null && moment.isWithin(ExperienceRules.VISIT, moments.get(last));
        numbers[i] = isSame ? numbers[last] : next;
      }
      next = Math.max(next, numbers[i] + 1);
    }
    return numbers;
  }
}

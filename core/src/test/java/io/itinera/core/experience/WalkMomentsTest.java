package io.itinera.core.experience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.experience.Moment.Place;
import io.itinera.core.rule.OrderLines.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkMomentsTest {

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final Place PAGE = new Place("consideration", "page_view", "web");
  private static final Place FORM = new Place("consideration", "form", "web");
  private static final Place CALL = new Place("consideration", "call", "call");
  private static final Place CHAT = new Place("consideration", "message", "chat");
  private static final Place ORDER = new Place("order", "purchase", "web");

  @Test
  void whatFollowsWithinHalfAnHourIsNextAndTheTimeUpToItIsSpent() {
    WalkMoments walk = walk(100);
    walk.add(List.of(page("/a", 0), page("/b", 1800), page("/c", 3601), buys(3700, 5)));

    PlaceSums pages = walk.places().get(PAGE);
    assertThat(pages.touchpoints).isEqualTo(3);
    assertThat(pages.customers).isEqualTo(1);
    assertThat(pages.nexts)
        .isEqualTo(Map.of("(exit)", 1L, "web:page_view", 1L, "web:purchase", 1L));
    assertThat(pages.medianSeconds()).isEqualTo((1800 + 99) / 2.0);
    assertThat(pages.converted).isEqualTo(3);
    // One conversion, however many touchpoints led to it.
    assertThat(pages.atStake).isEqualTo(5);
    assertThat(walk.places().get(ORDER).converted).isZero();
  }

  @Test
  void nobodyHasDroppedWhoseHorizonIsNotOver() {
    // The horizon is ten days; nothing is known from day twenty on.
    WalkMoments walk = walk(20);
    walk.add(List.of(page("/a", 0)));
    walk.add(List.of(page("/a", 10 * 86_400)));
    walk.add(List.of(page("/a", 0), page("/a", 10 * 86_400)));

    PlaceSums pages = walk.places().get(PAGE);
    assertThat(pages.followed).isEqualTo(2);
    assertThat(pages.left).isEqualTo(1);
    assertThat(pages.decided).isEqualTo(2);
  }

  @Test
  void painsOfWhatComesOneAfterTheOther() {
    WalkMoments walk = walk(100);
    walk.add(
        List.of(page("/a", 0), page("/a", 10), page("/a", 30), page("/a", 61), page("/b", 62)));
    assertThat(walk.places().get(PAGE).pains).hasToString("{rage=1}");

    walk = walk(100);
    walk.add(List.of(page("/a", 0), page("/b", 10), page("/a", 30), page("/b", 41)));
    assertThat(walk.places().get(PAGE).pains).hasToString("{backtracking=1}");

    walk = walk(100);
    walk.add(List.of(fails(0), calls(86_400), calls(86_401)));
    assertThat(walk.places().get(CALL).pains).hasToString("{contact_after_failure=1}");
    assertThat(walk.places().get(CALL).painful).isEqualTo(1);
  }

  @Test
  void linesOfOneOrderAreOneConversionThatBringsAllOfThem() {
    Line seven = new Line("7", 20_000);
    WalkMoments walk = walk(100);
    walk.add(List.of(page("/a", 0), line(60, 10, seven), line(60, 90, seven)));

    assertThat(walk.places().get(PAGE).atStake).isEqualTo(100);
    PlaceSums orders = walk.places().get(ORDER);
    assertThat(orders.touchpoints).isEqualTo(1);
    assertThat(orders.converted).isZero();
    assertThat(orders.nexts).isEqualTo(Map.of("(exit)", 1L));

    // Another order is another conversion; lines without an order are each their own.
    walk = walk(100);
    walk.add(List.of(line(60, 10, seven), line(60, 90, new Line("8", 20_000)), buys(61, 1)));
    assertThat(walk.places().get(ORDER).converted).isEqualTo(2);
    assertThat(walk.places().get(ORDER).atStake).isEqualTo(91);
  }

  @Test
  void linesBringWhatTheyKnowTogether() {
    Line seven = new Line("7", 20_000);
    Moment one =
        new Moment(
            ORDER, 0, null, 5L, true, 1, null, 3L, null, Set.of("slow"), false, null, null, seven);
    Moment other =
        new Moment(
            ORDER, 0, null, 9L, true, 2, 4L, 6L, 7L, Set.of("error"), true, "why", "s", seven);

    assertThat(one.and(other))
        .isEqualTo(
            new Moment(
                ORDER,
                0,
                null,
                9L,
                true,
                3,
                4L,
                3L,
                7L,
                Set.of("error", "slow"),
                true,
                "why",
                "s",
                seven));
    assertThat(other.and(one).seconds()).isEqualTo(9);
    assertThat(other.and(other).cost()).isEqualTo(8);
  }

  @Test
  void chatAfterFailureHurtsOnceHoweverLongItIs() {
    for (int messages : new int[] {1, 2, 100_000}) {
      WalkMoments walk = walk(100);
      List<Moment> moments = new ArrayList<>(List.of(fails(0)));
      for (int i = 0; i < messages; i++) {
        moments.add(says("a", 60 + i / 10));
      }
      // Another conversation beside it, and one after more than a day, which the failure is not
      // for.
      moments.add(says("b", 20_000));
      moments.add(says("c", 86_401));
      walk.add(moments);

      PlaceSums chat = walk.places().get(CHAT);
      assertThat(chat.touchpoints).isEqualTo(messages + 2);
      assertThat(chat.hurtable).isEqualTo(3);
      assertThat(chat.painful).isEqualTo(2);
      assertThat(chat.pains).hasToString("{contact_after_failure=2}");
    }
  }

  @Test
  void messagesWithoutAConversationAreOneContactUpToHalfAnHourOfSilence() {
    WalkMoments walk = walk(100);
    walk.add(List.of(fails(0), says(null, 60), says(null, 1_860), says(null, 3_661)));

    assertThat(walk.places().get(CHAT).hurtable).isEqualTo(2);
    assertThat(walk.places().get(CHAT).pains).hasToString("{contact_after_failure=2}");
  }

  @Test
  void whatHurtsInAConversationCountsOnceByName() {
    WalkMoments walk = walk(100);
    walk.add(
        List.of(
            fails(0),
            new Moment(
                CHAT,
                SECOND,
                null,
                null,
                false,
                0,
                null,
                null,
                null,
                Set.of("wait"),
                false,
                null,
                "a",
                null),
            new Moment(
                CHAT,
                2 * SECOND,
                null,
                null,
                false,
                0,
                null,
                null,
                null,
                Set.of("wait", "error"),
                false,
                null,
                "a",
                null)));

    assertThat(walk.places().get(CHAT).painful).isEqualTo(1);
    assertThat(walk.places().get(CHAT).pains)
        .hasToString("{contact_after_failure=1, error=1, wait=1}");
  }

  @Test
  void effectOfGoodMomentsIsTheOneThatWasPlantedThoughBuyersMeetMoreBadOnes() {
    Random random = new Random(4);
    WalkMoments walk = walk(100);
    for (int i = 0; i < 6_000; i++) {
      boolean isBuyer = random.nextInt(3) == 0;
      boolean isBad = random.nextDouble() < (isBuyer ? 0.6 : 0.2);
      // Buyers buy again more often; a bad moment costs both 20 points.
      double chance = (isBuyer ? 0.6 : 0.3) - (isBad ? 0.2 : 0);
      List<Moment> moments = new ArrayList<>();
      if (isBuyer) {
        moments.add(buys(0, 1));
      }
      moments.add(moment(FORM, null, 86_400, isBad ? Set.of("error") : Set.of()));
      if (random.nextDouble() < chance) {
        moments.add(buys(2 * 86_400, 1));
      }
      walk.add(moments);
    }

    double[] effect = PlaceSums.effect(walk.places().get(FORM).strata);
    assertThat(effect[0]).isEqualTo(0.2, within(0.03));
    assertThat(effect[1]).isBetween(0.1, 0.2);
    assertThat(effect[2]).isBetween(0.2, 0.3);
    assertThat(effect[3]).isEqualTo(6_000);
    assertThat(PlaceSums.effect(walk.places().get(ORDER).strata)).isNull();
    // Who buys comes back: after bad moments 20 points fewer do.
    double[] silence = PlaceSums.effect(walk.places().get(FORM).silences);
    assertThat(silence[0]).isEqualTo(-0.2, within(0.03));
    assertThat(silence[3]).isEqualTo(6_000);
  }

  @Test
  void whoIsSeenAgainWithinTheHorizonIsNotSilentAndOneWhoseHorizonRunsIsNotJudged() {
    WalkMoments walk = walk(20);
    walk.add(List.of(page("/a", 0)));
    walk.add(List.of(page("/a", 0), calls(10 * 86_400)));
    walk.add(List.of(page("/a", 0), calls(10 * 86_400 + 1)));
    walk.add(List.of(page("/a", 10 * 86_400)));

    assertThat(walk.places().get(PAGE).silences).hasSize(1);
    assertThat(walk.places().get(PAGE).silences.get("prospect 0")).containsExactly(3, 2, 0, 0);
  }

  @Test
  void costIsUnknownUntilOneTouchpointTellsIt() {
    WalkMoments walk = walk(20);
    walk.add(List.of(page("/a", 0), page("/b", 60)));
    assertThat(walk.places().get(PAGE).costs).isZero();
    walk.add(
        List.of(
            new Moment(
                PAGE, 0, "/a", null, false, 0, 0L, null, -5_000L, Set.of(), false, null, null,
                null)));
    assertThat(walk.places().get(PAGE).costs).isEqualTo(1);
    assertThat(walk.places().get(PAGE).cost).isZero();
    assertThat(walk.places().get(PAGE).sentimentSum).isEqualTo(-5_000);
  }

  private static WalkMoments walk(int days) {
    return new WalkMoments(Duration.ofDays(10), days * DAY, Set.of("call", "chat"));
  }

  private static Moment page(String location, long second) {
    return moment(PAGE, location, second, Set.of());
  }

  private static Moment calls(long second) {
    return moment(CALL, null, second, Set.of());
  }

  private static Moment moment(Place place, String location, long second, Set<String> pains) {
    return new Moment(
        place,
        second * SECOND,
        location,
        null,
        false,
        0,
        null,
        null,
        null,
        pains,
        false,
        null,
        null,
        null);
  }

  private static Moment fails(long second) {
    return new Moment(
        FORM,
        second * SECOND,
        null,
        null,
        false,
        0,
        null,
        null,
        null,
        Set.of(),
        true,
        null,
        null,
        null);
  }

  private static Moment buys(long second, long value) {
    return line(second, value, null);
  }

  private static Moment line(long second, long value, Line line) {
    return new Moment(
        ORDER,
        second * SECOND,
        null,
        null,
        true,
        value,
        null,
        null,
        null,
        Set.of(),
        false,
        null,
        null,
        line);
  }

  private static Moment says(String conversation, long second) {
    return new Moment(
        CHAT,
        second * SECOND,
        null,
        null,
        false,
        0,
        null,
        null,
        null,
        Set.of(),
        false,
        null,
        conversation,
        null);
  }
}

package io.itinera.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class SeenTextsTest {

  private final SeenTexts seen = new SeenTexts();
  private final List<String> asked = new ArrayList<>();

  private String answer(String text) {
    return seen.answer(UTF8String.fromString(text), this::ask);
  }

  private String ask(UTF8String text) {
    asked.add(text.toString());
    return text.numBytes() == 0 ? null : "<" + text + ">";
  }

  @Test
  void aTextThatWasSeenIsNotLookedAtAgain() {
    assertThat(List.of(answer("a"), answer("b"), answer("a"))).containsExactly("<a>", "<b>", "<a>");
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void noAnswerIsRememberedToo() {
    assertThat(answer("")).isNull();
    assertThat(answer("")).isNull();
    assertThat(asked).containsExactly("");
  }

  @Test
  void whatIsWrittenOverTheBytesOfATextLaterIsAnotherText() {
    byte[] bytes = {'a'};
    assertThat(seen.<String>answer(UTF8String.fromBytes(bytes), this::ask)).isEqualTo("<a>");
    bytes[0] = 'b';
    assertThat(seen.<String>answer(UTF8String.fromBytes(bytes), this::ask)).isEqualTo("<b>");
    assertThat(answer("a")).isEqualTo("<a>");
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void longTextsAreNotKept() {
    String text = "x".repeat(SeenTexts.LONGEST_BYTES + 1);
    assertThat(answer(text)).isEqualTo(answer(text));
    assertThat(asked).hasSize(2);
  }

  @Test
  void ofMoreTextsThanThereIsPlaceForEachIsAnsweredAll() {
    for (int i = 0; i < 3 * SeenTexts.MOST; i++) {
      assertThat(answer("t" + i)).isEqualTo("<t" + i + ">");
    }
    assertThat(answer("t0")).isEqualTo("<t0>");
  }

  @Test
  void whereTextsDoNotComeAgainNoneAreKeptForAWhile() {
    for (int i = 0; i < SeenTexts.TRIAL; i++) {
      answer("t" + i);
    }
    answer("once");
    answer("once");
    assertThat(asked.subList(SeenTexts.TRIAL, asked.size())).containsExactly("once", "once");
    for (int i = 0; i < SeenTexts.PAUSE; i++) {
      answer("p" + i);
    }
    asked.clear();
    answer("again");
    answer("again");
    assertThat(asked).containsExactly("again");
  }

  @Test
  void anotherThreadMayNotAsk() throws InterruptedException {
    AtomicBoolean isMine = new AtomicBoolean(true);
    Thread other = new Thread(() -> isMine.set(seen.isMine()));
    other.start();
    other.join();
    assertThat(isMine).isFalse();
    assertThat(seen.isMine()).isTrue();
  }
}

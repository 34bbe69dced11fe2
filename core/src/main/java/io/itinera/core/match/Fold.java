package io.itinera.core.match;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Texts as comparisons read them: small Latin letters and digits, one space between words.
 *
 * <p>Accents go. Cyrillic letters become those of the passports of ICAO Doc 9303, Arabic ones those
 * of the BGN/PCGN romanisation without its signs, long vowels included; short ones are not written.
 * So a name of another script is read as a text that a Latin one can be compared with; {@link
 * #skeleton} makes what the customs of romanisation differ about equal.
 */
final class Fold {

  private static final Map<Character, String> LETTERS = Map.copyOf(letters());

  private Fold() {}

  /** {@code text} folded; null if no letter or digit is left. */
  static String folded(String text) {
    if (text == null) {
      return null;
    }
    return isPlain(text) ? text : folding(text);
  }

  private static boolean isPlain(String text) {
    boolean afterWord = false;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      boolean inWord = (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
      if (!inWord && !(sign == ' ' && afterWord)) {
        return false;
      }
      afterWord = inWord;
    }
    return afterWord;
  }

  private static String folding(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(apart.length());
    boolean isOpen = false;
    for (int i = 0; i < apart.length(); i++) {
      char sign = apart.charAt(i);
      String letters = LETTERS.get(sign);
      if (letters == null && Character.isLetterOrDigit(sign)) {
        letters = String.valueOf(sign);
      }
      if (letters != null) {
        if (isOpen && folded.length() > 0) {
          folded.append(' ');
        }
        isOpen = false;
        folded.append(letters);
      } else if (!isMark(sign)) {
        isOpen = true;
      }
    }
    return folded.length() == 0 ? null : folded.toString();
  }

  /** Accents, and signs within a word: O'Brien is one word. */
  private static boolean isMark(char sign) {
    return switch (Character.getType(sign)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> true;
      default -> sign == '\'' || sign == '\u2019' || sign == '`' || sign == '\u0640';
    };
  }

  /**
   * The consonants of a folded text, those alike in sound or differently romanised made equal, each
   * once where it is doubled: Youssef, Yusuf and Юсуф are {@code ysf}.
   */
  static String skeleton(String folded) {
    StringBuilder bones = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char sign = folded.charAt(i);
      char next = i + 1 < folded.length() ? folded.charAt(i + 1) : ' ';
      boolean isFirst = i == 0 || folded.charAt(i - 1) == ' ';
      if (sign == 'x' && !isFirst) {
        append(bones, 'k');
      }
      append(bones, bone(sign, next, isFirst));
      if (isPair(sign, next)) {
        i++;
      }
    }
    return bones.length() == 0 ? folded : bones.toString();
  }

  private static void append(StringBuilder bones, char bone) {
    int last = bones.length() - 1;
    if (bone != 0 && (last < 0 || bones.charAt(last) != bone)) {
      bones.append(bone);
    }
  }

  private static boolean isPair(char sign, char next) {
    return switch (sign) {
      case 'c' -> next == 'h' || next == 'k' || next == 'z';
      case 't' -> next == 'h' || next == 's' || next == 'z';
      case 'd' -> next == 'h' || next == 'j';
      case 's', 'k', 'g', 'p', 'z' -> next == 'h';
      default -> false;
    };
  }

  private static char bone(char sign, char next, boolean isFirst) {
    if (isPair(sign, next)) {
      return pairBone(sign, next);
    }
    return switch (sign) {
      case 'a', 'e', 'i', 'o', 'u', ' ' -> isFirst && sign != ' ' ? firstVowel(sign, next) : 0;
      case 'y', 'j' -> isFirst ? 'y' : 0;
      case 'h' -> isFirst ? 'h' : 0;
      case 'w' -> isFirst ? 'v' : 0;
      case 'q', 'c', 'k' -> 'k';
      case 'x' -> 's';
      case 'z' -> 's';
      default -> sign;
    };
  }

  /** Iu and ia begin as yu and ya do; the other vowels are alike. */
  private static char firstVowel(char sign, char next) {
    return sign == 'i' && (next == 'u' || next == 'a' || next == 'o') ? 'y' : 'a';
  }

  private static char pairBone(char sign, char next) {
    return switch (sign) {
      case 's', 'c' -> next == 'k' ? 'k' : next == 'z' ? 's' : 'x';
      case 't' -> next == 'h' ? 't' : 's';
      case 'k' -> 'h';
      case 'g' -> 'g';
      case 'p' -> 'f';
      case 'z' -> 'j';
      case 'd' -> next == 'j' ? 'j' : 'd';
      default -> sign;
    };
  }

  private static Map<Character, String> letters() {
    Map<Character, String> letters = new java.util.HashMap<>();
    put(letters, "ß ss æ ae œ oe ø o ł l đ d ð d þ th ı i ħ h ŋ n");
    put(
        letters,
        "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f"
            + " х kh ц ts ч ch ш sh щ shch ы y э e ю iu я ia і i ї i є ie ґ g ў u ђ d ј j љ lj њ nj"
            + " ћ c џ dz ѓ g ќ k ә a ғ g қ k ң n ө o ұ u ү u һ h");
    put(
        letters,
        "ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z"
            + " غ gh ف f ق q ك k ل l م m ن n ه h ة a و w ي y ى a ئ y ؤ w پ p چ ch ژ zh گ g ک k ی y"
            + " ہ h ھ h ٹ t ڈ d ڑ r ں n ے e");
    letters.put('ع', "a");
    letters.put('ء', "");
    letters.put('ъ', "");
    letters.put('ь', "");
    for (char digit = 0; digit < 10; digit++) {
      letters.put((char) ('\u0660' + digit), String.valueOf((int) digit));
      letters.put((char) ('\u06f0' + digit), String.valueOf((int) digit));
    }
    return letters;
  }

  private static void put(Map<Character, String> letters, String pairs) {
    String[] words = pairs.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      letters.put(words[i].charAt(0), words[i + 1]);
    }
  }
}

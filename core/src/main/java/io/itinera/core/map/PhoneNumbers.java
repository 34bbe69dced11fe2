package io.itinera.core.map;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/** Telephone numbers, written in one way. */
public final class PhoneNumbers {

  private PhoneNumbers() {}

  /**
   * {@code text} in E.164, such as {@code +4930123456}; null if it is no number that can be dialled
   * from everywhere (an emergency number, too short, a range that is not in use).
   *
   * @param region ISO 3166 country in which a number without a country code is read
   */
  public static String e164(String text, String region) {
    if (text == null) {
      return null;
    }
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = numbers.parse(text, region);
      return numbers.isValidNumber(number) ? numbers.format(number, PhoneNumberFormat.E164) : null;
    } catch (NumberParseException e) {
      // Most of what people type into a field for telephone numbers is none: not worth a log line.
      return null;
    }
  }
}

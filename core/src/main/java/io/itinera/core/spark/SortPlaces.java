package io.itinera.core.spark;

/**
 * Puts the places of rows in the rows' order, where the rows themselves lie in arrays. Rows that
 * are alike stay as they came; what is in order already, as most touchpoints are, is only looked
 * at.
 */
public final class SortPlaces {

  private static final int FEW = 24;

  private final Order order;
  private final int[] spare;

  /** Which of two rows comes first. */
  @FunctionalInterface
  public interface Order {

    /** Less than zero where the row at {@code one} comes before that at {@code other}. */
    int compare(int one, int other);
  }

  /** Sorts arrays of no more than {@code size} places. */
  public SortPlaces(int size, Order order) {
    this.order = order;
    this.spare = new int[size];
  }

  /** Sorts {@code places} from {@code first} to before {@code end}. */
  public void sort(int[] places, int first, int end) {
    if (end - first <= FEW) {
      insert(places, first, end);
      return;
    }
    int middle = (first + end) >>> 1;
    sort(places, first, middle);
    sort(places, middle, end);
    if (order.compare(places[middle - 1], places[middle]) > 0) {
      merge(places, first, middle, end);
    }
  }

  private void insert(int[] places, int first, int end) {
    for (int i = first + 1; i < end; i++) {
      int place = places[i];
      int at = i;
      while (at > first && order.compare(places[at - 1], place) > 0) {
        places[at] = places[at - 1];
        at--;
      }
      places[at] = place;
    }
  }

  private void merge(int[] places, int first, int middle, int end) {
    System.arraycopy(places, first, spare, first, middle - first);
    int left = first;
    int right = middle;
    int at = first;
    while (left < middle) {
      places[at++] =
          right == end || order.compare(spare[left], places[right]) <= 0
              ? spare[left++]
              : places[right++];
    }
  }
}

package io.itinera.core.offer;

import io.itinera.core.offer.Companions.Offer;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/** Says what to offer to somebody by what they own. */
interface OfferModel extends Serializable {

  /** What to offer to who owns these, best first; nothing that they own. */
  List<Offer> offers(Collection<String> owned, int most);
}

package io.itinera.core.match;

/** Nothing can be learned about a field: every block has it, or what is made from it, in common. */
public final class SpoiledFieldException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SpoiledFieldException(String field, java.util.List<String> blocks) {
    super(
        ("Cannot learn what agreement in %s is worth: the records of every block agree in it"
                + " already (blocks: %s), as where a block is on a value made from the field. Add a"
                + " block that has nothing to do with %s. Nothing was written.")
            .formatted(field, blocks, field));
  }
}

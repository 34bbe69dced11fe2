package io.itinera.core.value;

import java.util.List;
import java.util.Optional;

/**
 * Models as they were chosen, and what was found out about them.
 *
 * @param scoring scores customers; empty where there is too little to learn from
 * @param isValuable its forecast of orders was better than the naive one, and may be published
 * @param isChurnTelling its churn scores were better than the naive ones, and may be published
 * @param reports all figures
 * @param refusals why something is not published, each a sentence
 */
public record Judged(
    Optional<ScoreCustomer> scoring,
    boolean isValuable,
    boolean isChurnTelling,
    List<ModelReport> reports,
    List<String> refusals) {}

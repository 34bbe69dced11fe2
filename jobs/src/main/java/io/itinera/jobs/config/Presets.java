package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;

/**
 * What is shipped ready for use: vendor formats, which are blocks of a source, ways to tell who is
 * who, and ways to cut sessions. Any key of them can be overridden.
 */
final class Presets {

  /** Each is a file of that name in {@code conf/sources}. */
  static final List<String> NAMES =
      List.of(
          "adobe-data-feed",
          "amazon-connect-contacts",
          "amazon-connect-transcripts",
          "cm360-activities",
          "cm360-clicks",
          "cm360-impressions",
          "combined-log",
          "dsfinvk-transactions",
          "dynamics-contacts",
          "dynamics-emails",
          "dynamics-incidents",
          "dynamics-leads",
          "dynamics-opportunities",
          "dynamics-phonecalls",
          "ga4-export",
          "genesys-conversations",
          "google-ads-clicks",
          "google-ads-costs",
          "hubspot-contact-merges",
          "hubspot-contacts",
          "hubspot-deals",
          "hubspot-email-events",
          "hubspot-engagements",
          "hubspot-forms",
          "hubspot-tickets",
          "intercom-contact-history",
          "intercom-contacts",
          "intercom-conversation-history",
          "intercom-conversation-parts",
          "intercom-conversations",
          "loyalty-transactions",
          "mailchimp-activity",
          "mailchimp-members",
          "mailchimp-members-api",
          "matomo-actions",
          "matomo-conversions",
          "matomo-log-actions",
          "matomo-log-conversions",
          "matomo-visits",
          "meta-costs",
          "poslog",
          "qualtrics-responses",
          "salesforce-campaign-members",
          "salesforce-cases",
          "salesforce-contacts",
          "salesforce-events",
          "salesforce-leads",
          "salesforce-opportunities",
          "salesforce-tasks",
          "segment-spec",
          "sendgrid-events",
          "snowplow-enriched",
          "survey-responses",
          "till-receipts",
          "twilio-calls",
          "twilio-messages",
          "w3c-log",
          "wootric-responses",
          "zendesk-comments",
          "zendesk-satisfaction-ratings",
          "zendesk-tickets",
          "zendesk-tickets-api",
          "zendesk-users",
          "zendesk-users-api");

  /** Ways to tell who is who; each is a file of that name in {@code conf/identity}. */
  static final List<String> IDENTITY = List.of("adobe-field-based", "snowplow-user-mapping");

  /** Ways to cut sessions; each is a file of that name in {@code conf/sessions}. */
  static final List<String> SESSIONS =
      List.of("adobe-analytics", "ga4", "matomo", "snowplow", "universal-analytics");

  private Presets() {}

  /** The section {@code itinera.identity} as the preset {@code name} has it. */
  static Config identity(String name) {
    return shipped("conf/identity/" + name + ".conf").atPath("itinera.identity");
  }

  /** The section at {@code path}, of rules of sessions, as the preset {@code name} has it. */
  static Config sessions(String name, String path) {
    return shipped("conf/sessions/" + name + ".conf").atPath(path);
  }

  /** The block of the preset {@code name}, its substitutions not yet resolved. */
  static Config block(String name) {
    return shipped("conf/sources/" + name + ".conf");
  }

  /** A file of the folder {@code conf} that travels in the jar. */
  static Config shipped(String resource) {
    return ConfigFactory.parseResources(
        Presets.class.getClassLoader(),
        resource,
        ConfigParseOptions.defaults().setAllowMissing(false));
  }
}

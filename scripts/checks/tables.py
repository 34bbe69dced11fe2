"""The tables of a warehouse as any reader without Spark sees them."""

import os
import sys
import traceback
from pathlib import Path

from deltalake import DeltaTable

# Name of each table to its key; an empty key means that rows may repeat.
KEYS = {
    "loaded_files": ["source", "path"],
    "record_files": [],
    "rejected_records": [],
    "touchpoints": ["touchpoint_id"],
    "profiles": ["source", "record_id"],
    "campaign_costs": ["source", "record_id"],
    "tombstones": ["touchpoint_id"],
    "deliveries": ["source", "path", "channel", "event_date"],
    "source_days": ["source", "channel", "event_date"],
    "evidence": ["source", "kind", "event_date", "set_id", "set_check"],
    "touchpoint_dates": ["touchpoint_id"],
    "order_records": ["touchpoint_id"],
    "source_settings": ["source", "fingerprint"],
    "identity_edges": ["left_type", "left_value", "right_type", "right_value"],
    "identities": ["type", "value", "valid_from"],
    "identity_moves": [],
    "customer_changes": [],
    "customer_aliases": ["old_customer_id"],
    "identity_overrides": [],
    "set_owners": ["set_id", "set_check", "valid_from"],
    "affected_customers": [],
    "customers": ["customer_id"],
    "customer_days": ["customer_id", "event_date"],
    "customer_totals": ["customer_id"],
    "customer_stages": ["customer_id", "entered_at"],
    "coverage": ["source", "channel", "event_date"],
    "sessions": ["session_id"],
    "touchpoint_sessions": ["touchpoint_id"],
    "journeys": ["journey_id"],
    "touchpoint_kpis": ["event_date", "channel", "type", "location_group"],
    "cohorts": ["as_of", "cohort_by", "unit", "periods", "cohort_on", "period"],
    "lifecycle_weeks": ["as_of", "week_on"],
    "touchpoint_dimensions": ["touchpoint_id", "dimension"],
    "rfm_scores": ["customer_id", "as_of"],
    "rfm_migrations": ["as_of", "from_segment", "to_segment"],
    "customer_value": ["customer_id", "as_of", "horizon_days"],
    "churn_scores": ["customer_id", "as_of"],
    "churn_models": ["as_of"],
    "model_reports": ["as_of", "model", "metric"],
    "customer_features": ["customer_id", "as_of"],
    "personas": ["as_of", "persona_id"],
    "customer_personas": ["customer_id", "as_of"],
    "transitions": ["as_of", "segment_type", "segment_value", "from_step", "to_step"],
    "path_variants": ["as_of", "path_text"],
    "path_tree": ["as_of", "node_id"],
    "frequent_paths": ["as_of", "outcome", "pattern_text"],
    "process_steps": ["as_of", "step"],
    "process_spectra": ["as_of", "from_step", "to_step", "bin_on"],
    "process_profiles": ["as_of", "from_step", "to_step"],
    "process_constraints": ["as_of", "template", "first_step", "second_step"],
    "attribution": ["as_of", "model", "marketing_channel", "campaign"],
    "attribution_touchpoints": ["touchpoint_id", "model"],
    "attribution_changes": [],
    "funnels": ["as_of", "funnel", "segment_type", "segment_value", "step"],
    "funnel_drops": ["as_of", "funnel", "step", "next_step"],
    "drop_causes": ["as_of", "funnel", "step", "condition"],
    "journey_map": ["as_of", "stage", "type", "channel"],
    "runs": ["run_id"],
    "run_stages": ["run_id", "stage"],
    "quality_checks": [],
}


def names(warehouse):
    """All tables that a warehouse must hold, and any other that it holds."""
    found = {log.parent.name for log in Path(warehouse).glob("*/_delta_log")}
    return list(KEYS) + sorted(found - set(KEYS))


def open_table(warehouse, name):
    """The newest version of a table; raises whatever deltalake has against it."""
    return DeltaTable(str(Path(warehouse).resolve() / name))


def run(main):
    """Runs a check and ends the process at once: threads of the readers now and then abort an
    interpreter that shuts down, although all has been said."""
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        print(code, file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)

"""The steps of 3.3.1.1.1 Develop Account Profile, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.develop_account_profile import (
    add_market_intelligence,
    assess_position,
    check_completeness,
    close_gaps,
    collect_company_information,
    gather_internal_history,
    load_context,
    map_contacts,
    publish_profile,
    segment_account,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    gather_internal_history.gather_internal_history,
    collect_company_information.collect_company_information,
    add_market_intelligence.add_market_intelligence,
    map_contacts.map_contacts,
    assess_position.assess_position,
    segment_account.segment_account,
    check_completeness.check_completeness,
    close_gaps.close_gaps,
    publish_profile.publish_profile,
)

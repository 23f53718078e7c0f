"""Checks across records, for mistakes that no single file can show.

Each rule is a function. All of them run, whatever the others find.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import holdings
from macros.reading.problem import Problem, at_most
from macros.reading.records import Records
from macros.reading.rules.guidance import (
    a_proposal_asks_for_something,
    every_trust_is_reached,
    everything_is_reached,
    guidance_names_what_exists,
    practices_rest_on_their_trusts,
    reviews_come_in_order,
)
from macros.reading.rules.later import (
    documents_were_read_by_now,
    facts_stand_with_their_subject,
    later_facts_are_later,
    questions_ask,
    what_is_stated_has_a_document,
)
from macros.reading.rules.names import (
    every_trust_named_exists,
    ids_are_used_once,
    moved_addresses_lead_somewhere,
    what_lasts_has_an_id_of_its_own,
)
from macros.reading.rules.parts import Rule
from macros.reading.rules.places import codes_fit_their_areas, every_trust_has_a_place
from macros.reading.rules.profiles import (
    a_year_is_not_a_month,
    confirmations_are_of_a_day,
    parts_add_up,
    profiles_agree_with_themselves,
    seats_go_with_representation,
)
from macros.reading.rules.questionnaires import questionnaires_fit_together
from macros.reading.rules.releases import releases_fit_together
from macros.reading.rules.report import points_are_numbered, terms_point_to_terms
from macros.reading.rules.sources import every_source_exists, every_statement_has_a_source, gaps_are_marked_as_ours
from macros.reading.rules.surveys import survey_fits_together
from macros.reading.rules.tense import statements_say_of_when_they_are
from macros.reading.rules.waves import (
    documents_of_waves_exist,
    later_profiles_add_what_they_cover,
    profiles_are_of_a_wave_that_is_described,
    profiles_rest_on_documents_of_their_wave,
    the_first_wave_is_described,
    waves_come_one_after_another,
)


def check(records: Records) -> Iterator[Problem]:
    """Yield every problem that the rules find."""
    for rule in RULES:
        yield from at_most(rule(records))


NEEDED_TO_JUDGE_PROFILES = (holdings.REGION, holdings.SOURCES, holdings.WAVES)
"""Everything besides profiles that rules read to judge the content of a profile.

Of other records they ask only whether they exist. What they look up by a profile's name, which is that of its file, is
not here.
"""

RULES: tuple[Rule, ...] = (
    every_source_exists,
    every_statement_has_a_source,
    every_trust_named_exists,
    ids_are_used_once,
    every_trust_has_a_place,
    codes_fit_their_areas,
    parts_add_up,
    survey_fits_together,
    questionnaires_fit_together,
    releases_fit_together,
    terms_point_to_terms,
    points_are_numbered,
    profiles_agree_with_themselves,
    a_year_is_not_a_month,
    seats_go_with_representation,
    what_lasts_has_an_id_of_its_own,
    guidance_names_what_exists,
    a_proposal_asks_for_something,
    everything_is_reached,
    every_trust_is_reached,
    practices_rest_on_their_trusts,
    reviews_come_in_order,
    gaps_are_marked_as_ours,
    moved_addresses_lead_somewhere,
    confirmations_are_of_a_day,
    later_facts_are_later,
    documents_were_read_by_now,
    what_is_stated_has_a_document,
    questions_ask,
    facts_stand_with_their_subject,
    documents_of_waves_exist,
    the_first_wave_is_described,
    waves_come_one_after_another,
    profiles_are_of_a_wave_that_is_described,
    profiles_rest_on_documents_of_their_wave,
    later_profiles_add_what_they_cover,
    statements_say_of_when_they_are,
)

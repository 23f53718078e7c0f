"""The downloads of what is known of each Trust: the latest, and what each wave told."""

from __future__ import annotations

from macros.derived import table_columns, table_rows
from macros.derived.download_kinds import Download, RecordDownload, TableDownload, WaveDownload, whole_guide
from macros.derived.latest_known import all_latest
from macros.model import addresses
from macros.schema import contracts

NO_WORDS = "No cell is empty: “not mentioned” means that the report does not say, not “no”."

PROFILES = RecordDownload(
    "trusts/{name}.json",
    "One profile: {name}",
    "The latest that is known of this Trust, each statement with its source, and the wave of each part.",
    "One Children’s Trust with its whole profile.",
    contracts.TRUST,
    lambda guide: {one.first.slug: [one.whole] for one in all_latest(guide)},
    lambda trust: addresses.of_trust(trust.slug),
    table_rows.codes_by_trust,
    table_rows.waves_by_trust,
)

WAVES_OF_PROFILES = (
    WaveDownload(
        "trusts/{name}.json",
        "One profile of the first wave: {name}",
        "What the first wave told of this Trust. Later waves do not change it.",
        "One Children’s Trust with its whole profile.",
        contracts.FIRST_TOLD,
        lambda guide: {f"{trust.slug}/{guide.waves[0].id}": [trust] for trust in guide.trusts},
    ),
    WaveDownload(
        "trusts/{name}.json",
        "One profile of a later wave: {name}",
        "What a later wave told of this Trust. A part without a value was not covered by it: it does not mean “no”.",
        "What one wave told of one Trust.",
        contracts.PROFILE,
        lambda guide: {f"{one.trust}/{one.wave}": [one] for one in guide.profiles},
    ),
)
"""Files for citing: they stay as they are, whatever later waves tell."""

TRUST_DOWNLOADS: tuple[Download, ...] = (
    TableDownload(
        "trusts.csv",
        "Trusts at a glance",
        f"The facts of each profile that fit in one row. {NO_WORDS}",
        table_columns.TRUSTS.row,
        table_columns.TRUSTS,
        whole_guide(table_rows.coded_trusts),
        lambda trust: addresses.of_trust(trust.slug),
    ),
    RecordDownload(
        "trusts.json",
        "All profiles",
        "The latest that is known of each Trust, each statement with its source, and the wave of each part. "
        "Each wave has files of its own, which stay as they are.",
        "One Children’s Trust with its whole profile.",
        contracts.TRUSTS,
        whole_guide(lambda guide: (one.whole for one in all_latest(guide))),
        lambda trust: addresses.of_trust(trust.slug),
        table_rows.codes_by_trust,
        table_rows.waves_by_trust,
    ),
    PROFILES,
    *WAVES_OF_PROFILES,
    RecordDownload(
        "waves.json",
        "Later waves of evidence",
        "Each round of evidence after the first: its date, how it was gathered, its documents and its limits. It is "
        "empty until there is one. The file on the region has the first.",
        "One wave.",
        contracts.WAVES,
        whole_guide(lambda guide: guide.waves[1:]),
    ),
    RecordDownload(
        "profiles.json",
        "Later profiles",
        "What later waves told of Trusts. A part without a value was not covered by its wave: it does not mean “no”. "
        "It is empty until there is one.",
        "What one wave told of one Trust.",
        contracts.PROFILES,
        whole_guide(lambda guide: guide.profiles),
        lambda profile: addresses.of_wave_profile(profile.trust, profile.wave),
    ),
)

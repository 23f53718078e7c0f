"""The headings of the six parts of a profile."""

from __future__ import annotations

from macros.model.vocabulary import Part

PARTS = {
    Part.CONTEXT: "How commissioning was organised",
    Part.GOVERNANCE: "Who spoke for the sector, and where",
    Part.NEEDS: "Needs assessment",
    Part.TRAINING: "Training and awareness",
    Part.NEXT_STEPS: "Next steps",
    Part.INVESTMENT: "Money invested in the sector",
}

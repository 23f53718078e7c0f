"""Running a survey: the questionnaire in the formats of form tools, and the answers from export to release.

Raw answers stay on the computer of the person who imports them: nothing here writes them into the project, a cache, a
log or a message.
"""

from __future__ import annotations

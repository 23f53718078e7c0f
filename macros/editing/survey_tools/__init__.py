"""Running a survey: the questionnaire in the forms that tools take, and the answers from export to release.

Raw answers stay on the computer of whoever imports them: nothing here writes them into the project, a cache, a log or a
message.
"""

from __future__ import annotations

"""The questionnaire for paper: one accessible page that needs no other files, and a tagged PDF of it."""

from __future__ import annotations

from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.text_form import HOW, ends, facts, route
from macros.model.questionnaire import QuestionKind, Questionnaire
from macros.views.shared.templates import render


def to_html(one: Questionnaire) -> str:
    """Return the questionnaire as an HTML page that includes its styles."""
    numbers = {question.id: number for number, question in enumerate(one.questions, 1)}
    sections = [
        {
            "section": section,
            "questions": [
                {
                    "number": numbers[question.id],
                    "question": question,
                    "how": HOW[question.kind],
                    "route": route(question, numbers, one),
                    "ends": ends(question, one),
                    "boxes": () if question.kind == QuestionKind.NUMBER else question.options,
                    "lines": 6 if question.kind == QuestionKind.TEXT else int(question.kind == QuestionKind.NUMBER),
                }
                for question in one.questions
                if question.section == section.id
            ],
        }
        for section in one.sections
    ]
    return render("survey_form.html", one=one, facts=facts(one), sections=sections)


def to_pdf(one: Questionnaire) -> bytes:
    """Return the page as a PDF that is tagged for screen readers; raises SurveyError without the typesetter."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        raise SurveyError(
            "the PDF needs WeasyPrint and Pango: run “make pango”, or print the page from a browser"
        ) from None
    made: bytes = HTML(string=to_html(one)).write_pdf(pdf_variant="pdf/ua-1")
    return made

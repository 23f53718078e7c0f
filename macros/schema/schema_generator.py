"""JSON Schemas that pydantic makes from the models, with the guide's own words as titles and descriptions."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

from macros.model.base import in_words

Schema = dict[str, Any]


@cache
def generated(model: type[BaseModel], mode: JsonSchemaMode) -> str:
    """Return the schema of a model as text, so that callers who complete it cannot change the cached copy."""
    generator = _ForEditors if mode == "validation" else _ForDownloads
    made = model.model_json_schema(mode=mode, schema_generator=generator)
    for part in made.get("$defs", {}).values():
        part["title"] = in_words(part["title"])
    return json.dumps(made)


class _ForEditors(GenerateJsonSchema):
    def get_title_from_name(self, name: str) -> str:
        return in_words(name)

    def enum_schema(self, schema: core_schema.EnumSchema) -> Schema:
        made = super().enum_schema(schema)
        meanings = [getattr(word, "meaning", "") for word in schema["members"]]
        return {**made, "enumDescriptions": meanings} if all(meanings) else made


class _ForDownloads(_ForEditors):
    """Downloads leave nothing out: every field is required, defaults are dropped, and shares are plain numbers."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,  # noqa: ARG002
        total: bool,  # noqa: ARG002 - the same for every field
    ) -> bool:
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        return self.generate_inner(schema["schema"])

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> Schema:  # noqa: ARG002 - any
        return {"type": "number"}

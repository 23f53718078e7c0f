"""Everything made from the models: facts about fields, JSON Schemas and the data dictionary."""

# The modules that other rooms may use.
__all__ = ["contracts", "dictionary", "fields", "json_schema", "schema_generator"]

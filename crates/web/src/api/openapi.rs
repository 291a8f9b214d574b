//! `GET /api/openapi.json`: an OpenAPI 3.1 document, made from the table.

use serde_json::{Map, Value, json};
use town::indicators::OBSERVATION_COLUMNS;

use super::table::{FIELDS, OPERATIONS, Operation, Values};
use crate::{Answer, Visit};

/// The document.
pub(crate) async fn openapi(_: Visit) -> Answer {
    Ok(super::json(&document()))
}

fn document() -> Value {
    let paths: Map<String, Value> =
        OPERATIONS.iter().map(|one| (one.path.to_owned(), json!({ "get": operation(one) }))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "het: a health equity town",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Indicators, their charts and measures, and every figure with where it came from. \
                            The names are those of the command line.",
        },
        "paths": paths,
        "components": { "schemas": schemas() },
    })
}

fn operation(one: &Operation) -> Value {
    let parameters: Vec<Value> = one
        .parameters
        .iter()
        .map(|parameter| {
            let in_path = one.path.contains(&format!("{{{}}}", parameter.name));
            json!({
                "name": parameter.name,
                "in": if in_path { "path" } else { "query" },
                "required": in_path,
                "description": parameter.what,
                "schema": values(parameter.values),
                "example": parameter.example,
            })
        })
        .collect();
    let item = json!({ "$ref": format!("#/components/schemas/{}", one.schema) });
    let schema = if one.list { json!({ "type": "array", "items": item }) } else { item };
    let mut content = json!({ "application/json": { "schema": schema } });
    if one.parameters.iter().any(|parameter| parameter.name == "format") {
        content["text/csv"] = json!({ "schema": { "type": "string" } });
        content["application/x-ndjson"] = json!({ "schema": { "type": "string" } });
    }
    let problem = |what: &str| {
        json!({
            "description": what,
            "content": {
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } }
            },
        })
    };
    json!({
        "operationId": one.id,
        "summary": one.summary,
        "parameters": parameters,
        "responses": {
            "200": { "description": "What was asked for", "content": content },
            "404": problem("There is nothing of that name"),
            "422": problem("A value was refused: what is wrong with it, and what to do"),
        },
    })
}

/// The schema of a parameter. One that is empty counts as left out, which a form of a page needs.
fn values(values: Values) -> Value {
    match values {
        Values::Text => json!({ "type": "string" }),
        Values::Area => json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{0,15}$" }),
        Values::Day => json!({ "type": "string", "anyOf": [{ "format": "date" }, { "maxLength": 0 }] }),
        Values::OneOf(names) => {
            let names = names().into_iter().chain([""]).collect::<Vec<_>>();
            json!({ "type": "string", "enum": names })
        }
    }
}

fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    for (schema, name, kind, what) in FIELDS {
        add(&mut schemas, schema, name, kind.trim_end_matches('?'), kind.ends_with('?'), what);
    }
    for column in OBSERVATION_COLUMNS {
        add(&mut schemas, "Observation", column.name, column.kind, column.optional, column.what);
    }
    schemas
}

fn add(schemas: &mut Map<String, Value>, schema: &str, name: &str, kind: &str, optional: bool, what: &str) {
    let entry = schemas.entry(schema.to_owned());
    let object = entry.or_insert_with(|| json!({ "type": "object", "properties": {}, "required": [] }));
    let kinds = if optional { json!([kind, "null"]) } else { json!(kind) };
    object["properties"][name] = json!({ "type": kinds, "description": what });
    if let Some(required) = object["required"].as_array_mut() {
        required.push(name.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_of_the_interface_is_described() {
        let routed: Vec<&str> = crate::routes()
            .iter()
            .map(|route| route.path())
            .filter(|path| path.starts_with("/api/") && *path != "/api/openapi.json")
            .collect();
        let described: Vec<&str> = OPERATIONS.iter().map(|one| one.path).collect();
        assert_eq!(routed, described);
        let document = document();
        for one in OPERATIONS {
            assert!(document["components"]["schemas"][one.schema].is_object(), "{}", one.schema);
        }
    }
}

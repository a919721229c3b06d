//! Examples of what endpoints take and answer, as the document has them.

use serde_json::{Map, Value};

/// The text at a place (RFC 6901); empty when there is none.
pub fn text<'v>(value: &'v Value, place: &str) -> &'v str {
    let found = value.pointer(place).and_then(Value::as_str);
    found.unwrap_or_default()
}

/// What an object at a place holds, by name.
pub fn fields<'v>(value: &'v Value, place: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    let found = value.pointer(place).and_then(Value::as_object);
    found.into_iter().flatten()
}

/// The example of a schema; the error names what has none.
pub fn example(document: &Value, schema: &Value) -> Result<Value, String> {
    if let Some(given) = schema.get("example") {
        return Ok(given.clone());
    }
    if let Some(given) = schema.pointer("/examples/0") {
        return Ok(given.clone());
    }
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let path = name.trim_start_matches('#');
        let found = document.pointer(path).ok_or(name)?;
        return example(document, found);
    }
    if let Some(only) = schema.pointer("/enum/0") {
        return Ok(only.clone());
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let mut whole = Map::new();
        for part in parts {
            let part = example(document, part)?;
            whole.extend(part.as_object().cloned().unwrap_or_default());
        }
        return Ok(Value::Object(whole));
    }
    if let Some(ways) = schema.get("oneOf").and_then(Value::as_array) {
        let way = ways.iter().find(|way| text(way, "/type") != "null");
        return example(document, way.ok_or("nothing but null")?);
    }
    by_kind(document, schema)
}

fn by_kind(document: &Value, schema: &Value) -> Result<Value, String> {
    let is = |kind: &str| {
        let told = &schema["type"];
        told == kind
            || told
                .as_array()
                .is_some_and(|all| all.contains(&kind.into()))
    };
    if is("object") {
        let mut whole = Map::new();
        for (name, field) in fields(schema, "/properties") {
            let value = example(document, field).map_err(|why| format!("{name}.{why}"))?;
            whole.insert(name.clone(), value);
        }
        return Ok(Value::Object(whole));
    }
    if is("array") {
        let items = schema.get("items").ok_or("(no items)")?;
        return example(document, items).map(|one| Value::Array(vec![one]));
    }
    if is("boolean") {
        return Ok(Value::Bool(true));
    }
    Err("(no example)".to_owned())
}

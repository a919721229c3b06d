//! Examples of what endpoints take and answer, as the document has them.

use serde_json::{Map, Value};

/// The example of a schema; the error names what has none.
pub fn example(document: &Value, schema: &Value) -> Result<Value, String> {
    if let Some(given) = schema.get("example") {
        return Ok(given.clone());
    }
    if let Some(given) = schema["examples"].get(0) {
        return Ok(given.clone());
    }
    if let Some(name) = schema["$ref"].as_str() {
        let path = name.trim_start_matches('#');
        let found = document.pointer(path).ok_or(name)?;
        return example(document, found);
    }
    if let Some(only) = schema["enum"].get(0) {
        return Ok(only.clone());
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            let part = example(document, part)?;
            whole.extend(part.as_object().cloned().unwrap_or_default());
        }
        return Ok(Value::Object(whole));
    }
    if let Some(ways) = schema["oneOf"].as_array() {
        let way = ways.iter().find(|way| way["type"] != "null");
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
        let fields = schema["properties"].as_object();
        for (name, field) in fields.into_iter().flatten() {
            let value = example(document, field).map_err(|why| format!("{name}.{why}"))?;
            whole.insert(name.clone(), value);
        }
        return Ok(Value::Object(whole));
    }
    if is("array") {
        return example(document, &schema["items"]).map(|one| Value::Array(vec![one]));
    }
    if is("boolean") {
        return Ok(Value::Bool(true));
    }
    Err("(no example)".to_owned())
}

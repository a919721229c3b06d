//! Turns the texts of `locales/` into one method per text, so that a missing text, or one that is
//! filled differently, does not compile.
//!
//! `locales/en/deal.toml` with `title = "Deal {code}"` becomes `Locale::deal_title(code)`. A text
//! may be a table `{ one = …, other = … }`, chosen by its placeholder `count`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

type Fault = Box<dyn Error>;
type Texts = BTreeMap<String, Text>;

/// Areas whose texts are looked up by a code that the program brings: countries, done messages,
/// refusals.
const LOOKED_UP: [&str; 4] = ["country", "done", "refusal", "request_refusal"];
/// The placeholder that is a number and chooses between singular and plural.
const COUNT: &str = "count";

enum Text {
    Same(String),
    Counted { one: String, other: String },
}

fn main() -> Result<(), Fault> {
    println!("cargo::rerun-if-changed=locales");
    let english = read(Path::new("locales/en"))?;
    let persian = read(Path::new("locales/fa"))?;
    same_keys(&english, &persian)?;
    let mut code = String::from("impl Locale {\n");
    for (key, text) in &english {
        let other = persian.get(key).ok_or("compared above")?;
        code.push_str(&method(key, text, other)?);
    }
    for area in LOOKED_UP {
        code.push_str(&lookup(area, &english)?);
    }
    code.push_str("}\n");
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&out).join("texts.rs"), code)?;
    Ok(())
}

fn read(folder: &Path) -> Result<Texts, Fault> {
    let mut texts = Texts::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let area = path.file_stem().and_then(|stem| stem.to_str());
        let area = area.ok_or_else(|| format!("{} has no name", path.display()))?;
        let table: toml::Table = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        for (key, value) in table {
            let text = text(&value).ok_or_else(|| {
                format!(
                    "{}: {key} is neither a text nor {{one, other}}",
                    path.display()
                )
            })?;
            texts.insert(format!("{area}_{key}"), text);
        }
    }
    Ok(texts)
}

fn text(value: &toml::Value) -> Option<Text> {
    if let Some(text) = value.as_str() {
        return Some(Text::Same(text.to_owned()));
    }
    let table = value.as_table().filter(|table| table.len() == 2)?;
    Some(Text::Counted {
        one: table.get("one")?.as_str()?.to_owned(),
        other: table.get("other")?.as_str()?.to_owned(),
    })
}

fn same_keys(english: &Texts, persian: &Texts) -> Result<(), Fault> {
    let missing: Vec<&String> = english
        .keys()
        .filter(|key| !persian.contains_key(*key))
        .collect();
    let extra: Vec<&String> = persian
        .keys()
        .filter(|key| !english.contains_key(*key))
        .collect();
    if missing.is_empty() && extra.is_empty() {
        return Ok(());
    }
    Err(format!("Persian texts missing: {missing:?}; without an English one: {extra:?}").into())
}

impl Text {
    fn forms(&self) -> Vec<&str> {
        match self {
            Self::Same(text) => vec![text],
            Self::Counted { one, other } => vec![one, other],
        }
    }

    /// The names in braces, in order of appearance, and whether the text counts.
    fn placeholders(&self, key: &str) -> Result<Vec<String>, Fault> {
        let mut names: Vec<String> = Vec::new();
        for form in self.forms() {
            for part in form.split('{').skip(1) {
                let (name, _) = part
                    .split_once('}')
                    .ok_or_else(|| format!("{key}: open brace"))?;
                let plain = |char: char| char.is_ascii_lowercase() || char == '_';
                if name.is_empty() || !name.chars().all(plain) {
                    return Err(format!("{key}: {{{name}}} is no placeholder").into());
                }
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        if matches!(self, Self::Counted { .. }) && !names.iter().any(|name| name == COUNT) {
            names.push(COUNT.to_owned());
        }
        Ok(names)
    }
}

fn method(key: &str, english: &Text, persian: &Text) -> Result<String, Fault> {
    let names = english.placeholders(key)?;
    let theirs: BTreeSet<String> = persian.placeholders(key)?.into_iter().collect();
    let ours: BTreeSet<String> = names.iter().cloned().collect();
    // A counted text may leave its number out ("one day"); any other name must be used in both.
    let differing: Vec<&String> = ours
        .symmetric_difference(&theirs)
        .filter(|name| *name != COUNT)
        .collect();
    if !differing.is_empty() || (ours.contains(COUNT) != theirs.contains(COUNT)) {
        return Err(format!("{key} is filled differently: {ours:?} and {theirs:?}").into());
    }
    if names.is_empty() {
        return Ok(constant(key, english, persian)?);
    }
    Ok(filled(key, &names, english, persian))
}

fn constant(key: &str, english: &Text, persian: &Text) -> Result<String, std::fmt::Error> {
    let (en, fa) = (english.forms().concat(), persian.forms().concat());
    let mut code = String::new();
    writeln!(code, "    pub const fn {key}(self) -> &'static str {{")?;
    writeln!(
        code,
        "        match self {{ Self::En => {en:?}, Self::Fa => {fa:?} }}\n    }}"
    )?;
    Ok(code)
}

fn filled(key: &str, names: &[String], english: &Text, persian: &Text) -> String {
    let mut arguments = String::new();
    let mut bindings = String::new();
    for name in names {
        if name == COUNT {
            arguments.push_str(", count: u64");
            bindings.push_str(
                "        let many = count != 1;\n        let count = self.number(count);\n",
            );
        } else {
            arguments.extend([", ", name, ": impl Display"]);
            bindings.extend(["        let ", name, " = self.isolate(&", name, ");\n"]);
        }
    }
    let english = form(english);
    let persian = form(persian);
    // A text that counts without saying the number, or the reverse, leaves a name unused.
    let idle = if names.iter().any(|name| name == COUNT) {
        "        let _ = (many, &count);\n"
    } else {
        ""
    };
    let body = if english == persian {
        english
    } else {
        format!("match self {{ Self::En => {english}, Self::Fa => {persian} }}")
    };
    format!(
        "    pub fn {key}(self{arguments}) -> String {{\n{bindings}{idle}        {body}\n    }}\n"
    )
}

fn form(text: &Text) -> String {
    match text {
        Text::Same(text) => filling(text),
        // Persian counts without a plural of its own.
        Text::Counted { one, other } if one == other => filling(other),
        Text::Counted { one, other } => {
            format!(
                "if many {{ {} }} else {{ {} }}",
                filling(other),
                filling(one)
            )
        }
    }
}

fn filling(text: &str) -> String {
    if text.contains('{') {
        format!("format!({text:?})")
    } else {
        format!("{text:?}.to_owned()")
    }
}

fn lookup(area: &str, english: &Texts) -> Result<String, std::fmt::Error> {
    let prefix = format!("{area}_");
    let mut code = String::new();
    writeln!(
        code,
        "    pub fn find_{area}(self, code: &str) -> Option<&'static str> {{"
    )?;
    writeln!(code, "        Some(match code {{")?;
    for key in english.keys() {
        if let Some(short) = key.strip_prefix(&prefix) {
            writeln!(code, "            {short:?} => self.{key}(),")?;
        }
    }
    writeln!(code, "            _ => return None,\n        }})\n    }}")?;
    Ok(code)
}

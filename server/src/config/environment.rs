//! Environment variables, each also as a file.

use std::fmt;
use std::fs;

/// Looks a name up. Passed in, so that tests need no real environment.
pub struct Environment<'e> {
    variable: &'e dyn Fn(&str) -> Option<String>,
}

impl fmt::Debug for Environment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment")
    }
}

/// A file named by `NAME_FILE` that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{name}_FILE: {path} cannot be read: {source}")]
pub struct UnreadableFile {
    name: String,
    path: String,
    source: std::io::Error,
}

impl<'e> Environment<'e> {
    /// An environment in which `variable` finds values.
    pub fn new(variable: &'e dyn Fn(&str) -> Option<String>) -> Self {
        Self { variable }
    }

    /// The value of `NAME`, or the content of the file that `NAME_FILE` names, without the line
    /// break at its end. An empty value counts as none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn find(&self, name: &str) -> Result<Option<String>, UnreadableFile> {
        let given = |name: &str| (self.variable)(name).filter(|value| !value.is_empty());
        if let Some(value) = given(name) {
            return Ok(Some(value));
        }
        let Some(path) = given(&format!("{name}_FILE")) else {
            return Ok(None);
        };
        match fs::read_to_string(&path) {
            Ok(content) => Ok(Some(content.trim_end_matches(['\r', '\n']).to_owned())),
            Err(source) => Err(UnreadableFile {
                name: name.to_owned(),
                path,
                source,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_lie_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        fs::write(&file, "s3cret\n").unwrap();
        let find = |name: &str| match name {
            "KEY_FILE" => Some(file.display().to_string()),
            "GONE_FILE" => Some("/nowhere/at/all".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        let environment = Environment::new(&find);
        assert_eq!(environment.find("KEY").unwrap().as_deref(), Some("s3cret"));
        assert_eq!(environment.find("EMPTY").unwrap(), None);
        assert!(
            environment
                .find("GONE")
                .unwrap_err()
                .to_string()
                .contains("GONE_FILE")
        );
    }
}

//! Lists as spreadsheets take them (RFC 4180).

use services::csv::harmless;

/// One line. A field that a spreadsheet would take for a formula is given a quote before it.
pub fn line(fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| written(field)).collect();
    format!("{}\r\n", fields.join(","))
}

fn written(field: &str) -> String {
    let safe = harmless(field);
    if safe.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_stays_a_text() {
        let told = line(&["=1+1", "+49", "-2", "@x", "\tx", "plain"]);
        assert_eq!(told, "'=1+1,'+49,'-2,'@x,'\tx,plain\r\n");
    }

    #[test]
    fn commas_quotes_and_lines_stay_in_their_field() {
        let told = line(&["a,b", "say \"no\"", "two\nlines", "=\"x\""]);
        assert_eq!(
            told,
            "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\"'=\"\"x\"\"\"\r\n"
        );
    }
}

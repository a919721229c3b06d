//! Tables as files that spreadsheets open, and nobody's text among them becomes a formula.

use csv::WriterBuilder;

/// A table on its way into a file of comma-separated values.
#[derive(Debug)]
pub struct Csv(csv::Writer<Vec<u8>>);

impl Csv {
    /// The type of such a file.
    pub const TYPE: &'static str = "text/csv; charset=utf-8";
    /// Tells spreadsheets that the text is UTF-8: without it Persian becomes noise.
    const MARK: &'static [u8] = b"\xef\xbb\xbf";

    /// A table with these columns.
    pub fn new(columns: &[&str]) -> Self {
        let writer = WriterBuilder::new().from_writer(Self::MARK.to_vec());
        let mut table = Self(writer);
        table.row(columns);
        table
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[impl AsRef<str>]) {
        let cells = cells.iter().map(|cell| harmless(cell.as_ref()));
        let written = self.0.write_record(cells);
        written.expect("memory takes all rows, and each has as many cells as the first");
    }

    /// The whole file.
    pub fn into_bytes(self) -> Vec<u8> {
        let whole = self.0.into_inner();
        whole.unwrap_or_else(|_| unreachable!("memory takes all that waits"))
    }
}

/// What formulas begin with; some spreadsheets also take the wide forms.
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// What a spreadsheet would take for a formula gets a sign in front that makes it text.
pub fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(rows: &[[&str; 2]]) -> String {
        let mut table = Csv::new(&["one", "two"]);
        for row in rows {
            table.row(row);
        }
        String::from_utf8(table.into_bytes()).unwrap()
    }

    #[test]
    fn what_would_be_a_formula_is_text() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\u{ff1d}1+1",
        ] {
            let file = file(&[[text, "x"]]);
            let mut read = csv::Reader::from_reader(file.as_bytes());
            let row = read.records().next().unwrap().unwrap();
            assert_eq!(&row[0], format!("'{text}"));
        }
        assert!(file(&[["a=1", "1-2"]]).ends_with("a=1,1-2\n"));
    }

    #[test]
    fn commas_quotes_and_line_ends_stay_in_their_cell() {
        let file = file(&[["a,\"b\"\nc", "کتاب"]]);
        assert!(file.starts_with("\u{feff}one,two\n"));
        assert!(file.ends_with("\"a,\"\"b\"\"\nc\",کتاب\n"), "{file}");
    }
}

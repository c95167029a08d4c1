//! Reads one TOML table and collects everything wrong with it, instead of stopping at the first mistake.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::file_problem::{FileProblem, SourceFile};

/// A table under reading. Every key asked for is known; [`Table::finish`] reports the others.
pub(super) struct Table<'a> {
    file: SourceFile<'a>,
    path: String,
    span: Range<usize>,
    entries: &'a DeTable<'a>,
    asked: RefCell<BTreeSet<&'static str>>,
    problems: &'a RefCell<Vec<FileProblem>>,
}

/// A value with the place it was written at.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
    /// The key's path, as shown to people.
    pub(super) field: String,
}

impl<'a> Table<'a> {
    pub(super) fn root(
        file: SourceFile<'a>,
        root: &'a Spanned<DeTable<'a>>,
        problems: &'a RefCell<Vec<FileProblem>>,
    ) -> Self {
        Self {
            file,
            path: String::new(),
            span: root.span(),
            entries: root.get_ref(),
            asked: RefCell::default(),
            problems,
        }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The path of a key of this table, as shown to people.
    pub(super) fn field(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    pub(super) fn report(
        &self,
        span: Range<usize>,
        key: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let problem = self.file.problem(span, &self.field(key), message, hint);
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn text(&self, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(self.at(key, text.to_string(), value.span())),
            other => self.wrong_type(key, value.span(), "a text in quotes", other),
        }
    }

    pub(super) fn integer(&self, key: &'static str, range: RangeInclusive<u64>) -> Option<At<u64>> {
        let value = self.get(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            return self.wrong_type(key, value.span(), "a whole number", value.get_ref());
        };
        match u64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) if range.contains(&number) => Some(self.at(key, number, value.span())),
            _ => self.out_of_range(key, value.span(), range.start(), range.end()),
        }
    }

    pub(super) fn decimal(&self, key: &'static str, range: RangeInclusive<f64>) -> Option<At<f64>> {
        let value = self.get(key)?;
        let written = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            other => return self.wrong_type(key, value.span(), "a number", other),
        };
        match written.parse::<f64>() {
            Ok(number) if range.contains(&number) => Some(self.at(key, number, value.span())),
            _ => self.out_of_range(key, value.span(), range.start(), range.end()),
        }
    }

    /// One of a closed set of words.
    pub(super) fn choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<At<T>> {
        let text = self.text(key)?;
        let found = choices
            .iter()
            .find(|(name, _)| *name == text.value)
            .map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let message = format!("`{}` is none of the values allowed", text.value);
            self.report(text.span.clone(), key, message, one_of(&text.value, &names));
        }
        found.map(|value| self.at(key, value, text.span))
    }

    pub(super) fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let value = self.get(key)?;
        self.as_table(self.field(key), value)
            .or_else(|| self.wrong_type(key, value.span(), "a table", value.get_ref()))
    }

    pub(super) fn tables(&self, key: &'static str) -> Option<At<Vec<Table<'a>>>> {
        let value = self.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong_type(key, value.span(), "a list of tables", value.get_ref());
        };
        let mut tables = Vec::new();
        for (position, item) in list.iter().enumerate() {
            match self.as_table(format!("{}[{position}]", self.field(key)), item) {
                Some(table) => tables.push(table),
                None => self
                    .wrong_type::<()>(key, item.span(), "a table", item.get_ref())
                    .unwrap_or_default(),
            }
        }
        Some(self.at(key, tables, value.span()))
    }

    pub(super) fn texts(&self, key: &'static str) -> Option<At<Vec<At<String>>>> {
        let value = self.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong_type(key, value.span(), "a list of texts", value.get_ref());
        };
        let mut texts = Vec::new();
        for item in list.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(self.at(key, text.to_string(), item.span())),
                other => self
                    .wrong_type::<()>(key, item.span(), "a text in quotes", other)
                    .unwrap_or_default(),
            }
        }
        Some(self.at(key, texts, value.span()))
    }

    /// Every entry of a table whose keys are names the operator chose; each must be a table.
    pub(super) fn named_tables(&self) -> Vec<(At<String>, Table<'a>)> {
        let mut named = Vec::new();
        for (key, value) in self.entries {
            let name = key.get_ref().as_ref();
            match self.as_table(self.field(name), value) {
                Some(table) => named.push((self.at(name, name.to_owned(), key.span()), table)),
                None => self.report(
                    key.span(),
                    name,
                    "must be a table",
                    format!("write [{}]", self.field(name)),
                ),
            }
        }
        named
    }

    /// Reports every key nobody asked for, with the nearest key that exists.
    pub(super) fn finish(self) {
        let asked = self.asked.borrow();
        let known: Vec<&str> = asked.iter().copied().collect();
        for key in self.entries.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(name) {
                self.report(key.span(), name, "unknown key", one_of(name, &known));
            }
        }
    }

    fn at<T>(&self, key: &str, value: T, span: Range<usize>) -> At<T> {
        At {
            value,
            span,
            field: self.field(key),
        }
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.entries.get(key)
    }

    fn as_table(&self, path: String, value: &'a Spanned<DeValue<'a>>) -> Option<Table<'a>> {
        let entries = value.get_ref().as_table()?;
        Some(Table {
            file: self.file,
            path,
            span: value.span(),
            entries,
            asked: RefCell::default(),
            problems: self.problems,
        })
    }

    fn wrong_type<T>(
        &self,
        key: &str,
        span: Range<usize>,
        wanted: &str,
        got: &DeValue<'_>,
    ) -> Option<T> {
        self.report(
            span,
            key,
            format!("must be {wanted}, not {}", got.type_str()),
            "",
        );
        None
    }

    fn out_of_range<T, N: std::fmt::Display>(
        &self,
        key: &str,
        span: Range<usize>,
        from: N,
        to: N,
    ) -> Option<T> {
        self.report(span, key, "out of range", format!("from {from} to {to}"));
        None
    }
}

/// A hint that names what may stand here, the likeliest slip first.
pub(super) fn one_of(written: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), *name))
        .min()
        .filter(|(distance, name)| *distance <= 2 || distance.saturating_mul(3) <= name.len());
    match nearest {
        Some((_, name)) => format!("did you mean `{name}`?"),
        None if known.is_empty() => "nothing may stand here".to_owned(),
        None => format!("one of: {}", known.join(", ")),
    }
}

//! Markup under construction, and the one way for a text to get into it.

use std::fmt::{self, Display, Formatter, Write as _};

/// A page under construction.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup of ours.
    pub(super) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Adds formatted markup; texts in it go through [`text`].
    pub(super) fn put(&mut self, markup: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(markup);
    }

    /// The page.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// A text as it may stand in content and in quoted attributes.
pub(super) fn text(text: &str) -> Text<'_> {
    Text(text)
}

pub(super) struct Text<'t>(&'t str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // A character that would not show, or would turn the direction of what follows.
                letter if letter.is_control() && letter != '\n' => f.write_char('\u{FFFD}')?,
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => f.write_char('\u{FFFD}')?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

//! What a declared setting says of itself.
//!
//! The parser, the reference page, `.env.example`, the commented `corridor.toml` and the command line's help all read these
//! records, so a setting is described in one place. Nothing here knows any particular setting.

/// Which commands a section's settings mean something to, and so get flags for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every command that decides.
    Everywhere,
    /// The service, and the commands that call models.
    Model,
    /// The service alone.
    Service,
}

/// Where a setting may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// In the file, the environment and on the command line.
    Anywhere,
    /// In the environment alone: a secret. Files get copied about, and every user of a machine sees its command lines.
    Environment,
}

/// The layers a value may come from, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Nobody gave it.
    Default,
    /// The settings file.
    File,
    /// The process's environment.
    Environment,
    /// A flag of the command line.
    Flag,
}

/// How a setting is written in TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// A quoted string.
    Text,
    /// A whole number.
    Integer,
    /// A number that may have a fraction.
    Decimal,
    /// `true` or `false`.
    Boolean,
}

impl Notation {
    /// The notation's name in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "a string in quotes",
            Self::Integer => "a whole number",
            Self::Decimal => "a number",
            Self::Boolean => "true or false",
        }
    }
}

/// A table of the file: settings about one concern.
#[derive(Debug)]
pub struct Section {
    /// The TOML table's name.
    pub name: &'static str,
    /// What the section is about.
    pub doc: &'static str,
    /// Which commands take its settings.
    pub reach: Reach,
    /// Its settings, in the order of the documentation.
    pub settings: &'static [Declaration],
}

/// One setting: where it is written and what it may be.
#[derive(Debug)]
pub struct Declaration {
    /// The section's name.
    pub section: &'static str,
    /// The key inside the section.
    pub key: &'static str,
    /// The environment variable.
    pub environment: &'static str,
    /// The command-line flag, without dashes; none for a secret.
    pub flag: Option<&'static str>,
    /// Where it may be given.
    pub places: Places,
    /// The default as a person would write it; empty where the setting is unset by default.
    pub default: &'static str,
    /// How TOML writes a value.
    pub notation: Notation,
    /// What values are allowed, in words.
    pub allowed: &'static str,
    /// What the setting does: raw doc comment lines. The first paragraph is the summary.
    doc: &'static str,
}

impl Declaration {
    /// A declaration of a setting whose values are of type `T`.
    #[must_use]
    pub const fn of<T: SettingValue>(
        section: &'static str,
        key: &'static str,
        default: &'static str,
        environment: &'static str,
        flag: Option<&'static str>,
        doc: &'static str,
    ) -> Self {
        assert!(
            flag.is_none() || matches!(T::PLACES, Places::Anywhere),
            "a secret takes no flag"
        );
        Self {
            section,
            key,
            environment,
            flag,
            places: T::PLACES,
            default,
            notation: T::NOTATION,
            allowed: T::ALLOWED,
            doc,
        }
    }

    /// `section.key`, as messages and the reference name the setting.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.section, self.key)
    }

    /// What the setting does, one paragraph a line.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<String> {
        paragraphs(self.doc)
    }

    /// The default as TOML writes it; nothing where the setting is unset by default.
    #[must_use]
    pub fn default_toml(&self) -> Option<String> {
        match (self.default, self.notation) {
            ("", _) => None,
            (default, Notation::Text) => Some(format!("\"{default}\"")),
            (default, Notation::Integer | Notation::Decimal | Notation::Boolean) => {
                Some(default.to_owned())
            }
        }
    }
}

impl Section {
    /// What the section is about, one paragraph a line.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<String> {
        paragraphs(self.doc)
    }
}

/// The value of a setting, with the one parser that every source goes through.
pub trait SettingValue: Sized {
    /// How TOML writes it.
    const NOTATION: Notation;
    /// What is allowed, in words: the end of the sentence "allowed: …".
    const ALLOWED: &'static str;
    /// Where it may be given.
    const PLACES: Places = Places::Anywhere;

    /// Reads a value.
    ///
    /// # Errors
    /// Says why the text is not such a value, without repeating it: a text in the wrong place may be a key.
    fn from_text(text: &str) -> Result<Self, &'static str>;

    /// The value once `layer` gives `text` over what the layers below gave. The highest layer wins, unless a type says otherwise.
    ///
    /// # Errors
    /// As [`SettingValue::from_text`].
    fn layered(_below: Option<Self>, _layer: Layer, text: &str) -> Result<Self, &'static str> {
        Self::from_text(text)
    }
}

/// A setting that may be unset, which its empty default says.
impl<T: SettingValue> SettingValue for Option<T> {
    const NOTATION: Notation = T::NOTATION;
    const ALLOWED: &'static str = T::ALLOWED;
    const PLACES: Places = T::PLACES;

    fn from_text(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() {
            Ok(None)
        } else {
            T::from_text(text).map(Some)
        }
    }
}

/// Joins the lines of each paragraph of a doc comment.
fn paragraphs(doc: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in doc.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

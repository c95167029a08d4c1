//! Corridor's language understanding: what a person said at home, as intents, items and tasks.
//!
//! Pure: no input or output, no clock, no threads. Packs arrive as text, the time as an argument. Russian and English are known here as
//! languages; shopping and chores are known to the pack.
//!
//! [`Engine::understand`] is the door: text to tokens ([`tokenize`](tokenize::tokenize)), words with readings and classes, islands that
//! can stand anywhere, and the frames that explain the words at the least cost.

#[macro_use]
mod closed_words;

pub mod amount;
mod annotate;
mod clauses;
mod engine;
pub mod evidence;
mod frames;
pub mod household;
mod islands;
pub(crate) mod items;
pub mod language;
pub mod languages;
mod lines;
mod lists;
mod memo;
pub mod morph;
pub mod names;
pub mod pack;
pub mod phrase;
mod refusals;
mod sample;
mod tasks;
pub mod time;
mod times;
pub mod token;
pub mod tokenize;
pub mod typo;
mod understand;
pub mod utterance;
pub mod word_facts;

pub use engine::Engine;
pub use frames::DeclinedRule;
pub use household::Household;
pub use items::{ItemReading, SaidAmount};
pub use language::Language;
pub use lists::ListMention;
pub use pack::{ExpectationReport, NotOurs, PackFiles, PackProblems, RejectCode, RuleId};
pub use tasks::{Doer, TaskReading};
pub use understand::{Clause, FoundIsland, Meaning, OtherReading, Situation, Understanding};
pub use utterance::Utterance;
pub use word_facts::{Marker, PlainWord};

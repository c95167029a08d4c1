//! What is changed about a command.

use crate::vocabulary::words;

words! {
    /// A way of changing a command.
    Kind {
        /// A greeting in front.
        Greeting = "greeting",
        /// A polite word in front or behind.
        Politeness = "politeness",
        /// A sound or word without meaning, in front or behind the verb.
        Filler = "filler",
        /// A reason behind.
        Reason = "reason",
        /// An endearment or another address of nobody in the household.
        Address = "address",
        /// The list that is named moves from behind to the front, or back.
        ListOrder = "list-order",
        /// The day moves from behind to the front, or back.
        DayOrder = "day-order",
        /// All letters small.
        LowerCase = "lower-case",
        /// All letters large.
        UpperCase = "upper-case",
        /// Each word with a large letter.
        TitleCase = "title-case",
        /// Commas and marks at the end gone, as in voice.
        NoPunctuation = "no-punctuation",
        /// A number in digits that was a word.
        Digits = "digits",
        /// A number as a word that was in digits.
        NumberWord = "number-word",
        /// One slip of a finger in one word.
        Slip = "slip",
        /// Another good of the same aisle and number.
        AnotherGood = "another-good",
        /// Another member's name.
        AnotherName = "another-name",
        /// What was ordered is forbidden or not needed.
        Negation = "negation",
        /// What was ordered is asked about.
        Question = "question",
        /// What was ordered is told as done.
        Past = "past",
        /// What was ordered is to go.
        Removal = "removal",
        /// It is for another home's list.
        Elsewhere = "elsewhere",
        /// A verb that is none of ours takes the order's place.
        OtherSense = "other-sense",
    }
}

/// What a change does to the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Nothing: the decision must stay the same.
    Keeps,
    /// It is another one: nothing may be executed.
    Turns,
}

impl Kind {
    /// Whether the pack has a say in which variants there are: other goods, or which slips give a word. A gate leaves these out, since a
    /// new good would choose other variants, and rates of other variants cannot be compared.
    #[must_use]
    pub fn hangs_on_the_pack(self) -> bool {
        matches!(self, Self::Slip | Self::AnotherGood)
    }

    /// What it does to the meaning.
    #[must_use]
    pub fn direction(self) -> Direction {
        if self < Self::Negation {
            Direction::Keeps
        } else {
            Direction::Turns
        }
    }
}

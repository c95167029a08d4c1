//! The pack: what a domain knows, read from text, checked whole, compiled once.
//!
//! Packs arrive as text; who reads the files is not this crate's business.

mod check;
mod chores;
mod embedded;
mod evidence;
mod expectations;
mod files;
mod goods;
mod item_classes;
mod lexicon;
mod lookup;
mod manifest;
mod messages;
mod names;
mod problem;
mod raw;
mod repair;
mod rule;
mod rules;
mod stray;
mod toml_file;
mod unit;
mod vocabulary;

pub(crate) use check::load;
pub use expectations::{Expectation, ExpectationOutcome, ExpectationReport};
pub use files::PackFiles;
pub use lexicon::{Good, GoodId, GoodNumber, Lexicon, LookedUp, Membership};
pub use messages::{MessageKey, MessageKind, TOPIC_KEYS};
pub use problem::{PackProblem, PackProblems};
pub use rule::{Asked, Finds, Mood, NotOurs, Opens, PhrasePlace, RejectCode, Role, Rule, RuleId};
pub use unit::{Unit, UnitKind, Units};

pub(crate) use lexicon::plain;

use item_classes::ItemClasses;

use rustc_hash::FxHashMap as HashMap;

use crate::evidence::Weights;
use crate::language::Language;
use crate::phrase::ClassId;

/// A checked pack.
pub struct Pack {
    /// Name and version, as decisions carry it (`household@1.0.0`).
    pub version: String,
    /// Below this likelihood of being right nothing is executed, 0..1.
    pub execute_threshold: f64,
    /// What each feature of a reading says of how likely it is right.
    pub weights: Weights,
    /// Classes and goods.
    pub lexicon: Lexicon,
    /// Units and containers.
    pub units: Units,
    /// Rules in the order of the files.
    pub rules: Vec<Rule>,
    /// Islands that say nothing of the matter, by the class of the word that they may begin with.
    pub(crate) noise: HashMap<ClassId, Vec<PhrasePlace>>,
    /// Triggers and other islands, by the class of the word that they may begin with.
    pub(crate) openers: HashMap<ClassId, Vec<PhrasePlace>>,
    /// Refusals to try for a clause that has a word of this class.
    pub(crate) refusals: HashMap<ClassId, Vec<PhrasePlace>>,
    /// Classes that the program itself marks.
    pub(crate) known: KnownClasses,
    /// The verbs of chores and errands, per language.
    pub(crate) chores: Vec<ChoreClasses>,
    /// Files of what the pack expects of the engine; read by those who ask for it alone.
    expectations: PackFiles,
    messages: HashMap<Language, HashMap<String, String>>,
}

/// Classes of the verbs that make a chore or an errand.
#[derive(Clone, Debug)]
pub(crate) struct ChoreClasses {
    pub(crate) language: Language,
    /// With an object or a place.
    pub(crate) verb: ClassId,
    /// Without one too («пропылесосить»).
    pub(crate) alone: ClassId,
    /// Only where it is needed («надо позвонить маме»).
    pub(crate) errand_as_need: ClassId,
    /// Where an infinitive stands alone too («оплатить интернет»).
    pub(crate) errand_as_infinitive: ClassId,
    /// For the class of each verb of many senses the class of the objects with which it makes one.
    pub(crate) light_objects: rustc_hash::FxHashMap<ClassId, ClassId>,
}

impl ChoreClasses {
    /// The objects with which a word in these forms makes a chore, with how many words the verb takes.
    pub(crate) fn objects_of<'w>(
        &'w self,
        word: &'w crate::utterance::Word,
        forms: crate::phrase::Forms,
    ) -> impl Iterator<Item = (ClassId, usize)> + 'w {
        let own = word
            .memberships
            .iter()
            .filter(move |m| m.forms.meets(forms));
        own.filter_map(|m| Some((*self.light_objects.get(&m.class)?, usize::from(m.len))))
    }
}

/// Classes that are filled from the command at hand or asked for by the grammar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownClasses {
    /// A given name or a kinship word.
    pub(crate) person: ClassId,
    /// A word of a name of one of the household's lists.
    pub(crate) own_list: ClassId,
    /// A known good.
    pub(crate) good: ClassId,
    /// A number, in digits or words.
    pub(crate) number: ClassId,
    /// «это», "it", "something": points, names nothing.
    pub(crate) pointer: ClassId,
    /// Words that no item or title consists of: question words and the like.
    pub(crate) never_item: ClassId,
    /// Words that vanish before rules are tried: politeness, fillers.
    pub(crate) filler: ClassId,
    /// Names by which people call an assistant.
    pub(crate) assistant: ClassId,
    /// Conjunctions between items and between clauses.
    pub(crate) and: ClassId,
    /// Words that begin a clause of an order.
    pub(crate) head: ClassId,
    /// Words that no chore is about («календарь», "playlist").
    pub(crate) never_title: ClassId,
    /// Words that no reminder begins with ("the items on my list").
    pub(crate) never_subject: ClassId,
    /// Adjectives before a known good that leave it known ("fresh", "large").
    pub(crate) modifier: ClassId,
    /// «немного», "some": an amount that is none.
    pub(crate) vague: ClassId,
    /// «около», "at least": makes the amount after it none.
    pub(crate) about: ClassId,
    /// Possessives and articles that open a noun phrase and are no part of an item.
    pub(crate) article: ClassId,
    /// Prepositions that bind use, occasion and recipient to an item («для», «к», "for").
    pub(crate) purpose: ClassId,
    /// What may follow such a preposition and tells the variety apart («для кошки», "for cats").
    pub(crate) variety: ClassId,
    /// «билет», "taxi": bought, but on no list.
    pub(crate) not_goods: ClassId,
    /// English heads of compounds ("sauce", "juice").
    pub(crate) compound_head: ClassId,
    /// Occasions and uses («ужин», «праздник») that are no part of a name.
    pub(crate) occasion: ClassId,
    /// Russian nouns whose purpose tells them apart («средство», «корм»).
    pub(crate) takes_purpose: ClassId,
    /// Russian nouns that take a genitive («филе», «сок»).
    pub(crate) takes_genitive: ClassId,
    /// «это», "this" before a noun: an object that only points.
    pub(crate) deictic: ClassId,
    /// «всегда», "from now on": not a time but a rule.
    pub(crate) always: ClassId,
    /// "before", "when": opens a clause of time.
    pub(crate) time_clause: ClassId,
    /// «не», «хватит», "stop": what stands before an order to remind takes it back.
    pub(crate) takes_back: ClassId,
    /// Words that say nothing of a task by themselves («надо», "to", "you can").
    pub(crate) no_task: ClassId,
    /// Orders to buy that may stand in the midst of the items («молоко купи два литра»).
    pub(crate) buys: ClassId,
    /// What chores are about; slips in these words are repaired.
    pub(crate) thing: ClassId,
    /// «пусть».
    pub(crate) let_him: ClassId,
    /// Any Russian verb, and the English verbs of the pack.
    pub(crate) verb: ClassId,
    /// «я», "me": the speaker.
    pub(crate) me: ClassId,
    /// «не», "don't": takes the verb behind it back.
    pub(crate) denies: ClassId,
    /// Whoever is named behind these is not called ("with").
    pub(crate) leads_noun: ClassId,
    /// Conjunctions behind which an order follows from what was told («поэтому», "so").
    pub(crate) therefore: ClassId,
    /// A list where something is put there ("down").
    pub(crate) put_down: ClassId,
    /// What stands between a thing and the list that it is on ("is").
    pub(crate) links: ClassId,
    /// What no filler stands in ("do you know").
    pub(crate) as_said: ClassId,
    /// What is said to be kept elsewhere than on a list ("my contacts").
    pub(crate) elsewhere: ClassId,
    /// Words that an infinitive or base form belongs to ("might", «меня»).
    pub(crate) governs: ClassId,
    /// Words that ask («что», "what", "whether").
    pub(crate) asks: ClassId,
    /// What somebody is told of rather than does («новости», "alarms").
    pub(crate) agenda: ClassId,
    /// What an alert may be about.
    pub(crate) event: ClassId,
    /// "to": a verb follows it.
    pub(crate) to_do: ClassId,
    /// Verbs of orders (buy, add, remind) whose imperative begins a clause without any conjunction.
    pub(crate) order: ClassId,
    /// What leads up to a title («не забыть», "I need to").
    pub(crate) title_lead: ClassId,
    /// What is left over behind a title («можешь», "would you").
    pub(crate) title_tail: ClassId,
    /// Those of Russian.
    pub(crate) ru: LanguageClasses,
    /// Those of English.
    pub(crate) en: LanguageClasses,
    /// What only items ask for.
    pub(crate) items: ItemClasses,
}

/// Classes that each language has of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LanguageClasses {
    /// «попросить», "ask": somebody is to be told to do it.
    pub(crate) ask_doer: ClassId,
    /// «поручить», "assign".
    pub(crate) assign: ClassId,
    /// «напомнить», "remind".
    pub(crate) remind: ClassId,
    /// «задача», "chore": the word for a task itself.
    pub(crate) task_noun: ClassId,
    /// «надо».
    pub(crate) need: ClassId,
    /// «покупки», "groceries": what stands over things to buy.
    pub(crate) list_heading: ClassId,
    /// «дела», "jobs": what stands over things to do.
    pub(crate) task_heading: ClassId,
    /// "dress": what one fetches is one's own.
    pub(crate) belonging: ClassId,
    /// "the", "my".
    pub(crate) definite: ClassId,
    /// "needs" in "the gutters need cleaning".
    pub(crate) needs_doing: ClassId,
    /// "get" in "get the boiler serviced".
    pub(crate) has_done: ClassId,
    /// «стирка», "mowing": a task by itself.
    pub(crate) activity: ClassId,
}

impl LanguageClasses {
    fn new(lexicon: &mut Lexicon, language: Language) -> Self {
        Self {
            ask_doer: lexicon.class_of(language, "ask_doer"),
            assign: lexicon.class_of(language, "assign"),
            remind: lexicon.class_of(language, "remind"),
            task_noun: lexicon.class_of(language, "task_noun"),
            need: lexicon.class_of(language, "need"),
            list_heading: lexicon.class_of(language, "list_heading"),
            task_heading: lexicon.class_of(language, "task_heading"),
            belonging: lexicon.class_of(language, "belonging"),
            definite: lexicon.class_of(language, "definite"),
            needs_doing: lexicon.class_of(language, "needs_doing"),
            has_done: lexicon.class_of(language, "has_done"),
            activity: lexicon.class_of(language, "activity"),
        }
    }
}

impl KnownClasses {
    /// Those of one language.
    pub(crate) fn of(&self, language: Language) -> &LanguageClasses {
        match language {
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }

    pub(crate) fn new(lexicon: &mut Lexicon) -> Self {
        Self {
            person: lexicon.class("person"),
            own_list: lexicon.class("own_list"),
            good: lexicon.class("good"),
            number: lexicon.class("number"),
            pointer: lexicon.class("pointer"),
            never_item: lexicon.class("never_item"),
            filler: lexicon.class("filler"),
            assistant: lexicon.class("assistant"),
            and: lexicon.class("and"),
            head: lexicon.class("head"),
            never_title: lexicon.class("never_title"),
            never_subject: lexicon.class("never_subject"),
            modifier: lexicon.class("modifier"),
            vague: lexicon.class("vague"),
            about: lexicon.class("about"),
            article: lexicon.class("article"),
            purpose: lexicon.class("purpose"),
            variety: lexicon.class("variety"),
            not_goods: lexicon.class("not_goods"),
            compound_head: lexicon.class("compound_head"),
            occasion: lexicon.class("occasion"),
            takes_purpose: lexicon.class("takes_purpose"),
            takes_genitive: lexicon.class("takes_genitive"),
            deictic: lexicon.class("deictic"),
            always: lexicon.class("always"),
            time_clause: lexicon.class("time_clause"),
            takes_back: lexicon.class("takes_back"),
            no_task: lexicon.class("no_task"),
            buys: lexicon.class("buys"),
            thing: lexicon.class("thing"),
            let_him: lexicon.class("let"),
            verb: lexicon.class("verb"),
            me: lexicon.class("me"),
            denies: lexicon.class("denies"),
            leads_noun: lexicon.class("leads_noun"),
            therefore: lexicon.class("therefore"),
            put_down: lexicon.class("put_down"),
            links: lexicon.class("links"),
            as_said: lexicon.class("as_said"),
            elsewhere: lexicon.class("elsewhere"),
            governs: lexicon.class("governs"),
            asks: lexicon.class("asks"),
            agenda: lexicon.class("agenda"),
            event: lexicon.class("event"),
            to_do: lexicon.class("to_do"),
            order: lexicon.class("order"),
            title_lead: lexicon.class("title_lead"),
            title_tail: lexicon.class("title_tail"),
            ru: LanguageClasses::new(lexicon, Language::Ru),
            en: LanguageClasses::new(lexicon, Language::En),
            items: ItemClasses::new(lexicon),
        }
    }
}

impl Pack {
    /// What the pack expects of the engine.
    ///
    /// # Errors
    /// Everything wrong with the files that say it.
    pub fn expectations(&self) -> Result<Vec<Expectation>, PackProblems> {
        expectations::read(&self.expectations)
    }

    /// A message to people, by key; in another language where the pack does not speak this one.
    #[must_use]
    pub fn message(&self, language: Language, key: &str) -> Option<&str> {
        let others = Language::ALL.into_iter().filter(|other| *other != language);
        let spoken = std::iter::once(language)
            .chain(others)
            .find_map(|language| self.messages.get(&language))?;
        spoken.get(key).map(String::as_str)
    }
}

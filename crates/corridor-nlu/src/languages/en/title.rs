//! English titles: the verb in its base form and in front, or the thing without its article.

mod need;
mod verb;

use crate::engine::Engine;
use crate::morph::VerbForm;
use crate::phrase::Forms;
use crate::tasks::title::Lead;
use crate::tasks::title::said::Text;
use crate::utterance::View;

use verb::{base, opens_object};

/// The words of a title slot as a title.
pub(crate) fn title(engine: &Engine, view: &View<'_>, lead: Lead) -> String {
    if let Some(title) = need::title(engine, view) {
        return title;
    }
    let count = view.at.len();
    let norm = |at: usize| view.word(at).map_or("", |word| word.norm.as_str());
    let mut start = 0;
    let mut article = false;
    while start + 1 < count
        && !is_quoted(view)
        && (is_about(norm(start)) || is_article(norm(start)))
    {
        article |= is_article(norm(start));
        start += 1;
    }
    // "has fed the cat", "is feeding the cat"
    let helps = lead == Lead::Verb
        && start + 1 < count
        && matches!(norm(start), "has" | "have" | "is" | "are" | "be" | "been")
        && [VerbForm::Past, VerbForm::Participle, VerbForm::Gerund]
            .into_iter()
            .any(|form| base(engine, view.word(start + 1), form).is_some());
    start += usize::from(helps);
    let first = view.word(start);
    let about = start > 0 || follows_about(view);
    let more = start + 1 < count;
    let changed = if first
        .is_some_and(|word| word.entry(engine.pack.known.article, Forms::ANY).is_some())
    {
        None
    } else if helps {
        [VerbForm::Past, VerbForm::Participle, VerbForm::Gerund]
            .into_iter()
            .find_map(|form| base(engine, first, form))
    } else if article || !more {
        // "about the meeting": behind an article it is a noun; "mopping" alone is the thing itself.
        None
    } else {
        let acts = lead == Lead::Verb || opens_object(engine, view, start + 1);
        let goes = about && norm(start + 1) == "to";
        let third = || base(engine, first, VerbForm::ThirdPerson).filter(|_| start == 0 && acts);
        let gerund = || base(engine, first, VerbForm::Gerund).filter(|_| acts || goes);
        third().or_else(gerund)
    };
    // "that the meeting is [tomorrow]"
    let copula = article
        && count > start + 1
        && matches!(norm(count - 1), "is" | "are" | "starts" | "begins");
    // "the plumber is coming" is said of the plumber.
    let states = (start + 1..count - usize::from(copula)).any(|at| {
        matches!(
            norm(at),
            "is" | "are" | "comes" | "arrives" | "has" | "will" | "starts" | "opens" | "closes"
        )
    });
    if states && start == 1 && article {
        start = 0;
    }
    let mut text = Text::new(view);
    let mut changed = changed;
    for at in start..count - usize::from(copula) {
        text.push(at, changed.take());
    }
    text.finish()
}

/// "about \"the big meeting\"": quoted as a whole, it is the name itself.
fn is_quoted(view: &View<'_>) -> bool {
    let quote = |at: usize| {
        view.utterance
            .tokens
            .get(at)
            .is_some_and(|token| token.is("\""))
    };
    match (
        view.at.first().and_then(|first| first.checked_sub(1)),
        view.at.last(),
    ) {
        (Some(before), Some(&last)) => quote(before) && quote(last + 1),
        _ => false,
    }
}

fn is_article(norm: &str) -> bool {
    matches!(norm, "the" | "a" | "an")
}

fn is_about(norm: &str) -> bool {
    matches!(norm, "about" | "of" | "for" | "on" | "re" | "regarding")
}

/// "remind me about …": the preposition stands outside the slot.
fn follows_about(view: &View<'_>) -> bool {
    let before = view.at.first().and_then(|first| first.checked_sub(1));
    before
        .and_then(|at| view.utterance.words.get(at))
        .is_some_and(|word| is_about(&word.norm))
}

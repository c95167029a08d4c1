use super::*;
use crate::household::Household;
use crate::phrase::Forms;
use crate::tokenize::tokenize;

/// The role of the person marked with an asterisk.
fn role_of(engine: &Engine, marked: &str) -> PersonRole {
    let russian = marked.chars().any(|c| ('а'..='я').contains(&c));
    let household = Household {
        members: if russian {
            vec![
                Some("Аня"),
                Some("Саша"),
                Some("Петя"),
                Some("Тимур"),
                Some("Айгуль"),
            ]
        } else {
            vec![
                Some("Ann"),
                Some("Bob"),
                Some("Sam"),
                Some("Mei-Lin"),
                Some("Max"),
            ]
        },
        speaker: Some(0),
        ..Household::default()
    };
    let text = marked.replace('*', "");
    let at_byte = marked.find('*').unwrap();
    let language = if russian { Language::Ru } else { Language::En };
    let utterance = crate::annotate::annotate(engine, tokenize(&text), &household, language);
    let at = utterance
        .tokens
        .iter()
        .position(|t| t.span.start == at_byte)
        .unwrap();
    let filler = engine.pack.known.filler;
    let view = View::new(&utterance, 0..utterance.tokens.len(), |at| {
        utterance.words[at].entry(filler, Forms::ANY).is_none()
    });
    let at = view.at.iter().position(|&a| a == at).unwrap();
    person_role(engine, &view, at)
}

#[test]
fn case_and_voice_tell_who_is_to_do_it() {
    use PersonRole::{Doer, Object, Undecided};
    let engine = Engine::embedded().unwrap();
    let mut wrong = Vec::new();
    for (marked, role) in [
        ("*Сашу надо забрать из сада", Object),
        ("*Петю нужно отвести к врачу", Object),
        ("надо *Аню встретить", Object),
        ("*Катю надо отвести на плавание", Object),
        ("отвести *Петю к врачу", Object),
        ("*Айгуль надо забрать из сада", Object),
        ("*Пете надо сделать уроки", Doer),
        ("*Тимуру надо прочистить слив", Doer),
        ("надо *Пете сделать уроки", Doer),
        ("*Айгули пора полить цветы", Doer),
        ("*Пете нужны кроссовки", Object),
        ("*Саше нужен новый рюкзак", Object),
        ("*Пете надо кроссовки", Object),
        ("позвонить *бабушке", Object),
        ("надо позвонить *бабушке", Object),
        ("*бабушке надо позвонить", Undecided),
        ("*Пете надо позвонить бабушке", Doer),
        ("*Пете надо купить кроссовки", Undecided),
        ("*Саше надо отдать книгу в библиотеку", Doer),
        ("*Саше — прочистить слив", Doer),
        ("*Тимуру: вынести мусор", Doer),
        ("*Пете сделать уроки", Doer),
        ("*бабушке позвонить", Object),
        ("купи *Пете кефир", Object),
        ("*Пете купи кефир", Object),
        ("*Саша, почини кран", Doer),
        ("*саша почини кран", Doer),
        ("почини кран, *Саша", Doer),
        ("пусть *Саша вынесет мусор", Doer),
        ("*Саша пусть вынесет мусор", Doer),
        ("мусор пусть вынесет *Саша", Doer),
        ("*Саш, вынеси мусор", Doer),
        ("попроси *Сашу забрать заказ", Doer),
        ("напомни *Пете про уроки", Doer),
        ("скажи *Пете, чтобы он полил цветы", Doer),
        ("*Пете скажи, чтобы полил цветы", Doer),
        ("передай *Пете ключи", Object),
        ("поручи *Ане уборку", Doer),
        ("создай задачу для *Саши", Doer),
        ("купить подарок для *Саши", Object),
        ("сходить с *Петей в кино", Object),
        ("хочу, чтобы *Саша починил кран", Doer),
        ("*Саша должен вынести мусор", Doer),
        ("*Саша моет посуду", Doer),
        ("пусть Саша и *Петя помоют окна", Doer),
        ("помыть *Пете голову", Object),
        ("поздравить *Аню с праздником", Object),
        ("*Sam needs to be picked up", Object),
        ("*Max needs to be dropped off at school", Object),
        ("*Sam should be collected from practice", Object),
        ("*Sam needs picking up", Object),
        ("*Sam has to get picked up", Object),
        ("*Sam needs new shoes", Object),
        ("*Sam needs a haircut", Object),
        ("*Sam needs to pick up the parcel", Doer),
        ("*Bob has to sweep the porch", Doer),
        ("*Bob must call the bank", Doer),
        ("*Mei-Lin to mist the orchids", Doer),
        ("*Bob, take out the trash", Doer),
        ("*bob take out the trash", Doer),
        ("*Bob takes out the recycling", Doer),
        ("take out the trash, *Bob", Doer),
        ("ask *Bob to fix the tap", Doer),
        ("get *Bob to clean the garage", Doer),
        ("get *Bob from the airport", Object),
        ("have *Ann pick up the cake", Doer),
        ("remind *Sam about practice", Doer),
        ("tell *Ann she needs to clean her room", Doer),
        ("let *Bob know about dinner", Object),
        ("pick up *Sam", Object),
        ("drop *Max off at school", Object),
        ("take *Sam to the dentist", Object),
        ("call *Bob", Object),
        ("buy a present for *Sam", Object),
        ("assign the dishes to *Bob", Doer),
        ("new task for *Bob to sweep the porch", Doer),
        ("have dinner with *Sam", Object),
        ("wash *Sam's uniform", Object),
        ("it's *Bob's turn to mow the lawn", Doer),
        ("*Sam needs to be at school", Undecided),
        ("ask Bob and *Sam to clean up", Doer),
        ("*Bob, could you walk the dog", Doer),
    ] {
        let got = role_of(&engine, marked);
        if got != role {
            wrong.push(format!("{marked}: {got:?}, not {role:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

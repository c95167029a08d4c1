//! Words to people, from the pack's messages in the command's language.

use corridor_contract::{Item, Said, Task};
use corridor_nlu::{Engine, Language};

/// The pack's messages in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words<'e> {
    engine: &'e Engine,
    language: Language,
}

impl<'e> Words<'e> {
    pub(crate) fn new(engine: &'e Engine, language: Language) -> Self {
        Self { engine, language }
    }

    /// The message of this key. Packs are checked to have every one there is.
    pub(crate) fn say(&self, key: &str) -> Said {
        Said::new(self.text(key))
    }

    /// The message of this key, where the pack has it.
    pub(crate) fn find(&self, key: &str) -> Option<&'e str> {
        self.engine.message(self.language, key)
    }

    /// The message with its placeholders filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.text(key);
        let mut filled = String::with_capacity(rest.len());
        // From left to right, so that braces in a value stay as they were said.
        while let Some((before, tail)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
            let value = values.iter().find(|(held, _)| *held == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// One sentence that asks whether to buy these items and create these tasks.
    pub(crate) fn confirmation(&self, items: &[Item], tasks: &[Task]) -> String {
        let key = match (items, tasks) {
            ([_], [_]) => "confirm_item_task",
            ([_], _) => "confirm_item_tasks",
            (_, [_]) => "confirm_items_task",
            _ => "confirm_items_tasks",
        };
        let names = items
            .iter()
            .map(|item| self.engine.as_object(item.name.expose()))
            .collect();
        let titles = tasks
            .iter()
            .map(|task| self.fill("confirm_title", &[("title", task.title.expose())]))
            .collect();
        self.fill(
            key,
            &[
                ("items", &self.enumerate(names)),
                ("titles", &self.enumerate(titles)),
            ],
        )
    }

    /// «молоко, хлеб и сыр».
    fn enumerate(&self, mut all: Vec<String>) -> String {
        let last = all.pop().unwrap_or_default();
        if all.is_empty() {
            return last;
        }
        let first = all.join(", ");
        self.fill("confirm_and", &[("first", &first), ("last", &last)])
    }

    fn text(&self, key: &str) -> &'e str {
        self.find(key).unwrap_or_default()
    }
}

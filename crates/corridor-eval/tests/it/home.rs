//! A small data set in memory: one household, a few tags, and the entries that a test gives.

use corridor_eval::dataset::{Dataset, DatasetFiles};

pub(crate) const CONTEXT: &str = r#"
version = 1
user_id = "u-ann"
timestamp = "2026-06-15T12:00:00+03:00"
capabilities = ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"]

[context.household]
members = [{ user_id = "u-ann", display_name = "Ann" }, { user_id = "u-bob", display_name = "Bob" }]
zones = [{ zone_id = "z-kitchen", name = "Kitchen" }]
shopping_lists = [{ list_id = "l-food", name = "Food" }, { list_id = "l-home", name = "Home" }]

[context.defaults]
default_list_id = "l-food"
"#;

pub(crate) const TAGS: &str = "version = 1\n\n[tags]\none = \"the first\"\ntwo = \"the second\"\n";

pub(crate) const HEAD: &str = "version = 1\nlanguage = \"en\"\n";

/// Households, tags and one file of entries.
pub(crate) fn files(entries: &str) -> DatasetFiles {
    let texts = [
        ("contexts/home.toml", CONTEXT.to_owned()),
        ("tags.toml", TAGS.to_owned()),
        ("en/all.toml", format!("{HEAD}{entries}")),
    ];
    DatasetFiles::new(
        "golden",
        texts.map(|(path, text)| (path.to_owned(), text)).to_vec(),
    )
}

/// The set of these entries, which must be sound.
pub(crate) fn dataset(entries: &str) -> Dataset {
    let reading = Dataset::read(&files(entries));
    assert_eq!(reading.problems, []);
    reading.dataset
}

/// An entry of the household with an answer as TOML. The number makes its id and its words.
pub(crate) fn entry(number: usize, tag: &str, difficulty: &str, answer: &str) -> String {
    format!(
        "\n[[entry]]\nid = \"en-{number:03}\"\ntext = \"say {number}\"\ncontext = \"home\"\n\
         difficulty = \"{difficulty}\"\ntags = [\"{tag}\"]\n{answer}\n"
    )
}

/// An easy entry with the first tag.
pub(crate) fn easy(number: usize, answer: &str) -> String {
    entry(number, "one", "easy", answer)
}

pub(crate) fn shopping(items: &str) -> String {
    format!("intent = \"add_shopping_item\"\naction = \"start_job\"\nitems = [{items}]")
}

pub(crate) fn tasks(tasks: &str) -> String {
    format!("intent = \"create_task\"\naction = \"start_job\"\ntasks = [{tasks}]")
}

pub(crate) fn clarify(field: &str) -> String {
    format!("intent = \"clarify_needed\"\naction = \"clarify\"\nmissing_fields = [\"{field}\"]")
}

pub(crate) fn reject(code: &str) -> String {
    format!("intent = \"reject\"\naction = \"reject\"\nreject_code = \"{code}\"")
}

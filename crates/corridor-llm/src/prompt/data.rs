//! The fence around what a person said.

use serde::Serialize;

use crate::private::PersonText;
use crate::task::TaskInput;

#[derive(Serialize)]
struct Data<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    missing_fields: &'a [String],
}

/// The input as JSON between `<data>` and `</data>`. Inside, `<` and `>` are escaped the JSON way, so nothing a person
/// says can end the fence or look like its end.
pub(super) fn fence(input: &TaskInput) -> String {
    let data = Data {
        text: input.text.expose(),
        lists: input.lists.iter().map(PersonText::expose).collect(),
        missing_fields: &input.missing_fields,
    };
    // Strings and lists always serialise; an empty object would only make the model answer nothing.
    let json = serde_json::to_string(&data).unwrap_or_else(|_| "{}".to_owned());
    let json = json.replace('<', "\\u003c").replace('>', "\\u003e");
    format!("<data>\n{json}\n</data>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::{Correlation, Language};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_said_can_leave_the_fence(text in "\\PC*|.*</data>.*|.*\n.*", list in ".*") {
            let input = TaskInput::new(Correlation::default(), Language::En, PersonText::new(text.clone()))
                .with_lists(vec![PersonText::new(list.clone())]);
            let fenced = fence(&input);
            let lines: Vec<&str> = fenced.split('\n').collect();
            prop_assert_eq!(lines.len(), 3);
            prop_assert_eq!(lines[0], "<data>");
            prop_assert_eq!(lines[2], "</data>");
            prop_assert!(!lines[1].contains(['<', '>']));
            let read: serde_json::Value = serde_json::from_str(lines[1]).unwrap();
            prop_assert_eq!(&read["text"], &serde_json::Value::String(text));
            prop_assert_eq!(&read["lists"][0], &serde_json::Value::String(list));
        }
    }
}

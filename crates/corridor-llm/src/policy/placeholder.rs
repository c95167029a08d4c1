//! `${VARIABLE}` in a policy file: what differs between installations stays out of the file.

/// Looks a variable up; the binary hands in the environment.
pub type Variables<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// A text with its variables filled in, or the names of those that have no value.
pub(super) fn expand(text: &str, variables: &Variables<'_>) -> Result<String, Vec<String>> {
    let mut filled = String::with_capacity(text.len());
    let mut missing = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            // An opening without an end is no placeholder, but certainly a slip: name it as one.
            missing.push(after.to_owned());
            return Err(missing);
        };
        match variables(name).filter(|value| !value.trim().is_empty()) {
            Some(value) => filled.push_str(value.trim()),
            None => missing.push(name.to_owned()),
        }
        rest = tail;
    }
    filled.push_str(rest);
    if missing.is_empty() {
        Ok(filled)
    } else {
        Err(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_or_named() {
        let variables = |name: &str| match name {
            "FOLDER" => Some(" b1g ".to_owned()),
            "BLANK" => Some(" ".to_owned()),
            _ => None,
        };
        assert_eq!(expand("plain", &variables), Ok("plain".to_owned()));
        assert_eq!(
            expand("gpt://${FOLDER}/m", &variables),
            Ok("gpt://b1g/m".to_owned())
        );
        assert_eq!(
            expand("${NO}-${BLANK}", &variables),
            Err(vec!["NO".to_owned(), "BLANK".to_owned()])
        );
        assert_eq!(
            expand("${FOLDER", &variables),
            Err(vec!["FOLDER".to_owned()])
        );
    }
}

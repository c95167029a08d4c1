//! `corridor token`: tokens that let callers use the service.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use serde::Serialize;

use super::{
    failure::Failure,
    output::{Output, Reader},
};
use crate::http::access::{NewToken, TokenFile, TokenFileError, TokenName, line};

/// A new token, as a program reads it.
#[derive(Serialize)]
struct Made<'a> {
    name: &'a str,
    token: &'a str,
    line: &'a str,
}

/// Makes a token for `name`, adds its line to `file` where one is named, and prints what its owner needs.
pub(super) fn new(name: &str, file: Option<&Path>, output: &mut Output) -> Result<(), Failure> {
    let Some(name) = TokenName::new(name) else {
        return Err(Failure::Refused {
            message: "this cannot be the name of a token".to_owned(),
            hint: format!("allowed: {}", TokenName::ALLOWED),
        });
    };
    let token = NewToken::make().map_err(Failure::Random)?;
    let line = line(&name, &token.digest());
    if let Some(path) = file {
        refuse_known(path, &name)?;
        append(path, &line).map_err(|source| Failure::Unwritable {
            path: path.to_owned(),
            source,
        })?;
        output.text(&format!("{}\n", token.reveal()))?;
    } else if output.reader() == Reader::Person {
        output.text(&format!(
            "token, for its owner:     {}\nline, for the token file: {line}\n",
            token.reveal()
        ))?;
    } else {
        output.json_line(&Made {
            name: name.as_str(),
            token: token.reveal(),
            line: &line,
        })?;
    }
    Ok(())
}

/// A file that is broken, or that has a token of this name, is left as it is.
fn refuse_known(path: &Path, name: &TokenName) -> Result<(), Failure> {
    match TokenFile::open(path, None) {
        Ok(file) if file.has(name) => Err(Failure::Refused {
            message: format!("{}: there is a token named {name}", path.display()),
            hint: "choose another name, or remove its line first".to_owned(),
        }),
        Ok(_) | Err(TokenFileError::Empty { .. }) => Ok(()),
        Err(TokenFileError::Unreadable { source, .. })
            if source.kind() == io::ErrorKind::NotFound =>
        {
            Ok(())
        }
        Err(error) => Err(Failure::Refused {
            message: error.to_string(),
            hint: error.hint().to_owned(),
        }),
    }
}

/// Adds a line, on a line of its own also where the last one has no end. A new file is for its owner alone.
fn append(path: &Path, line: &str) -> io::Result<()> {
    let ends_open =
        std::fs::read(path).is_ok_and(|text| text.last().is_some_and(|byte| *byte != b'\n'));
    let line_break = if ends_open { "\n" } else { "" };
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(format!("{line_break}{line}\n").as_bytes())
}

//! Yandex AI Studio: chat completions with a folder as project, and model addresses of its own.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::{Dialect, NotHeaderText, authorize, name_project};
use crate::call::{CallSpec, DataLogging};

/// The provider keeps requests unless told not to.
const DATA_LOGGING: HeaderName = HeaderName::from_static("x-data-logging-enabled");

pub(super) fn dialect(spec: &CallSpec) -> Result<Dialect, NotHeaderText> {
    let mut headers = HeaderMap::new();
    authorize(&mut headers, spec)?;
    name_project(&mut headers, spec)?;
    if spec.data_logging == DataLogging::Refuse {
        headers.insert(DATA_LOGGING, HeaderValue::from_static("false"));
    }
    Ok(Dialect {
        headers,
        model: model_address(&spec.model, spec.project.as_deref()),
    })
}

/// `gpt://<folder>/<model>/<version>` from a folder and a short name; a full address stays as it is.
fn model_address(model: &str, folder: Option<&str>) -> String {
    match folder {
        Some(folder) if !model.contains("://") => {
            let version = if model.contains('/') { "" } else { "/latest" };
            format!("gpt://{folder}/{model}{version}")
        }
        _ => model.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn model_addresses_are_built_from_folder_and_short_name() {
        for (model, folder, address) in [
            ("yandexgpt", Some("b1g"), "gpt://b1g/yandexgpt/latest"),
            ("yandexgpt/rc", Some("b1g"), "gpt://b1g/yandexgpt/rc"),
            (
                "gpt://b1g/yandexgpt/latest",
                Some("other"),
                "gpt://b1g/yandexgpt/latest",
            ),
            ("ds://tuned", Some("b1g"), "ds://tuned"),
            ("yandexgpt", None, "yandexgpt"),
        ] {
            assert_eq!(model_address(model, folder), address);
        }
    }
}

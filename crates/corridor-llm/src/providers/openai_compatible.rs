//! Anything that speaks OpenAI's chat completions.

use reqwest::header::HeaderMap;

use super::{Dialect, NotHeaderText, authorize, name_project};
use crate::call::CallSpec;

pub(super) fn dialect(spec: &CallSpec) -> Result<Dialect, NotHeaderText> {
    let mut headers = HeaderMap::new();
    authorize(&mut headers, spec)?;
    name_project(&mut headers, spec)?;
    Ok(Dialect {
        headers,
        model: spec.model.clone(),
    })
}

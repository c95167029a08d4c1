//! Completes one route from its merged settings: defaults filled in, variables expanded, addresses and keys checked.

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::chain::Chain;
use super::layer::{Layer, WrittenPrice};
use super::load::PolicyInputs;
use super::placeholder::expand;
use super::settings::micros;
use super::table::At;
use super::{Gap, Price, Route, RouteId};
use crate::call::{
    Authorization, BaseUrl, BaseUrlError, CallSpec, DataLogging, Network, PlainHttp, ProxyUrl,
    StructuredOutput, Timeouts, TokenLimitField,
};
use crate::file_problem::{FileProblem, SourceFile};
use crate::private::ApiKey;

/// Completes routes and notes what is wrong or lacking.
pub(super) struct RouteBuilder<'a> {
    file: SourceFile<'a>,
    inputs: &'a PolicyInputs<'a>,
    problems: &'a RefCell<Vec<FileProblem>>,
    unresolved: RefCell<Vec<FileProblem>>,
}

impl<'a> RouteBuilder<'a> {
    pub(super) fn new(
        file: SourceFile<'a>,
        inputs: &'a PolicyInputs<'a>,
        problems: &'a RefCell<Vec<FileProblem>>,
    ) -> Self {
        Self {
            file,
            inputs,
            problems,
            unresolved: RefCell::default(),
        }
    }

    /// Every variable without a value, as often as it was met.
    pub(super) fn into_unresolved(self) -> Vec<FileProblem> {
        self.unresolved.into_inner()
    }

    /// A route from its settings; none where they are wrong, which is reported. `header` is the profile's own table,
    /// where a missing value belongs.
    pub(super) fn route(
        &self,
        id: RouteId,
        layer: &Layer,
        chain: Chain,
        header: &At<Layer>,
    ) -> Option<Route> {
        let provider = self.required(
            layer.provider.as_ref(),
            header,
            "provider",
            "provider = \"openai_compatible\"",
        );
        let written_model = self.required(
            layer.model.as_ref(),
            header,
            "model",
            "model = \"${LLM_MODEL}\"",
        );
        let mut gaps = Vec::new();
        let model = written_model.and_then(|model| self.expanded(model, &mut gaps));
        let project = layer
            .project
            .as_ref()
            .and_then(|text| self.project(text, &mut gaps));
        let base_url = self.base_url(layer, header, &mut gaps);
        let proxy = layer.proxy.as_ref().and_then(|written| {
            let text = self.expanded(written, &mut gaps)?;
            self.checked(ProxyUrl::new(&text), &written.field, written.span.clone())
        });
        let key = self.key(layer, &mut gaps);
        let extra_ca_file = layer
            .extra_ca_file
            .as_ref()
            .and_then(|text| self.expanded(text, &mut gaps));
        let timeouts = self.timeouts(layer);
        let provider = provider?.value;

        let call = match (model, base_url) {
            (Some(model), Some(base_url)) if gaps.is_empty() => Ok(Arc::new(CallSpec {
                provider,
                model,
                base_url,
                project,
                authorization: layer
                    .authorization
                    .as_ref()
                    .map_or(Authorization::Bearer, |at| at.value),
                key,
                data_logging: layer
                    .data_logging
                    .as_ref()
                    .map_or(DataLogging::Refuse, |at| at.value),
                temperature: layer.temperature.as_ref().map_or(0.0, |at| at.value),
                max_tokens: layer
                    .max_tokens
                    .as_ref()
                    .map_or(400, |at| u32::try_from(at.value).unwrap_or(u32::MAX)),
                token_limit_field: layer
                    .token_limit_field
                    .as_ref()
                    .map_or(TokenLimitField::MaxTokens, |at| at.value),
                structured_output: layer
                    .structured_output
                    .as_ref()
                    .map_or(StructuredOutput::JsonSchema, |at| at.value),
                timeouts,
                max_response_bytes: usize_of(layer.max_response_bytes.as_ref(), 256 * 1024),
                network: Network {
                    proxy,
                    extra_ca_file: extra_ca_file.map(PathBuf::from),
                },
            })),
            _ => Err(gaps),
        };
        Some(Route {
            id,
            call,
            price: layer.price.map(price_of).unwrap_or_default(),
            max_concurrency: usize_of(layer.max_concurrency.as_ref(), 16),
            chain,
        })
    }

    fn base_url(&self, layer: &Layer, header: &At<Layer>, gaps: &mut Vec<Gap>) -> Option<BaseUrl> {
        let plain_http = layer
            .plain_http
            .as_ref()
            .map_or(PlainHttp::Refuse, |at| at.value);
        if let Some(written) = &layer.base_url {
            let text = self.expanded(written, gaps)?;
            return self.checked(
                BaseUrl::new(&text, plain_http),
                &written.field,
                written.span.clone(),
            );
        }
        let Some(given) = &self.inputs.base_url else {
            gaps.push(Gap::BaseUrl);
            return None;
        };
        let field = format!("{}.base_url (from LLM_BASE_URL)", header.field);
        self.checked(BaseUrl::new(given, plain_http), &field, header.span.clone())
    }

    fn checked<T>(
        &self,
        result: Result<T, BaseUrlError>,
        field: &str,
        span: Range<usize>,
    ) -> Option<T> {
        let hint = |error| match error {
            BaseUrlError::NotHttp => "such as https://host/v1",
            BaseUrlError::PlainHttp => {
                "use https, or write plain_http = \"allow\" where the network is trusted"
            }
            _ => "",
        };
        result
            .map_err(|error| self.report(span, field, error.to_string(), hint(error)))
            .ok()
    }

    fn project(&self, written: &At<String>, gaps: &mut Vec<Gap>) -> Option<String> {
        let project = self.expanded(written, gaps)?;
        if !project.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "holds a character that cannot stand in an HTTP header";
            self.report(
                written.span.clone(),
                &written.field,
                message,
                "give the id, not the title",
            );
        }
        Some(project)
    }

    fn key(&self, layer: &Layer, gaps: &mut Vec<Gap>) -> Option<ApiKey> {
        let Some(written) = &layer.api_key_file else {
            return self.inputs.api_key.clone();
        };
        let path = self.expanded(written, gaps)?;
        let hint = "the file must hold the key and nothing else, and be readable by this user";
        ApiKey::from_file(Path::new(&path))
            .map_err(|error| {
                self.report(
                    written.span.clone(),
                    &written.field,
                    error.to_string(),
                    hint,
                )
            })
            .ok()
    }

    fn timeouts(&self, layer: &Layer) -> Timeouts {
        let ms = |at: Option<&At<u64>>, default: u64| {
            Duration::from_millis(at.map_or(default, |at| at.value))
        };
        let total = ms(layer.timeout_ms.as_ref(), 3000);
        let connect = ms(layer.connect_timeout_ms.as_ref(), 1000).min(total);
        let first_byte = ms(layer.first_byte_timeout_ms.as_ref(), u64::MAX).min(total);
        if let Some(written) = &layer.first_byte_timeout_ms
            && layer.connect_timeout_ms.is_some()
            && connect > first_byte
        {
            let hint = "the first byte comes after connecting";
            self.report(
                written.span.clone(),
                &written.field,
                "is shorter than connect_timeout_ms",
                hint,
            );
        }
        let idle = ms(layer.idle_timeout_ms.as_ref(), u64::MAX).min(total);
        Timeouts {
            connect: connect.min(first_byte),
            first_byte,
            idle,
            total,
        }
    }

    fn required<'w, T>(
        &self,
        written: Option<&'w At<T>>,
        header: &At<Layer>,
        key: &str,
        hint: &str,
    ) -> Option<&'w At<T>> {
        if written.is_none() {
            self.report(
                header.span.clone(),
                &format!("{}.{key}", header.field),
                "is missing",
                hint,
            );
        }
        written
    }

    fn expanded(&self, text: &At<String>, gaps: &mut Vec<Gap>) -> Option<String> {
        match expand(&text.value, self.inputs.variables) {
            Ok(filled) if filled.trim().is_empty() => {
                self.report(
                    text.span.clone(),
                    &text.field,
                    "is blank",
                    "write a value or remove the line",
                );
                None
            }
            Ok(filled) => Some(filled),
            Err(names) => {
                for variable in names {
                    let message = format!("${{{variable}}} has no value");
                    let hint = format!(
                        "set the environment variable {variable}, or write the value into the file"
                    );
                    let problem = self
                        .file
                        .problem(text.span.clone(), &text.field, message, hint);
                    self.unresolved.borrow_mut().push(problem);
                    gaps.push(Gap::Placeholder { variable });
                }
                None
            }
        }
    }

    fn report(&self, span: Range<usize>, field: &str, message: impl Into<String>, hint: &str) {
        self.problems
            .borrow_mut()
            .push(self.file.problem(span, field, message, hint));
    }
}

fn usize_of(at: Option<&At<u64>>, default: usize) -> usize {
    at.map_or(default, |at| {
        usize::try_from(at.value).unwrap_or(usize::MAX)
    })
}

fn price_of(written: WrittenPrice) -> Price {
    Price {
        input_micros_per_million: micros(written.input_per_million),
        output_micros_per_million: micros(written.output_per_million),
    }
}

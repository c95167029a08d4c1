//! The settings of a call as they are written at three places: a profile's, a task's, a route's. The nearest wins.

use std::collections::BTreeSet;

use super::ProfileId;
use super::chain::{self, WrittenChain};
use super::table::{At, Table};
use crate::call::{
    Authorization, DataLogging, PlainHttp, Provider, StructuredOutput, TokenLimitField,
};

/// Settings written at one place; what is not written is left to the place below.
#[derive(Debug, Clone, Default)]
pub(super) struct Layer {
    pub(super) provider: Option<At<Provider>>,
    pub(super) model: Option<At<String>>,
    pub(super) base_url: Option<At<String>>,
    pub(super) plain_http: Option<At<PlainHttp>>,
    pub(super) project: Option<At<String>>,
    pub(super) authorization: Option<At<Authorization>>,
    pub(super) api_key_file: Option<At<String>>,
    pub(super) data_logging: Option<At<DataLogging>>,
    pub(super) temperature: Option<At<f64>>,
    pub(super) max_tokens: Option<At<u64>>,
    pub(super) token_limit_field: Option<At<TokenLimitField>>,
    pub(super) structured_output: Option<At<StructuredOutput>>,
    pub(super) timeout_ms: Option<At<u64>>,
    pub(super) connect_timeout_ms: Option<At<u64>>,
    pub(super) first_byte_timeout_ms: Option<At<u64>>,
    pub(super) idle_timeout_ms: Option<At<u64>>,
    pub(super) max_response_bytes: Option<At<u64>>,
    pub(super) proxy: Option<At<String>>,
    pub(super) extra_ca_file: Option<At<String>>,
    pub(super) price: Option<WrittenPrice>,
    pub(super) max_concurrency: Option<At<u64>>,
    pub(super) chain: Option<WrittenChain>,
}

/// Prices in the currency for a million tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct WrittenPrice {
    pub(super) input_per_million: f64,
    pub(super) output_per_million: f64,
}

const TIMEOUT_MS: std::ops::RangeInclusive<u64> = 1..=600_000;

impl Layer {
    /// Settings of a profile or route: everything.
    pub(super) fn read(table: Table<'_>, profiles: &BTreeSet<ProfileId>) -> Self {
        let layer = Self {
            provider: table.choice(
                "provider",
                &[
                    (Provider::YandexAiStudio.as_str(), Provider::YandexAiStudio),
                    (
                        Provider::OpenAiCompatible.as_str(),
                        Provider::OpenAiCompatible,
                    ),
                ],
            ),
            model: table.text("model"),
            base_url: table.text("base_url"),
            plain_http: table.choice(
                "plain_http",
                &[("refuse", PlainHttp::Refuse), ("allow", PlainHttp::Allow)],
            ),
            project: table.text("project"),
            authorization: table.choice(
                "authorization",
                &[
                    ("bearer", Authorization::Bearer),
                    ("api_key", Authorization::ApiKey),
                ],
            ),
            api_key_file: table.text("api_key_file"),
            data_logging: table.choice(
                "data_logging",
                &[
                    ("refuse", DataLogging::Refuse),
                    ("provider_default", DataLogging::ProviderDefault),
                ],
            ),
            token_limit_field: table.choice(
                "token_limit_field",
                &[
                    ("max_tokens", TokenLimitField::MaxTokens),
                    (
                        "max_completion_tokens",
                        TokenLimitField::MaxCompletionTokens,
                    ),
                ],
            ),
            structured_output: table.choice(
                "structured_output",
                &[
                    (
                        StructuredOutput::JsonSchema.as_str(),
                        StructuredOutput::JsonSchema,
                    ),
                    (
                        StructuredOutput::JsonObject.as_str(),
                        StructuredOutput::JsonObject,
                    ),
                    (
                        StructuredOutput::PromptOnly.as_str(),
                        StructuredOutput::PromptOnly,
                    ),
                ],
            ),
            connect_timeout_ms: table.integer("connect_timeout_ms", TIMEOUT_MS),
            first_byte_timeout_ms: table.integer("first_byte_timeout_ms", TIMEOUT_MS),
            idle_timeout_ms: table.integer("idle_timeout_ms", TIMEOUT_MS),
            max_response_bytes: table.integer("max_response_bytes", 1024..=16 * 1024 * 1024),
            proxy: table.text("proxy"),
            extra_ca_file: table.text("extra_ca_file"),
            price: read_price(&table),
            max_concurrency: table.integer("max_concurrency", 1..=10_000),
            chain: chain::read(&table, profiles),
            ..Self::of_task(&table)
        };
        table.finish();
        layer
    }

    /// Settings of a task: what depends on the question and not on who answers it.
    pub(super) fn read_task(table: Table<'_>) -> Self {
        let layer = Self::of_task(&table);
        table.finish();
        layer
    }

    fn of_task(table: &Table<'_>) -> Self {
        Self {
            temperature: table.decimal("temperature", 0.0..=2.0),
            max_tokens: table.integer("max_tokens", 1..=100_000),
            timeout_ms: table.integer("timeout_ms", TIMEOUT_MS),
            ..Self::default()
        }
    }

    /// These settings, with those of `below` where nothing is written here.
    pub(super) fn over(&self, below: &Self) -> Self {
        macro_rules! nearest {
            ($($field:ident),+ $(,)?) => {
                Self { $($field: self.$field.clone().or_else(|| below.$field.clone())),+ }
            };
        }
        nearest!(
            provider,
            model,
            base_url,
            plain_http,
            project,
            authorization,
            api_key_file,
            data_logging,
            temperature,
            max_tokens,
            token_limit_field,
            structured_output,
            timeout_ms,
            connect_timeout_ms,
            first_byte_timeout_ms,
            idle_timeout_ms,
            max_response_bytes,
            proxy,
            extra_ca_file,
            price,
            max_concurrency,
            chain,
        )
    }
}

fn read_price(owner: &Table<'_>) -> Option<WrittenPrice> {
    let table = owner.table("price")?;
    let span = table.span();
    let input = table.decimal("input_per_million", 0.0..=1_000_000.0);
    let output = table.decimal("output_per_million", 0.0..=1_000_000.0);
    table.finish();
    let (Some(input), Some(output)) = (input, output) else {
        owner.report(
            span,
            "price",
            "needs both prices",
            "price = { input_per_million = 0.4, output_per_million = 0.4 }",
        );
        return None;
    };
    Some(WrittenPrice {
        input_per_million: input.value,
        output_per_million: output.value,
    })
}

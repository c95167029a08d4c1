//! One call to one model: what is asked, by whom, and how it can end.

mod diagnosis;
mod error;
mod outcome;
mod spec;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::time::Instant;

pub use diagnosis::Diagnosis;
pub use error::{BudgetLimit, CallError, MalformedReply, TimeoutPhase, UnavailableCause};
pub use outcome::Outcome;
pub use spec::{
    Authorization, BaseUrl, BaseUrlError, CallSpec, DataLogging, Network, PlainHttp, Provider,
    ProxyUrl, StructuredOutput, Timeouts, TokenLimitField,
};

use crate::private::{ModelText, PromptText};
use crate::prompt::PromptRef;

/// Makes one attempt at one call. Injected into the runtime, so that tests and other providers plug in.
///
/// Dropping the returned future must end the call: the connection is closed, nothing goes on in the background.
pub trait LlmCaller: Send + Sync + 'static {
    /// Sends the request and waits for the reply, at most until `deadline`.
    fn call<'a>(&'a self, request: &'a CallRequest, deadline: Instant) -> CallFuture<'a>;
}

/// What [`LlmCaller::call`] returns.
pub type CallFuture<'a> = Pin<Box<dyn Future<Output = Result<CallReply, CallFailure>> + Send + 'a>>;

/// Everything one attempt needs.
#[derive(Debug, Clone)]
pub struct CallRequest {
    /// Where the call goes and with which limits.
    pub spec: Arc<CallSpec>,
    /// The conversation, oldest first.
    pub messages: Vec<Message>,
    /// The shape the answer must have.
    pub schema: Arc<OutputSchema>,
    /// What the call belongs to. Not sent; for callers that keep or replay answers.
    pub origin: CallOrigin,
}

/// What a call belongs to: nothing of it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOrigin {
    /// The prompt that the conversation began with.
    pub prompt: PromptRef,
    /// The product's id of the command.
    pub command_id: String,
    /// The number of the attempt within its task, from 1.
    pub attempt: u32,
}

/// One message of the conversation.
#[derive(Debug, Clone)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: PromptText,
}

/// Who speaks in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The instructions.
    System,
    /// The data and requests.
    User,
    /// The model's own earlier answer.
    Assistant,
}

/// A JSON Schema with the name a provider knows it by.
#[derive(Debug, Clone)]
pub struct OutputSchema {
    /// Letters, digits, `_` and `-`: what providers accept as a schema's name.
    pub name: String,
    /// The schema, draft 2020-12, on one line and in the order it is written: models answer in the order they are shown.
    pub schema: Box<serde_json::value::RawValue>,
}

/// A reply that arrived whole and has the shape of a chat completion. Whether its content is any good is judged later.
#[derive(Debug, Clone)]
pub struct CallReply {
    /// The answer's text; empty where the provider sent none.
    pub content: ModelText,
    /// Why the model stopped.
    pub finish: FinishReason,
    /// Tokens spent, where the provider says.
    pub usage: Option<Usage>,
    /// The HTTP status, where there is one.
    pub http_status: Option<u16>,
}

/// Why the model stopped writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinishReason {
    /// It was done, or the provider does not say otherwise.
    Complete,
    /// It ran into the token limit, so the answer is cut.
    Length,
}

/// Tokens that a call cost, as the provider counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens of the conversation sent.
    pub input_tokens: u64,
    /// Tokens of the answer.
    pub output_tokens: u64,
}

/// An attempt that gave no reply, with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct CallFailure {
    /// What went wrong.
    pub error: CallError,
    /// The HTTP status, where one arrived.
    pub http_status: Option<u16>,
}

impl From<CallError> for CallFailure {
    fn from(error: CallError) -> Self {
        Self {
            error,
            http_status: None,
        }
    }
}

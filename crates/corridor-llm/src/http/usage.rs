//! The tokens a reply says it cost. Whatever is odd about them, they are unknown and the answer stands.

use serde_json::Value;

use crate::call::Usage;

/// More tokens than any call of ours can cost; a larger figure is a provider's mistake.
const MOST_TOKENS: u64 = 10_000_000;

/// Tokens in and out, where both are told and believable.
pub(super) fn read_usage(usage: &Value) -> Option<Usage> {
    let first = |names: [&str; 2]| names.iter().find_map(|name| tokens(usage.get(name)?));
    let input_tokens = first(["prompt_tokens", "input_tokens"])?;
    let output_tokens = first(["completion_tokens", "output_tokens"])?;
    let reasoning = usage
        .pointer("/completion_tokens_details/reasoning_tokens")
        .and_then(tokens)
        .unwrap_or(0);
    // Some providers count reasoning beside the answer; their total gives it away.
    let is_beside = reasoning > 0
        && usage.get("total_tokens").and_then(tokens)
            == Some(
                input_tokens
                    .saturating_add(output_tokens)
                    .saturating_add(reasoning),
            );
    Some(Usage {
        input_tokens,
        output_tokens: if is_beside {
            output_tokens.saturating_add(reasoning)
        } else {
            output_tokens
        },
    })
}

fn tokens(value: &Value) -> Option<u64> {
    value.as_u64().filter(|tokens| *tokens <= MOST_TOKENS)
}

//! The part of a model's text that is meant as its answer: what it thought aloud is not.

/// The model stopped before it began to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StillThinking;

/// Pairs of marks around reasoning.
const BLOCKS: [(&str, &str); 4] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("[think]", "[/think]"),
];

/// What stands behind the last reasoning block, or in the final channel of a Harmony reply.
pub(super) fn answer_part(text: &str) -> Result<&str, StillThinking> {
    // Keeps the length in bytes, so that places in it are places in the text.
    let lower = text.to_ascii_lowercase();
    if lower.contains("<|channel|>") {
        return final_channel(text, &lower).ok_or(StillThinking);
    }
    let answer = BLOCKS
        .iter()
        .filter_map(|(_, close)| Some(lower.rfind(close)?.saturating_add(close.len())))
        .max()
        .unwrap_or(0);
    let lower_rest = lower.get(answer..).unwrap_or_default();
    if BLOCKS.iter().any(|(open, _)| lower_rest.contains(open)) {
        return Err(StillThinking);
    }
    Ok(text.get(answer..).unwrap_or_default().trim())
}

fn final_channel<'a>(text: &'a str, lower: &str) -> Option<&'a str> {
    const FINAL: &str = "<|channel|>final";
    const MESSAGE: &str = "<|message|>";
    let channel = lower.rfind(FINAL)?.saturating_add(FINAL.len());
    let message = lower.get(channel..)?.find(MESSAGE)?;
    let begin = channel
        .saturating_add(message)
        .saturating_add(MESSAGE.len());
    let rest = lower.get(begin..)?;
    let end = ["<|return|>", "<|end|>", "<|start|>", "<|channel|>"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .unwrap_or(rest.len());
    Some(text.get(begin..)?.get(..end)?.trim())
}

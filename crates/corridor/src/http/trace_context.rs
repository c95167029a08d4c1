//! The caller's trace, as W3C Trace Context sends it.

use axum::http::HeaderMap;

const TRACEPARENT: &str = "traceparent";

/// The flag that says that the caller keeps the trace. Other flags are not ours to read.
const SAMPLED: u8 = 1;

/// What a caller says of its trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceParent {
    /// The trace; never zero.
    pub trace_id: u128,
    /// The caller's span; never zero.
    pub span_id: u64,
    /// Whether the caller keeps the trace.
    pub is_sampled: bool,
}

impl TraceParent {
    /// The trace as decisions and records name it: 32 lower-case hexadecimal digits.
    #[must_use]
    pub fn trace_id(self) -> String {
        format!("{:032x}", self.trace_id)
    }
}

/// The request's `traceparent`. Nothing where there is no such header, more than one, or an invalid one, which the standard says to
/// ignore.
pub(super) fn trace_parent(headers: &HeaderMap) -> Option<TraceParent> {
    let mut values = headers.get_all(TRACEPARENT).iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    parse(value.trim())
}

/// `version-traceid-parentid-flags`. A version above 00 may append fields, which are not ours to read.
fn parse(value: &str) -> Option<TraceParent> {
    let mut parts = value.split('-');
    let version = parts
        .next()
        .filter(|version| is_hex(version, 2) && *version != "ff")?;
    let trace_id = parts.next().filter(|id| is_hex(id, 32))?;
    let span_id = parts.next().filter(|id| is_hex(id, 16))?;
    let flags = parts.next().filter(|flags| is_hex(flags, 2))?;
    if version == "00" && parts.next().is_some() {
        return None;
    }
    let flags = u8::from_str_radix(flags, 16).ok()?;
    Some(TraceParent {
        trace_id: u128::from_str_radix(trace_id, 16)
            .ok()
            .filter(|id| *id != 0)?,
        span_id: u64::from_str_radix(span_id, 16)
            .ok()
            .filter(|id| *id != 0)?,
        is_sampled: flags & SAMPLED == SAMPLED,
    })
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::{TraceParent, parse};

    #[test]
    fn a_valid_header_gives_trace_and_span() {
        for (value, is_sampled) in [
            (
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                true,
            ),
            (
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                false,
            ),
            (
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03",
                true,
            ),
            (
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02-what-the-future-holds",
                false,
            ),
        ] {
            let expected = TraceParent {
                trace_id: 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736,
                span_id: 0x00f0_67aa_0ba9_02b7,
                is_sampled,
            };
            let parsed = parse(value);
            assert_eq!(parsed, Some(expected), "{value}");
            assert_eq!(
                parsed.map(TraceParent::trace_id).as_deref(),
                Some("4bf92f3577b34da6a3ce929d0e0e4736")
            );
        }
    }

    #[test]
    fn an_invalid_header_gives_nothing() {
        for value in [
            "",
            "00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        ] {
            assert_eq!(parse(value), None, "{value}");
        }
    }
}

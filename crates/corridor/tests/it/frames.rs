//! Frames of HTTP/2 as bytes, for clients that send and take what a library would not.

use crate::service::Client;

/// What a client says first (RFC 9113, 3.4); SETTINGS follow.
pub(crate) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Types (RFC 9113, 6).
pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PING: u8 = 6;

/// Flags.
pub(crate) const END_STREAM: u8 = 0x1;
pub(crate) const END_HEADERS: u8 = 0x4;

/// A frame that the service sent.
pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) payload: Vec<u8>,
}

impl Frame {
    /// Takes a frame from the front of what came; none where there is no whole one.
    pub(crate) fn take_from(bytes: &mut Vec<u8>) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(9)?;
        let payload = rest.get(..payload_length(head))?.to_vec();
        let frame = Self {
            kind: head[3],
            flags: head[4],
            payload,
        };
        bytes.drain(..9 + frame.payload.len());
        Some(frame)
    }

    pub(crate) fn ends_stream(&self) -> bool {
        self.flags & END_STREAM != 0
    }
}

fn payload_length(head: &[u8]) -> usize {
    usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2])
}

/// Reads frames until one is wanted, and gives that one.
pub(crate) fn read_until(client: &mut Client, is_wanted: impl Fn(&Frame) -> bool) -> Frame {
    loop {
        let mut bytes = client.read_exactly(9);
        bytes.extend(client.read_exactly(payload_length(&bytes)));
        let frame = Frame::take_from(&mut bytes).unwrap();
        if is_wanted(&frame) {
            return frame;
        }
    }
}

/// A frame as it is sent.
pub(crate) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend_from_slice(&[kind, flags]);
    frame.extend_from_slice(&stream.to_be_bytes());
    frame.extend_from_slice(payload);
    frame
}

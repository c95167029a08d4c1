//! Every setting, declared once.
//!
//! To add one, add an entry: its doc comment, type, default, environment name and flag. The parser, the reference page,
//! `.env.example`, `config/corridor.toml` and the command line's help follow; `CONTRIBUTING.md` says how to refresh the files.

use super::{
    declaration::{Declaration, Reach, Section},
    layers::Layers,
    values::{
        BodyLimit, Language, LogFormat, LogLevel, LoopbackAddress, Milliseconds, PackDirectory,
        Zone,
    },
};

/// Expands the table below into one struct a section, the `Settings` that holds them, and the declarations.
macro_rules! settings {
    ($(
        $(#[doc = $section_doc:literal])+
        [$section:ident] $section_type:ident, $reach:ident {
            $(
                $(#[doc = $doc:literal])+
                $key:ident: $type:ty = $default:literal, $environment:literal, $flag:literal;
            )+
        }
    )+) => {
        $(
            $(#[doc = $section_doc])+
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $section_type {
                $(
                    $(#[doc = $doc])+
                    pub $key: $type,
                )+
            }
        )+

        /// All settings, checked.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings {
            $(
                $(#[doc = $section_doc])+
                pub $section: $section_type,
            )+
        }

        /// What there is to set, in the order of the documentation.
        pub static SECTIONS: &[Section] = &[
            $(
                Section {
                    name: stringify!($section),
                    doc: concat!($($section_doc, "\n"),+),
                    reach: Reach::$reach,
                    settings: &[
                        $(
                            Declaration::of::<$type>(
                                stringify!($section),
                                stringify!($key),
                                $default,
                                $environment,
                                $flag,
                                concat!($($doc, "\n"),+),
                            ),
                        )+
                    ],
                },
            )+
        ];

        impl Settings {
            /// Reads every setting from the highest layer that gives it. Nothing where a value was refused; `layers` then
            /// holds the problems.
            pub(super) fn from_layers(layers: &mut Layers) -> Option<Self> {
                // Every setting is read before the first refusal ends it, so that all problems are told at once.
                $( let $section = ( $( layers.value::<$type>(stringify!($section), stringify!($key)), )+ ); )+
                Some(Self {
                    $( $section: { let ( $( $key, )+ ) = $section; $section_type { $( $key: $key?, )+ } }, )+
                })
            }
        }
    };
}

settings! {
    /// The HTTP service.
    [server] ServerSettings, Service {
        /// Address and port to listen on. Port 0 takes a free one, which the start-up log names.
        ///
        /// Only loopback addresses are served: the service has no authentication.
        listen: LoopbackAddress = "127.0.0.1:8080", "CORRIDOR_LISTEN", "listen";

        /// Largest request body, in bytes. A larger one is answered with 413.
        body_limit_bytes: BodyLimit = "65536", "CORRIDOR_BODY_LIMIT_BYTES", "body-limit-bytes";

        /// How long a client may take to send the head of a request, and again its body, in milliseconds.
        ///
        /// A connection that stays silent longer is closed; a body that stops on the way is answered with 408.
        read_timeout_ms: Milliseconds = "30000", "CORRIDOR_READ_TIMEOUT_MS", "read-timeout-ms";

        /// How long requests under way may still take once the service was told to stop, in milliseconds.
        ///
        /// What has not ended by then is cut off.
        shutdown_drain_ms: Milliseconds = "10000", "CORRIDOR_SHUTDOWN_DRAIN_MS", "shutdown-drain-ms";
    }

    /// What Corridor knows and how it reads time and language.
    [decision] DecisionSettings, Everywhere {
        /// Folder of the pack to decide with, relative to the working directory.
        ///
        /// Unset means the household pack that is built in.
        pack_dir: Option<PackDirectory> = "", "CORRIDOR_PACK_DIR", "pack";

        /// Time zone in which days and times are understood, as an IANA name such as `Europe/Moscow`.
        ///
        /// Unset means the offset of each command's own timestamp. A zone knows clock changes, which an offset does not.
        timezone: Option<Zone> = "", "CORRIDOR_TIMEZONE", "timezone";

        /// Language of questions and explanations where neither the text nor the household's names show one.
        language: Language = "ru", "CORRIDOR_LANGUAGE", "language";
    }

    /// What the service tells its operator, on standard error. What people say is never logged.
    [log] LogSettings, Service {
        /// Least important messages to write.
        level: LogLevel = "info", "CORRIDOR_LOG_LEVEL", "log-level";

        /// Form of a message: lines for people, or one JSON object a line.
        format: LogFormat = "text", "CORRIDOR_LOG_FORMAT", "log-format";
    }
}
